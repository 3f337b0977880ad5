import { DeployFolder, ISO, finished, guests, isRunning, running, until } from './deploy-folder';
import { FakePve } from './fake-pve';

jest.setTimeout(60_000);

let pve: FakePve;
let folder: DeployFolder;

beforeEach(async () => {
  pve = await FakePve.start();
  pve.guests.push(guests.base());
  pve.isos.add('local:iso/debian.iso');
  folder = new DeployFolder(pve);
});

afterEach(async () => {
  await folder.clean();
  await pve.stop();
});

const REMOVED = `Removed what a build left that was cut off: VM 9102 (build-ubuntu), ${ISO}.\n`;
const REMEDY = 'If no build of it runs elsewhere, delete it there: qm unlock 9102; qm stop 9102; qm destroy 9102 --purge\n';
const deletions = ['DELETE /nodes/pve/qemu/9102', `DELETE /nodes/pve/storage/local/content/${ISO}`];

test('a machine at rest goes with its ISO image, after it was watched', async () => {
  pve.guests.push(guests.build());
  pve.isos.add(ISO);
  const { status, output } = await folder.run();
  expect(output).toContain(`VM 9102 (build-ubuntu) is what a build left, or waits to go on: watching it for 1 s.\n${REMOVED}[2/4]`);
  expect(status).toBe(0);
  expect(pve.changes).toEqual(deletions);
  expect([...pve.isos]).toEqual(['local:iso/debian.iso']);
});

test('a template that Packer did not finish is removed, and not replaced with its ISO image left', async () => {
  pve.guests.push(guests.build({ config: { ...guests.build().config, template: 1 } }));
  const { status, output } = await folder.run();
  expect(output).toContain(REMOVED);
  expect(status).toBe(0);
  expect(folder.events.map(({ start }) => start)).toContain('build -color=false .');
});

test('a clone that Packer did not configure still has the base\'s description', async () => {
  const { tags, description } = guests.base().config;
  pve.guests.push({ vmid: 9102, config: { name: 'build-ubuntu', tags, description } });
  const { status, output } = await folder.run();
  expect(output).toContain('Removed what a build left that was cut off: VM 9102 (build-ubuntu).\n');
  expect(status).toBe(0);
});

