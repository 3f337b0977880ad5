import { IResolveContext, Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { PlainOutput, PlainResource, addressOf, inSameStack, terraformSecret } from '../assembly';
import { PROXMOX_RESOURCES } from '../bindings';
import { Duration, Problems, containsTerraformToken, escapeTerraformText } from '../core';
import { CloneSource, IVmTemplate, checkGuestCpu, orderStacks } from '../image';
import {
  PciBinding, PciDevice, ProxmoxVe, VmDisk, VmHardware, VmHardwareProps, VmIdPurpose, freeScsiSlot, normalizeTags, proxmoxRules, renderHardware,
  resolveHardware, vmIdGuard,
} from '../proxmox';
import { AddressUse } from '../proxmox/address-claims';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, objectOf, required, withMethods } from '../proxmox/kinds';
import { inform } from '../proxmox/notices';
import { PciMachine, claimPciDevices, namedMappings, notePciDevices, renderPciDevices, startTimeout } from '../proxmox/pci-machine';
import { HARDWARE_KINDS } from '../proxmox/prop-kinds';
import { checkDescription, checkName, checkNode, defaultName } from '../proxmox/text-forms';
import { CLOUD_INIT_KINDS, CloudInit, IpConfigProps, fixedAddresses, validateCloudInit } from './cloud-init';
import { checkK3s } from './k3s-node';
import { claimNodeName } from './k3s-node-names';
import { vmRules as rules } from './rules';

/** When a machine is started and stopped with its node. */
export interface StartOrder {
  /** Place in the order: 1 before 2. Shut down in the reverse order. */
  readonly order: number;
  /** Wait after this machine has been started. Whole seconds. @default - the next one follows at once */
  readonly upDelay?: Duration;
  /** Longest wait for this machine to shut down. Whole seconds. @default - 3 minutes */
  readonly downDelay?: Duration;
}

/** A virtual machine cloned from a template. */
export interface VirtualMachineProps extends VmHardwareProps {
  /** The template: an image of this program, or `VmTemplate.fromVmId` and `.fromName` for one that exists. */
  readonly template: IVmTemplate;
  /** Id; outside the ranges that the plan keeps for templates. @default - the next free one when the machine is created */
  readonly vmId?: number;
  /** Name, a DNS name; also the host name that cloud-init sets. @default - made of the construct's id, such as `web` */
  readonly machineName?: string;
  /** Node that runs the machine. @default - node of the template */
  readonly node?: string;
  /**
   * Whether the disks are copied (full clone) or hold only the difference to the template (linked clone: quick, and bound to the template
   * for life).
   * @default true
   */
  readonly fullClone?: boolean;
  /**
   * Devices of the node that are passed through, in the order in which the machine has them. All memory of the machine is taken from the
   * node then, a snapshot has no memory in it, and the machine cannot move while it runs. Refused are a second machine with the same
   * device and more machines than a mapping has devices, where they can run at once. For graphics cards there is gpu.GpuPassthroughVm.
   * @default - none
   * @see https://pve.proxmox.com/wiki/PCI_Passthrough
   */
  readonly pciDevices?: PciDevice[];
  /** Whether there is a serial console. @default - of the template */
  readonly serialConsole?: boolean;
  /** What cloud-init sets at the first boot. @default - DHCP on the first network device, nobody can log in */
  readonly cloudInit?: CloudInit;
  /** Tags; kept in lower case and sorted, as Proxmox VE does. @default - none beside the one that marks the machine as this program's */
  readonly tags?: string[];
  /** Note shown in the web interface. @default - none */
  readonly description?: string;
  /** Whether the machine runs. @default true */
  readonly started?: boolean;
  /** Whether it starts with its node. @default true */
  readonly startOnBoot?: boolean;
  /** Order among the machines that start with the node. Setting it needs Sys.Modify on `/`. @default - none */
  readonly startOrder?: StartOrder;
  /** Whether the provider asks the guest agent for addresses. @default - where the template has the agent */
  readonly guestAgent?: boolean;
  /**
   * Whether creating the machine ends only when the guest agent has reported an IPv4 address; if not, `ipv4Addresses` is empty.
   * @default - it ends with any address
   */
  readonly waitForAddresses?: boolean;
  /** Whether a new content of the template replaces the machine with all that is on it. @default false: the machine stays as it is */
  readonly replaceOnImageChange?: boolean;
  /** Whether Proxmox VE refuses to delete the machine and its disks, which also stops `destroy`. @default false */
  readonly protection?: boolean;
}

