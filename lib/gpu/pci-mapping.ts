import { Precondition, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { PlainDataSource, PlainResource, TerraformData, addressOf, inSameStack } from '../assembly';
import { PROXMOX_DATA_SOURCES, PROXMOX_RESOURCES } from '../bindings';
import { Problems, containsTerraformToken, escapeTerraformText } from '../core';
import { orderStacks } from '../image';
import { IPciMapping, PciBinding, PciDeviceUser, ProxmoxVe, normalizePciAddress, pciRules } from '../proxmox';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, objectOf, required } from '../proxmox/kinds';
import { warn } from '../proxmox/notices';
import { checkMappingName } from '../proxmox/pci-device';
import { checkNode, defaultName } from '../proxmox/text-forms';
import { ExistingPciMapping, PciMappingAttributes } from './existing-pci-mapping';
import { checkPciIds } from './gpu-architecture';
import { GpuFunctions, gpuAddress, isBoardGraphics } from './gpu-device';
import { mappingPreconditions } from './mapping-preconditions';
import { gpuRules as rules } from './rules';

/** A device of a node that is part of a mapping. */
export interface MappedPciDevice {
  /** Node that has the device. @default - node of the ProxmoxVe */
  readonly node?: string;
  /** Address on the node, such as `01:00`. It becomes `0000:01:00`, the whole card; so does `01:00.0`, unless `singleFunction` says otherwise. */
  readonly path: string;
  /** Vendor and device id of its first function, such as `10de:2684`. */
  readonly deviceId: string;
  /** Vendor and device id of the board, such as `1043:88e2`; needed where the device has one. @default - none, with a warning; read with `readFromNodes` */
  readonly subsystemId?: string;
  /** IOMMU group on the node; needed where the node has groups. @default - none, with a warning; read with `readFromNodes` */
  readonly iommuGroup?: number;
  /** Whether function 0 alone is mapped where the path says so. @default false */
  readonly singleFunction?: boolean;
}

/** A mapping that the program makes. */
export interface PciMappingProps {
  /** Name of the mapping. Another name makes it anew. @default - made of the construct's id, such as `rtx4000` */
  readonly mappingName?: string;
  /** The cluster. @default - the ProxmoxVe of the stack */
  readonly proxmoxVe?: ProxmoxVe;
  /** Its devices; a machine is given the first of its node that is free. They are kept by node and path. */
  readonly devices: MappedPciDevice[];
  /**
   * Whether a plan reads from the nodes what is not said of the devices (`subsystemId`, `iommuGroup`), and stops where a device is not there or
   * is another. Needs the privilege Sys.Audit on `/`. A number that changed, as after an update of the firmware, is then changed in the mapping.
   * @default false
   */
  readonly readFromNodes?: boolean;
  /** Whether the devices give mediated ones (vGPU); then every path has its function. @default false */
  readonly mediatedDevices?: boolean;
  /** Comment shown in the web interface, one line. The tag that marks the mapping as this program's comes behind it. @default - only the tag */
  readonly comment?: string;
}

/**
 * A PCI mapping: one name for like devices of several nodes, which any machine can ask for.
 *
 * A mapping of this name that exists already is not taken over: the plan stops. Take it with `PciMapping.fromName`. Making one needs the
 * privilege Mapping.Modify, using one Mapping.Use.
 *
 * @see https://registry.terraform.io/providers/bpg/proxmox/latest/docs/resources/hardware_mapping_pci
 */
export class PciMapping extends Construct implements IPciMapping {
  /**
   * A mapping that exists. A plan that does not find it stops and says so; so does one that would start a machine on a node where Proxmox VE
   * finds something wrong with it. Refused: the name of one that this app makes; machines take that one itself.
   *
   * @param mappingName name shown under Datacenter, Resource Mappings
   */
  public static fromName(scope: Construct, id: string, mappingName: string, attributes: PciMappingAttributes = {}): IPciMapping {
    return new ExistingPciMapping(scope, id, mappingName, attributes);
  }

  public readonly mappingName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly mediatedDevices: boolean;
  public readonly deviceIds: string[];

  private readonly devices: DeviceOfNode[];
  private readonly readFromNodes: boolean;
  private readonly comment: string;
  private readonly mark: string;
  private readonly resource: PlainResource;