test('a machine that runs, and of which this machine knows nothing, is left alone', async () => {
  pve.guests.push(guests.build({ uptime: 754 }));
  const { status, output } = await folder.run();
  expect(output).toMatch(`Error: VM 9102 (build-ubuntu on pve) was started 12 min ago by a build of which nothing is known here. ${REMEDY}`);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('a machine that has been running for longer than any build takes is removed', async () => {
  pve.guests.push(guests.build({ uptime: 6 * 3600 + 1 }));
  const { status, output } = await folder.run();
  expect(output).toContain(REMOVED);
  expect(status).toBe(0);
  expect(pve.changes).toEqual(['POST /nodes/pve/qemu/9102/status/stop', ...deletions]);
});

test('a machine that is locked is left alone', async () => {
  pve.guests.push(guests.build({ config: { ...guests.build().config, lock: 'clone' } }));
  const { status, output } = await folder.run();
  expect(output).toContain(`Error: VM 9102 (build-ubuntu on pve) is being built: it is locked (clone). ${REMEDY}`);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test.each([
  ['starts', [guests.build({ uptime: 0 })]],
  ['is configured', [guests.build({ config: { ...guests.build().config, memory: '2048' } })]],
  ['goes away', []],
])('a machine at rest that %s while it is watched is left alone', async (_, later) => {
  folder.config.watchSeconds = 30;
  pve.guests.push(guests.build());
  const deploy = folder.start();
  await deploy.line('watching it for 30 s');
  pve.guests.splice(1, 1, ...later);
  const { status, output } = await deploy.ended;
  expect(output).toContain(`Error: VM 9102 (build-ubuntu on pve) is being built. ${REMEDY}`);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('what cannot be removed stops the build', async () => {
  pve.guests.push(guests.build());
  pve.faults.push({ request: /^DELETE .*9102$/, status: 500, reason: 'can\'t remove VM 9102 - protection mode enabled' });
  const { status, output } = await folder.run();
  expect(output).toContain('Error: Proxmox VE refused DELETE /nodes/pve/qemu/9102?purge=1&destroy-unreferenced-disks=1: 500 can\'t remove VM 9102 - protection mode enabled.\n');
  expect(status).toBe(1);
  expect(folder.events).toEqual([]);
});

test('an ISO image that may not be deleted is named, and stops nothing', async () => {
  pve.guests.push(guests.build());
  pve.faults.push({ request: /^DELETE .*iso$/, status: 403, reason: 'Permission check failed (/storage/local, Datastore.Allocate)' });
  const { status, output } = await folder.run();
  expect(output).toContain(`${ISO} could not be deleted, do it by hand: Proxmox VE refused DELETE`);
  expect(status).toBe(0);
});

test('Packer is killed: the machine, the ISO image and the processes of Packer are removed at once', async () => {
  folder.scenario = { build: [...running, ['child'], ['kill']] };
  const { status, output } = await folder.run();
  expect(output).toContain(`${REMOVED}Error: packer build was killed (SIGKILL).\n`);
  expect(status).toBe(1);
  expect(pve.guest(9102)).toBeUndefined();
  expect([...pve.isos]).toEqual(['local:iso/debian.iso']);
  await until('no process is left', () => !isRunning(folder.events.find(({ child }) => child).child));
  expect(folder.notes).toEqual([]);
});

test('Packer is killed before there is a machine: the ISO image is removed', async () => {
  folder.scenario = { build: [...running.slice(0, 2), ['kill']] };
  const { output } = await folder.run();
  expect(output).toContain(`Deleting what a build uploaded that was cut off, if it is still there: ${ISO}.\nError: packer build was killed (SIGKILL).\n`);
  expect([...pve.isos]).toEqual(['local:iso/debian.iso']);
});

test('Packer may not delete what it made: it is removed, or said why not', async () => {
  folder.scenario = { build: [...running, ['print', 'Error stopping VM. Please stop and delete it manually'], ['exit', 1]] };
  pve.faults.push({ request: /^POST .*stop$/, status: 403, reason: 'Permission check failed (/vms/9102, VM.PowerMgmt)' });
  const { status, output } = await folder.run();
  expect(output).toContain('It was not possible to clean up: Proxmox VE refused POST /nodes/pve/qemu/9102/status/stop: 403 Permission check failed (/vms/9102, VM.PowerMgmt).');
  expect(output).toMatch(/Error: packer build ended with status 1\.\n$/);
  expect(status).toBe(1);
  // Whoever gives the privilege finds that the next build knows the machine for its own.
  pve.faults.pop();
  folder.scenario = { build: [...running, ...finished] };
  expect(await folder.run()).toEqual({ status: 0, output: expect.stringContaining(REMOVED) });
  expect(folder.notes).toEqual([]);
});

test('a build of the same id that began elsewhere at the same time is left alone', async () => {
  folder.scenario = {
    build: [
      ['control', { put: guests.build({ uptime: 1 }) }],
      ['print', '==> ubuntu.proxmox-clone.ubuntu: Error creating VM: unable to create VM 9102: config file already exists'],
      ['exit', 1],
    ],
  };
  const { status, output } = await folder.run();
  expect(output).toContain('Something took VM id 9102 while this build went on: another deploy?\n');
  expect(output).toContain('It was not possible to clean up: VM 9102 (build-ubuntu on pve) was started 0 min ago by a build of which nothing is known here.');
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('everything is killed at once: the next build knows the leftovers for its own', async () => {
  folder.scenario = { build: [...running, ['child'], ['hang']] };
  const deploy = folder.start();
  await deploy.line('Starting VM');
  const packer = (await until('Packer builds', () => folder.events.find(({ child }) => child) && folder.events.find(({ start }) => start?.startsWith('build')))).pid;
  await until('the machine runs', () => pve.guest(9102)?.uptime !== undefined);
  process.kill(-packer, 'SIGKILL');
  process.kill(-deploy.shell.pid!, 'SIGKILL');
  await deploy.ended;
  expect(folder.notes).toHaveLength(1);

  folder.scenario = { build: [...running] };
  const { output } = await folder.run();
  expect(output).toContain(`[1/4] ubuntu: who holds VM id 9102, and what is allowed?\n${REMOVED}[2/4]`);
  expect(folder.notes).toEqual([]);
});

test('a machine that another build started since is not taken for that of a build that was killed here', async () => {
  folder.scenario = { build: [...running, ['hang']] };
  const deploy = folder.start();
  await deploy.line('Starting VM');
  await until('the machine runs', () => pve.guest(9102)?.uptime !== undefined);
  const packer = folder.events.at(-1).pid;
  process.kill(-packer, 'SIGKILL');
  process.kill(-deploy.shell.pid!, 'SIGKILL');
  await deploy.ended;
  pve.guest(9102)!.uptime = 1200;
  const { status, output } = await folder.run();
  expect(output).toContain('was started 20 min ago by a build of which nothing is known here');
  expect(status).toBe(1);
});
