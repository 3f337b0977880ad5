import { randomUUID } from 'node:crypto';
import { Problems } from '../core';
import { Cluster } from './cluster';
import { PveSimulatorProps, SimulatedNode, SimulatedStorage, SimulatedToken, StorageKind } from './pve-simulator-props';
import { simulatorRules } from './rules';
import { ContentType, Storage } from './state/storage';

const disks: ContentType[] = ['images', 'rootdir'];
const files: ContentType[] = ['images', 'rootdir', 'iso', 'vztmpl', 'snippets', 'import', 'backup'];
const gibibyte = 1024 ** 3;

/** The token of root@pam that every simulator has. @internal */
export const rootToken = 'simulator';

const newServer: SimulatedStorage[] = [
  { name: 'local', kind: StorageKind.DIRECTORY, content: ['iso', 'vztmpl', 'backup', 'snippets', 'import'] },
  { name: 'local-lvm', kind: StorageKind.LVM_THIN },
];

/**
 * Fills a cluster with what the props say, and reports all that is wrong with them.
 *
 * @internal
 */
export function setUp(cluster: Cluster, props: PveSimulatorProps): void {
  const problems = new Problems('PveSimulator');
  if (!/^127(\.\d{1,3}){3}$/.test(props.address ?? '127.0.0.1')) problems.report(simulatorRules['simulator-address'], { property: 'address', received: props.address });
  (props.nodes ?? [{ name: 'pve' }]).forEach((node, i) => addNode(cluster, problems, node, `nodes[${i}]`));
  (props.storages ?? newServer).forEach((storage, i) => addStorage(cluster, problems, storage, `storages[${i}]`));
  (props.tokens ?? []).forEach((token, i) => addToken(cluster, problems, token, `tokens[${i}]`));
  const root = cluster.access.users.get('root@pam')!;
  root.password = props.rootPassword ?? randomUUID();
  root.tokens.set(rootToken, { id: rootToken, secret: props.apiTokenSecret ?? randomUUID(), privilegeSeparation: false, expire: 0 });
  problems.throwIfAny();
}

function addNode(cluster: Cluster, problems: Problems, node: SimulatedNode, at: string): void {
  problems.check(!cluster.nodes.has(node.name), simulatorRules['simulator-node'], { property: `${at}.name`, received: node.name });
  cluster.nodes.set(node.name, {
    name: node.name,
    bridges: node.bridges ?? ['vmbr0'],
    processors: 8,
    memory: 64 * gibibyte,
    pci: (node.pciDevices ?? []).map((device) => ({
      address: device.address,
      vendor: device.vendorId,
      device: device.deviceId,
      subsystemVendor: device.subsystemId?.split(':')[0],
      subsystemDevice: device.subsystemId?.split(':')[1],
      iommuGroup: device.iommuGroup ?? -1,
      class: '0x030000',
      mediatedTypes: device.mediatedDeviceTypes,
    })),
  });
}

function addStorage(cluster: Cluster, problems: Problems, storage: SimulatedStorage, at: string): void {
  const { name, kind } = storage;
  const possible = kind === StorageKind.DIRECTORY || kind === StorageKind.NFS ? files : disks;
  const content = storage.content ?? possible;
  content.forEach((type, i) => problems.check(possible.some((one) => one === type), simulatorRules['simulator-storage'], { property: `${at}.content[${i}]`, received: type }));
  (storage.nodes ?? []).forEach((node, i) => problems.check(cluster.nodes.has(node), simulatorRules['simulator-node'], { property: `${at}.nodes[${i}]`, received: node }));
  const options: { [kind: string]: { [option: string]: string } } = {
    zfspool: { pool: name }, lvmthin: { vgname: 'pve', thinpool: 'data' }, nfs: { server: '127.0.0.1', export: `/srv/${name}` }, rbd: { pool: name },
  };
  cluster.storages.set(name, new Storage({
    id: name,
    type: kind,
    content: content as readonly ContentType[],
    shared: storage.shared ?? (kind === StorageKind.NFS || kind === StorageKind.RBD),
    nodes: storage.nodes,
    path: possible === files ? storage.path ?? (name === 'local' ? '/var/lib/vz' : `/mnt/${name}`) : undefined,
    options: options[kind],
    capacity: 1024 * gibibyte,
  }));
}

function addToken(cluster: Cluster, problems: Problems, token: SimulatedToken, at: string): void {
  const [, user, id] = /^([^!@]+@[^!@]+)!([^!]+)$/.exec(token.id) ?? [];
  if (user === undefined) {
    problems.report(simulatorRules['simulator-token'], { property: `${at}.id`, received: token.id });
    return;
  }
  const known = cluster.access.users.get(user) ?? { id: user, enabled: true, groups: new Set<string>(), tokens: new Map() };
  cluster.access.users.set(user, known);
  known.tokens.set(id, { id, secret: token.secret, privilegeSeparation: false, expire: 0 });
  token.permissions.forEach(({ path, privileges, propagate }, i) => {
    privileges.forEach((privilege, j) => problems.check(
      cluster.access.privileges.has(privilege), simulatorRules['simulator-privilege'], { property: `${at}.permissions[${i}].privileges[${j}]`, received: privilege },
    ));
    const role = `${user.replace(/\W/g, '-')}-${i + 1}`;
    cluster.access.roles.set(role, new Set(privileges));
    cluster.access.acl.push({ path, subject: user, role, propagate: propagate ?? true });
  });
}
