import { Problems } from '../../lib/core';
import { GpuArchitecture, GpuVendor } from '../../lib/gpu';
import { NvidiaDriver, NvidiaTrack } from '../../lib/talos/nvidia';
import { Schematic } from '../../lib/talos/schematic';
import { SystemExtension } from '../../lib/talos/system-extension';
import { parseTalosVersion } from '../../lib/talos/talos-version';
import { mistakes } from '../support/errors';

const { OPEN_LTS, OPEN_PRODUCTION, PROPRIETARY_LTS, PROPRIETARY_PRODUCTION } = NvidiaDriver;
const ARCHITECTURES = Object.values(GpuArchitecture)
  .filter((value): value is GpuArchitecture => value instanceof GpuArchitecture && value.vendor === GpuVendor.NVIDIA);
const OLD = [GpuArchitecture.MAXWELL, GpuArchitecture.PASCAL, GpuArchitecture.VOLTA];
const NOT_NVIDIA = GpuArchitecture.of(GpuVendor.AMD, 'RDNA 3');
const DRIVERS = [OPEN_LTS, OPEN_PRODUCTION, PROPRIETARY_LTS, PROPRIETARY_PRODUCTION];

/** What a check notes. */
function noted(check: (problems: Problems) => void): string[] {
  return mistakes(() => {
    const problems = new Problems('test');
    check(problems);
    problems.throwIfAny();
  });
}

test('a driver is two extensions of one track', () => {
  expect(DRIVERS.map((driver) => [`${driver}`, driver.open, driver.track, ...driver.systemExtensions.map(String)])).toEqual([
    ['open-lts', true, NvidiaTrack.LTS, 'siderolabs/nvidia-container-toolkit-lts', 'siderolabs/nvidia-open-gpu-kernel-modules-lts'],
    ['open-production', true, NvidiaTrack.PRODUCTION, 'siderolabs/nvidia-container-toolkit-production', 'siderolabs/nvidia-open-gpu-kernel-modules-production'],
    ['proprietary-lts', false, NvidiaTrack.LTS, 'siderolabs/nonfree-kmod-nvidia-lts', 'siderolabs/nvidia-container-toolkit-lts'],
    ['proprietary-production', false, NvidiaTrack.PRODUCTION, 'siderolabs/nonfree-kmod-nvidia-production', 'siderolabs/nvidia-container-toolkit-production'],
  ]);
});

test('the branch of a driver comes with the release of Talos', () => {
  const branches = ['v1.12.11', 'v1.13.9', '1.14.1'].map((release) => DRIVERS.map((driver) => driver.driverBranch(release)));
  expect(branches).toEqual([[580, 570, 580, 570], [580, 595, 580, 595], [580, 595, 580, 595]]);
  expect(mistakes(() => OPEN_LTS.driverBranch('v1.15.0'))).toEqual(['talos-version-unsupported talosVersion "v1.15.0"']);
});

test('a schematic knows its driver, and its id is that of the factory', () => {
  const [production, lts] = [OPEN_PRODUCTION, OPEN_LTS].map((driver) => new Schematic({
    systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, ...driver.systemExtensions],
  }));
  expect([production.schematicId, production.nvidiaDriver]).toEqual(['a31d81eceab05afdc2c59b0002701173e117a5fb81bdc1f64062d27655145848', OPEN_PRODUCTION]);
  expect([lts.schematicId, lts.nvidiaDriver]).toEqual(['fad91d055be9791728e764d0ef7e2f93085abdee59db71e66c0a519dbee73a38', OPEN_LTS]);
  const withFabric = new Schematic({ systemExtensions: [...PROPRIETARY_LTS.systemExtensions, SystemExtension.NVIDIA_FABRICMANAGER_LTS] });
  expect(withFabric.nvidiaDriver).toBe(PROPRIETARY_LTS);
});

test.each<[string, string[], string[]]>([
  ['kernel modules of one track, toolkit of another', ['nvidia-open-gpu-kernel-modules-lts', 'nvidia-container-toolkit-production'], ['nvidia-tracks-mixed']],
  ['a fabric manager of another track', ['nonfree-kmod-nvidia-lts', 'nvidia-container-toolkit-lts', 'nvidia-fabricmanager-production'], ['nvidia-tracks-mixed']],
  ['open and proprietary', ['nvidia-open-gpu-kernel-modules-lts', 'nonfree-kmod-nvidia-lts', 'nvidia-container-toolkit-lts'], ['nvidia-kernel-modules-twice']],
  ['both tracks whole', [
    'nonfree-kmod-nvidia-lts', 'nvidia-container-toolkit-lts', 'nonfree-kmod-nvidia-production', 'nvidia-container-toolkit-production',
  ], ['nvidia-kernel-modules-twice', 'nvidia-tracks-mixed']],
  ['no toolkit', ['nvidia-open-gpu-kernel-modules-production'], ['nvidia-extension-missing']],
  ['no kernel modules', ['nvidia-container-toolkit-lts'], ['nvidia-extension-missing']],
  ['a fabric manager only', ['nvidia-fabricmanager-lts'], ['nvidia-extension-missing']],
])('a schematic made by hand is refused: %s', (_, names, codes) => {
  const systemExtensions = ['zfs', ...names].map((name) => SystemExtension.of(`siderolabs/${name}`));
  const codesOf = (make: () => unknown) => mistakes(make).map((mistake) => mistake.split(' ').slice(0, 2));
  expect(codesOf(() => new Schematic({ systemExtensions }))).toEqual(codes.map((code) => [code, 'systemExtensions']));
  const text = JSON.stringify({ customization: { systemExtensions: { officialExtensions: systemExtensions.map(String) } } });
  expect(codesOf(() => Schematic.fromYaml(text))).toEqual(codes.map((code) => [code, 'systemExtensions']));
});

