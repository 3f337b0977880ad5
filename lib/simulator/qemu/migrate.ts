import { Call, TaskLog } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { driveKeys, drivesOf, isCdrom, isDriveKey, isUnusedKey, parseDrive } from './drive';
import { isHaManaged, isRunning, properties, refuseLocked } from './machine';
import { refuseUnlessRoot } from './root-only';

/** Devices of the node a machine uses, and those that are mapped for it. */
interface Devices {
  readonly local: readonly string[];
  readonly mapped: { readonly [key: string]: { readonly name: string; readonly kind: 'pci' | 'usb' | 'dir' } };
}

/** Starts to move a machine to another node; its disks have to be where both see them. @internal */
export function migrate({ cluster, caller, parameters, node, task }: Call): string {
  const target = parameters.text('target');
  const vmid = parameters.number('vmid');
  if (target === node) throw ApiError.parameters({ target: 'target is local node.' });
  if (!cluster.nodes.has(target)) throw failure(`no such cluster node '${target}'`);
  refuseUnlessRoot(caller, parameters, 'force', 'migration_type', 'migration_network');
  const check = () => {
    const guest = cluster.machine(node, vmid);
    refuseLocked(guest);
    if (isRunning(cluster, guest) && !parameters.flag('online')) throw failure('can\'t migrate running VM without --online');
    return guest;
  };
  const guest = check();
  checkStorages(cluster, guest, target);
  if (isHaManaged(cluster, vmid)) {
    return task('hamigrate', `${vmid}`, ({ log }) => {
      log(`Requesting HA migration for VM ${vmid} to node ${target}`);
      cluster.tasks.start(node, 'qmigrate', `${vmid}`, 'root@pam', (own) => move(cluster, check(), target, false, own));
    });
  }
  return task('qmigrate', `${vmid}`, (log) => cluster.locks.hold(vmid, () => move(cluster, check(), target, parameters.flag('force'), log), 10, log.log));
}

/** Where a machine could go, and what holds it back. @internal */
export function migrationPreconditions({ cluster, parameters, node }: Call): object {
  const guest = cluster.machine(node, parameters.number('vmid'));
  refuseLocked(guest);
  const running = isRunning(cluster, guest);
  const { local, mapped } = devicesOf(guest, running);
  const others = [...cluster.nodes.keys()].filter((name) => name !== node);
  const obstacles = new Map(others.map((name) => {
    const storages = storagesOf(guest).filter((id) => !cluster.storages.get(id)?.isOn(name));
    const resources = missing(cluster, mapped, name);
    return [name, { ...storages.length > 0 ? { unavailable_storages: storages } : {}, ...resources.length > 0 ? { 'unavailable-resources': resources } : {} }];
  }));
  return {
    'running': running ? 1 : 0,
    'allowed_nodes': others.filter((name) => Object.keys(obstacles.get(name)!).length === 0),
    'not_allowed_nodes': Object.fromEntries([...obstacles].filter(([, obstacle]) => Object.keys(obstacle).length > 0)),
    'local_disks': localDisks(cluster, guest),
    'local_resources': local,
    'mapped-resources': Object.keys(mapped).sort(),
    'mapped-resource-info': Object.fromEntries(Object.entries(mapped).map(([key, { name }]) => [key, { name }])),
  };
}

/** The volumes that only the node has, with what they are to the machine. */
function localDisks(cluster: Cluster, { config, pending, snapshots }: Guest): object[] {
  const found = new Map<string, { [name: string]: unknown }>();
  const note = (key: string, line: string, from: { readonly pending?: boolean; readonly snapshot?: string } = {}) => {
    const drive = parseDrive(key === 'vmstate' ? 'unused0' : key, line);
    if (drive === undefined) return;
    const known = found.get(drive.file) ?? { cdrom: 1, replicate: 0, shared: 0, is_unused: 0, is_attached: 0, is_vmstate: 0, is_tpmstate: 0 };
    found.set(drive.file, known);
    if (!isCdrom(drive)) known.cdrom = 0;
    if (drive.options.replicate !== '0') known.replicate = 1;
    if (drive.options.shared === '1') known.shared = 1;
    if (isUnusedKey(key)) known.is_unused = 1;
    if (known.is_unused === 0 && from.snapshot === undefined && !from.pending) known.is_attached = 1;
    if (from.snapshot !== undefined) known.referenced_in_snapshot = { ...known.referenced_in_snapshot as object, [from.snapshot]: 1 };
    if (from.pending) known.referenced_in_pending = 1;
    if (drive.size) known.size ??= drive.size;
    if (key === 'vmstate') known.is_vmstate = 1;
    if (key === 'tpmstate0') known.is_tpmstate = 1;
    if (isDriveKey(key)) known.drivename = key;
  };
  const scan = (values: ReadonlyMap<string, string>, from?: Parameters<typeof note>[2]) => {
    for (const key of [...driveKeys(values), 'vmstate', ...[...values.keys()].filter(isUnusedKey)]) {
      const line = values.get(key);
      if (line !== undefined) note(key, line, from);
    }
  };
  scan(config);
  scan(pending, { pending: true });
  snapshots.forEach((values, snapshot) => scan(values, { snapshot }));
  return [...found].filter(([volid, known]) => !isShared(cluster, volid) && known.shared === 0 && !(volid === 'none' && known.cdrom === 1))
    .map(([volid, known]) => ({ ...known, volid }));
}

