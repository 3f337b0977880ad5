import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DeployFolder, ISO, finished, guests, running } from './deploy-folder';
import { FakePve } from './fake-pve';

jest.setTimeout(90_000);

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

/** The note of a build that was killed, in the middle of a line perhaps. */
function leave(note: object, torn: string = ''): void {
  const builds = path.join(folder.path, 'state/proxmox-constructs/builds');
  fs.mkdirSync(builds, { recursive: true });
  fs.writeFileSync(path.join(builds, `${keyOf(folder)}-${fs.readdirSync(builds).length}.jsonl`), `${JSON.stringify(note)}\n${torn}`);
}

function keyOf({ config }: DeployFolder): string {
  return createHash('sha256').update(`${config.endpoint} ${config.vmId}`).digest('hex').slice(0, 16);
}

test('a second deploy of the same image touches nothing and says who builds; one of another image is free to', async () => {
  const go = path.join(folder.path, 'go');
  folder.scenario = { build: [...running, ['waitFor', go], ...finished] };
  const first = folder.start();
  await first.line('Starting VM');
  const second = await folder.run();
  expect(second).toEqual({
    status: 1, output: `Error: Process ${folder.runner} on this machine is building VM 9102, or cleans up after a build. Wait for it, or end it.\n`,
  });
  expect(pve.changes).toEqual([]);

  const other = new DeployFolder(pve);
  Object.assign(other.config, { vmId: 9104 });
  other.environment.XDG_STATE_HOME = folder.environment.XDG_STATE_HOME;
  other.scenario = { build: [['control', { put: { ...guests.ours(), vmid: 9104 } }]] };
  expect((await other.run()).status).toBe(0);
  await other.clean();

  fs.writeFileSync(go, '');
  expect((await first.ended).status).toBe(0);
  expect(folder.notes).toEqual([]);
});

test('a build that goes on, whatever it runs in', async () => {
  leave({ machine: thisMachine(), pid: process.pid, begin: beginOfThis(), isos: [] });
  expect((await folder.run()).output).toContain(`Error: Process ${process.pid} on this machine is building VM 9102`);
});

test('a process that has the id of a killed one is not taken for it', async () => {
  leave({ machine: thisMachine(), pid: process.pid, begin: '1', isos: [] });
  expect((await folder.run()).status).toBe(0);
  expect(folder.notes).toEqual([]);
});

test('a build that was killed while it wrote: what it noted before counts', async () => {
  leave({ machine: thisMachine(), pid: process.pid, begin: '1', isos: [ISO] }, '{"isos":[');
  pve.isos.add(ISO);
  expect((await folder.run()).output).toContain(`Deleting what a build uploaded that was cut off, if it is still there: ${ISO}.`);
  expect(folder.notes).toEqual([]);
});

test('what another machine noted, or nobody can read, stands in nobody\'s way and is no proof', async () => {
  leave({ machine: 'elsewhere', pid: process.pid, begin: beginOfThis(), started: Date.now() - 60_000, isos: [] });
  fs.writeFileSync(path.join(folder.path, `state/proxmox-constructs/builds/${keyOf(folder)}-x.jsonl`), '{}}\n');
  pve.guests.push(guests.build({ uptime: 60 }));
  expect((await folder.run()).output).toContain('was started 1 min ago by a build of which nothing is known here');
  expect(pve.changes).toEqual([]);
});

test('many at once, with notes of killed builds lying about: never two at a time', async () => {
  for (const pid of [1, 2, 3]) leave({ machine: thisMachine(), pid: 4_194_000 + pid, begin: '1', isos: [] });
  const inside = path.join(folder.path, 'inside');
  const program = `
    import { lock } from ${JSON.stringify(path.join(folder.path, 'deploy/lock.mjs'))};
    import { rmSync, writeFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    let times = 0;
    for (let round = 0; round < 8; round += 1) {
      try {
        const { own, forget } = await lock(${JSON.stringify(folder.config)});
        writeFileSync(${JSON.stringify(inside)}, '', { flag: 'wx' });
        forget();
        await sleep(5);
        rmSync(${JSON.stringify(inside)});
        own.remove();
        times += 1;
      } catch (error) {
        if (!error.message.includes('is building VM 9102')) throw error;
      }
    }
    console.log(times);`;
  folder.write();
  const results = await Promise.all(Array.from({ length: 6 }, () => new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: folder.environment });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.on('close', () => resolve(output));
  })));
  expect(results.join('')).toMatch(/^(\d\n){6}$/);
  expect(results.map(Number).reduce((a, b) => a + b)).toBeGreaterThan(5);
  expect(folder.notes).toEqual([]);
});

/** When this process began, as notes have it. */
function beginOfThis(): string {
  if (fs.existsSync('/proc/self/stat')) return fs.readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)!.split(' ')[19];
  return spawnSync('ps', ['-o', 'lstart=', '-p', `${process.pid}`], { encoding: 'utf8' }).stdout.trim();
}

function thisMachine(): string {
  const read = (look: () => string) => {
    try {
      return look();
    } catch {
      return undefined;
    }
  };
  return [os.hostname(), read(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()), read(() => fs.readlinkSync('/proc/self/ns/pid'))].join(' ');
}
