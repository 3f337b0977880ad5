import { OsType, Size, guestos } from '../../lib';
import { CloudImageContract } from '../../lib/assertions';
import { mistakes } from '../support/errors';
import { SHIPPED } from './shipped-images';

const { AlmaLinux, Alpine, Arch, Checksum, Fedora, OpenSuse, Rocky } = guestos;

test('the shipped releases are ones that never change, with the checksum of their vendor', () => {
  const describe = (os: guestos.ICloudImage) => {
    const { url, checksum, minimumDiskSize, hasGuestAgent } = os.bindCloudImage();
    return [os.osName, `${os.osType}`, url, checksum.toString().slice(0, 15), `${minimumDiskSize}`, hasGuestAgent];
  };
  const alma = 'https://repo.almalinux.org/almalinux';
  const rocky = 'https://dl.rockylinux.org/pub/rocky';
  const fedora = 'https://download.fedoraproject.org/pub/fedora/linux/releases';
  const alpine = 'https://dl-cdn.alpinelinux.org/alpine';
  expect(SHIPPED.map(describe)).toEqual([
    ['almalinux-10', 'l26', `${alma}/10.2/cloud/x86_64/images/AlmaLinux-10-GenericCloud-10.2-20260526.0.x86_64.qcow2`, 'sha256:47f22186', '10 GiB', true],
    ['almalinux-10-x86-64-v2', 'l26', `${alma}/10.2/cloud/x86_64_v2/images/AlmaLinux-10-GenericCloud-10.2-20260526.0.x86_64_v2.qcow2`, 'sha256:cd17bcbd', '10 GiB', true],
    ['almalinux-9', 'l26', `${alma}/9.8/cloud/x86_64/images/AlmaLinux-9-GenericCloud-9.8-20260526.x86_64.qcow2`, 'sha256:c397eed7', '10 GiB', true],
    ['rocky-10', 'l26', `${rocky}/10.2/images/x86_64/Rocky-10-GenericCloud-Base-10.2-20260525.0.x86_64.qcow2`, 'sha256:9fc9e9ff', '10 GiB', true],
    ['rocky-9', 'l26', `${rocky}/9.8/images/x86_64/Rocky-9-GenericCloud-Base-9.8-20260525.0.x86_64.qcow2`, 'sha256:92c206cc', '10 GiB', true],
    ['fedora-44', 'l26', `${fedora}/44/Cloud/x86_64/images/Fedora-Cloud-Base-Generic-44-1.7.x86_64.qcow2`, 'sha256:28680fe5', '5 GiB', true],
    ['fedora-43', 'l26', `${fedora}/43/Cloud/x86_64/images/Fedora-Cloud-Base-Generic-43-1.6.x86_64.qcow2`, 'sha256:846574c8', '5 GiB', true],
    [
      'arch-20260715', 'l26', 'https://geo.mirror.pkgbuild.com/images/v20260715.556894/Arch-Linux-x86_64-cloudimg-20260715.556894.qcow2',
      'sha256:f419d4e2', '2 GiB', true,
    ],
    [
      'opensuse-leap-16.0', 'l26', 'https://download.opensuse.org/distribution/leap/16.0/appliances/Leap-16.0-Minimal-VM.x86_64-Cloud-Build18.71.qcow2',
      'sha256:c1a6c50c', '10 GiB', undefined,
    ],
    ['alpine-3.23', 'l26', `${alpine}/v3.23/releases/cloud/nocloud_alpine-3.23.4-x86_64-uefi-cloudinit-r0.qcow2`, 'sha512:849196e2', '1 GiB', undefined],
    ['alpine-3.22', 'l26', `${alpine}/v3.22/releases/cloud/nocloud_alpine-3.22.4-x86_64-uefi-cloudinit-r0.qcow2`, 'sha512:1b8743fc', '1 GiB', undefined],
  ]);
});

test('no two of them are the same image', () => {
  const keys = SHIPPED.flatMap((os) => [os.osName, os.bindCloudImage().url, os.bindCloudImage().checksum.value]);
  expect(new Set(keys).size).toBe(3 * SHIPPED.length);
});

describe.each(SHIPPED.map((system) => [system.osName, system] as const))('%s keeps the contract', (_, system) => {
  for (const check of new CloudImageContract(system).checks) {
    test(check.name, () => check.run());
  }
});

const DOORS = [
  ['guestos.AlmaLinux.of', AlmaLinux.of, '8', 'almalinux-8', true],
  ['guestos.Rocky.of', Rocky.of, '8', 'rocky-8', true],
  ['guestos.Fedora.of', Fedora.of, '45', 'fedora-45', true],
  ['guestos.Arch.of', Arch.of, '20260901', 'arch-20260901', true],
  ['guestos.OpenSuse.of', OpenSuse.of, 'leap-16.1', 'opensuse-leap-16.1', undefined],
  ['guestos.Alpine.of', Alpine.of, '3.24', 'alpine-3.24', undefined],
] as const;

test.each(DOORS)('%s, a release that is not shipped', (_, of, version, osName, hasGuestAgent) => {
  const release = { url: 'https://mirror.lan/2026/x.raw', checksum: Checksum.sha256('a'.repeat(64)), minimumDiskSize: Size.gibibytes(33) };
  const os = of(version, release);
  expect([os.osName, os.osType, os.bindCloudImage()]).toEqual([osName, OsType.LINUX, { ...release, ...(hasGuestAgent ? { hasGuestAgent } : {}) }]);
  for (const check of new CloudImageContract(os).checks) check.run();
});

test.each(DOORS)('%s without what it needs', (path, of) => {
  expect(mistakes(() => of(undefined as any, undefined as any))).toEqual(['value-missing version', 'value-kind release nothing']);
  expect(mistakes(() => of('1', { url: 1, minimumDiskSize: 3 } as any))).toEqual([
    'value-kind release.url 1', 'value-missing release.checksum', 'value-kind release.minimumDiskSize 3',
  ]);
  expect(() => of(undefined as any, undefined as any)).toThrow(path);
});

test.each(DOORS)('%s refuses an address that moves, and a name that is none, where a template is made of it', (_, of) => {
  const moving = of('One', { url: 'https://mirror.lan/latest/x.qcow2', checksum: Checksum.sha256('a'.repeat(64)) });
  expect(mistakes(() => new CloudImageContract(moving).checks[0].run())).toEqual([
    `os-name-form operatingSystem.osName ${JSON.stringify(moving.osName)}`, 'image-url-moving operatingSystem.url "https://mirror.lan/latest/x.qcow2"',
  ]);
});
