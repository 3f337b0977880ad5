import * as fs from 'fs';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Credentials, GoldenImage, GoldenImageProps, ProvisioningProfile, ProxmoxVeProps, Secret, Size, packer } from '../../lib';
import { Alpine } from '../support/alpine';
import { cluster, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { inProgramFolder, writeFiles } from '../support/program-folder';
import { newApp, newStack, synthesize } from '../support/synth';

const FILES = { 'play/site.yml': '- hosts: all\n', 'play/roles/web/tasks/main.yml': '---\n', 'setup.sh': 'echo\n' };

interface Change {
  readonly files?: { readonly [path: string]: string };
  readonly props?: Partial<GoldenImageProps>;
  readonly pve?: Partial<ProxmoxVeProps>;
  readonly base?: (stack: TerraformStack) => GoldenImageProps['baseTemplate'];
  readonly after?: (image: GoldenImage) => void;
}

/** Hash of an image of an image, in which one thing is different. */
function hashWith({ files = {}, props = {}, pve = {}, base = ubuntuBase, after = () => {} }: Change = {}): string {
  return inProgramFolder({ ...FILES, ...files }, () => {
    const stack = stackWithCluster(pve);
    const image = new GoldenImage(stack, 'Image', {
      baseTemplate: base(stack),
      vmId: 9101,
      profile: ProvisioningProfile.minimal(),
      provisioners: [packer.Provisioner.ansible({ playbookFile: 'play/site.yml' }), packer.Provisioner.shellScript({ scripts: ['setup.sh'] })],
      ...props,
    });
    after(image);
    return image.contentHash;
  });
}

const before = hashWith();

test('it is the same for the same', () => {
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(hashWith()).toBe(before);
});

test.each<[string, Change]>([
  ['a script', { files: { 'setup.sh': 'echo 2\n' } }],
  ['a playbook', { files: { 'play/site.yml': '- hosts: web\n' } }],
  ['a role of the user', { files: { 'play/roles/web/tasks/main.yml': '--- # 2\n' } }],
  ['a new file beside the playbook', { files: { 'play/vars.yml': 'a: 1\n' } }],
  ['a provisioner more', { after: (image) => image.addProvisioners(packer.Provisioner.shell({ inline: ['true'] })) }],
  ['an override', { after: (image) => image.addOverride('source.proxmox-clone.image.task_timeout', '2h') }],
  ['the profile', { props: { profile: ProvisioningProfile.standard() } }],
  ['hardware', { props: { cores: 4 } }],
  ['the name', { props: { templateName: 'other' } }],
  ['the id', { props: { vmId: 9105 } }],
  ['tags', { props: { tags: ['x'] } }],
  ['a variable', { props: { variables: [new packer.Variable('x', { default: '1' })] } }],
  // It stands in the note of the template, so the template on the server is to be another one.
  ['the version', { props: { version: '2.0' } }],
  ['the operating system', { base: (stack) => ubuntuBase(stack, { operatingSystem: new Alpine() }) }],
  ['the disk of the base', { base: (stack) => ubuntuBase(stack, { diskSize: Size.gibibytes(20) }) }],
  ['the base', { base: (stack) => existing(stack) }],
])('it changes with %s', (_, change) => {
  expect(hashWith(change)).not.toBe(before);
});

test('packages and users of the standard profile count', () => {
  const hashes = [{}, { packages: ['htop'] }, { users: [{ name: 'ops' }] }, { upgradePackages: false }]
    .map((standard) => hashWith({ props: { profile: ProvisioningProfile.standard(standard) } }));
  expect(new Set(hashes).size).toBe(4);
});

test.each<[string, Change]>([
  ['the address of the server', { pve: { endpoint: 'https://elsewhere.lan:8006' } }],
  ['how its certificate is looked at', { pve: { insecure: true } }],
  ['the token', { pve: { credentials: Credentials.apiToken(Secret.fromEnvironment('another_token')) } }],
  ['a token in a file', { pve: { credentials: Credentials.apiToken(Secret.fromFile('/run/secrets/token')) } }],
  ['a user and password', { pve: { credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('pve_password')) } }],
  ['a password in a file', { pve: { credentials: Credentials.userPassword('packer@pve', Secret.fromFile('~/.pve')) } }],
  ['a file that nothing names', { files: { 'other.sh': 'x' } }],
  ['traces of an editor', { files: { 'play/site.yml~': 'x', 'play/.DS_Store': 'x' } }],
])('it does not change with %s', (_, change) => {
  expect(hashWith(change)).toBe(before);
});

