import { Lazy, Precondition, TerraformStack, Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { inSameStack } from '../assembly';
import { Bios, CpuType, EfiType, MachineType, OsType, Problems, ScsiController, Size, VgaType, containsTerraformToken } from '../core';
import { GuestSetup, checkGuestKinds, checkGuestSetupKinds, validateGuestSetup, validateOsName } from '../guest-os';
import { Disk, NetworkDevice, ProxmoxVe, VmHardware, isVmId, proxmoxRules, resolveHardware, resolveNetworkDevice } from '../proxmox';
import { FLAG, Kind, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, required } from '../proxmox/kinds';
import { DISKS, HARDWARE_KINDS } from '../proxmox/prop-kinds';
import { checkName, checkNode } from '../proxmox/text-forms';
import { imageRules } from './rules';

/** The operating system inside a template. */
export interface Guest {
  /** Name and version, such as `ubuntu-24.04`. */
  readonly osName: string;
  /** What Proxmox VE optimises for. */
  readonly osType: OsType;
  /** Whether the QEMU guest agent runs in clones. */
  readonly hasGuestAgent: boolean;
  /** Whether cloud-init configures clones. */
  readonly hasCloudInit: boolean;
  /** Whether k3s is installed, and waits for what `K3sNode` says. @default - not known */
  readonly hasK3s?: boolean;
  /** Users that its image was given for good, of which none can be the build user of an image on top of it. @default - none that is known */
  readonly users?: string[];
  /** Whether it is built for CPUs with x86-64-v3 (AVX2), and stops on others. @default false */
  readonly needsX86_64V3?: boolean;
  /** How it is made ready to be a template. @default - it cannot be baked further */
  readonly setup?: GuestSetup;
}

/** What a clone of a template has to say to Terraform. */
export interface CloneSource {
  /** Addresses that are done before the clone. */
  readonly dependsOn: string[];
  /** What must hold before the clone is planned. */
  readonly preconditions: Precondition[];
  /** Addresses whose replacement means another content of the template. */
  readonly replaceTriggers: string[];
}

/** A Proxmox VE VM template that can be cloned, whoever made it. */
export interface IVmTemplate extends IConstruct {
  /** Id of the template. */
  readonly vmId: number;
  /** Name of the template. */
  readonly templateName: string;
  /** The cluster. */
  readonly proxmoxVe: ProxmoxVe;
  /** Node on which the template is. */
  readonly nodeName: string;
  /** Its virtual hardware. Packer and Terraform restate it in full for every clone. */
  readonly hardware: VmHardware;
  /** The operating system inside. */
  readonly guest: Guest;
  /** Slot of the cloud-init drive, such as `scsi1`. @default - the template has none */
  readonly cloudInitSlot?: string;
  /** Hash over all that decides what is in the template. */
  readonly contentHash: string;
  /**
   * Says what a clone in a stack has to wait for, and what must hold.
   * @param scope the construct that clones
   */
  bindClone(scope: IConstruct): CloneSource;
}

/** A template that exists already, as far as a clone must know it. */
export interface VmTemplateAttributes {
  /** Name of the template on the server. */
  readonly templateName: string;
  /** The cluster. @default - the ProxmoxVe of the stack */
  readonly proxmoxVe?: ProxmoxVe;
  /** Node on which the template is. @default - node of the ProxmoxVe */
  readonly node?: string;
  /** Disks of the template, with their real sizes; the first holds the operating system. */
  readonly disks: Disk[];
  /** Network devices. @default - one on the bridge of the ProxmoxVe */
  readonly networkDevices?: NetworkDevice[];
  /** Firmware. @default Bios.OVMF */
  readonly bios?: Bios;
  /** Chipset. @default MachineType.Q35 */
  readonly machine?: MachineType;
  /** Size of the EFI variable store. @default EfiType.EFI_4M */
  readonly efiType?: EfiType;
  /** Whether the EFI variable store has the keys of Secure Boot enrolled. @default false */
  readonly preEnrolledKeys?: boolean;
  /** SCSI controller. @default ScsiController.VIRTIO_SCSI_SINGLE */
  readonly scsiController?: ScsiController;
  /** CPU. @default CpuType.X86_64_V2_AES */
  readonly cpuType?: CpuType;
  /** Cores. @default 2 */
  readonly cores?: number;
  /** Sockets. @default 1 */
  readonly sockets?: number;
  /** Memory. @default 2 GiB */
  readonly memory?: Size;
  /** What the web console shows. @default VgaType.STD */
  readonly vga?: VgaType;
  /** Whether there is a serial console. @default true */
  readonly serialConsole?: boolean;
  /** Slot of the cloud-init drive, such as `scsi1`. @default - the template has none */
  readonly cloudInitSlot?: string;
  /** The operating system inside. */
  readonly guest: Guest;
}

/**
 * Hardware of a new template, where nothing is said.
 * @internal
 */
export function defaultHardware(proxmoxVe: ProxmoxVe, guest: Pick<Guest, 'osType' | 'needsX86_64V3'>): VmHardware {
  return {
    bios: Bios.OVMF,
    machine: MachineType.Q35,
    efiType: EfiType.EFI_4M,
    preEnrolledKeys: false,
    osType: guest.osType,
    cpuType: guest.needsX86_64V3 ? CpuType.X86_64_V3 : CpuType.X86_64_V2_AES,
    cores: 2,
    sockets: 1,
    memory: Size.gibibytes(2),
    scsiController: ScsiController.VIRTIO_SCSI_SINGLE,
    disks: [],
    networkDevices: [resolveNetworkDevice(proxmoxVe, {}, 'networkDevices[0]', new Problems(''))],
    vga: VgaType.STD,
    serialConsole: true,
  };
}

/** Templates that exist on the server already. */
export class VmTemplate extends Construct implements IVmTemplate {
  /**
   * A template by its id. A plan that finds no template with this id stops and says so.
   * @param vmId id of the template on the server; no range of the plan applies to it
   */
  public static fromVmId(scope: Construct, id: string, vmId: number, attributes: VmTemplateAttributes): VmTemplate {
    return new VmTemplate(scope, id, attributes, false, vmId);
  }

  /**
   * A template by its name, wherever it stands in the cluster. A plan that does not find exactly one stops and says so.
   */
  public static fromName(scope: Construct, id: string, attributes: VmTemplateAttributes): VmTemplate {
    return new VmTemplate(scope, id, attributes, true);
  }

  public readonly vmId: number;
  public readonly templateName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly nodeName: string;
  public readonly hardware: VmHardware;
  public readonly guest: Guest;
  public readonly cloudInitSlot?: string;
  public readonly contentHash: string;
  /**
   * Whether `vmId` is known only when Terraform runs, because the template was named.
   * @internal
   */
  public readonly foundByName: boolean;

  private constructor(scope: Construct, id: string, attributes: VmTemplateAttributes, byName: boolean, vmId?: number) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(attributes, ATTRIBUTES, problems);
    if (!byName) required(NUMBER)(vmId, 'vmId', problems);
    problems.throwIfAny();
    this.proxmoxVe = ProxmoxVe.of(this, attributes.proxmoxVe);
    this.templateName = attributes.templateName;
    this.nodeName = attributes.node ?? this.proxmoxVe.nodeName;
    this.guest = attributes.guest;
    this.cloudInitSlot = attributes.cloudInitSlot;
    checkName(problems, 'templateName', this.templateName, imageRules['template-name-form']);
    checkNode(problems, 'node', attributes.node);
    if (containsTerraformToken(vmId)) problems.report(proxmoxRules['not-known-at-synth'], { property: 'vmId', received: vmId });
    else problems.check(vmId === undefined || isVmId(vmId), proxmoxRules['vm-id-out-of-bounds'], { property: 'vmId', received: vmId });
    this.hardware = this.resolve(attributes, problems);
    this.validateGuest(attributes, problems);
    problems.throwIfAny();
    this.foundByName = byName;
    this.vmId = vmId ?? lookUp(this);
    this.contentHash = `existing template ${vmId ?? this.templateName}`;
  }

  public bindClone(scope: IConstruct): CloneSource {
    new Problems(scope.node.path)
      .check(!this.foundByName || inSameStack(this, scope), imageRules['template-by-name-across-stacks'], { property: 'template', received: this.node.path })
      .throwIfAny();
    const cluster = ProxmoxVe.near(scope, this.proxmoxVe);
    return { dependsOn: [], preconditions: [existsPrecondition(this, cluster, this.foundByName ? undefined : this.vmId)], replaceTriggers: [] };
  }

  private resolve(attributes: VmTemplateAttributes, problems: Problems): VmHardware {
    const defaults = defaultHardware(this.proxmoxVe, attributes.guest);
    const scsiController = attributes.scsiController ?? defaults.scsiController;
    const bios = attributes.bios ?? defaults.bios;
    return resolveHardware(this.proxmoxVe, { ...attributes, minimumMemory: undefined }, {
      ...defaults,
      bios,
      machine: attributes.machine ?? defaults.machine,
      efiType: bios === Bios.OVMF ? attributes.efiType ?? defaults.efiType : undefined,
      preEnrolledKeys: attributes.preEnrolledKeys ?? false,
      scsiController,
      serialConsole: attributes.serialConsole ?? true,
    }, problems);
  }

  private validateGuest({ guest, cloudInitSlot }: VmTemplateAttributes, problems: Problems): void {
    validateOsName(guest.osName, 'guest.osName', problems);
    if (guest.setup !== undefined) validateGuestSetup(guest.setup, 'guest.setup', problems);
    if (cloudInitSlot === undefined) return;
    const exists = /^(ide[0-3]|sata[0-5]|scsi(\d|[12]\d|30))$/.test(cloudInitSlot);
    problems.check(exists && this.hardware.disks.every((disk) => disk.slot !== cloudInitSlot), imageRules['cloud-init-slot-form'], {
      property: 'cloudInitSlot', received: cloudInitSlot,
    });
  }
}

