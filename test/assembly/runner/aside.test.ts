import * as fs from 'node:fs';
import * as path from 'node:path';
import { ASIDE_ID, DeployFolder, ISO, guests, running, template, whole } from './deploy-folder';
import { FakePve, enough } from './fake-pve';

jest.setTimeout(60_000);

let pve: FakePve;
let folder: DeployFolder;

beforeEach(async () => {
  pve = await FakePve.start();
  pve.guests.push(guests.base(), guests.ours(undefined, 'former'));
  folder = new DeployFolder(pve);
  folder.scenario = { build: whole(ASIDE_ID) };
});

afterEach(async () => {
  await folder.clean();
  await pve.stop();
});

const starts = () => folder.events.map(({ start }) => start).filter(Boolean);
const exchange = [
  'DELETE /nodes/pve/qemu/9102', 'POST /nodes/pve/qemu/900009102/clone', 'POST /nodes/pve/qemu/9102/template', 'PUT /nodes/pve/qemu/9102/config',
  'DELETE /nodes/pve/qemu/900009102',
];
const IN_PLACE = 'The former template is deleted before the new one is built, and not after: ';

test('our own template stays until the new one is finished beside it', async () => {
  const { status, output } = await folder.run();
  expect(output.split('\n').filter((line) => !line.includes('proxmox-clone'))).toEqual([
    '[1/4] ubuntu: who holds VM id 9102, and what is allowed?',
    '[2/4] ubuntu: Packer\'s plugins',
    '[3/4] ubuntu: the template of the former content is replaced; until the new one is finished as VM 900009102 it stays',
    '[4/4] ubuntu: is it there?',
    'The new template is finished as VM 900009102, and takes its place as VM 9102 now.',
    'ubuntu is template 9102 on pve.',
    '',
  ]);
  expect(status).toBe(0);
  expect(starts()).toEqual(['init .', 'build -color=false .']);
  const [build] = folder.events.filter(({ cwd }) => cwd);
  expect(build.cwd).toBe(path.join(fs.realpathSync(folder.path), 'aside'));
  expect(JSON.parse(fs.readFileSync(path.join(folder.path, 'aside/ubuntu.pkr.json'), 'utf8'))).toEqual(template(ASIDE_ID));
  expect(pve.changes).toEqual(exchange);
  expect(pve.guests).toEqual([guests.base(), { vmid: 9102, config: { ...guests.ours().config } }]);
});

