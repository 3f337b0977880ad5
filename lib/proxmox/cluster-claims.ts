import { IConstruct } from 'constructs';
import { Problems, Rule } from '../core';
import { kept } from '../core/kept';
import { AddressClaims } from './address-claims';
import { PciClaims } from './pci-claims';
import { pciRules } from './pci-rules';
import { proxmoxRules } from './rules';

/** Who holds which id and owner tag, on one cluster, in one app. */
export class ClusterClaims {
  /** The claims on the cluster with this endpoint, shared by all stacks of an app. */
  public static of(scope: IConstruct, endpoint: string): ClusterClaims {
    const clusters = kept(byApp, scope.node.root, () => new Map<string, ClusterClaims>());
    return kept(clusters, endpoint, () => new ClusterClaims());
  }

  /** Who uses which PCI device. */
  public readonly pci = new PciClaims();
  /** Who has which address in which network. */
  public readonly addresses = new AddressClaims();
  private readonly vmIds = new Map<number, string>();
  private readonly owners = new Map<string, string>();
  private readonly downloads = new Map<string, string>();
  private readonly pciMappings = new Map<string, string>();

  private constructor() {}

  /** Claims the name of a PCI mapping for the construct that makes it, or notes who holds it. */
  public claimPciMapping(name: string, holder: IConstruct, problems: Problems): void {
    claim(this.pciMappings, name, holder, problems, pciRules['pci-mapping-claimed-twice'], 'mappingName', 'mapping');
  }

  /** Claims an id for a construct, or notes who holds it. */
  public claimVmId(vmId: number, holder: IConstruct, problems: Problems): void {
    claim(this.vmIds, vmId, holder, problems, proxmoxRules['vm-id-claimed-twice'], 'vmId', 'VM id');
  }

  /** Claims an owner tag for a construct, or notes who holds it. */
  public claimOwner(tag: string, holder: IConstruct, problems: Problems): void {
    claim(this.owners, tag, holder, problems, proxmoxRules['owner-claimed-twice'], 'id', 'owner tag');
  }

  /** Claims a file on a storage of a node for a ProxmoxVe, or notes which other one holds it. */
  public claimDownload(place: string, holder: IConstruct, problems: Problems): void {
    if (this.downloads.get(place) === holder.node.path) return;
    claim(this.downloads, place, holder, problems, proxmoxRules['download-claimed-twice'], 'proxmoxVe', 'file');
  }
}

const byApp = new WeakMap<IConstruct, Map<string, ClusterClaims>>();

function claim<K>(table: Map<K, string>, key: K, holder: IConstruct, problems: Problems, rule: Rule, property: string, what: string): void {
  const other = table.get(key);
  if (other !== undefined) {
    problems.report(rule, { property, received: key, rule: `${rule.rule} The ${what} ${key} is claimed by ${other} already.` });
    return;
  }
  table.set(key, holder.node.path);
}
