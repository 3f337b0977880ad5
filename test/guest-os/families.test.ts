import { OsType, Size, guestos } from '../../lib';
import { mistakes } from '../support/errors';

const { Checksum, Debian, Ubuntu } = guestos;

test('the shipped releases are dated ones with the checksum of their vendor', () => {
  const describe = (os: guestos.ICloudImage) => {
    const { url, checksum, minimumDiskSize, hasGuestAgent } = os.bindCloudImage();
    return [os.osName, `${os.osType}`, url, checksum.algorithm, `${minimumDiskSize}`, hasGuestAgent];
  };
  expect([Ubuntu.V24_04, Ubuntu.V22_04, Debian.V13, Debian.V12].map(describe)).toEqual([
    ['ubuntu-24.04', 'l26', 'https://cloud-images.ubuntu.com/releases/noble/release-20260705/ubuntu-24.04-server-cloudimg-amd64.img', 'sha256', '4 GiB', undefined],
    ['ubuntu-22.04', 'l26', 'https://cloud-images.ubuntu.com/releases/jammy/release-20250516/ubuntu-22.04-server-cloudimg-amd64.img', 'sha256', '4 GiB', undefined],
    ['debian-13', 'l26', 'https://cloud.debian.org/images/cloud/trixie/20260712-2537/debian-13-genericcloud-amd64-20260712-2537.qcow2', 'sha512', '3 GiB', undefined],
    ['debian-12', 'l26', 'https://cloud.debian.org/images/cloud/bookworm/20260923-2610/debian-12-genericcloud-amd64-20260923-2610.qcow2', 'sha512', '3 GiB', undefined],
  ]);
});

test('one way to install the agent for the whole family', () => {
  for (const os of [Ubuntu.V24_04, Ubuntu.V22_04, Debian.V13, Debian.V12]) {
    expect(os.guestSetup).toEqual({
      installAgent: [
        'export DEBIAN_FRONTEND=noninteractive',
        'apt-get -o DPkg::Lock::Timeout=300 update',
        'apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends qemu-guest-agent cloud-init cloud-guest-utils',
        'systemctl start qemu-guest-agent.service',
      ],
      ansibleSupported: true,
    });
  }
});

test.each([['ubuntu-26.04', Ubuntu.of], ['debian-26.04', Debian.of]])('%s, a release that is not shipped', (osName, of) => {
  const release = { url: 'https://mirror.lan/2026/x.raw', checksum: Checksum.sha256('a'.repeat(64)), minimumDiskSize: Size.gibibytes(5) };
  const os = of('26.04', release);
  expect([os.osName, os.osType, os.bindCloudImage()]).toEqual([osName, OsType.LINUX, release]);
});

test.each([['guestos.Ubuntu.of', Ubuntu.of], ['guestos.Debian.of', Debian.of]])('%s without what it needs', (_, of) => {
  expect(mistakes(() => of(undefined as any, undefined as any))).toEqual(['value-missing version', 'value-kind release nothing']);
  expect(mistakes(() => of('1', { url: 1, minimumDiskSize: 3 } as any))).toEqual([
    'value-kind release.url 1', 'value-missing release.checksum', 'value-kind release.minimumDiskSize 3',
  ]);
});
