import { TerraformStack } from 'cdktf';
import { Duration, GoldenImage, GoldenImageProps, ImageBuild, ProvisioningProfile, Size, VmTemplateAttributes, packer } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { GUEST, REFERENCES, cluster, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';

const MINIMAL = { vmId: 9100, profile: ProvisioningProfile.minimal() };

function make(props: Partial<GoldenImageProps>, base: Partial<VmTemplateAttributes> = {}, stack: TerraformStack = stackWithCluster()): GoldenImage {
  return new GoldenImage(stack, 'Image', { baseTemplate: existing(stack, { cloudInitSlot: 'scsi1', ...base }), ...MINIMAL, ...props });
}

const REFUSED: [string, Partial<GoldenImageProps>, Partial<VmTemplateAttributes>?][] = [
  ['vm-id-outside-plan vmId 9200', { vmId: 9200 }],
  ['vm-id-out-of-bounds vmId NaN', { vmId: NaN }],
  ['template-name-form templateName ""', { templateName: '' }],
  ['template-name-form templateName "a_b"', { templateName: 'a_b' }],
  ['template-name-form templateName "${x}"', { templateName: '${x}' }],
  ['template-name-form templateName "größe"', { templateName: 'größe' }],
  ['build-user-form buildUser ""', { buildUser: '' }],
  ['build-user-form buildUser "root"', { buildUser: 'root' }],
  ['build-user-form buildUser "Packer"', { buildUser: 'Packer' }],
  [`build-user-form buildUser "${'a'.repeat(32)}"`, { buildUser: 'a'.repeat(32) }],
  ['build-user-form buildUser "a\\nb"', { buildUser: 'a\nb' }],
  ['version-form version ""', { version: '' }],
  ['version-form version "1 0"', { version: '1 0' }],
  ['version-form version "{{x}}"', { version: '{{x}}' }],
  ['build-timeout bootTimeout 0s', { bootTimeout: Duration.seconds(0) }],
  ['build-timeout taskTimeout 500ms', { taskTimeout: Duration.milliseconds(500) }],
  ['build-without-network networkDevices []', { networkDevices: [] }],
  ['build-user-kept buildUser "ops"', { buildUser: 'ops', profile: ProvisioningProfile.standard({ users: [{ name: 'ops' }] }) }],
  ['standard-profile-unsupported profile "debian-12"', { profile: ProvisioningProfile.standard() }, { guest: { ...GUEST, setup: { installAgent: ['x'] } } }],
  ['tag-form tags[0] "a b"', { tags: ['a b'] }],
  ['tag-of-owner tags[0] "homelab_x"', { tags: ['homelab_x'] }],
  ['cores-out-of-range cores 129', { cores: 129 }],
  ['minimum-memory-too-large minimumMemory 4 GiB', { minimumMemory: Size.gibibytes(4) }],
  ['mac-address networkDevices[0].macAddress "x"', { networkDevices: [{ macAddress: 'x' }] }],
  ['bus-full baseTemplate "homelab/Existing"', {}, { disks: Array.from({ length: 31 }, () => ({ size: Size.gibibytes(1) })), cloudInitSlot: 'ide2' }],
  ['packer-name-taken variable "commit"', { variables: [new packer.Variable('commit')] }],
  ['packer-name-taken variable "proxmox_api_token"', { variables: [new packer.Variable('proxmox_api_token')] }],
  ['packer-undeclared-reference build.provisioner[1].inline[0] "var.nowhere"', { provisioners: [packer.Provisioner.shell({ inline: [`echo ${new packer.Variable('nowhere')}`] })] }],
];

test.each(REFUSED.map(([mistake, props, base]) => [mistake, { props, base }] as const))('%s', (mistake, { props, base }) => {
  expect(mistakes(() => make(props, base))).toEqual([mistake]);
});

test('all mistakes together, with rule and remedy', () => {
  const refuse = () => make({
    vmId: 42_000, templateName: 'a b', buildUser: 'root', version: 'x y', cores: 0, tags: ['a;b'], networkDevices: [], bootTimeout: Duration.seconds(0),
  }, { guest: { ...GUEST, setup: { installAgent: [], generalizeScript: 'no/such.sh' } } });
  expect(expectError(refuse).message).toBe(`homelab/Image: 9 mistakes
[template-name-form] templateName, got: "a b"
  A template has a DNS name: letters, digits and hyphens, in parts of at most 63 characters joined by dots.
  Remedy: Choose a name such as ubuntu-2404.
[vm-id-outside-plan] vmId, got: 42000
  The plan of this cluster keeps 9100-9199 for cloud images.
  Remedy: Choose an id in 9100-9199, or give ProxmoxVe a vmIdPlan with other ranges.
[tag-form] tags[0], got: "a;b"
  A tag has letters, digits, \`-\` and \`_\`, not beginning with \`-\`, at most 124 characters: what Proxmox VE and Packer both take.
  Remedy: Write the tag without other characters, such as debian-12.
[cores-out-of-range] cores, got: 0
  A socket has 1 to 128 cores.
  Remedy: Choose a whole number of cores from 1 to 128; more CPUs come from more sockets.
[build-user-form] buildUser, got: "root"
  The build user has a name of 1 to 31 lower-case letters, digits, \`-\` and \`_\`, beginning with a letter, and is not root.
  Remedy: Leave buildUser out, or choose a name such as packer. The user exists only while the image is built.
[version-form] version, got: "x y"
  The version of an image has letters, digits, \`.\`, \`-\`, \`+\` and \`_\`, at most 64 characters.
  Remedy: Choose a version such as 1.4.0 or 2026-11.
[build-without-network] networkDevices, got: []
  Packer reaches the machine it bakes over the network, so an image has at least one network device.
  Remedy: Leave networkDevices out to have those of the base.
[asset-missing] baseTemplate.guest.setup.generalizeScript, got: "no/such.sh"
  A file or folder that goes into an image exists when the program synthesizes.
  Remedy: Correct the path; a relative path starts at the folder in which the program runs.
[build-timeout] bootTimeout, got: 0s
  A timeout is at least one second: Packer takes 0 for its own default.
  Remedy: Choose for example Duration.minutes(20), or leave it out.`);
});

test('rule and remedy of those that stand alone', () => {
  const message = (mistake: string) => {
    const [, props, base] = REFUSED.find(([m]) => m.startsWith(mistake))!;
    return expectError(() => make(props, base)).message.split('\n').slice(1).map((line) => line.trim());
  };
  expect([message('build-user-kept'), message('standard-profile-unsupported'), message('bus-full')]).toEqual([
    [
      'The build user is removed at the end of a build with all that is its own, so it cannot be a user of the image.',
      'Remedy: Choose another name for one of the two.',
    ],
    [
      'The profile standard runs the Ansible roles of this package, and they do not know this operating system.',
      'Remedy: Use profile: ProvisioningProfile.minimal(), and provisioners of your own.',
    ],
    [
      'The SCSI bus takes 31 devices, and an image needs a free slot for its cloud-init drive and one for the seed ISO of the build.',
      'Remedy: Attach the disk to another bus, such as DiskBus.SCSI.',
    ],
  ]);
});

test('references to Terraform are refused wherever Packer would read them', () => {
  const { text, number } = REFERENCES;
  expect(mistakes(() => make({
    vmId: number,
    templateName: text,
    buildUser: text,
    version: text,
    tags: [text],
    cores: number,
    networkDevices: [{ bridge: text, vlanTag: number, macAddress: text }],
  })).map((mistake) => mistake.replace(' a Terraform reference (known only when Terraform runs)', ''))).toEqual([
    'not-known-at-synth templateName', 'not-known-at-synth vmId', 'tag-form tags[0]', 'not-known-at-synth cores', 'not-known-at-synth networkDevices[0].bridge',
    'not-known-at-synth networkDevices[0].vlanTag', 'not-known-at-synth networkDevices[0].macAddress', 'not-known-at-synth buildUser', 'not-known-at-synth version',
  ]);
});

test('references to Terraform in provisioners and in what a base says', () => {
  const wrong = (props: Partial<GoldenImageProps>, base: Partial<VmTemplateAttributes> = {}) => mistakes(() => make(props, base)).map((m) => m.split(' ')[0]);
  const { text } = REFERENCES;
  expect(wrong({ provisioners: [{ bind: () => ({ type: 'shell', attributes: { inline: [`echo ${text}`] } }) }] })).toEqual(['hcl-terraform-reference']);
  expect(() => packer.Provisioner.shell({ inline: [`echo ${text}`] })).toThrow(/\[hcl-terraform-reference\]/);
  expect(wrong({}, { guest: { ...GUEST, osName: text } })).toEqual(['not-known-at-synth']);
  expect(wrong({}, { guest: { ...GUEST, setup: { installAgent: [text] } } })[0]).toBe('hcl-terraform-reference');
});

test('values of another kind, in plain JavaScript: every property', () => {
  const names = ['cores', 'sockets', 'cpuType', 'memory', 'minimumMemory', 'networkDevices', 'vga', 'profile', 'provisioners', 'variables', 'buildUser',
    'taskTimeout', 'build', 'version', 'tags', 'baseTemplate', 'vmId', 'templateName', 'buildAddress', 'bootTimeout'];
  const wrong: any = Object.fromEntries(names.map((name) => [name, { of: name }]));
  expect(mistakes(() => make(wrong)).map((mistake) => mistake.split(' ').slice(0, 2).join(' '))).toEqual(names.map((name) => `value-kind ${name}`));
  expect(mistakes(() => new GoldenImage(stackWithCluster(), 'Image', {} as any))).toEqual(['value-missing baseTemplate', 'value-missing vmId']);
  expect(mistakes(() => make({ provisioners: [undefined, 'x'], variables: ['x'], bootTimeout: '20m', build: 'external ' } as any))).toEqual([
    'value-missing provisioners[0]', 'value-kind provisioners[1] "x"', 'value-kind variables[0] "x"', 'value-kind build "external "', 'value-kind bootTimeout "20m"',
  ]);
});

test('an override that leads nowhere is refused under the path of the image', () => {
  const stack = stackWithCluster();
  make({}, {}, stack).addOverride('source.proxmox-clone.nowhere.memory', 1);
  expect(expectError(() => synthesize(stack)).message).toMatch(/^homelab\/Image: \[packer-override-nothing-there\] addOverride, got: "source\.proxmox-clone\.nowhere\.memory"\n/);
});

test('names of constructs and texts that a template could take for something else', () => {
  for (const id of ['Im${age}', 'a%{b', 'qu"ote', 'new\nline', 'back\\slash', 'ünï', '{{x}}']) {
    const stack = stackWithCluster();
    const image = new GoldenImage(stack, id, { baseTemplate: ubuntuBase(stack), ...MINIMAL, vmId: 9101, build: ImageBuild.EXTERNAL });
    const { packer: files } = synthesize(stack);
    const [name] = Object.keys(files).filter((file) => file.endsWith('.pkr.json'));
    expect([JSON.parse(files[name])['//']].flat().join('\n')).toBe(`Golden image ${image.templateName}: ubuntu-24.04, baked from base. Written by proxmox-constructs for homelab/${id}.`);
    expect(files[name.replaceAll('json', 'hcl')].split('\npacker {')[0]).toMatch(/^(# .*\n)+$/);
  }
});

test('who builds, from the context of the app', () => {
  const inContext = (value: unknown, props: Partial<GoldenImageProps> = {}) => {
    const app = newApp();
    app.node.setContext('proxmox-constructs:imageBuild', value);
    const stack = newStack(app);
    cluster(stack);
    new GoldenImage(stack, 'Image', { baseTemplate: ubuntuBase(stack), ...MINIMAL, vmId: 9101, ...props });
    return JSON.stringify(synthesize(stack).terraform).includes('local-exec');
  };
  expect([inContext(undefined), inContext('deploy'), inContext('external'), inContext('external', { build: ImageBuild.DEPLOY })]).toEqual([true, true, false, true]);
  expect(expectError(() => inContext('elsewhere')).message).toBe(`homelab/Image: [image-build-context] context proxmox-constructs:imageBuild, got: "elsewhere"
  The context proxmox-constructs:imageBuild says who runs Packer: deploy or external.
  Remedy: Write one of the two in cdktf.json, or leave it out.`);
});
