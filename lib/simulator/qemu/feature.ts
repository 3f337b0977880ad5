import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { drivesOf, isCdrom } from './drive';

type Feature = 'snapshot' | 'clone' | 'copy';

/** Whether all disks of a machine can be snapshot, cloned or copied, and the nodes that see them. @internal */
export function featureOf(cluster: Cluster, guest: Guest, feature: Feature): { readonly hasFeature: 0 | 1; readonly nodes: string[] } {
  const drives = drivesOf(guest.config);
  const disks = drives.filter((drive) => !isCdrom(drive));
  const ids = drives.flatMap(({ file }) => file.includes(':') && !file.startsWith('/') ? [file.split(':')[0]] : []);
  const nodes = [...cluster.nodes.keys()].filter((node) => ids.every((id) => {
    const { disabled, nodes: on, shared } = cluster.storage(id).definition;
    return !disabled && (on !== undefined ? on.includes(node) : shared || node === guest.node);
  }));
  return { hasFeature: disks.every(({ file }) => !file.startsWith('/') && can(cluster, file, feature)) ? 1 : 0, nodes };
}

function can({ volumes, storages }: Cluster, volid: string, feature: Feature): boolean {
  const { storage, isBase, format } = volumes.parse(volid);
  switch (feature) {
    case 'copy': return true;
    case 'clone': return isBase;
    default: return !isBase && (format === 'qcow2' || !storages.get(storage)!.isFileBased);
  }
}