test('it does not change with the time of a file', () => {
  expect(inProgramFolder(FILES, () => {
    const stack = stackWithCluster();
    const image = new GoldenImage(stack, 'Image', {
      baseTemplate: ubuntuBase(stack), vmId: 9101, profile: ProvisioningProfile.minimal(), provisioners: [packer.Provisioner.shellScript({ scripts: ['setup.sh'] })],
    });
    const first = image.contentHash;
    fs.utimesSync('setup.sh', 1, 1);
    image.addOverride('source.proxmox-clone.image.task_timeout', '30m');
    return image.contentHash === first;
  })).toBe(true);
});

test('an image of an image follows what happens to the one before, to any depth', () => {
  const chain = (script: string) => {
    const stack = stackWithCluster();
    const one = new GoldenImage(stack, 'One', {
      baseTemplate: ubuntuBase(stack), vmId: 9101, profile: ProvisioningProfile.minimal(), provisioners: [packer.Provisioner.shell({ inline: [script] })],
    });
    const two = new GoldenImage(stack, 'Two', { baseTemplate: one, vmId: 9102, profile: ProvisioningProfile.minimal() });
    const three = new GoldenImage(stack, 'Three', { baseTemplate: two, vmId: 9103, profile: ProvisioningProfile.minimal() });
    const { terraform, packer: files } = synthesize(stack);
    const data = terraform.resource.terraform_data;
    expect(['One', 'Two', 'Three'].map((id) => data[id].triggers_replace.content)).toEqual([one, two, three].map((image) => image.contentHash));
    expect(data.Three.depends_on).toEqual(['terraform_data.Two', 'terraform_data.Three_Template']);
    expect(files['three/hcl/three.pkr.hcl']).toContain(`base_content_hash = "${two.contentHash}"`);
    return [one, two, three].map((image) => image.contentHash);
  };
  const [a, b] = [chain('true'), chain('false')];
  expect(new Set([...a, ...b]).size).toBe(6);
  expect(chain('true')).toEqual(a);
});

test('what is written is what the files are when the stack is written', () => {
  inProgramFolder(FILES, (folder) => {
    const stack = stackWithCluster();
    const image = new GoldenImage(stack, 'Image', {
      baseTemplate: ubuntuBase(stack), vmId: 9101, profile: ProvisioningProfile.minimal(), provisioners: [packer.Provisioner.shellScript({ scripts: ['setup.sh'] })],
    });
    const asked = image.contentHash;
    writeFiles(folder, { 'setup.sh': 'later\n' });
    const { packer: files, terraform } = synthesize(stack);
    expect(files['image/files/setup.sh']).toBe('later\n');
    expect(terraform.resource.terraform_data.Image.triggers_replace.content).not.toBe(asked);
    expect(files['image/hcl/image.pkr.hcl']).toContain(`content_hash = "${terraform.resource.terraform_data.Image.triggers_replace.content}"`);
  });
});

test('the same image in another place of the program is another one: its tag on the server says so', () => {
  const stack = newStack(newApp());
  cluster(stack);
  const image = (scope: Construct, id: string, vmId: number) => new GoldenImage(scope, id, {
    baseTemplate: existing(scope, {}, `${id}Base`), vmId, profile: ProvisioningProfile.minimal(), templateName: 'same',
  }).contentHash;
  expect(image(stack, 'A', 9101)).not.toBe(image(new Construct(stack, 'House'), 'A', 9102));
});