/**
 * Notes a CPU on which the kernel of the guest stops at once.
 * @internal
 */
export function checkGuestCpu({ needsX86_64V3 }: Guest, cpuType: CpuType | undefined, problems: Problems): void {
  const ok = needsX86_64V3 !== true || cpuType === undefined || cpuType.isX86_64V3;
  problems.check(ok, imageRules['cpu-too-old-for-image'], { property: 'cpuType', received: cpuType });
}

const GUEST: Kind = (value, property, problems) => {
  checkGuestKinds(value, property, problems);
  if (typeof value !== 'object' || value === null) return;
  required(FLAG)(value.hasGuestAgent, `${property}.hasGuestAgent`, problems);
  required(FLAG)(value.hasCloudInit, `${property}.hasCloudInit`, problems);
  FLAG(value.hasK3s, `${property}.hasK3s`, problems);
  listOf(TEXT)(value.users, `${property}.users`, problems);
  FLAG(value.needsX86_64V3, `${property}.needsX86_64V3`, problems);
  if (value.setup !== undefined) checkGuestSetupKinds(value.setup, `${property}.setup`, problems);
};

const { minimumMemory: _, ...HARDWARE } = HARDWARE_KINDS;

const ATTRIBUTES: Kinds<VmTemplateAttributes> = {
  ...HARDWARE,
  templateName: required(TEXT),
  proxmoxVe: instanceOf(ProxmoxVe, 'new ProxmoxVe(…)'),
  node: TEXT,
  disks: required(DISKS),
  bios: memberOf(Bios, 'Bios'),
  machine: instanceOf(MachineType, 'MachineType.Q35'),
  efiType: memberOf(EfiType, 'EfiType'),
  preEnrolledKeys: FLAG,
  scsiController: memberOf(ScsiController, 'ScsiController'),
  serialConsole: FLAG,
  cloudInitSlot: TEXT,
  guest: required(GUEST),
};

