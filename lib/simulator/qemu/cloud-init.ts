import { createHash } from 'node:crypto';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { parsePropertyString } from '../schema/validation';
import { Guest } from '../state/guest';
import { contextScript } from './cloud-init-context';
import { hostNames, publicKeys, windowsVersion } from './cloud-init-names';
import { configDriveNetwork, noCloudNetwork, windowsNetwork } from './cloud-init-network';
import { drivesOf, isCloudInit, parseDrive } from './drive';
import { customFilesFormat } from './option-formats';

/** A configuration. */
type Config = ReadonlyMap<string, string>;

const sha1 = (...texts: string[]) => createHash('sha1').update(texts.join('')).digest('hex');

/** What a cloud-init drive contains, and the slot it is in. @internal */
export interface CloudInitDrive {
  readonly slot: string;
  /** The label of the file system: `cidata`, `config-2`. */
  readonly label: string;
  readonly files: { readonly [file: string]: string };
}

function dataSource(config: Config): string {
  return config.get('citype') ?? (windowsVersion(config.get('ostype')) > 0 ? 'configdrive2' : 'nocloud');
}

function userData(config: Config, vmid: number, mask = false): string {
  const { host, full } = hostNames(config, vmid);
  const user = config.get('ciuser');
  const password = config.get('cipassword');
  const upgrade = config.get('ciupgrade');
  return [
    '#cloud-config',
    `hostname: ${host}`,
    'manage_etc_hosts: true',
    `fqdn: ${full}`,
    ...user === undefined ? [] : [`user: ${user}`],
    ...user === 'root' ? ['disable_root: False'] : [],
    ...password === undefined ? [] : [`password: ${mask ? '**********' : password}`],
    ...config.has('sshkeys') ? ['ssh_authorized_keys:', ...publicKeys(config).map((key) => `  - ${key}`)] : [],
    'chpasswd:',
    '  expire: False',
    ...user === 'root' ? [] : ['users:', '  - default'],
    ...upgrade === undefined || upgrade !== '0' ? ['package_upgrade: true'] : [],
  ].map((line) => `${line}\n`).join('');
}

function configDriveMetaData(id: string): string {
  return `{\n     "uuid": "${id}",\n     "network_config": { "content_path": "/content/0000" }\n}\n`;
}

/** One of the files of a cloud-init drive as the server shows it, without the user's own snippets. @internal */
export function shownCloudInit(guest: Guest, kind: 'user' | 'network' | 'meta', mask: boolean): string {
  const { config, vmid } = guest;
  const isNoCloud = dataSource(config) === 'nocloud';
  if (kind === 'user') return userData(config, vmid, mask);
  const network = isNoCloud ? noCloudNetwork(config) : configDriveNetwork(config);
  if (kind === 'network') return network;
  const id = sha1(userData(config, vmid), network);
  return isNoCloud ? `instance-id: ${id}\n` : configDriveMetaData(id);
}

/**
 * What the cloud-init drive of a machine contains.
 *
 * @returns undefined if it has no such drive
 * @throws ApiError in PVE's words when a snippet is not there
 * @internal
 */
export async function cloudInitDrive(cluster: Cluster, node: string, guest: Pick<Guest, 'config' | 'vmid'>): Promise<CloudInitDrive | undefined> {
  const { config, vmid } = guest;
  const drive = drivesOf(config).find((one) => isCloudInit(one) && one.file.includes(`vm-${vmid}-cloudinit`));
  if (drive === undefined) return undefined;
  const own = await snippets(cluster, node, config);
  const source = dataSource(config);
  if (source === 'opennebula') return { slot: drive.key, label: 'CONTEXT', files: { 'context.sh': contextScript(config, vmid) } };
  const user = own.user ?? userData(config, vmid);
  const vendor = own.vendor ?? '';
  if (source === 'nocloud') {
    const network = own.network ?? noCloudNetwork(config);
    const meta = own.meta ?? `instance-id: ${sha1(user, network)}\n`;
    return { slot: drive.key, label: 'cidata', files: sized({ 'user-data': user, 'network-config': network, 'meta-data': meta, 'vendor-data': vendor }) };
  }
  const windows = windowsVersion(config.get('ostype')) > 0;
  const network = own.network ?? (windows ? windowsNetwork(config) : configDriveNetwork(config));
  const id = sha1(user, network);
  const meta = own.meta ?? (windows ? windowsMetaData(config, id) : configDriveMetaData(id));
  const files = {
    'openstack/latest/user_data': user,
    'openstack/content/0000': network,
    'openstack/latest/meta_data.json': meta,
    'openstack/latest/vendor_data.json': vendor,
  };
  return { slot: drive.key, label: 'config-2', files: sized(files) };
}

function windowsMetaData(config: Config, id: string): string {
  const keys = publicKeys(config);
  return JSON.stringify({
    uuid: id,
    network_config: { content_path: '/content/0000' },
    ...config.get('cipassword') ? { admin_pass: config.get('cipassword') } : {},
    ...keys.length > 0 ? { public_keys: Object.fromEntries(keys.map((key, i) => [`key-${i}`, key])) } : {},
  });
}

function sized<T extends { readonly [file: string]: string }>(files: T): T {
  const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > 3 * 1024 ** 2) throw failure('Cloud-Init sum of snippets too big (> 3 MiB)');
  return files;
}

/** The user's own files, by kind. */
async function snippets(cluster: Cluster, node: string, config: Config): Promise<{ readonly [kind: string]: string }> {
  const custom = config.get('cicustom');
  const files = custom === undefined ? {} : parsePropertyString(customFilesFormat, custom);
  const texts: { [kind: string]: string } = {};
  for (const kind of ['network', 'user', 'meta', 'vendor']) {
    if (files[kind] !== undefined) texts[kind] = await snippet(cluster, node, files[kind]);
  }
  return texts;
}

async function snippet({ volumes, engine }: Cluster, node: string, volid: string): Promise<string> {
  if (volumes.parse(volid).content !== 'snippets') throw failure(`${volid} is not in the snippets directory`);
  const volume = volumes.look(node, volid);
  if (volume === undefined) throw failure(`can't open '${volumes.path(node, volid)}' - No such file or directory`);
  return engine.volumes.text(volumes.file(volume));
}

/**
 * Makes the content of a machine's cloud-init drive anew: from then on nothing of it is pending.
 *
 * @internal
 */
export async function regenerateCloudInit(cluster: Cluster, guest: Guest, log: (line: string) => void = () => undefined, config = guest.config): Promise<void> {
  const { node, vmid } = guest;
  const made = await cloudInitDrive(cluster, node, { vmid, config });
  if (made === undefined) return;
  const { file } = parseDrive(made.slot, config.get(made.slot)!)!;
  if (cluster.volumes.look(node, file) === undefined) {
    const { storage, format } = cluster.volumes.parse(file);
    await cluster.volumes.createCloudInit(node, storage, vmid, { format, log });
  }
  log('generating cloud-init ISO');
  guest.cloudInit.clear();
}