test('a build that fails: the former template stays', async () => {
  folder.scenario = { build: [['print', 'Error: no such thing'], ['exit', 3]] };
  const { status, output } = await folder.run();
  expect(output).toMatch(/Error: no such thing\nTemplate 9102 of the former content stays as it is\.\nError: packer build ended with status 3\.\n$/);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('a build that is killed: what it left aside goes, the former template stays', async () => {
  folder.scenario = { build: [...whole(ASIDE_ID).slice(0, running.length), ['kill']] };
  const { status, output } = await folder.run();
  expect(output).toContain(`Removed what a build left that was cut off: VM 900009102 (build-ubuntu), ${ISO}.\nTemplate 9102 of the former content stays as it is.\n`);
  expect(status).toBe(1);
  expect(pve.guests).toEqual([guests.base(), guests.ours(undefined, 'former')]);
});

test('what takes its place looks unfinished until it is whole, and waits when that is cut off', async () => {
  pve.faults.push({ request: /POST .*\/900009102\/clone/, exitstatus: 'clone failed: No space left on device' });
  const first = await folder.run();
  expect(first.output).toMatch(/clone failed: No space left on device \(task qmclone 900009102\) The new template waits as VM 900009102: the next deploy puts it in its place\.\n$/);
  expect(first.status).toBe(1);
  expect(pve.guests).toEqual([guests.base(), guests.ours(ASIDE_ID)]);
  pve.faults.pop();
  pve.guests.push({ vmid: 9102, config: { ...guests.ours().config, template: undefined, name: 'build-ubuntu', description: 'Packer ephemeral build VM\n' } });
  const second = await folder.run();
  expect(second.output).toContain('Removed what a build left that was cut off: VM 9102 (build-ubuntu).\n[4/4] ubuntu: is it there?\nThe new template is finished');
  expect(second.status).toBe(0);
  expect(starts()).toEqual(['init .', 'build -color=false .']);
  expect(pve.guests).toEqual([guests.base(), guests.ours()]);
});

test('a template that waits and is of another content by now is built anew', async () => {
  pve.guests.push(guests.ours(ASIDE_ID, 'older'));
  expect((await folder.run()).status).toBe(0);
  expect(pve.changes).toEqual(['DELETE /nodes/pve/qemu/900009102', ...exchange]);
});

test('what a build left aside is removed first', async () => {
  pve.guests.push(guests.build({ vmid: ASIDE_ID }));
  const { status, output } = await folder.run();
  expect(output).toContain(`Removed what a build left that was cut off: VM 900009102 (build-ubuntu), ${ISO}.\n[2/4]`);
  expect(status).toBe(0);
});

test('linked clones of the former template are found before anything is built', async () => {
  pve.volumes.push('local:9102/vm-9102-cloudinit.qcow2', 'local:9102/base-9102-disk-0.qcow2', 'local:9102/base-9102-disk-0.qcow2/105/vm-105-disk-0.qcow2');
  const { status, output } = await folder.run();
  expect(output).toMatch('Error: Template 9102 (ubuntu) cannot be replaced: linked clones of it exist, one has local:9102/base-9102-disk-0.qcow2/105/vm-105-disk-0.qcow2. '
    + 'Delete them, or make them full clones.\n');
  expect(status).toBe(1);
  expect(starts()).toEqual([]);
  expect(pve.changes).toEqual([]);
});

test('volumes that may not be seen are no reason to stop', async () => {
  pve.faults.push({ request: /GET .*\/content$/, status: 403, reason: 'Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)' });
  expect((await folder.run()).status).toBe(0);
});

describe('without room beside it the template is replaced in its place', () => {
  beforeEach(() => {
    folder.scenario = { build: whole(9102) };
  });

  test('a stranger is there', async () => {
    const stranger = { vmid: ASIDE_ID, config: { name: 'mail' } };
    pve.guests.push(stranger);
    const { status, output } = await folder.run();
    expect(output).toContain(`${IN_PLACE}VM id 900009102 is held by the virtual machine mail on pve, which this program did not make. It is left as it is.\n`);
    expect(status).toBe(0);
    expect(starts()).toEqual(['init .', 'build -color=false -force .']);
    expect(pve.changes).toEqual([]);
    expect(pve.guest(ASIDE_ID)).toEqual(stranger);
  });

  test('somebody is there who cannot be seen', async () => {
    pve.guests.push({ vmid: ASIDE_ID, config: {}, visible: false });
    const { status, output } = await folder.run();
    expect(output).toContain(`${IN_PLACE}VM id 900009102 is held by something that the credentials may not see`);
    expect(status).toBe(0);
  });

  test('the credentials are for the one id only', async () => {
    const { '/vms': all, ...others } = enough();
    pve.permissions = { ...others, '/vms/9100': all, '/vms/9102': all };
    const { status, output } = await folder.run();
    expect(output).toMatch(/not after: The credentials lack what this build needs, so it is not begun:\n {2}on \/vms\/900009102: VM\.Allocate, .*VM\.Clone/);
    expect(status).toBe(0);
    expect(starts()).toEqual(['init .', 'build -color=false -force .']);
  });
});

test('a stranger who has taken the id meanwhile is left alone, and the new template waits', async () => {
  const stranger = { vmid: 9102, config: { name: 'mail' } };
  folder.scenario = { build: [...whole(ASIDE_ID), ['control', { put: stranger }]] };
  const { status, output } = await folder.run();
  expect(output).toMatch(/Error: VM id 9102 is held by the virtual machine mail on pve, which this program did not make\. It is left as it is\.\n$/);
  expect(status).toBe(1);
  expect(pve.guests).toEqual([guests.base(), guests.ours(ASIDE_ID), stranger]);
});

test('destroy takes what waits, too', async () => {
  pve.guests.push(guests.ours(ASIDE_ID));
  Object.assign(folder.environment, { PROXMOX_CONSTRUCTS_VM_ID: '9102', PROXMOX_CONSTRUCTS_OWNER_TAG: 'homelab_ubuntu' });
  expect((await folder.run('destroy')).status).toBe(0);
  expect(pve.guests).toEqual([guests.base()]);
});