/**
 * A virtual machine cloned from a template.
 *
 * All hardware is said again, taken over from the template, since the provider would otherwise reset it. A second plan has no changes,
 * and a new image does not touch a running machine unless it is told to.
 *
 * Refused are two network devices with one fixed address or one hardware address on the same bridge and VLAN of a node, also of two machines
 * where both can run (`started` or `startOnBoot`).
 *
 * @see https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/virtual_environment_vm
 */
export class VirtualMachine extends Construct {
  /** The cluster. */
  public readonly proxmoxVe: ProxmoxVe;
  /** Name of the machine. */
  public readonly machineName: string;
  /** Node that runs the machine. */
  public readonly nodeName: string;
  /** The hardware, with nothing left open. */
  public readonly hardware: VmHardware;

  private readonly props: VirtualMachineProps;
  private readonly tags: string[];
  private readonly ownerTag: string;
  private readonly hasAgent: boolean;
  private readonly cloudInitSlot?: string;
  private readonly resource: PlainResource;
  private readonly userData?: PlainResource;
  private readonly pciMachine: PciMachine;
  private readonly pciBinding: PciBinding;

  public constructor(scope: Construct, id: string, props: VirtualMachineProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, PROPS, problems);
    problems.throwIfAny();
    const { template } = props;
    this.props = props;
    this.proxmoxVe = ProxmoxVe.near(this, template.proxmoxVe);
    this.machineName = props.machineName ?? defaultName(id);
    this.nodeName = props.node ?? template.nodeName;
    checkName(problems, 'machineName', this.machineName, rules['machine-name-form'], true);
    checkNode(problems, 'node', props.node, true);
    checkDescription(problems, props.description);
    if (props.vmId !== undefined) this.proxmoxVe.claimVmId(props.vmId, this, VmIdPurpose.MACHINE, problems);
    this.ownerTag = this.proxmoxVe.claimOwnerTag(this, problems);
    this.tags = normalizeTags(props.tags ?? [], this.proxmoxVe.owner, this.ownerTag, problems);
    const { pciDevices = [], serialConsole = template.hardware.serialConsole } = props;
    const inherited = { ...template.hardware, serialConsole, minimumMemory: pciDevices.length > 0 ? undefined : template.hardware.minimumMemory };
    this.hardware = resolveHardware(this.proxmoxVe, props, inherited, problems, true);
    checkGuestCpu(template.guest, props.cpuType, problems);
    this.validateDisks(problems);
    this.hasAgent = props.guestAgent ?? template.guest.hasGuestAgent;
    problems.check(!this.hasAgent || template.guest.hasGuestAgent, rules['agent-missing'], { property: 'guestAgent', received: true });
    problems.check(props.cloudInit === undefined || template.guest.hasCloudInit, rules['cloud-init-unsupported'], { property: 'cloudInit' });
    const { cloudInitUser } = template.guest.setup ?? {};
    const username = props.cloudInit?.username;
    problems.check(username === undefined || [undefined, username].includes(cloudInitUser), rules['cloud-init-user-of-system'], {
      property: 'cloudInit.username', received: username, rule: `The cloud-init of ${template.guest.osName} sets up ${cloudInitUser}, and no other.`,
    });
    validateCloudInit(props.cloudInit ?? {}, this.hardware.networkDevices.length, problems);
    if (props.startOrder !== undefined) this.validateStartOrder(props.startOrder, problems);
    if (props.cloudInit?.userData !== undefined) this.proxmoxVe.requireSsh(problems, 'cloudInit.userData');
    checkK3s(props.cloudInit?.userData, template, problems);
    if (template.guest.hasCloudInit) this.cloudInitSlot = this.chooseCloudInitSlot(problems);
    const source = problems.collect('', () => template.bindClone(this));
    if (source !== undefined && props.replaceOnImageChange) this.validateReplace(source, problems);
    this.pciMachine = this.describePciMachine(pciDevices);
    this.pciBinding = claimPciDevices(this.pciMachine, problems);
    this.claimAddresses(problems);
    this.claimNodeName(problems);
    this.validateMore(props, problems);
    problems.throwIfAny();
    notePciDevices(this.pciMachine);
    if (props.protection) inform(this, rules['protection-stops-destroy'], { property: 'protection', received: true });