/** The id of the one template of a name; 0 where there is none, for which the precondition has the words. */
function lookUp(template: VmTemplate): number {
  const found = `[for v in ${template.proxmoxVe.vmsAddress} : v.vm_id if v.name == "${template.templateName}" && v.template]`;
  return Token.asNumber(Lazy.anyValue({ produce: () => `\${try(one(${found}), 0)}` }));
}

/**
 * What must hold so that a template can be cloned: it is there, and it is a template.
 *
 * @param vmId its id, or undefined where the name decides
 * @param remedy what to do about a missing template
 * @internal
 */
export function existsPrecondition(
  template: Pick<IVmTemplate, 'templateName'>, cluster: ProxmoxVe, vmId: number | undefined, remedy: string = 'Build it, or correct the program.',
): Precondition {
  const which = vmId === undefined ? `v.name == "${template.templateName}"` : `v.vm_id == ${vmId}`;
  const what = vmId === undefined ? `template named ${template.templateName}` : `template ${template.templateName} with VM id ${vmId}`;
  return {
    condition: `\${length([for v in ${cluster.vmsAddress} : v if ${which} && v.template]) == 1}`,
    errorMessage: `There is not exactly one ${what} on ${cluster.endpoint} that these credentials may see. ${remedy}`,
  };
}

/**
 * Lets the stack of a clone come after the stack of its template.
 * @internal
 */
export function orderStacks(scope: IConstruct, template: IConstruct): void {
  if (!inSameStack(scope, template)) {
    TerraformStack.of(scope).addDependency(TerraformStack.of(template));
  }
}
