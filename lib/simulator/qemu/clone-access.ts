import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { drivesOf, isCdrom } from './drive';
import { properties } from './machine';

type Config = ReadonlyMap<string, string>;

/**
 * Refuses a clone whose storages the caller may not use.
 *
 * @param storage where the disks are to go, if not where they are
 * @returns whether all volumes are on shared storages
 * @internal
 */
export function checkStorages(cluster: Cluster, caller: string, config: Config, storage?: string): boolean {
  let shared = true;
  const use = (id: string) => cluster.access.check(caller, `/storage/${id}`, ['Datastore.AllocateSpace']);
  for (const drive of drivesOf(config)) {
    if (drive.file === 'none') continue;
    if (drive.file === 'cdrom') {
      cluster.access.check(caller, '/', ['Sys.Console']);
      continue;
    }
    const [id] = drive.file.split(':');
    const known = cluster.storages.get(id);
    if (known === undefined) throw failure(drive.file.startsWith('/') ? `unable to parse volume ID '${drive.file}'` : `storage '${id}' does not exist`);
    shared &&= known.definition.shared;
    if (!isCdrom(drive)) use(storage ?? id);
  }
  const state = config.get('vmstatestorage');
  if (state !== undefined) use(state);
  return shared;
}

/** Refuses a clone of a machine with devices of the host, or with mapped ones that the caller may not use. @internal */
export function checkMappings(cluster: Cluster, caller: string, config: Config): void {
  if (caller === 'root@pam') return;
  for (const [key, value] of config) {
    const kind = /^(usb|hostpci|rng|virtiofs)\d+$/.exec(key)?.[1];
    if (kind === undefined) continue;
    const { host, mapping, source, dirid } = properties(value, { usb: 'host', hostpci: 'host', rng: 'source', virtiofs: 'dirid' }[kind]);
    const use = (path: string) => cluster.access.check(caller, `/mapping/${path}`, ['Mapping.Use']);
    if (kind === 'rng') {
      if (source === '/dev/hwrng') use('hwrng');
    } else if (kind === 'virtiofs') {
      use(`dir/${dirid}`);
    } else if (host !== undefined) {
      if (kind === 'hostpci') throw failure(`only root can set '${key}' config for non-mapped devices`);
      if (!/^spice$/i.test(host)) throw failure(`only root can set '${key}' config for real devices`);
    } else if (mapping !== undefined) {
      use(`${kind === 'usb' ? 'usb' : 'pci'}/${mapping}`);
    } else {
      throw failure('either \'host\' or \'mapping\' must be set.');
    }
  }
}
