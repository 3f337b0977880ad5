import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { guestos } from '../../lib';
import { writeFiles } from '../support/program-folder';
import { temporaryFolder } from '../support/synth';
import { SHIPPED } from './shipped-images';

const { AlmaLinux, Alpine, Arch, OpenSuse } = guestos;

test('how the agent comes into each family', () => {
  const setups = new Map(SHIPPED.map((os) => [os.osName.split('-')[0], os.guestSetup]));
  const redhat = {
    ansibleSupported: true,
    installAgent: [
      'rpm --query --quiet qemu-guest-agent cloud-init cloud-utils-growpart || dnf --assumeyes --setopt=install_weak_deps=False install qemu-guest-agent cloud-init cloud-utils-growpart',
      'systemctl enable qemu-guest-agent.service',
      'systemctl start qemu-guest-agent.service',
    ],
  };
  expect(Object.fromEntries(setups)).toEqual({
    almalinux: redhat,
    rocky: redhat,
    fedora: redhat,
    arch: {
      ansibleSupported: true,
      installAgent: [
        'pacman --query --quiet qemu-guest-agent cloud-init cloud-guest-utils >/dev/null 2>&1 || pacman --sync --refresh --sysupgrade --needed --noconfirm qemu-guest-agent cloud-init cloud-guest-utils',
        'systemctl start qemu-guest-agent.service',
      ],
    },
    opensuse: {
      installAgent: [
        'export ZYPP_LOCK_TIMEOUT=300',
        'rpm --query --quiet qemu-guest-agent cloud-init || zypper --non-interactive install --no-recommends qemu-guest-agent cloud-init || case "$?" in 102 | 103) ;; *) exit 1 ;; esac',
        'systemctl enable qemu-guest-agent.service',
        'systemctl start qemu-guest-agent.service',
      ],
    },
    alpine: {
      installAgent: ['apk add --no-cache qemu-guest-agent cloud-init doas', 'rc-update add qemu-guest-agent default', 'rc-service qemu-guest-agent start'],
      privilegeEscalation: guestos.PrivilegeEscalation.DOAS,
    },
  });
});

/** Runs the lines as cloud-init does, with programs that only say that they were called; those named end with the status. */
function run(os: guestos.ICloudImage, statuses: { readonly [program: string]: number }): { readonly status: number | null; readonly calls: string[] } {
  const folder = temporaryFolder();
  const programs = ['rpm', 'dnf', 'pacman', 'zypper', 'apk', 'systemctl', 'rc-update', 'rc-service'];
  const log = path.join(folder, 'log');
  writeFiles(folder, Object.fromEntries(programs.map((program) => [
    `bin/${program}`, `#!/bin/sh\necho "${program} $1\${ZYPP_LOCK_TIMEOUT:+ waits}" >>'${log}'\nexit ${statuses[program] ?? 0}\n`,
  ])));
  programs.forEach((program) => fs.chmodSync(path.join(folder, 'bin', program), 0o755));
  const { status } = spawnSync('/bin/sh', ['-euc', os.guestSetup.installAgent.join('\n')], { env: { PATH: path.join(folder, 'bin') } });
  return { status, calls: fs.readFileSync(log, 'utf8').trimEnd().split('\n') };
}

const ENABLED = ['systemctl enable', 'systemctl start'];

describe('on AlmaLinux, Rocky Linux and Fedora', () => {
  test('nothing is downloaded where all is there', () => {
    expect(run(AlmaLinux.V9, {})).toEqual({ status: 0, calls: ['rpm --query', ...ENABLED] });
  });

  test('what is missing is installed', () => {
    expect(run(AlmaLinux.V9, { rpm: 2 })).toEqual({ status: 0, calls: ['rpm --query', 'dnf --assumeyes', ...ENABLED] });
  });

  test('without a mirror the build stops', () => {
    expect(run(AlmaLinux.V9, { rpm: 1, dnf: 1 })).toEqual({ status: 1, calls: ['rpm --query', 'dnf --assumeyes'] });
  });
});

describe('on Arch Linux', () => {
  test('nothing is downloaded where all is there', () => {
    expect(run(Arch.V20260715, {})).toEqual({ status: 0, calls: ['pacman --query', 'systemctl start'] });
  });

  test('what is missing comes with an upgrade of all', () => {
    expect(run(Arch.V20260715, { pacman: 1 })).toEqual({ status: 1, calls: ['pacman --query', 'pacman --sync'] });
  });
});

describe('on openSUSE', () => {
  test('nothing is downloaded where all is there', () => {
    expect(run(OpenSuse.LEAP_16_0, {})).toEqual({ status: 0, calls: ['rpm --query waits', ...ENABLED.map((call) => `${call} waits`)] });
  });

  test.each([0, 102, 103])('zypper ends with %d: installed', (zypper) => {
    expect(run(OpenSuse.LEAP_16_0, { rpm: 1, zypper })).toEqual({
      status: 0, calls: ['rpm --query waits', 'zypper --non-interactive waits', ...ENABLED.map((call) => `${call} waits`)],
    });
  });

  test.each([1, 4, 7, 104, 106, 107])('zypper ends with %d: not installed, and the build stops', (zypper) => {
    expect(run(OpenSuse.LEAP_16_0, { rpm: 1, zypper })).toEqual({ status: 1, calls: ['rpm --query waits', 'zypper --non-interactive waits'] });
  });
});

test('on Alpine apk, and without a mirror the build stops', () => {
  expect(run(Alpine.V3_23, {})).toEqual({ status: 0, calls: ['apk add', 'rc-update add', 'rc-service qemu-guest-agent'] });
  expect(run(Alpine.V3_23, { apk: 1 })).toEqual({ status: 1, calls: ['apk add'] });
});