  public constructor(scope: Construct, id: string, props: PciMappingProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, PROPS, problems);
    problems.throwIfAny();
    this.proxmoxVe = ProxmoxVe.of(this, props.proxmoxVe);
    this.mappingName = props.mappingName ?? defaultName(id);
    this.mediatedDevices = props.mediatedDevices ?? false;
    this.readFromNodes = props.readFromNodes ?? false;
    checkMappingName(problems, this.mappingName);
    const { comment = '' } = props;
    // eslint-disable-next-line no-control-regex
    problems.check(comment.length <= 1000 && !/[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(comment) && !containsTerraformToken(comment), rules['pci-mapping-comment'], {
      property: 'comment', received: comment,
    });
    this.mark = `(${this.proxmoxVe.claimOwnerTag(this, problems)})`;
    this.comment = `${comment.trim()} ${this.mark}`.trim();
    const resolved = this.resolve(props.devices, problems);
    this.devices = [...resolved].sort((a, b) => (`${a.node} ${a.path}` < `${b.node} ${b.path}` ? -1 : 1));
    this.deviceIds = [...new Set(this.devices.map(({ deviceId }) => deviceId))];
    this.proxmoxVe.claimPciMapping(this, true, problems);
    problems.throwIfAny();
    this.note(resolved);
    this.resource = this.createMapping();
  }

  public devicesOn(node: string): number | undefined {
    return this.addressesOn(node)?.length;
  }

  public addressesOn(node: string): string[] | undefined {
    return this.devices.filter((device) => device.node === node).map(({ path }) => path);
  }

  public bindPciDevice(user: PciDeviceUser): PciBinding {
    if (inSameStack(this, user.machine)) return { dependsOn: [addressOf(this.resource)], preconditions: [] };
    orderStacks(user.machine, this);
    return { dependsOn: [], preconditions: mappingPreconditions(this, user) };
  }

  private resolve(devices: MappedPciDevice[], problems: Problems): DeviceOfNode[] {
    problems.check(devices.length > 0, rules['pci-mapping-empty'], { property: 'devices', received: devices });
    const resolved = devices.map((device, i) => this.resolveDevice(device, `devices[${i}]`, problems));
    resolved.forEach(({ node, path }, i) => {
      const first = resolved.findIndex((other) => other.node === node && (`${other.path}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${other.path}.`)));
      problems.check(first === i, rules['pci-mapping-device-twice'], { property: `devices[${i}].path`, received: `${path} on ${node}` });
    });
    return resolved;
  }

  private note(devices: readonly DeviceOfNode[]): void {
    devices.forEach(({ node, path, deviceId, subsystemId, iommuGroup }, i) => {
      const property = `devices[${i}]`;
      const missing = [subsystemId === undefined ? ['subsystemId'] : [], iommuGroup === undefined ? ['iommuGroup'] : []].flat();
      if (missing.length > 0 && !this.readFromNodes) warn(this, rules['pci-mapping-incomplete'], { property, received: `${path} of ${node} without ${missing.join(' and ')}` });
      if (isBoardGraphics(path) && !this.mediatedDevices) warn(this, rules['gpu-of-node-display'], { property: `${property}.path`, received: path });
      const other = devices.slice(0, i).findIndex((one) => !areAlike(one, devices[i]));
      if (other >= 0) warn(this, rules['pci-mapping-devices-differ'], { property, received: `${deviceId}, beside ${devices[other].deviceId}` });
    });
  }

  private resolveDevice(device: MappedPciDevice, property: string, problems: Problems): DeviceOfNode {
    const { node = this.proxmoxVe.nodeName, iommuGroup, subsystemId } = device;
    checkNode(problems, `${property}.node`, device.node);
    const address = normalizePciAddress(problems, `${property}.path`, device.path);
    const path = this.mediatedDevices ? address
      : gpuAddress(address, { functions: device.singleFunction ? GpuFunctions.GRAPHICS : undefined }, problems);
    problems
      .check(!path.includes(';'), rules['pci-mapping-several-functions'], { property: `${property}.path`, received: device.path })
      .check(!this.mediatedDevices || /\.[0-7]$/.test(path), pciRules['mdev-without-function'], { property: `${property}.path`, received: device.path })
      .check(iommuGroup === undefined || Number.isInteger(iommuGroup) && iommuGroup >= 0, rules['pci-iommu-group'], {
        property: `${property}.iommuGroup`, received: iommuGroup,
      });
    for (const name of ['deviceId', 'subsystemId'] as const) checkPciIds(problems, `${property}.${name}`, device[name]);
    return { node, path, deviceId: device.deviceId.toLowerCase(), subsystemId: subsystemId?.toLowerCase(), iommuGroup };
  }

  private createMapping(): PlainResource {
    const { proxmoxVe, mappingName } = this;
    const logicalId = TerraformStack.of(this).getLogicalId(this.node);
    // The provider changes a mapping by its new name, which does not exist yet.
    const name = new TerraformData(this, 'Name', { attributes: () => ({ input: mappingName }) });
    const names = `${proxmoxVe.pciMappingsAddress()}.ids`;
    // It is an error to read a mapping that does not exist.
    const held = new PlainDataSource(this, 'Held', {
      type: PROXMOX_DATA_SOURCES.hardwareMappingPci,
      provider: proxmoxVe.provider,
      attributes: () => ({ name: mappingName }),
    });
    held.addOverride('count', `\${contains(${names}, "${mappingName}") ? 1 : 0}`);
    // Made here and not when the mapping renders: what renders adds nothing to the tree.
    const lists = new Map(this.readFromNodes ? this.devices.map(({ node }) => [node, proxmoxVe.pciDevicesAddress(node)]) : []);
    name.overrideLogicalId(logicalId);
    held.overrideLogicalId(logicalId);
    return new PlainResource(this, 'Default', {
      type: PROXMOX_RESOURCES.hardwareMappingPci,
      provider: proxmoxVe.provider,
      attributes: () => ({
        name: mappingName,
        comment: escapeTerraformText(this.comment),
        mediated_devices: this.mediatedDevices,
        map: this.devices.map((device) => renderDevice(device, lists.get(device.node))),
      }),
      lifecycle: () => ({ replaceTriggeredBy: [addressOf(name)], preconditions: [this.guard(addressOf(held)), ...this.devicesAreThere(lists)] }),
    });
  }

  private devicesAreThere(lists: Map<string, string>): Precondition[] {
    return this.devices.filter(({ node }) => lists.has(node)).map(({ node, path, deviceId }) => {
      const found = `[for d in ${lists.get(node)} : "\${trimprefix(d.vendor, "0x")}:\${trimprefix(d.device, "0x")}" if d.id == "${firstFunction(path)}"]`;
      return {
        condition: `\${contains(${found}, "${deviceId}")}`,
        errorMessage: `Node ${node} has no device ${deviceId} at ${path}, but \${try(${found}[0], "none")}. Correct the devices of ${escapeTerraformText(this.node.path)}.`,
      };
    });
  }

  /** Nothing of a stranger is touched: what has the name already has our mark as well. */
  private guard(held: string): Precondition {
    return {
      condition: `\${length([for m in ${held} : m if !try(endswith(m.comment, "${this.mark}"), false)]) == 0}`,
      errorMessage: `The PCI mapping ${this.mappingName} exists on ${this.proxmoxVe.endpoint} already, and this program did not make it. `
        + `Give ${escapeTerraformText(this.node.path)} another mappingName, take the mapping with PciMapping.fromName, or remove it.`,
    };
  }
}

