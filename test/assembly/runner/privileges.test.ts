import { DeployFolder, guests } from './deploy-folder';
import { FakePve, enough } from './fake-pve';

jest.setTimeout(60_000);

let pve: FakePve;
let folder: DeployFolder;

beforeEach(async () => {
  pve = await FakePve.start();
  pve.guests.push(guests.base());
  folder = new DeployFolder(pve);
  // What a build does has its own tests.
  folder.setPacker('echo Packer v1; exit 9');
});

afterEach(async () => {
  await folder.clean();
  await pve.stop();
});

const HEAD = '[1/4] ubuntu: who holds VM id 9102, and what is allowed?\n';
const REMEDY = 'Grant it to the user, and to the API token too where its privileges are separated (Datacenter, Permissions).\n';
const missing = (...lines: string[]) => `${HEAD}Error: The credentials lack what this build needs, so it is not begun:\n  ${lines.join('\n  ')}\n${REMEDY}`;
const begun = { status: 1, output: expect.stringContaining('[2/4]') };
const without = (permissions: any, ...names: string[]) => Object.fromEntries(Object.entries<any>(permissions).map(([path, privileges]) => (
  [path, Object.fromEntries(Object.entries(privileges).filter(([name]) => !names.includes(name)))])));

test('nothing at all is allowed', async () => {
  pve.permissions = {};
  const { output } = await folder.run();
  expect(output).toBe(
    `${HEAD}Warning: the credentials have no SDN.Use on /sdn/zones/localnetwork/vmbr0. Unless vmbr0 is a virtual network of another zone, the build will not be ` +
    `allowed to connect its machine.\n${missing(
      'on /storage/local: Datastore.AllocateSpace, Datastore.Allocate, Datastore.AllocateTemplate',
      'on /vms/9100: VM.Audit, VM.Clone',
      'on /vms/9102: VM.Allocate, VM.Audit, VM.Config.CDROM, VM.Config.CPU, VM.Config.Cloudinit, VM.Config.HWType, VM.Config.Memory, VM.Config.Network, ' +
      'VM.Config.Options, VM.PowerMgmt, VM.Monitor or VM.GuestAgent.Audit or VM.GuestAgent.Unrestricted',
    ).slice(HEAD.length)}`);
});

test.each([
  ['VM.Clone', 'on /vms/9100: VM.Clone'],
  ['VM.Config.Options', 'on /vms/9102: VM.Config.Options'],
  ['VM.Monitor', 'on /vms/9102: VM.Monitor or VM.GuestAgent.Audit or VM.GuestAgent.Unrestricted'],
  ['Datastore.Allocate', 'on /storage/local: Datastore.Allocate'],
])('%s is missing', async (name, line) => {
  pve.permissions = without(enough(), name);
  expect(await folder.run()).toEqual({ status: 1, output: missing(line) });
  expect(folder.events).toEqual([]);
});

test('a leftover is not touched where the build could not begin', async () => {
  pve.guests.push(guests.build());
  pve.permissions = without(enough(), 'VM.PowerMgmt');
  expect(await folder.run()).toEqual({ status: 1, output: missing('on /vms/9102: VM.PowerMgmt') });
  expect(pve.changes).toEqual([]);
});

test.each<[string, () => any]>([
  ['from the root', () => ({ '/': Object.assign({}, ...Object.values(enough())) })],
  ['on the very paths, handed down to nobody', () => {
    const { '/vms': vms, '/storage/local': local } = enough();
    const here = Object.fromEntries(Object.keys(vms).map((name) => [name, 0]));
    return { '/vms/9100': here, '/vms/9102': here, '/storage/local': local, '/sdn/zones/localnetwork/vmbr0': { 'SDN.Use': 0 } };
  }],
  ['by Proxmox VE 9', () => ({ ...without(enough(), 'VM.Monitor'), '/vms/9102': { ...without(enough(), 'VM.Monitor')['/vms'], 'VM.GuestAgent.Audit': 1 } })],
])('enough %s', async (_, permissions) => {
  pve.permissions = permissions();
  const result = await folder.run();
  expect(result).toEqual(begun);
  expect(result.output).not.toContain('Warning');
});

test('what is granted above and not handed down, and what is taken away below', async () => {
  const { '/vms': vms, ...others } = enough();
  pve.permissions = { ...others, '/vms': { ...vms, 'VM.Allocate': 0 }, '/vms/9100': { 'VM.Audit': 1 } };
  expect(await folder.run()).toEqual({ status: 1, output: missing('on /vms/9100: VM.Clone', 'on /vms/9102: VM.Allocate') });
});

test('the pool gives what the id does not', async () => {
  const { '/vms': vms, ...others } = enough();
  pve.permissions = { ...others, '/pool/builds': vms, '/vms/9100': { 'VM.Audit': 1, 'VM.Clone': 1 } };
  expect((await folder.run()).output).toContain('on /vms/9102: VM.Allocate');
  folder.config.pool = 'builds';
  expect(await folder.run()).toEqual(begun);
});

test('only what this build needs: no seed ISO, no agent, a base whose id is not known', async () => {
  Object.assign(folder.config, { isoStorage: null, usesAgent: false, baseVmId: null, diskStorages: ['tank'] });
  const { '/vms': vms, '/sdn/zones/localnetwork': network } = without(enough(), 'VM.Clone', 'VM.Monitor');
  pve.permissions = { '/vms': vms, '/storage/tank': { 'Datastore.AllocateSpace': 1 }, '/sdn/zones/localnetwork': network };
  expect(await folder.run()).toEqual(begun);
  folder.config.diskStorages = ['tank', 'rust'];
  expect((await folder.run()).output).toBe(missing('on /storage/rust: Datastore.AllocateSpace'));
});

test('an installation: a disk is made, keys are typed, the node downloads one ISO and reads another', async () => {
  Object.assign(folder.config, { baseVmId: null, downloadStorage: 'local', readStorages: ['isos'], privileges: ['VM.Config.Disk', 'VM.Console'] });
  const { '/vms': vms, ...others } = without(enough(), 'VM.Clone');
  pve.permissions = { ...others, '/vms': vms };
  expect((await folder.run()).output).toBe(missing('on /nodes/pve: Sys.AccessNetwork or Sys.Modify', 'on /storage/isos: Datastore.Audit or Datastore.AllocateSpace', 'on /vms/9102: VM.Config.Disk, VM.Console'));
  pve.permissions = { ...others, '/vms': { ...vms, 'VM.Config.Disk': 1, 'VM.Console': 1 }, '/nodes/pve': { 'Sys.AccessNetwork': 1 }, '/storage/isos': { 'Datastore.Audit': 1 } };
  expect(await folder.run()).toEqual(begun);
});

test('no right to use the bridge is a warning', async () => {
  pve.permissions = without(enough(), 'SDN.Use');
  expect(await folder.run()).toEqual({ status: 1, output: expect.stringMatching(/Warning: the credentials have no SDN\.Use on \/sdn\/zones\/localnetwork\/vmbr0\.[^]*\[2\/4\]/) });
});
