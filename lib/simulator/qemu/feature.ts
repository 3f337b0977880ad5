import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { drivesOf, isCdrom } from './drive';

/** What can be done with a volume. @internal */
export type Feature = 'snapshot' | 'clone' | 'copy';

/** Whether all disks of a machine, or of a snapshot of it, can be snapshot, cloned or copied, and the nodes that see them. @internal */
export function featureOf(
  cluster: Cluster, guest: Guest, feature: Feature, config: ReadonlyMap<string, string> = guest.config, snapshot?: string,
): { readonly hasFeature: 0 | 1; readonly nodes: string[] } {
  const drives = drivesOf(config);
  const ids = drives.flatMap(({ file }) => file.includes(':') && !file.startsWith('/') ? [file.split(':')[0]] : []);
  const nodes = [...cluster.nodes.keys()].filter((node) => ids.every((id) => {
    const { disabled, nodes: on, shared } = cluster.storage(id).definition;
    return !disabled && (on !== undefined ? on.includes(node) : shared || node === guest.node);
  }));
  const can = drives.every((drive) => isCdrom(drive) || hasFeature(cluster, drive.file, feature, snapshot));
  return { hasFeature: can ? 1 : 0, nodes };
}

/** Whether a volume, or a snapshot of it, can be snapshot, cloned without a copy, or copied. @internal */
export function hasFeature({ volumes, storages }: Cluster, volid: string, feature: Feature, snapshot?: string): boolean {
  if (volid.startsWith('/')) return false;
  const { storage, isBase, format } = volumes.parse(volid);
  const { isFileBased, definition: { type } } = storages.get(storage)!;
  if (snapshot) {
    if (isFileBased) return format === 'qcow2' && feature !== 'clone';
    return { snapshot: type !== 'lvmthin', clone: type !== 'zfspool', copy: type !== 'zfspool' }[feature];
  }
  switch (feature) {
    case 'copy': return true;
    case 'clone': return isBase;
    case 'snapshot': return !isBase && (format === 'qcow2' || !isFileBased);
  }
}
