import { DeployFolder, ISO, guests } from './deploy-folder';
import { FakePve } from './fake-pve';

jest.setTimeout(60_000);

let pve: FakePve;
let folder: DeployFolder;

beforeEach(async () => {
  pve = await FakePve.start();
  pve.guests.push(guests.base());
  folder = new DeployFolder(pve);
  folder.environment.PROXMOX_CONSTRUCTS_VM_ID = '9102';
  folder.environment.PROXMOX_CONSTRUCTS_OWNER_TAG = 'homelab_ubuntu';
});

afterEach(async () => {
  await folder.clean();
  await pve.stop();
});

test('our template', async () => {
  pve.guests.push(guests.ours());
  expect(await folder.run('destroy')).toEqual({ status: 0, output: 'Template 9102 (ubuntu) is deleted.\n' });
  expect(pve.changes).toEqual(['DELETE /nodes/pve/qemu/9102']);
  expect(pve.guests).toEqual([guests.base()]);
  expect(folder.notes).toEqual([]);
});

test('id and tag are those of the state, whatever the folder says by now', async () => {
  pve.guests.push(guests.ours(), { vmid: 9150, config: { name: 'former', template: 1, tags: 'former_tag' } });
  Object.assign(folder.environment, { PROXMOX_CONSTRUCTS_VM_ID: '9150', PROXMOX_CONSTRUCTS_OWNER_TAG: 'former_tag' });
  expect(await folder.run('destroy')).toEqual({ status: 0, output: 'Template 9150 (former) is deleted.\n' });
  expect(pve.changes).toEqual(['DELETE /nodes/pve/qemu/9150']);
});

test('nothing there', async () => {
  expect(await folder.run('destroy')).toEqual({ status: 0, output: 'VM 9102 is gone already.\n' });
});

test.each([
  ['virtual machine', { name: 'mail', tags: 'homelab_ubuntu' }],
  ['template', { name: 'ubuntu', template: 1, tags: 'somebody' }],
])('the %s of a stranger', async (kind, config) => {
  pve.guests.push({ vmid: 9102, config });
  expect(await folder.run('destroy')).toEqual({
    status: 0, output: `VM id 9102 is held by the ${kind} ${config.name} on pve, which this program did not make. It is left as it is.\n`,
  });
  expect(pve.changes).toEqual([]);
});

test('what a build left', async () => {
  pve.guests.push(guests.build());
  const { status, output } = await folder.run('destroy');
  expect(output).toContain(`Removed what a build left that was cut off: VM 9102 (build-ubuntu), ${ISO}.\n`);
  expect(status).toBe(0);
});

test('a build that may still run', async () => {
  pve.guests.push(guests.build({ uptime: 60 }));
  const { status, output } = await folder.run('destroy');
  expect(output).toContain('Error: VM 9102 (build-ubuntu on pve) was started 1 min ago by a build of which nothing is known here.');
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('what cannot be seen may be ours', async () => {
  pve.guests.push({ ...guests.ours(), visible: false });
  const { status, output } = await folder.run('destroy');
  expect(output).toContain('Error: VM id 9102 is held by something that the credentials may not see, so nothing is touched.');
  expect(status).toBe(1);
});

test('linked clones', async () => {
  pve.guests.push(guests.ours());
  pve.faults.push({ request: /^DELETE .*qemu/, exitstatus: 'base volume \'local:9102/base-9102-disk-0.qcow2\' is still in use by linked cloned' });
  expect(await folder.run('destroy')).toEqual({
    status: 1, output: 'Error: Template 9102 (ubuntu) cannot be deleted: linked clones of it exist. Delete them, or make them full clones.\n',
  });
});

test('a task that fails', async () => {
  pve.guests.push(guests.ours());
  pve.faults.push({ request: /^DELETE .*qemu/, exitstatus: 'can\'t lock file \'/var/lock/qemu-server/lock-9102.conf\' - got timeout' });
  expect(await folder.run('destroy')).toEqual({
    status: 1,
    output: 'Error: Proxmox VE could not do it: can\'t lock file \'/var/lock/qemu-server/lock-9102.conf\' - got timeout (task qmdestroy 9102)\n',
  });
});

test.each(['PROXMOX_CONSTRUCTS_VM_ID', 'PROXMOX_CONSTRUCTS_OWNER_TAG'])('without %s nothing is deleted', async (name) => {
  pve.guests.push(guests.ours());
  delete folder.environment[name];
  expect(await folder.run('destroy')).toEqual({
    status: 1, output: 'Error: PROXMOX_CONSTRUCTS_VM_ID and PROXMOX_CONSTRUCTS_OWNER_TAG say what is to be deleted.\n',
  });
  expect(pve.requests).toEqual([]);
});
