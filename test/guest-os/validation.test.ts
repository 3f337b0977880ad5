import { OsType, Size, guestos } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES, stackWithCluster, ubuntuBase } from '../support/fixtures';

const { Checksum } = guestos;

const IMAGE: guestos.CloudImageConfig = { url: 'https://images.lan/2026/x.qcow2', checksum: Checksum.sha256('a'.repeat(64)), minimumDiskSize: Size.gibibytes(2) };

/** An operating system as a user might write it. */
function system(own: Partial<guestos.IOperatingSystem> = {}, image: Partial<guestos.CloudImageConfig> = {}): guestos.ICloudImage {
  return {
    osName: 'other-1', osType: OsType.LINUX, guestSetup: { installAgent: ['install agent'] }, bindCloudImage: () => ({ ...IMAGE, ...image }), ...own,
  };
}

function refused(operatingSystem: guestos.ICloudImage): string[] {
  return mistakes(() => ubuntuBase(stackWithCluster(), { operatingSystem }));
}

test.each(['https://images.lan/a/b.qcow2', 'http://images.lan:8080/x%20y.img', 'https://images.lan/x.raw', 'https://[::1]/x.vmdk', 'https://u.lan/~currently/latestish.img'])(
  'the address %s is taken', (url) => {
    expect(() => ubuntuBase(stackWithCluster(), { operatingSystem: system({}, { url }) })).not.toThrow();
  },
);

test.each([
  '', 'images.lan/x.img', 'ftp://images.lan/x.img', 'file:///x.img', 'https:///x.img', 'https://images.lan/x.img.xz', 'https://images.lan/x.tar.gz', 'https://images.lan/',
  'https://images.lan/x y.img', 'https://images.lan/${x}.img', 'https://images.lan/x".img', 'https://images.lan/x.img\n', `https://images.lan/${REFERENCES.text}.img`,
])('the address %j is refused', (url) => {
  expect(refused(system({}, { url }))[0]).toMatch(/^image-url-form operatingSystem\.url/);
});

test.each(['https://images.lan/latest/x.img', 'https://images.lan/noble/current/x.img', 'https://images.lan/x-latest.qcow2', 'https://images.lan/Latest/x.img', 'https://latest.lan/current-x.img'])(
  'the address %s leads to another file next month', (url) => {
    expect(refused(system({}, { url }))).toEqual([`image-url-moving operatingSystem.url ${JSON.stringify(url)}`]);
  },
);

test.each(['', 'Ubuntu', 'ubuntu 24', '-x', 'x-', '.x', 'x_1', 'ünï', 'x/..', 'x"', '${x}'])('the name %j is refused', (osName) => {
  expect(refused(system({ osName }))).toEqual([`os-name-form operatingSystem.osName ${JSON.stringify(osName)}`]);
});

test('no way to the guest agent', () => {
  const guestSetup = { installAgent: [] };
  expect(refused(system({ guestSetup }))).toEqual(['install-agent-missing operatingSystem.guestSetup.installAgent []']);
  expect(() => ubuntuBase(stackWithCluster(), { operatingSystem: system({ guestSetup }, { hasGuestAgent: true }) })).not.toThrow();
});

test('lines that are several lines', () => {
  expect(['a\nb', 'a\rb', 'a\u0000b'].map((line) => refused(system({ guestSetup: { installAgent: ['x', line] } }))[0].split(' ').slice(0, 2).join(' '))).toEqual(
    Array(3).fill('text-control-characters operatingSystem.guestSetup.installAgent'),
  );
});

test('all mistakes of a class together, with rule and remedy', () => {
  const operatingSystem = system({ osName: 'My OS', guestSetup: { installAgent: [] } }, { url: 'https://images.lan/latest/x.img.gz' });
  expect(expectError(() => ubuntuBase(stackWithCluster(), { operatingSystem })).message).toBe(`homelab/Base: 4 mistakes
[os-name-form] operatingSystem.osName, got: "My OS"
  The name of an operating system has 1 to 64 lower-case letters, digits, \`.\` and \`-\`.
  Remedy: Choose a name such as debian-13.
[image-url-form] operatingSystem.url, got: "https://images.lan/latest/x.img.gz"
  A cloud image has an http or https address that ends in .qcow2, .img, .raw or .vmdk: Proxmox VE imports nothing that is compressed.
  Remedy: Choose the file that is not compressed, or unpack it and serve it yourself.
[image-url-moving] operatingSystem.url, got: "https://images.lan/latest/x.img.gz"
  The address of a cloud image names a dated release: one with \`latest\` or \`current\` in it leads to another file next month, which the checksum refuses.
  Remedy: Use the address of a dated release, such as …/release-20260705/….
[install-agent-missing] operatingSystem.guestSetup.installAgent, got: []
  An operating system whose image has no guest agent says how it is installed: nothing else tells Packer the address of a build.
  Remedy: Give guestSetup.installAgent the lines of a shell script, such as apk add qemu-guest-agent.`);
});

test('a class in plain JavaScript that is not what the interface says', () => {
  expect(refused({ bindCloudImage: () => ({}) } as any)).toEqual([
    'value-missing operatingSystem.osName', 'value-missing operatingSystem.osType', 'value-kind operatingSystem.guestSetup nothing',
    'value-missing operatingSystem.url', 'value-missing operatingSystem.checksum', 'value-missing operatingSystem.minimumDiskSize',
  ]);
  expect(refused(system(
    { osType: 'l26' as any, guestSetup: { installAgent: 'apk add', privilegeEscalation: 'su', ansibleSupported: 1, generalizeScript: 1 } as any },
    { checksum: 'sha256:aa' as any, minimumDiskSize: 2 as any, hasGuestAgent: 'yes' as any },
  ))).toEqual([
    'value-kind operatingSystem.osType "l26"',
    'value-kind operatingSystem.guestSetup.installAgent "apk add"',
    'value-kind operatingSystem.guestSetup.privilegeEscalation "su"',
    'value-kind operatingSystem.guestSetup.ansibleSupported 1',
    'value-kind operatingSystem.guestSetup.generalizeScript 1',
    'value-kind operatingSystem.checksum "sha256:aa"',
    'value-kind operatingSystem.minimumDiskSize 2',
    'value-kind operatingSystem.hasGuestAgent "yes"',
  ]);
  expect(refused(undefined as any)).toEqual(['value-missing operatingSystem']);
});