/** A device whose node is said. */
interface DeviceOfNode extends MappedPciDevice {
  readonly node: string;
}

/** Whether a machine may be given either: on one node they are the same model, on several at least by one vendor. */
function areAlike(one: DeviceOfNode, other: DeviceOfNode): boolean {
  return one.node === other.node ? one.deviceId === other.deviceId : one.deviceId.split(':')[0] === other.deviceId.split(':')[0];
}

/** A device as the provider takes it. @param list address of the devices of its node, where what is not said is read from them */
function renderDevice({ node, path, deviceId, subsystemId, iommuGroup }: MappedPciDevice, list: string | undefined) {
  const read = (value: string, condition: string) => list === undefined ? undefined
    : `\${one([for d in ${list} : ${value} if d.id == "${firstFunction(path)}" && ${condition}])}`;
  return {
    node,
    path,
    id: deviceId,
    subsystem_id: subsystemId ?? read('"${trimprefix(d.subsystem_vendor, "0x")}:${trimprefix(d.subsystem_device, "0x")}"', 'try(d.subsystem_device != "", false)'),
    iommu_group: iommuGroup ?? read('d.iommu_group', 'd.iommu_group >= 0'),
  };
}

function firstFunction(path: string): string {
  return /\.[0-7]$/.test(path) ? path : `${path}.0`;
}

const DEVICE: Kinds<MappedPciDevice> = {
  node: TEXT,
  path: required(TEXT),
  deviceId: required(TEXT),
  subsystemId: TEXT,
  iommuGroup: NUMBER,
  singleFunction: FLAG,
};

const PROPS: Kinds<PciMappingProps> = {
  mappingName: TEXT,
  proxmoxVe: instanceOf(ProxmoxVe, 'new ProxmoxVe(…)'),
  devices: required(listOf(objectOf(DEVICE))),
  readFromNodes: FLAG,
  mediatedDevices: FLAG,
  comment: TEXT,
};
