import * as fs from 'node:fs';
import * as path from 'node:path';
import { ASIDE_ID, DeployFolder, ISO, guests, running, whole } from './deploy-folder';
import { FakePve, PASSWORD, TOKEN } from './fake-pve';

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

/** How builds were started: from where, and with which variables. */
const builds = () => folder.events.filter(({ given }) => given);
const starts = () => folder.events.map(({ start }) => start).filter(Boolean);

test('a new template: looked at, built, checked', async () => {
  expect(await folder.run()).toEqual({
    status: 0,
    output: [
      '[1/4] ubuntu: who holds VM id 9102, and what is allowed?',
      '[2/4] ubuntu: Packer\'s plugins',
      '[3/4] ubuntu: a new template is built',
      `    ubuntu.proxmox-clone.ubuntu: Uploaded ISO to ${ISO}`,
      '==> ubuntu.proxmox-clone.ubuntu: Creating VM',
      '==> ubuntu.proxmox-clone.ubuntu: Starting VM',
      `    ubuntu.proxmox-clone.ubuntu: Deleted generated ISO from ${ISO}`,
      '[4/4] ubuntu: is it there?',
      'ubuntu is template 9102 on pve.',
      '',
    ].join('\n'),
  });
  expect(starts()).toEqual(['init .', 'build -color=false .']);
  expect(builds()[0].cwd).toBe(path.join(fs.realpathSync(folder.path), 'hcl'));
  expect(pve.requests).toEqual([
    'GET /cluster/resources', 'GET /cluster/nextid', 'GET /access/permissions', 'GET /cluster/resources', 'GET /cluster/nextid',
    'GET /cluster/resources', 'GET /nodes/pve/qemu/9102/config',
  ]);
  expect(folder.notes).toEqual([]);
});

test('a build that fails: its log, its status, and nothing else is touched', async () => {
  folder.scenario = { build: [['print', 'Error: no such thing'], ['exit', 3]] };
  const { status, output } = await folder.run();
  expect(output).toMatch(/Error: no such thing\nError: packer build ended with status 3\.\n$/);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
  expect(folder.notes).toEqual([]);
});

test('without its plugins nothing is built', async () => {
  folder.scenario = { init: [['print', 'Failed getting the "github.com/hashicorp/proxmox" plugin'], ['exit', 1]] };
  const { status, output } = await folder.run();
  expect(output).toMatch(/plugin\nError: packer init ended with status 1\.\n$/);
  expect(status).toBe(1);
  expect(starts()).toEqual(['init .']);
});

test('no Packer', async () => {
  fs.rmSync(path.join(folder.path, 'bin/packer'));
  fs.symlinkSync(process.execPath, path.join(folder.path, 'bin/node'));
  fs.symlinkSync('/bin/sh', path.join(folder.path, 'bin/sh'));
  folder.environment.PATH = path.join(folder.path, 'bin');
  expect(await folder.run()).toEqual({
    status: 1, output: 'Error: packer is not in PATH. Install it: https://developer.hashicorp.com/packer/install\n',
  });
  expect(pve.requests).toEqual([]);
});

test('another program of that name', async () => {
  folder.setPacker('echo 0 0');
  expect(await folder.run()).toEqual({
    status: 1,
    output: 'Error: The packer in PATH is not that of HashiCorp, or does not run. Install it: https://developer.hashicorp.com/packer/install\n',
  });
});

test.each([
  ['is not there', undefined],
  ['is no template', guests.build()],
  ['has lost its tag', { vmid: 9102, config: { ...guests.ours().config, tags: 'linux' } }],
])('Packer ended well, but the template %s', async (_, guest) => {
  folder.scenario = { build: guest === undefined ? [] : [['control', { put: guest }]] };
  const { status, output } = await folder.run();
  expect(output).toMatch(/Error: Packer ended well, but VM 9102 is not a template with the tag homelab_ubuntu\. Look what the build did\.\n$/);
  expect(status).toBe(1);
  expect(pve.changes).toEqual([]);
});

test('variables: handed over under Packer\'s prefix, and nothing else of Terraform\'s', async () => {
  folder.config.variables = [{ name: 'mirror', sensitive: false, required: true }, { name: 'licence', sensitive: true, required: false }];
  folder.environment = {
    ...folder.environment, TF_VAR_mirror: 'http://mirror', PKR_VAR_mirror: 'http://old', PKR_VAR_licence: 'from Packer', TF_VAR_other: 'of another image',
  };
  fs.writeFileSync(path.join(folder.path, 'bin/git'), '#!/bin/sh\necho 0123456789abcdef\n', { mode: 0o755 });
  expect((await folder.run()).status).toBe(0);
  expect(builds()[0].given).toEqual({
    PKR_VAR_proxmox_api_token: TOKEN, PKR_VAR_mirror: 'http://mirror', PKR_VAR_licence: 'from Packer', PKR_VAR_commit: '0123456789abcdef',
  });
});

test('the commit that is passed in wins, and without a repository there is none', async () => {
  fs.writeFileSync(path.join(folder.path, 'bin/git'), '#!/bin/sh\nexit 128\n', { mode: 0o755 });
  expect((await folder.run()).status).toBe(0);
  expect(builds()[0].given.PKR_VAR_commit).toBe('');
  folder.environment.PKR_VAR_commit = 'fedcba';
  folder.scenario = { build: whole(ASIDE_ID) };
  expect((await folder.run()).status).toBe(0);
  expect(builds()[1].given.PKR_VAR_commit).toBe('fedcba');
});

test('all variables that are missing are named together, before anything is asked', async () => {
  folder.config.variables = ['one', 'two', 'three'].map((name) => ({ name, sensitive: false, required: name !== 'two' }));
  expect(await folder.run()).toEqual({
    status: 1, output: 'Error: Packer needs values that are not given. Set TF_VAR_one, TF_VAR_three in the environment of the deploy.\n',
  });
  expect(pve.requests).toEqual([]);
});

test('a secret in a file is read by Packer itself', async () => {
  fs.writeFileSync(path.join(folder.path, 'home/token'), `\n${TOKEN}\n`);
  folder.config.credentials.secret = { source: 'file', reference: '~/token' };
  delete folder.environment.TF_VAR_proxmox_api_token;
  expect((await folder.run()).status).toBe(0);
  expect(builds()[0].given).toEqual({ PKR_VAR_commit: expect.any(String) });
});

test('login by password: for reading, and for what changes something', async () => {
  folder.config.credentials = { user: 'deploy@pve', secret: { source: 'environment', reference: 'proxmox_password' } };
  folder.environment.TF_VAR_proxmox_password = PASSWORD;
  folder.scenario = { build: [...running, ['kill']] };
  const { status, output } = await folder.run();
  expect(output).toContain('Error: packer build was killed (SIGKILL).');
  expect(status).toBe(1);
  expect(pve.changes).toEqual(['POST /nodes/pve/qemu/9102/status/stop', 'DELETE /nodes/pve/qemu/9102', `DELETE /nodes/pve/storage/local/content/${ISO}`]);
});

test('no step', async () => {
  folder.write();
  expect(await folder.start('build', 'node deploy/deploy.mjs').ended).toEqual({ status: 1, output: 'Error: usage: node deploy.mjs build | destroy\n' });
});
