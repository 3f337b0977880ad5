import { Construct } from 'constructs';
import { Problems } from '../core';
import { IPciMapping, PciBinding, PciDeviceUser, ProxmoxVe } from '../proxmox';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, required } from '../proxmox/kinds';
import { checkMappingName } from '../proxmox/pci-device';
import { checkNode } from '../proxmox/text-forms';
import { checkPciIds } from './gpu-architecture';
import { mappingPreconditions } from './mapping-preconditions';
import { gpuRules as rules } from './rules';

/** What a program knows of a mapping that exists. */
export interface PciMappingAttributes {
  /** The cluster. @default - the ProxmoxVe of the stack */
  readonly proxmoxVe?: ProxmoxVe;
  /** Nodes for which it has devices; machines on others are refused. @default - not known */
  readonly nodes?: string[];
  /** How many devices it has on each of its nodes; more machines at once are refused. @default - not known */
  readonly devicesPerNode?: number;
  /** Whether it is marked for mediated devices. @default - not known */
  readonly mediatedDevices?: boolean;
  /** Vendor and device id of its devices, such as `10de:2684`. @default - not known */
  readonly deviceId?: string;
}

/**
 * A mapping that exists, whoever made it.
 * @internal
 */
export class ExistingPciMapping extends Construct implements IPciMapping {
  public readonly proxmoxVe: ProxmoxVe;
  public readonly mediatedDevices?: boolean;
  public readonly deviceIds: string[];

  public constructor(scope: Construct, id: string, public readonly mappingName: string, private readonly attributes: PciMappingAttributes) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    required(TEXT)(mappingName, 'mappingName', problems);
    checkKinds(attributes, ATTRIBUTES, problems);
    problems.throwIfAny();
    const { nodes = [], devicesPerNode, deviceId } = attributes;
    this.proxmoxVe = ProxmoxVe.of(this, attributes.proxmoxVe);
    this.mediatedDevices = attributes.mediatedDevices;
    this.deviceIds = deviceId === undefined ? [] : [deviceId.toLowerCase()];
    checkMappingName(problems, mappingName);
    nodes.forEach((node, i) => checkNode(problems, `nodes[${i}]`, node));
    problems
      .check(devicesPerNode === undefined || Number.isInteger(devicesPerNode) && devicesPerNode > 0, rules['pci-mapping-devices-per-node'], {
        property: 'devicesPerNode', received: devicesPerNode,
      });
    checkPciIds(problems, 'deviceId', deviceId);
    if (problems.all.length === 0) this.proxmoxVe.claimPciMapping(this, false, problems);
    problems.throwIfAny();
  }

  public devicesOn(node: string): number | undefined {
    const { nodes, devicesPerNode } = this.attributes;
    return nodes === undefined || nodes.includes(node) ? devicesPerNode : 0;
  }

  public addressesOn(node: string): string[] | undefined {
    return this.devicesOn(node) === 0 ? [] : undefined;
  }

  public bindPciDevice(user: PciDeviceUser): PciBinding {
    return { dependsOn: [], preconditions: mappingPreconditions(this, user) };
  }
}

const ATTRIBUTES: Kinds<PciMappingAttributes> = {
  proxmoxVe: instanceOf(ProxmoxVe, 'new ProxmoxVe(…)'),
  nodes: listOf(TEXT),
  devicesPerNode: NUMBER,
  mediatedDevices: FLAG,
  deviceId: TEXT,
};
