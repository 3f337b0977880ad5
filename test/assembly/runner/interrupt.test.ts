import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Deploy, DeployFolder, Step, cleanedUp, command, guests, isRunning, running, until } from './deploy-folder';
import { FakePve } from './fake-pve';

jest.setTimeout(60_000);

let pve: FakePve;
let folder: DeployFolder;

beforeEach(async () => {
  pve = await FakePve.start();
  pve.guests.push(guests.base());
  folder = new DeployFolder(pve);
  // Cleaning up goes on until the test has seen that nobody ends it, and prints while nobody listens any more.
  const prints: Step[] = Array.from({ length: 50 }, (_, i) => ['print', `cleaning up, line ${i}`]);
  folder.scenario = { build: [...running, ['child'], ['hang']], onTerm: [...prints, ['waitFor', path.join(folder.path, 'go')], ...cleanedUp, ...prints] };
});

const others: ChildProcess[] = [];

afterEach(async () => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  await folder.clean();
  await pve.stop();
});

/** A deploy whose build is under way, with the ids of its processes. */
async function underWay(script: string = command('build')): Promise<{ deploy: Deploy; packer: number; child: number; runner: number }> {
  const deploy = folder.start('build', script);
  await deploy.line('Starting VM');
  await until('the machine runs', () => pve.guest(9102));
  const { runner } = folder;
  const [packer, child] = await until('Packer runs something', () => {
    const ids = folder.events.slice(-2).map((event) => event.pid ?? event.child);
    return folder.events.at(-1).child && ids;
  });
  return { deploy, packer, child, runner };
}

const signals = () => folder.events.map(({ signal }) => signal).filter(Boolean);

/** Packer was told once, cleaned up to its end, and nobody is left, not even what Packer ran and left alone. */
async function expectCleanEnd({ packer, child, runner }: { packer: number; child: number; runner: number }): Promise<void> {
  await until('Packer is told', () => signals().length > 0);
  fs.writeFileSync(path.join(folder.path, 'go'), '');
  await until('no process is left', () => ![packer, child, runner].some(isRunning));
  expect(signals()).toEqual(['SIGTERM']);
  expect(folder.events.at(-1)).toEqual({ exit: 1 });
  expect(pve.guest(9102)).toBeUndefined();
  expect([...pve.isos]).toEqual([]);
}

test('Ctrl-C in a terminal, twice: all that it reaches is the runner', async () => {
  const processes = await underWay();
  process.kill(-processes.deploy.shell.pid!, 'SIGINT');
  await until('Packer is told', () => signals().length > 0);
  process.kill(-processes.deploy.shell.pid!, 'SIGINT');
  await expectCleanEnd(processes);
  expect(folder.notes).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s to the runner: it says so, waits, and fails', async (signal) => {
  const processes = await underWay();
  process.kill(processes.runner, signal);
  await expectCleanEnd(processes);
  const { status, output } = await processes.deploy.ended;
  expect(output).toContain(`${signal}: Packer is told to stop and to delete the build machine.\ncleaning up, line 0\n`);
  expect(output).toMatch(new RegExp(`cleaning up, line 49\\nError: The build was interrupted \\(${signal}\\)\\.\\n$`));
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('Terraform kills the shell and goes away, and nobody reads any more', async () => {
  const processes = await underWay();
  const { shell } = processes.deploy;
  process.kill(shell.pid!, 'SIGKILL');
  shell.stdout!.destroy();
  shell.stderr!.destroy();
  await expectCleanEnd(processes);
  expect(folder.notes).toEqual([]);
});

test('Terraform is killed, and whoever started it does not notice', async () => {
  const parent = spawn('sh', ['-c', 'sleep 3600 & echo $!; exec sleep 3600']);
  others.push(parent);
  const terraform = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
  const processes = await underWay(command('build').replace('$PPID', `${terraform}`));
  process.kill(terraform, 'SIGKILL');
  // Where there is no /proc, the dead cannot be told from the living until their parent is gone as well.
  if (!fs.existsSync('/proc/self/stat')) parent.kill('SIGKILL');
  await expectCleanEnd(processes);
  parent.kill('SIGKILL');
  expect((await processes.deploy.ended).output).toContain('The deploy has ended: Packer is told to stop and to delete the build machine.\n');
});

test('only the reader is gone', async () => {
  folder.config.heartbeatSeconds = 1;
  const processes = await underWay();
  processes.deploy.shell.stdout!.destroy();
  await expectCleanEnd(processes);
});

test('a build by hand goes on without the shell it came from', async () => {
  folder.scenario = { build: [...running, ['child'], ['waitFor', path.join(folder.path, 'go')], ['control', { put: guests.ours() }]] };
  const { deploy, runner } = await underWay('node deploy/deploy.mjs build; exit $?');
  process.kill(deploy.shell.pid!, 'SIGKILL');
  fs.writeFileSync(path.join(folder.path, 'go'), '');
  await until('the build ends', () => !isRunning(runner));
  expect(signals()).toEqual([]);
  expect(pve.guest(9102)).toEqual(guests.ours());
});

test('a deploy that ends before Packer begins', async () => {
  pve.guests.push(guests.build());
  folder.config.watchSeconds = 2;
  const terraform = spawn('sleep', ['3600'], { stdio: 'ignore' });
  others.push(terraform);
  const deploy = folder.start('build', command('build').replace('$PPID', `${terraform.pid}`));
  await deploy.line('watching it for');
  terraform.kill('SIGKILL');
  const { status, output } = await deploy.ended;
  expect(output).toContain('Error: The build was interrupted before Packer began.\n');
  expect(status).toBe(1);
  expect(folder.events).toEqual([]);
});

test('the runner is killed', async () => {
  const processes = await underWay();
  process.kill(processes.runner, 'SIGKILL');
  await expectCleanEnd(processes);
});