    if (!inSameStack(template, this)) orderStacks(this, template);
    this.userData = props.cloudInit?.userData === undefined ? undefined : this.createUserData(props.cloudInit.userData);
    this.resource = this.createMachine(source!);
    const output = new PlainOutput(this, 'Output', {
      value: {
        vm_id: `\${${addressOf(this.resource)}.vm_id}`,
        name: this.machineName,
        ...(this.hasAgent && props.waitForAddresses !== false ? { ipv4_addresses: this.addressesExpression() } : {}),
      },
    });
    output.overrideLogicalId(this.resource.friendlyUniqueId);
  }

  /** Id of the machine. */
  public get vmId(): number {
    return Token.asNumber(this.resource.interpolationForAttribute('vm_id'));
  }

  /** IPv4 addresses that the guest agent reports, without those of the machine to itself; empty without the agent. */
  public get ipv4Addresses(): string[] {
    return Token.asList(Lazy.anyValue({ produce: (context: IResolveContext) => this.addressesExpression(context.suppressBraces) }));
  }

  /**
   * The property that holds a passed-through device, as the user writes it.
   * @internal
   */
  protected pciDeviceProperty(index: number, _props: VirtualMachineProps): string {
    return `pciDevices[${index}]`;
  }

  /**
   * Notes what a special kind of machine would not work with.
   * @internal
   */
  protected validateMore(_props: VirtualMachineProps, _problems: Problems): void {}

  private describePciMachine(devices: PciDevice[]): PciMachine {
    const { started: starts = true, startOnBoot = true, minimumMemory } = this.props;
    return {
      holder: this,
      proxmoxVe: this.proxmoxVe,
      node: this.nodeName,
      ownerTag: this.ownerTag,
      machine: this.hardware.machine,
      devices,
      property: (index) => this.pciDeviceProperty(index, this.props),
      starts,
      canRun: starts || startOnBoot,
      minimumMemory,
    };
  }

  /** Takes the name of a node of k3s in its network; one that does not run stands in nobody's way. */
  private claimNodeName(problems: Problems): void {
    const { userData } = this.props.cloudInit ?? {};
    const [device] = this.hardware.networkDevices;
    if (userData === undefined || !this.pciMachine.canRun) return;
    claimNodeName(userData, this, JSON.stringify([this.proxmoxVe.endpoint, device?.bridge, device?.vlanTag]), problems);
  }

  /** Takes the addresses that are known now in networks that are known now. */
  private claimAddresses(problems: Problems): void {
    const { cloudInit } = this.props;
    const uses = this.hardware.networkDevices.flatMap(({ bridge, vlanTag, macAddress }, i): AddressUse[] => {
      const network = { holder: this.node.path, node: this.nodeName, bridge, vlanTag };
      if (containsTerraformToken([this.nodeName, bridge, vlanTag])) return [];
      const fixed = fixedAddresses(cloudInit?.ipConfigs?.[i], `cloudInit.ipConfigs[${i}]`).map((use) => ({ ...network, ...use }));
      if (macAddress === undefined || containsTerraformToken(macAddress)) return fixed;
      const hardware = { property: `networkDevices[${i}].macAddress`, received: macAddress, address: macAddress, rule: proxmoxRules['mac-address-claimed-twice'] };
      return [{ ...network, ...hardware }, ...fixed];
    });
    this.proxmoxVe.claimAddresses(uses, this.pciMachine.canRun, problems);
  }

  /** @param within whether it stands in another expression, such as an argument of a function */
  private addressesExpression(within: boolean = false): string {
    const list = `[for a in flatten(${addressOf(this.resource)}.ipv4_addresses) : a if !startswith(a, "127.")]`;
    return within ? list : `\${${list}}`;
  }

  private createMachine(source: CloneSource): PlainResource {
    const { props } = this;
    const { cloudInit } = props;
    const { vmId, templateName } = props.template;
    const template = Token.isUnresolved(vmId) ? `t.template && t.name == "${templateName}"` : `t.vm_id == ${vmId}`;
    const guard = props.vmId === undefined ? [] : vmIdGuard({
      proxmoxVe: this.proxmoxVe,
      vmId: props.vmId,
      ownerTag: this.ownerTag,
      path: this.node.path,
      template: false,
      clone: containsTerraformToken(this.machineName) ? undefined : { name: this.machineName, template },
    });
    // Made here and not when the machine renders: what renders adds nothing to the tree.
    if (cloudInit?.password !== undefined) terraformSecret(this, cloudInit.password);
    return new PlainResource(this, 'Default', {
      type: PROXMOX_RESOURCES.vm,
      provider: this.proxmoxVe.provider,
      attributes: () => this.renderMachine(),
      dependsOn: () => [...source.dependsOn, ...this.pciBinding.dependsOn, ...namedMappings(this.pciMachine)],
      lifecycle: () => ({
        ignoreChanges: props.replaceOnImageChange ? undefined : ['clone'],
        replaceTriggeredBy: props.replaceOnImageChange ? source.replaceTriggers : undefined,
        preconditions: [...source.preconditions, ...this.pciBinding.preconditions, ...guard],
      }),
    });
  }

  private renderMachine() {
    const { props } = this;
    const { template } = props;
    const storage = this.hardware.disks[0].storage;
    const waitForIp = props.waitForAddresses === undefined ? undefined : [props.waitForAddresses ? { ipv4: true } : { disabled: true }];
    return {
      node_name: this.nodeName,
      vm_id: props.vmId,
      name: this.machineName,
      description: escapeTerraformText(props.description ?? ''),
      tags: this.tags,
      pool_id: this.proxmoxVe.pool,
      started: props.started ?? true,
      on_boot: props.startOnBoot ?? true,
      protection: props.protection ? true : undefined,
      // A guest without the agent may never answer a request to shut down.
      stop_on_destroy: true,
      // Without retries: a provider that tries again takes whoever has got the id meanwhile for its own clone.
      clone: [{
        vm_id: template.vmId,
        node_name: template.nodeName,
        full: props.fullClone ?? true,
        datastore_id: props.fullClone === false ? undefined : storage,
      }],
      ...renderHardware(this.hardware, storage),
      hostpci: renderPciDevices(props.pciDevices ?? [], this.hardware.machine),
      timeout_start_vm: props.pciDevices?.length ? startTimeout(this.hardware.memory) : undefined,
      agent: [this.hasAgent ? { enabled: true, timeout: '3m', trim: true, wait_for_ip: waitForIp } : { enabled: false }],
      startup: props.startOrder === undefined ? undefined : [{
        order: props.startOrder.order,
        up_delay: props.startOrder.upDelay?.toSeconds(),
        down_delay: props.startOrder.downDelay?.toSeconds(),
      }],
      initialization: this.cloudInitSlot === undefined ? undefined : [this.renderInitialization(this.cloudInitSlot, storage)],
    };
  }

  private renderInitialization(slot: string, storage: string) {
    const { username, sshKeys, password, ipConfigs, dnsServers, dnsDomain, upgradePackages } = this.props.cloudInit ?? {};
    const hasUser = username !== undefined || sshKeys !== undefined || password !== undefined;
    const addresses = ipConfigs?.map((c) => c.props) ?? (this.hardware.networkDevices.length > 0 ? [{ ipv4Address: 'dhcp' }] : []);
    return {
      datastore_id: storage,
      interface: slot,
      upgrade: upgradePackages ?? false,
      dns: dnsServers === undefined && dnsDomain === undefined ? undefined : [{ servers: dnsServers, domain: dnsDomain }],
      ip_config: addresses.map(renderIpConfig),
      user_account: hasUser ? [{
        username,
        keys: sshKeys?.map((key) => escapeTerraformText(key.trim())),
        password: password === undefined ? undefined : terraformSecret(this, password),
      }] : undefined,
      user_data_file_id: this.userData === undefined ? undefined : `\${${addressOf(this.userData)}.id}`,
    };
  }

  private createUserData(text: string): PlainResource {
    return new PlainResource(this, 'UserData', {
      type: PROXMOX_RESOURCES.file,
      provider: this.proxmoxVe.provider,
      attributes: () => ({
        node_name: this.nodeName,
        datastore_id: this.proxmoxVe.snippetStorage,
        content_type: 'snippets',
        source_raw: [{ data: escapeTerraformText(text), file_name: `${this.ownerTag}.user-data.yaml` }],
      }),
    });
  }

  /** The template's own slot where it is still free: the provider then finds the drive where it expects it. */
  private chooseCloudInitSlot(problems: Problems): string {
    const taken = this.hardware.disks.map((d) => d.slot);
    const { cloudInitSlot } = this.props.template;
    if (cloudInitSlot !== undefined && !taken.includes(cloudInitSlot)) return cloudInitSlot;
    const free = freeScsiSlot(taken);
    problems.check(free !== 'scsi31', rules['cloud-init-slot'], { property: 'disks', received: `${taken.length} disks` });
    return free;
  }

  private validateReplace({ replaceTriggers }: CloneSource, problems: Problems): void {
    const finding = { property: 'replaceOnImageChange', received: true };
    if (!inSameStack(this.props.template, this)) problems.report(rules['replace-across-stacks'], finding);
    else problems.check(replaceTriggers.length > 0, rules['replace-of-foreign-template'], finding);
  }

  private validateDisks(problems: Problems): void {
    const { template, fullClone = true, disks } = this.props;
    const inherited = template.hardware.disks;
    if (disks !== undefined) {
      problems.check(disks.length >= inherited.length, rules['disk-missing'], { property: 'disks', received: `${disks.length} of ${inherited.length}` });
      inherited.forEach((own, i) => this.validateInheritedDisk(own, this.hardware.disks[i], `disks[${i}]`, problems));
    }
    problems.check(fullClone || this.nodeName === template.nodeName, rules['linked-clone-node'], { property: 'node', received: this.nodeName });
  }

  private validateInheritedDisk(own: VmDisk, disk: VmDisk | undefined, property: string, problems: Problems): void {
    if (disk === undefined) return;
    problems.check(!disk.size.isSmallerThan(own.size), rules['disk-smaller-than-template'], {
      property: `${property}.size`, received: disk.size, rule: `The disk of ${this.props.template.templateName} has ${own.size}, and Proxmox VE shrinks no disk.`,
    });
    problems.check(disk.slot === own.slot, rules['disk-bus-differs'], { property: `${property}.bus`, received: disk.slot });
    problems.check(this.props.fullClone !== false || disk.storage === own.storage, rules['linked-clone-storage'], {
      property: `${property}.storage`, received: disk.storage,
    });
  }

  private validateStartOrder({ order, upDelay, downDelay }: StartOrder, problems: Problems): void {
    const whole = [order, upDelay?.toSeconds() ?? 0, downDelay?.toSeconds() ?? 0]
      .every((n) => containsTerraformToken(n) || (Number.isSafeInteger(n) && n >= 0));
    problems.check(whole, rules['start-order'], { property: 'startOrder', received: [`order ${order}`, upDelay, downDelay].filter(Boolean).join(', ') });
  }
}

