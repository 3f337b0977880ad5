import * as fs from 'node:fs';
import * as path from 'node:path';
import { GUEST, cluster, existing, ubuntuBase } from '../../support/fixtures';
import { synthesized } from '../../support/synth';
import { BuildAddress, Credentials, Disk, GoldenImage, Secret, Size, VmTemplate, packer } from 'proxmox-constructs';
import { command, deployConfig } from './deploy-folder';

const RUNNER = path.join(__dirname, '../../../lib/assembly/runner');

test('the program is in the folder of the image, whole and unchanged', () => {
  const { packer: files } = synthesized((stack) => {
    cluster(stack);
    new GoldenImage(stack, 'Ubuntu', { baseTemplate: ubuntuBase(stack), vmId: 9102 });
  });
  const programs = fs.readdirSync(RUNNER).filter((name) => name.endsWith('.mjs')).sort();
  expect(Object.keys(files).filter((name) => name.startsWith('ubuntu/deploy/')).sort()).toEqual(['deploy.json', ...programs].sort().map((name) => `ubuntu/deploy/${name}`));
  for (const name of programs) expect(files[`ubuntu/deploy/${name}`]).toBe(fs.readFileSync(path.join(RUNNER, name), 'utf8'));
});

test('what the program is told, and the command by which it is run, are those of these tests', () => {
  const { packer: files, terraform } = synthesized((stack) => {
    cluster(stack, { storage: 'local' });
    new GoldenImage(stack, 'Ubuntu', { baseTemplate: ubuntuBase(stack), vmId: 9102 });
  });
  const { watchSeconds, heartbeatSeconds, ...config } = deployConfig('https://pve.lan:8006');
  expect(JSON.parse(files['ubuntu/deploy/deploy.json'])).toEqual(config);
  expect(terraform.resource.terraform_data.Ubuntu.provisioner).toEqual([
    { 'local-exec': { command: command('build'), working_dir: '${path.module}/packer/ubuntu' } },
  ]);
  expect(terraform.resource.terraform_data.Ubuntu_Template.provisioner).toEqual([{
    'local-exec': {
      command: command('destroy'),
      environment: {
        PROXMOX_CONSTRUCTS_OWNER_TAG: '${self.triggers_replace.owner_tag}', PROXMOX_CONSTRUCTS_VM_ID: '${self.triggers_replace.vm_id}',
      },
      when: 'destroy',
      working_dir: '${path.module}/packer/ubuntu',
    },
  }]);
});

test('what the program is told of another image', () => {
  const disks: Disk[] = [{ size: Size.gibibytes(8), storage: 'tank' }, { size: Size.gibibytes(8), storage: 'rust' }];
  const { packer: files } = synthesized((stack) => {
    cluster(stack, {
      pool: 'builds', insecure: true, bridge: 'vmbr1', credentials: Credentials.userPassword('deploy@pve', Secret.fromFile('~/password')),
    });
    new GoldenImage(stack, 'App', {
      baseTemplate: existing(stack, { disks, cloudInitSlot: 'scsi2', node: 'pve2' }),
      vmId: 9104,
      templateName: 'application',
      buildAddress: BuildAddress.fixed({ address: '192.168.1.50/24', gateway: '192.168.1.1' }),
      variables: [new packer.Variable('licence', { sensitive: true }), new packer.Variable('mirror', { default: 'http://mirror' })],
    });
  });
  expect(JSON.parse(files['app/deploy/deploy.json'])).toEqual({
    path: 'homelab/App',
    endpoint: 'https://pve.lan:8006',
    insecure: true,
    credentials: { user: 'deploy@pve', secret: { source: 'file', reference: '~/password' } },
    node: 'pve2',
    vmId: 9104,
    templateName: 'application',
    buildName: 'build-application',
    ownerTag: 'homelab_app',
    baseVmId: 9150,
    pool: 'builds',
    diskStorages: ['rust', 'tank'],
    isoStorage: null,
    downloadStorage: null,
    readStorages: [],
    privileges: [],
    bridges: ['vmbr1'],
    usesAgent: false,
    variables: [{ name: 'licence', sensitive: true, required: true }, { name: 'mirror', sensitive: false, required: false }],
  });
});

test('the id of a base that is looked up by its name is not known', () => {
  const { packer: files } = synthesized((stack) => {
    cluster(stack);
    const base = VmTemplate.fromName(stack, 'Base', { templateName: 'base', disks: [{ size: Size.gibibytes(8) }], cloudInitSlot: 'scsi1', guest: GUEST });
    new GoldenImage(stack, 'Ubuntu', { baseTemplate: base, vmId: 9102 });
  });
  expect(JSON.parse(files['ubuntu/deploy/deploy.json'])).toMatchObject({ baseVmId: null, usesAgent: true, isoStorage: null });
});
