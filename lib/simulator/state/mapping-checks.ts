import { createHash } from 'node:crypto';
import { Cluster } from '../cluster';
import { FormatError, registerFormats } from '../schema/formats';
import { PropertyString, integer, optional, text } from '../schema/property';
import { parsePropertyString } from '../schema/validation';
import { Mapping } from './mapping';
import { HostPciDevice } from './node';

registerFormats({
  'pve-storage-path-in-property-string': (value) => {
    if (!/^\/[^;,=()]+/.test(value)) throw new FormatError('Value does not look like a valid absolute path. These symbols are currently not allowed in path: ;,=()');
  },
});

/** A kind of mapping. @internal */
export type MappingKind = 'pci' | 'usb' | 'dir';

const pci = '[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(?:\\.[a-f0-9])?';
const ids = '[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}';
const node = text('The node.', { format: 'pve-node' });
const description = optional(text('What it is.', { maxLength: 4096 }));

/** What an entry of a mapping says of a device of a node. @internal */
export const mapFormats: { readonly [kind in MappingKind]: PropertyString } = {
  pci: {
    properties: {
      node,
      'id': text('Vendor and device.', { pattern: ids }),
      'subsystem-id': optional(text('Vendor and device of the board.', { pattern: ids })),
      'path': text('Addresses with semicolons between; without a function the whole device.', { pattern: `(?:${pci};)*${pci}` }),
      'iommugroup': optional(integer('The IOMMU group.')),
      description,
    },
  },
  usb: {
    properties: { node, id: text('Vendor and device.', { pattern: ids }), path: optional(text('The port.', { pattern: '(\\d+)-(\\d+(\\.\\d+)*)' })), description },
  },
  dir: { properties: { node, path: text('The folder.', { format: 'pve-storage-path-in-property-string' }) } },
};

/** A mapping as the API tells of it. @internal */
export function describeMapping(kind: MappingKind, { description: text_, map, mdev, liveMigrationCapable }: Mapping): { readonly [name: string]: unknown } {
  return {
    type: kind,
    map: [...map],
    ...text_ === undefined ? {} : { description: text_ },
    ...mdev === undefined ? {} : { mdev: mdev ? 1 : 0 },
    ...liveMigrationCapable === undefined ? {} : { 'live-migration-capable': liveMigrationCapable ? 1 : 0 },
  };
}

/** The digest of all mappings of a kind. @internal */
export function mappingsDigest(cluster: Cluster, kind: MappingKind): string {
  return createHash('sha1').update(JSON.stringify([...cluster.mappings[kind].values()])).digest('hex');
}

/** The entries of a mapping for a node. @internal */
export function entriesOn(kind: MappingKind, { map }: Mapping, name: string): { readonly [key: string]: string }[] {
  return map.map((entry) => parsePropertyString(mapFormats[kind], entry)).filter((entry) => entry.node === name);
}

/** The devices of a node that a mapping names. @internal */
export function mappedDevices(cluster: Cluster, id: string, name: string): HostPciDevice[] {
  const mapping = cluster.mappings.pci.get(id);
  if (mapping === undefined) return [];
  return entriesOn('pci', mapping, name).flatMap(({ path }) => cluster.node(name).pci.filter(({ address }) => address === path || address === `${path}.0`));
}

/** What is wrong with an entry of a PCI mapping on its node, in PVE's words; undefined if nothing is. @internal */
export function pciProblem(cluster: Cluster, mapping: Mapping, entry: { readonly [key: string]: string }): string | undefined {
  for (const [i, path] of entry.path.split(';').entries()) {
    const address = /\.[a-f0-9]$/.test(path) ? path : `${path}.0`;
    const device = cluster.nodes.get(entry.node)?.pci.find((one) => one.address === address);
    if (device === undefined) return `pci device '${address}' not found`;
    const hasSubsystem = device.subsystemVendor !== undefined && device.subsystemDevice !== undefined;
    const checks: [string, string | undefined, string | undefined][] = [
      ['id', `${device.vendor}:${device.device}`, entry.id],
      ...i === 0 ? [['iommugroup', device.iommuGroup < 0 ? undefined : `${device.iommuGroup}`, entry.iommugroup] as [string, string | undefined, string | undefined]] : [],
      ['mdev', device.mediatedTypes?.length ? '1' : '0', mapping.mdev ? '1' : '0'],
      ['subsystem-id', hasSubsystem ? `${device.subsystemVendor}:${device.subsystemDevice}` : undefined, entry['subsystem-id']],
    ];
    for (const [name, expected, configured] of checks) {
      if (expected === configured) continue;
      if (configured === undefined) return `missing expected property '${name}' for device '${address}'`;
      if (expected === undefined) return `unexpected property '${name}' configured for device '${address}'`;
      return `'${name}' does not match for '${mapping.id}' (${expected} != ${configured})`;
    }
  }
  return undefined;
}
