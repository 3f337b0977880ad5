import * as fs from 'node:fs';
import * as path from 'node:path';
import { DeployFolder, finished, guests, running } from './deploy-folder';
import { FakePve, TOKEN, UUID } from './fake-pve';

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

test('lines are seen when they are written, and in silence that Packer goes on', async () => {
  const go = path.join(folder.path, 'go');
  folder.config.heartbeatSeconds = 1;
  folder.scenario = { build: [['print', 'first'], ['waitFor', go], ['print', 'second'], ...finished] };
  const deploy = folder.start();
  await deploy.line('first\n... packer build has been running for 0 min\n');
  expect(deploy.output).not.toContain('second');
  fs.writeFileSync(go, '');
  expect((await deploy.ended).output).toMatch(/second\n/);
});

test('secrets are masked: whole, in part, in pieces, over lines, and as an address or a string has them', async () => {
  const password = 'pass word&"+%';
  folder.config.variables = [{ name: 'ca_key', sensitive: true, required: true }, { name: 'login', sensitive: true, required: true }];
  folder.environment.TF_VAR_ca_key = '-----BEGIN KEY-----\nbGluZSBvbmU\nbGluZSB0d28\n-----END KEY-----\n';
  folder.environment.TF_VAR_login = password;
  const ui = (text: string): ['print', string] => ['print', `    ubuntu: ${text}`];
  folder.scenario = {
    init: [['environment', 'PKR_VAR_proxmox_api_token']],
    build: [
      ['environment', 'PKR_VAR_ca_key'], ui(`token ${UUID}.`), ui('bGluZSBvbmU'), ui('bGluZSB0d28'),
      ['piece', `in pieces ${TOKEN.slice(0, 20)}`], ['sleep', 600], ['piece', TOKEN.slice(20, 40)], ['sleep', 600], ['print', TOKEN.slice(40)],
      ui(`login=${encodeURIComponent(password)}`), ui(`login=${new URLSearchParams({ password }).get('password')}`),
      ui(`?${new URLSearchParams({ x: 'pass word' })}`), ui(JSON.stringify({ password })),
      ...finished, ['piece', `no end of line ${UUID}`],
    ],
  };
  const { status, output } = await folder.run();
  expect(output.split('\n').filter((line) => !line.startsWith('['))).toEqual([
    'PKR_VAR_proxmox_api_token=<sensitive>',
    'PKR_VAR_ca_key=<sensitive>',
    '<sensitive>', '<sensitive>', '<sensitive>', '',
    '    ubuntu: token <sensitive>.', '    ubuntu: <sensitive>', '    ubuntu: <sensitive>',
    'in pieces <sensitive>',
    '    ubuntu: login=<sensitive>', '    ubuntu: login=<sensitive>', '    ubuntu: ?x=pass+word', '    ubuntu: {"password":"<sensitive>"}',
    '    ubuntu.proxmox-clone.ubuntu: Deleted generated ISO from local:iso/packer1063422725.iso',
    'no end of line <sensitive>',
    'ubuntu is template 9102 on pve.', '',
  ]);
  expect(status).toBe(0);
});

test('an error is masked like the log', async () => {
  pve.guests.push({ vmid: 9102, config: { name: `named-after-${UUID}` } });
  expect((await folder.run()).output).toContain('held by the virtual machine named-after-<sensitive> on pve');
});

test('no secret is an argument, and none is in the folder', async () => {
  const go = path.join(folder.path, 'go');
  folder.scenario = { build: [...running, ['waitFor', go], ...finished] };
  const deploy = folder.start();
  await deploy.line('Starting VM');
  const commands = fs.existsSync('/proc/self/cmdline')
    ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    : [];
  expect(commands.filter((command) => command.includes(UUID))).toEqual([]);
  const files = fs.readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder.path, name));
  const readable = files.filter((file) => fs.statSync(file).isFile() && !file.endsWith('.events'));
  expect(readable.filter((file) => fs.readFileSync(file, 'utf8').includes(UUID))).toEqual([]);
  fs.writeFileSync(go, '');
  expect((await deploy.ended).status).toBe(0);
});

test('letters that come in two pieces, and lines that are long', async () => {
  const long = 'ä€𝄞'.repeat(40_000);
  folder.scenario = { build: [['print', long], ['print', 'after\r'], ...finished] };
  const { output } = await folder.run();
  expect(output.split('\n')).toContain(long);
  expect(output.split('\n')).toContain('after');
});

test.each([
  ['Error: error deleting VM template: base volume \'local:9102/base-9102-disk-0.qcow2\' is still in use by linked cloned',
    'Linked clones of template 9102 exist, so it stays. Delete them, or make them full clones.'],
  ['Warning: an existing hard disk was found at scsi1 on the clone source VM, overwriting with ISO',
    '(No disk is overwritten: the plugin takes its own seed ISO for one.)'],
  ['Timeout waiting for WinRM.',
    'Look at the console of the machine during the next build: whether it boots, and whether it has an address.'],
  ['Timeout waiting for SSH.',
    'Look at the console of the machine during the next build: whether it boots, and whether it has an address.'],
])('what misleads is explained: %s', async (line, remark) => {
  folder.scenario = { build: [['print', line], ['exit', 1]] };
  expect((await folder.run()).output).toContain(`${line}\n${remark}\n`);
});
