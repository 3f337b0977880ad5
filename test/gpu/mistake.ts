import { TerraformStack } from 'cdktf';
import { Credentials, PciDevice, PciDeviceOptions, ProxmoxVeProps, Secret, VirtualMachine, VirtualMachineProps, VmTemplate, VmTemplateAttributes } from '../../lib';
import { GpuDevice, GpuDeviceOptions, GpuPassthroughVm, GpuPassthroughVmProps, PciMapping } from '../../lib/gpu';
import { existing } from '../support/fixtures';
import { synthesize } from '../support/synth';

/** What becomes of a mistake. */
export enum Severity {
  /** It does not synthesize. */
  ERROR = 'error',
  /** The core shows a warning, and goes on. */
  WARNING = 'warning',
  /** The core shows a note. */
  NOTE = 'note',
  /** It cannot be written, or is written rightly whatever is said: what is rendered. */
  SOLVED = 'solved',
}

/** A mistake, and what becomes of it. */
export interface Mistake {
  readonly row: number;
  readonly severity: Severity;
  /** Code of the rule, or what is solved. */
  readonly code: string;
  /** Makes the mistake; for what is solved, gives what was rendered. */
  readonly program: (stack: TerraformStack) => unknown;
  /** The whole message, or what is rendered. */
  readonly expected: unknown;
  /** The cluster. @default - an API token */
  readonly cluster?: Partial<ProxmoxVeProps>;
}

/** What lets a program name devices by address. */
export const ROOT: Partial<ProxmoxVeProps> = { credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('root_password')) };
/** A card of the node. */
export const CARD = { path: '01:00', deviceId: '10de:2684', subsystemId: '1043:88e2', iommuGroup: 14 };

/** A GPU that is known by name only. */
export const rtx = (options?: GpuDeviceOptions) => [GpuDevice.fromMapping('rtx4000', options)];
/** Another device. */
export const nic = (options?: PciDeviceOptions) => [PciDevice.fromMapping('nic', options)];
/** A mapping with one card. */
export const mapping = (stack: TerraformStack) => new PciMapping(stack, 'Cards', { devices: [CARD] });

/** A machine with a GPU. */
export function ml(stack: TerraformStack, props: Partial<GpuPassthroughVmProps> = {}, template: Partial<VmTemplateAttributes> = {}, id: string = 'Ml'): GpuPassthroughVm {
  return new GpuPassthroughVm(stack, id, { template: templateOf(stack, template), gpus: rtx(), ...props });
}

/** Any machine. */
export function web(stack: TerraformStack, props: Partial<VirtualMachineProps> = {}, template: Partial<VmTemplateAttributes> = {}): VirtualMachine {
  return new VirtualMachine(stack, 'Web', { template: templateOf(stack, template), ...props });
}

function templateOf(stack: TerraformStack, attributes: Partial<VmTemplateAttributes>): VmTemplate {
  return stack.node.tryFindChild('Existing') as VmTemplate | undefined ?? existing(stack, attributes);
}

/** What a resource of the stack is rendered to. */
export function rendered(stack: TerraformStack, name: string, type: string = 'proxmox_virtual_environment_vm'): any {
  return synthesize(stack).terraform.resource[type][name];
}
