import { Alpine } from '../../examples/custom-os/alpine';
import { OsType, Size, guestos } from '../../lib';
import { CloudImageContract } from '../../lib/assertions';

const systems: guestos.ICloudImage[] = [
  guestos.Ubuntu.V24_04,
  guestos.Ubuntu.V22_04,
  guestos.Debian.V12,
  guestos.Debian.V13,
  guestos.Ubuntu.of('26.04', {
    url: 'https://cloud-images.ubuntu.com/releases/resolute/release-20260720/ubuntu-26.04-server-cloudimg-amd64.img',
    checksum: guestos.Checksum.sha256('117816726abbdefc5ef3e38902e81a76f1c76c3610e709999d0885f9d5d9b477'),
  }),
  new Alpine(),
];

describe.each(systems.map((system) => [system.osName, system] as const))('%s keeps the contract', (_, system) => {
  for (const check of new CloudImageContract(system).checks) {
    test(check.name, () => check.run());
  }
});

describe('the contract finds', () => {
  const good: guestos.ICloudImage = {
    osName: 'tiny-1',
    osType: OsType.LINUX,
    guestSetup: { installAgent: ['pkg install agent'] },
    bindCloudImage: () => ({
      url: 'https://example.org/tiny-1.0.qcow2',
      checksum: guestos.Checksum.sha256('0'.repeat(64)),
      minimumDiskSize: Size.gibibytes(1),
    }),
  };
  const failuresOf = (system: guestos.ICloudImage): string[] => new CloudImageContract(system).checks.flatMap((check) => {
    try {
      check.run();
      return [];
    } catch (error) {
      return [`${check.name}: ${(error as Error).message.split('\n')[0]}`];
    }
  });

  test('nothing in a system that keeps it', () => {
    expect(failuresOf(good)).toEqual([]);
  });

  test('an address that moves', () => {
    const moving = { ...good, bindCloudImage: () => ({ ...good.bindCloudImage(), url: 'https://example.org/latest/tiny.qcow2' }) };
    expect(failuresOf(moving)).toContain(
      'says where its image is, in a form that Proxmox VE imports: tiny-1: [image-url-moving] operatingSystem.url, got: "https://example.org/latest/tiny.qcow2"',
    );
  });

  test('an answer that changes', () => {
    let asked = 0;
    const fickle = { ...good, bindCloudImage: () => ({ ...good.bindCloudImage(), url: `https://example.org/tiny-${asked++}.qcow2` }) };
    expect(failuresOf(fickle)).toContain('answers the same whenever it is asked: Not the same: osName, guestSetup and bindCloudImage().');
  });

  test('a clean-up script without an interpreter', () => {
    const script = { ...good, guestSetup: { ...good.guestSetup, generalizeScript: `${__dirname}/../../LICENSE` } };
    expect(failuresOf(script)).toEqual([
      expect.stringContaining('has a script that removes identity, where it does not use the shipped one: The first line of'),
    ]);
  });
});
