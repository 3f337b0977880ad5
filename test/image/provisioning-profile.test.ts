import { ImageNvidiaDriver, K3sRelease, Problems, ProvisioningProfile, StandardProfileProps, guestos, packer } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, SSH_KEY } from '../support/fixtures';

const { standard, minimal } = ProvisioningProfile;

test('two profiles', () => {
  expect([standard().standard, minimal().standard]).toEqual([{}, undefined]);
  const props = { k3s: { release: K3sRelease.V1_37_1, preloadImages: true }, packages: ['htop', 'g++', 'libc6:i386', 'nginx=1.22.1-9+deb12u1', 'php8.*'], users: [{ name: '_a-1', groups: ['adm'], shell: '/bin/sh', sshKeys: [SSH_KEY, `restrict  ${SSH_KEY}`] }] };
  expect(standard(props).standard).toBe(props);
});

test('the standard one is for systems that its roles know', () => {
  const setups: guestos.GuestSetup[] = [{ installAgent: [] }, { installAgent: [], ansibleSupported: false }, { installAgent: [], ansibleSupported: true }];
  expect(setups.map((setup) => [standard().supports(setup), minimal().supports(setup)])).toEqual([[false, true], [false, true], [true, true]]);
});

const user = (own: object) => ({ users: [{ name: 'ops', ...own }] });

test.each<[StandardProfileProps, string[]]>([
  [{ packages: ['', 'a b', '-y', 'a;b', '${x}'] }, ['', 'a b', '-y', 'a;b', '${x}'].map((name, i) => `package-name-form packages[${i}] ${JSON.stringify(name)}`)],
  [{ packages: [REFERENCES.text] }, ['not-known-at-synth packages[0] a Terraform reference (known only when Terraform runs)']],
  [user({ name: '' }), ['image-user-name users[0].name ""']],
  [user({ name: 'Ops' }), ['image-user-name users[0].name "Ops"']],
  [user({ name: 'ops"' }), ['image-user-name users[0].name "ops\\""']],
  [user({ groups: ['adm', 'two words'] }), ['image-user-name users[0].groups[1] "two words"']],
  [user({ shell: 'bash' }), ['image-user-shell users[0].shell "bash"']],
  [user({ shell: '/bin/ba sh' }), ['image-user-shell users[0].shell "/bin/ba sh"']],
  [user({ shell: '/bin/' }), ['image-user-shell users[0].shell "/bin/"']],
  [user({ sshKeys: [SSH_KEY, 'ssh-rsa'] }), ['ssh-key-form users[0].sshKeys[1]']],
  [user({ sshKeys: [`# ${SSH_KEY}`, `no-ptty ${SSH_KEY}`] }), ['ssh-key-options users[0].sshKeys[0]', 'ssh-key-options users[0].sshKeys[1]']],
  [user({ sshKeys: [`${SSH_KEY} {{ x }}`, `environment="A={%" ${SSH_KEY}`, `${SSH_KEY}{#1`, `${SSH_KEY} { { }}`] }), [
    'ssh-key-template users[0].sshKeys[0]', 'ssh-key-template users[0].sshKeys[1]', 'ssh-key-template users[0].sshKeys[2]',
  ]],
  [user({ sshKeys: [REFERENCES.text] }), ['ssh-key-form users[0].sshKeys[0]']],
  [user({ sshKeys: [`${SSH_KEY} ${new packer.Variable('x')}`] }), ['packer-expression-out-of-place users[0].sshKeys[0]']],
  [{ users: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] }, ['image-user-twice users[2].name "a"']],
  [{ packages: 'htop', upgradePackages: 'yes', users: [{}, { name: 1, groups: 'adm', shell: 1, sudo: 1, sshKeys: SSH_KEY, exclusiveSshKeys: 1 }, 'ops'] } as any, [
    'value-kind packages "htop"', 'value-kind upgradePackages "yes"', 'value-missing users[0].name', 'value-kind users[1].name 1',
    'value-kind users[1].groups "adm"', 'value-kind users[1].shell 1', 'value-kind users[1].sudo 1', `value-kind users[1].sshKeys ${JSON.stringify(SSH_KEY)}`,
    'value-kind users[1].exclusiveSshKeys 1', 'value-kind users[2] "ops"',
  ]],
  [{ nvidiaDriver: { branch: '580-open' } }, ['nvidia-branch nvidiaDriver.branch "580-open"']],
  [{ nvidiaDriver: { openModules: 1, branch: 1, display: 1, containerToolkit: 1, hold: 1 } } as any, [
    ...['openModules', 'branch', 'display', 'containerToolkit', 'hold'].map((name) => `value-kind nvidiaDriver.${name} 1`),
  ]],
  [{ k3s: { preloadImages: 1 } } as any, ['value-missing k3s.release', 'value-kind k3s.preloadImages 1']],
  [{ k3s: { release: 'v1.37.1+k3s1' } } as any, ['value-kind k3s.release "v1.37.1+k3s1"']],
  [{ k3s: { release: K3sRelease.of({ version: 'v1.30.2+k3s2', checksum: guestos.Checksum.sha256('0a'.repeat(32)) }), preloadImages: true } }, [
    'k3s-images-checksum-missing k3s.preloadImages "v1.30.2+k3s2"',
  ]],
  [null as any, ['value-kind props null']],
])('refused: %#', (props, expected) => {
  expect(mistakes(() => standard(props))).toEqual(expected);
});

test('rule and remedy are said', () => {
  expect(expectError(() => standard({ packages: ['a b'], users: [{ name: 'ops', shell: 'sh' }, { name: 'ops', groups: ['adm!'] }] })).message).toBe(`ProvisioningProfile.standard: 4 mistakes
[package-name-form] packages[0], got: "a b"
  A package has the name by which the package manager knows it, with a version if need be, and no white space.
  Remedy: Write one package in each item, such as htop.
[image-user-shell] users[0].shell, got: "sh"
  A login shell is the absolute path of a program.
  Remedy: Write it as /bin/bash, or leave it out.
[image-user-twice] users[1].name, got: "ops"
  A user stands in the list once.
  Remedy: Put both entries into one.
[image-user-name] users[1].groups[0], got: "adm!"
  A user or group has a name of 1 to 32 lower-case letters, digits, \`-\` and \`_\`, not beginning with a digit or \`-\`.
  Remedy: Choose a name such as ops.`);
});

test.each<[string, boolean, ImageNvidiaDriver, string[]]>([
  ['debian-13', false, {}, []],
  ['debian-13', false, { openModules: true }, []],
  ['debian-12', false, { openModules: false, display: true }, []],
  ['ubuntu-24.04', true, { openModules: true, branch: '580-server' }, []],
  ['ubuntu-22.04', false, {}, ['nvidia-system profile "ubuntu-22.04"']],
  ['debian-12', true, { openModules: true, branch: '535' }, [
    'nvidia-branch profile "535 on debian-12"', 'nvidia-open-modules profile "debian-12"', 'nvidia-secure-boot profile "debian-12"',
  ]],
])('the drivers of NVIDIA on %s: %#', (osName, secureBoot, nvidiaDriver, expected) => {
  const problems = new Problems('test');
  standard({ nvidiaDriver }).validateFor(osName, { installAgent: [] }, secureBoot, problems);
  expect(problems.all.map(({ code, property, received }) => `${code} ${property} ${received}`)).toEqual(expected);
});