function move(cluster: Cluster, guest: Guest, target: string, force: boolean, { log }: TaskLog): void {
  const began = cluster.now();
  const { local, mapped } = devicesOf(guest, isRunning(cluster, guest));
  const blocking = local.filter((key) => mapped[key] === undefined);
  if (blocking.length > 0 && !force) throw failure(`can't migrate VM which uses local devices: ${blocking.join(', ')}`);
  const lacking = missing(cluster, mapped, target);
  if (lacking.length > 0) throw failure(`can't migrate to '${target}': missing mapped devices ${lacking.join(', ')}`);
  checkStorages(cluster, guest, target);
  const bound = drivesOf(guest.config).filter(({ file }) => file !== 'none' && !isShared(cluster, file));
  if (bound.length > 0) throw new ApiError(501, `moving disks of a node along is not simulated (${bound.map(({ key }) => key).join(', ')})`);
  log(`${stamp(began)} starting migration of VM ${guest.vmid} to node '${target}' (127.0.0.1)`);
  guest.node = target;
  const seconds = Math.round((cluster.now() - began) / 1000);
  const duration = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => `${part}`.padStart(2, '0')).join(':');
  log(`${stamp(cluster.now())} migration finished successfully (duration ${duration})`);
}

function checkStorages(cluster: Cluster, guest: Guest, target: string): void {
  for (const { file } of drivesOf(guest.config)) {
    if (!file.includes(':') || file.startsWith('/')) continue;
    const { storage: id, content } = cluster.volumes.parse(file);
    if (!cluster.storage(id, guest.node).definition.content.includes(content)) throw failure(`${file}: content type '${content}' is not available on storage '${id}'`);
    cluster.storage(id, target);
  }
}

function storagesOf(guest: Guest): string[] {
  return [...new Set(drivesOf(guest.config).flatMap(({ file }) => file.includes(':') && !file.startsWith('/') ? [file.split(':')[0]] : []))].sort();
}

function isShared({ storages }: Cluster, file: string): boolean {
  return storages.get(file.split(':')[0])?.definition.shared ?? false;
}

function devicesOf({ config }: Guest, running: boolean): Devices {
  const local: string[] = [];
  const mapped: { [key: string]: { name: string; kind: 'pci' | 'usb' | 'dir' } } = {};
  for (const [key, line] of config) {
    const kind = /^(usb|hostpci|serial|parallel|virtiofs|ivshmem)\d*$/.exec(key)?.[1];
    if (kind === undefined || kind === 'serial' && line === 'socket') continue;
    const { host, mapping, dirid } = properties(line, kind === 'virtiofs' ? 'dirid' : 'host');
    if (kind === 'usb' && /^spice$/i.test(host ?? '')) continue;
    if (kind === 'virtiofs') mapped[key] = { name: dirid, kind: 'dir' };
    if (mapping !== undefined) mapped[key] = { name: mapping, kind: kind === 'usb' ? 'usb' : 'pci' };
    if (kind !== 'hostpci' || mapping === undefined || running) local.push(key);
  }
  return { local, mapped };
}

/** The mapped devices that a node has no entry for. */
function missing({ mappings }: Cluster, mapped: Devices['mapped'], node: string): string[] {
  return Object.entries(mapped).flatMap(([key, { name, kind }]) =>
    mappings[kind].get(name)?.map.some((entry) => properties(entry).node === node) ? [] : [key]);
}

function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