function renderIpConfig({ ipv4Address, ipv4Gateway, ipv6Address, ipv6Gateway }: IpConfigProps) {
  return {
    ipv4: ipv4Address === undefined ? undefined : [{ address: ipv4Address, gateway: ipv4Gateway }],
    ipv6: ipv6Address === undefined ? undefined : [{ address: ipv6Address, gateway: ipv6Gateway }],
  };
}

const DURATION = instanceOf(Duration, 'Duration.seconds(30)');

/**
 * Kind of a start order.
 * @internal
 */
export const START_ORDER_KIND = objectOf<StartOrder>({ order: required(NUMBER), upDelay: DURATION, downDelay: DURATION });

const PROPS: Kinds<VirtualMachineProps> = {
  ...HARDWARE_KINDS,
  template: required(withMethods('a template', 'VmTemplate.fromVmId(…)', 'bindClone')),
  vmId: NUMBER,
  machineName: TEXT,
  node: TEXT,
  fullClone: FLAG,
  pciDevices: listOf(instanceOf(PciDevice, "PciDevice.fromMapping('rtx4000')")),
  serialConsole: FLAG,
  cloudInit: objectOf(CLOUD_INIT_KINDS),
  tags: listOf(TEXT),
  description: TEXT,
  started: FLAG,
  startOnBoot: FLAG,
  startOrder: START_ORDER_KIND,
  guestAgent: FLAG,
  waitForAddresses: FLAG,
  replaceOnImageChange: FLAG,
  protection: FLAG,
};
