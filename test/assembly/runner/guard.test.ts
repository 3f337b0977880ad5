import { DeployFolder, guests } from './deploy-folder';
import { FakeGuest, FakePve } from './fake-pve';

jest.setTimeout(60_000);

let pve: FakePve;
let folder: DeployFolder;

beforeEach(async () => {
  pve = await FakePve.start();
  pve.guests.push(guests.base());
  folder = new DeployFolder(pve);
});

afterEach(async () => {
  await folder.clean();
  await pve.stop();
});

const ours = guests.ours().config;
const left = (kind: string, name: string) => `Error: VM id 9102 is held by the ${kind} ${name} on pve, which this program did not make. It is left as it is. ` +
  'Give homelab/Ubuntu another vmId, or move what stands there.\n';

test.each<[string, FakeGuest, string]>([
  ['a machine', { vmid: 9102, config: { name: 'mail' }, uptime: 90_000 }, left('virtual machine', 'mail')],
  ['a machine without a name', { vmid: 9102, config: {} }, left('virtual machine', 'VM 9102')],
  ['a template of somebody', { vmid: 9102, config: { name: 'ubuntu', template: 1 } }, left('template', 'ubuntu')],
  ['a template of another owner', { vmid: 9102, config: { ...ours, tags: 'homelab_ubuntu2;xhomelab_ubuntu' } }, left('template', 'ubuntu')],
  ['a clone that has our tag', { vmid: 9102, config: { ...ours, template: undefined } }, left('virtual machine', 'ubuntu')],
  ['a container', { vmid: 9102, type: 'lxc', config: { name: 'dns' } }, left('container', 'dns')],
  ['a build of somebody', { vmid: 9102, config: { name: 'pkr-other', description: 'Packer ephemeral build VM' } }, left('virtual machine', 'pkr-other')],
  ['a machine named like our build', { vmid: 9102, config: { name: 'build-ubuntu', description: 'my notes' } }, left('virtual machine', 'build-ubuntu')],
  ['a machine that only quotes Packer', { vmid: 9102, config: { name: 'build-ubuntu', description: 'Packer ephemeral build VM: keep!' } },
    left('virtual machine', 'build-ubuntu')],
  ['a clone of the base under another name', { vmid: 9102, config: { ...guests.base().config, name: 'trial', template: undefined } },
    left('virtual machine', 'trial')],
  ['a running clone of the base named like our build', { vmid: 9102, config: { ...guests.base().config, name: 'build-ubuntu', template: undefined }, uptime: 90_000 },
    left('virtual machine', 'build-ubuntu')],
  ['a clone of the base that was marked as somebody\'s', { vmid: 9102, config: { ...guests.base().config, name: 'build-ubuntu', template: undefined, tags: 'mine' } },
    left('virtual machine', 'build-ubuntu')],
  ['what cannot be seen', { vmid: 9102, config: { name: 'secret' }, visible: false },
    'Error: VM id 9102 is held by something that the credentials may not see, so nothing is touched. Give homelab/Ubuntu another vmId; or, if it is ours, ' +
    'grant them VM.Audit on /vms/9102.\n'],
])('%s on the id stops the build, and is left as it is', async (_, guest, message) => {
  pve.guests.push(guest);
  const before = JSON.stringify(guest);
  const { status, output } = await folder.run();
  expect(output).toBe(`[1/4] ubuntu: who holds VM id 9102, and what is allowed?\n${message}`);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
  expect(JSON.stringify(pve.guest(9102))).toBe(before);
  expect(folder.events).toEqual([]);
});

test('other ids do not matter', async () => {
  pve.guests.push({ vmid: 910, config: { name: 'a' } }, { vmid: 91020, config: { name: 'b' } });
  expect((await folder.run()).status).toBe(0);
});

test('a machine that is gone before it is looked at', async () => {
  pve.guests.push({ vmid: 9102, config: { name: 'mail' } });
  pve.faults.push({ request: /^GET .*\/9102\/config$/, status: 500, reason: 'Configuration file \'nodes/pve/qemu-server/9102.conf\' does not exist' });
  const { output } = await folder.run();
  // The list still has it, and so has the server: somebody who cannot be looked at.
  expect(output).toContain('held by something that the credentials may not see');
});

test('a base without a description says nothing of a machine that has none either', async () => {
  pve.guests.splice(0, 1, { vmid: 9100, config: { name: 'base', template: 1 } }, { vmid: 9102, config: { name: 'build-ubuntu' } });
  expect((await folder.run()).output).toContain(left('virtual machine', 'build-ubuntu'));
  expect(pve.changes).toEqual([]);
});