test('the driver for a generation of GPUs drives it in every release', () => {
  expect(ARCHITECTURES).toHaveLength(8);
  for (const architecture of ARCHITECTURES) {
    const driver = NvidiaDriver.forArchitecture(architecture);
    expect([architecture, driver]).toEqual([architecture, OLD.includes(architecture) ? PROPRIETARY_LTS : OPEN_LTS]);
    for (const release of ['v1.12.0', 'v1.13.9', 'v1.14.1']) {
      const problems = new Problems('test');
      driver.checkArchitecture(problems, 'gpus', architecture, parseTalosVersion(release)!);
      expect(problems.all).toEqual([]);
    }
  }
  expect(mistakes(() => NvidiaDriver.forArchitecture('kepler' as any))).toEqual(['value-kind architecture "kepler"']);
  expect(mistakes(() => NvidiaDriver.forArchitecture(undefined as any))).toEqual(['value-missing architecture']);
  expect(mistakes(() => NvidiaDriver.forArchitecture(NOT_NVIDIA))).toEqual([`nvidia-architecture architecture ${NOT_NVIDIA}`]);
  expect(() => NvidiaDriver.forArchitecture(NOT_NVIDIA)).toThrow(/\n {2}Drivers of NVIDIA are for cards of NVIDIA\.\n {2}Remedy: Take GpuExtensions\.amd\(\)\.$/);
  expect(() => NvidiaDriver.forArchitecture(GpuArchitecture.of(GpuVendor.INTEL, 'Battlemage'))).toThrow(/Remedy: Take GpuExtensions\.intel\(\), or GpuExtensions\.intelXe\(\) /);
});

test('generations that a driver does not drive', () => {
  const refused = (release: string) => DRIVERS.map((driver) => ARCHITECTURES.filter((architecture) => {
    const problems = new Problems('test');
    driver.checkArchitecture(problems, 'gpus', architecture, parseTalosVersion(release)!);
    return problems.all.length > 0;
  }));
  const { BLACKWELL } = GpuArchitecture;
  expect(refused('v1.12.11')).toEqual([OLD, OLD, [BLACKWELL], [BLACKWELL]]);
  expect(refused('v1.13.9')).toEqual([OLD, OLD, [BLACKWELL], [...OLD, BLACKWELL]]);
  expect(refused('v1.14.1')).toEqual([OLD, OLD, [BLACKWELL], [...OLD, BLACKWELL]]);
});

test('why a generation is refused', () => {
  const check = (driver: NvidiaDriver, architecture: GpuArchitecture) => () => {
    const problems = new Problems('test');
    driver.checkArchitecture(problems, 'gpus', architecture, parseTalosVersion('v1.13.9')!);
    problems.throwIfAny();
  };
  expect(mistakes(check(PROPRIETARY_LTS, GpuArchitecture.BLACKWELL))).toEqual(['nvidia-architecture gpus proprietary-lts']);
  expect(check(PROPRIETARY_LTS, GpuArchitecture.BLACKWELL)).toThrow(/Blackwell has open kernel modules only[^]*Remedy: Take NvidiaDriver\.OPEN_LTS\./);
  expect(check(OPEN_LTS, GpuArchitecture.PASCAL)).toThrow(/Pascal has proprietary kernel modules only[^]*Remedy: Take NvidiaDriver\.PROPRIETARY_LTS\./);
  expect(check(PROPRIETARY_PRODUCTION, GpuArchitecture.VOLTA)).toThrow(
    /Talos v1\.13 has driver 595 in the production track, and .*Volta was dropped with 590\.[^]*Remedy: Take NvidiaDriver\.PROPRIETARY_LTS\./,
  );
});

test('a card of another vendor', () => {
  expect(noted((problems) => OPEN_LTS.checkArchitecture(problems, 'gpus', NOT_NVIDIA, parseTalosVersion('v1.13.9')!))).toEqual([
    `nvidia-architecture gpus "open-lts for ${NOT_NVIDIA}"`,
  ]);
});
