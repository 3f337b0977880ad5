import * as fs from 'node:fs';
import * as path from 'node:path';
import { ValidationError, guestos } from '../../lib';
import { Problems } from '../../lib/core';
import { nixString } from '../../lib/guest-os/answer-files/nixos-expression';
import { checkBootCommand } from '../../lib/packer/boot-command';
import { mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { PLAIN } from '../support/installable';
import { inProgramFolder, writeFiles } from '../support/program-folder';
import { temporaryFolder } from '../support/synth';
import { install } from './live-system';

const { AnswerDelivery, Checksum, NixModule, NixOs } = guestos;

const HASH = PLAIN.buildPasswordHash;

const REQUEST: guestos.InstallationRequest = { ...PLAIN, hostName: 'build-nixos', locale: 'de_AT', keyboardLayout: 'de', timeZone: 'Europe/Vienna' };

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBtQhm2q0hLq';

const bind = (os: guestos.NixOs, changes: Partial<guestos.InstallationRequest> = {}) => os.bindInstallation({ ...REQUEST, ...changes });
const answer = (name: string) => fs.readFileSync(path.join(__dirname, 'answers/nixos', name), 'utf8');
const configured = (configuration: guestos.NixOsConfiguration) => NixOs.V25_11.withConfiguration(configuration);

const FULL: guestos.NixOsConfiguration = {
  packages: ['git', 'python3Packages.requests'],
  enabled: ['services.fail2ban', 'virtualisation.docker'],
  users: [{ name: 'operator', sshKeys: [`${KEY} "me" $\{HOME}\\`, KEY], administrator: true }, { name: 'with', sshKeys: [KEY] }],
  tcpPorts: [80, 443],
  udpPorts: [51820],
  module: NixModule.inline('{ ... }: { }'),
};

test('is installed from a CD that one line at the shell of the live system starts', () => {
  const { answerFiles, minimumDiskSize, minimumMemory, installTimeout, ...rest } = bind(NixOs.V25_11);
  expect(answerFiles).toEqual({
    'install.sh': answer('install.sh'),
    'configuration.nix': answer('configuration.nix'),
    'build.nix': answer('build.nix'),
    'build-password': `${HASH}\n`,
  });
  expect([minimumDiskSize, minimumMemory, installTimeout].map(String)).toEqual(['16 GiB', '4 GiB', '1h30m']);
  const url = 'https://releases.nixos.org/nixos/25.11/nixos-25.11.12484.b6018f87da91/nixos-minimal-25.11.12484.b6018f87da91-x86_64-linux.iso';
  expect(rest).toEqual({
    iso: { url, checksumList: `${url}.sha256` },
    answerDelivery: 'cd',
    answerLabel: 'answers',
    bootCommand: ['<enter>', '<wait1m>', 'sudo mount -m -L answers /a && sudo bash /a/install.sh', '<enter>'],
  });
});

test('by HTTP the line asks for the script, and the script for the rest', () => {
  const config = bind(NixOs.V25_11, { answerDelivery: AnswerDelivery.HTTP });
  expect([config.answerDelivery, config.answerLabel, config.answerFiles]).toEqual(['http', undefined, bind(NixOs.V25_11).answerFiles]);
  expect(config.bootCommand!.join('')).toBe('<enter><wait1m>s={{ .HTTPIP }}:{{ .HTTPPort }};curl -fs $s/install.sh|sudo bash -s $s<enter>');
});

test.each([AnswerDelivery.CD, AnswerDelivery.HTTP])('what is typed can be typed, by %s', (answerDelivery) => {
  const problems = new Problems('boot');
  checkBootCommand(problems, bind(NixOs.V25_11, { answerDelivery }).bootCommand!, true);
  expect(problems.all).toEqual([]);
});

test('a configuration adds to it', () => {
  const { answerFiles } = bind(configured(FULL));
  expect(answerFiles['configuration.nix']).toBe(answer('configuration-full.nix'));
  expect(answerFiles['build.nix']).toBe(answer('build.nix'));
  expect(answerFiles['custom.nix']).toBe('{ ... }: { }\n');
  expect(answerFiles['install.sh']).toBe(answer('install.sh').replace('configuration.nix build.nix', 'configuration.nix build.nix custom.nix'));
});

test('a configuration takes the place of the one before, and leaves it as it was', () => {
  const before = configured(FULL);
  expect(bind(before.withConfiguration({})).answerFiles).toEqual(bind(NixOs.V25_11).answerFiles);
  expect(Object.keys(bind(before).answerFiles)).toContain('custom.nix');
});

test('another release', () => {
  const iso = { url: 'https://mirror.lan/nixos-26.05.iso', checksum: Checksum.sha256('a'.repeat(64)) };
  const os = NixOs.of('26.05', iso);
  expect([os.osName, bind(os).iso]).toEqual(['nixos-26.05', iso]);
  expect(bind(os).answerFiles['configuration.nix']).toBe(answer('configuration.nix').replace('"25.11"', '"26.05"'));
});

test('a release that is none', () => {
  expect(mistakes(() => (NixOs as any).of(25.11, { url: 7, checksum: 'abc', checksumList: [] })).map((mistake) => mistake.split(' ').slice(0, 2).join(' '))).toEqual([
    'value-kind version', 'value-kind iso.url', 'value-kind iso.checksum', 'value-kind iso.checksumList',
  ]);
});

test('the guest is checked for its agent, and generalized by a script of its own', () => {
  const { installAgent, generalizeScript, ...others } = NixOs.V25_11.guestSetup;
  expect(installAgent).toEqual(['systemctl is-active --quiet qemu-guest-agent.service || systemctl start qemu-guest-agent.service']);
  expect(fs.realpathSync(generalizeScript!)).toBe(fs.realpathSync(path.join(__dirname, '../../ansible/roles/cleanup/files/generalize-nixos.sh')));
  expect(others).toEqual({});
});

describe('modules', () => {
  test('from a file are copied as they are', () => {
    const text = '# Zürich ${x} {{ y }}\r\n{ pkgs, ... }: { }';
    inProgramFolder({ 'my.nix': text }, () => {
      expect(bind(configured({ module: NixModule.fromFile('my.nix') })).answerFiles['custom.nix']).toBe(`${text}\n`);
    });
  });

  test('that cannot be read', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'empty.nix': ' \n' });
    fs.writeFileSync(path.join(folder, 'latin1.nix'), Buffer.from('# Z\xfcrich\n{ }\n', 'latin1'));
    const fromFile = (name: string) => mistakes(() => NixModule.fromFile(path.join(folder, name))).map((mistake) => mistake.split(' ')[0]);
    expect(['none.nix', '.', 'latin1.nix', 'empty.nix'].map(fromFile)).toEqual([['nixos-module-file'], ['nixos-module-file'], ['nixos-module-file'], ['nixos-module-empty']]);
  });

  test('that are none', () => {
    expect(mistakes(() => NixModule.inline(''))).toEqual(['nixos-module-empty text ""']);
    expect(mistakes(() => NixModule.inline(5 as any))).toEqual(['nixos-module-empty text 5']);
    expect(mistakes(() => NixModule.inline('{ }\0'))).toEqual(['nixos-text-nul text']);
  });
});

test('all that is wrong with a configuration is said at once', () => {
  expect(mistakes(() => configured({
    packages: ['pkgs.git', 'a b', 'vim', 'vim', ''],
    enabled: ['services.nginx.enable', 'services.${x}', 'a.enable.b'],
    users: [{ name: 'root', sshKeys: [] }, { name: 'a"b', sshKeys: ['AAAA', `${KEY}\nx`] }, { name: 'a"b', sshKeys: [KEY] }],
    tcpPorts: [0, 22.5, 80, 80],
    udpPorts: [65536],
  }))).toEqual([
    'nixos-attribute-path packages[0] "pkgs.git"', 'nixos-attribute-path packages[1] "a b"', 'nixos-attribute-path packages[4] ""',
    'nixos-attribute-twice packages "vim"',
    'nixos-attribute-path enabled[0] "services.nginx.enable"', 'nixos-attribute-path enabled[1] "services.${x}"', 'nixos-attribute-path enabled[2] "a.enable.b"',
    'nixos-port tcpPorts[0] 0', 'nixos-port tcpPorts[1] 22.5', 'nixos-attribute-twice tcpPorts 80', 'nixos-port udpPorts[0] 65536',
    'nixos-user-name users[0].name "root"', 'nixos-user-without-key users[0].sshKeys []',
    'nixos-user-name users[1].name "a\\"b"', 'nixos-ssh-key-form users[1].sshKeys[0] "AAAA"', `nixos-ssh-key-form users[1].sshKeys[1] "${KEY}\\nx"`,
    'nixos-user-name users[2].name "a\\"b"', 'nixos-attribute-twice users "a\\"b"',
  ]);
});

test('a configuration of the wrong kind', () => {
  expect(mistakes(() => configured({ packages: 'git', users: [{}], module: '{ }' } as any)).map((mistake) => mistake.split(' ').slice(0, 2).join(' '))).toEqual([
    'value-kind packages', 'value-missing users[0].name', 'value-missing users[0].sshKeys', 'value-kind module',
  ]);
});

test('the build user is not one that stays', () => {
  const os = configured({ users: [{ name: 'packer', sshKeys: [KEY] }] });
  expect(mistakes(() => bind(os))).toEqual(['nixos-user-is-build-user buildUser "packer"']);
  expect(bind(os, { buildUser: 'build' }).answerFiles['build.nix']).toBe(answer('build.nix').replaceAll('packer', 'build'));
});

describe('texts of any kind', () => {
  const HOSTILE = ["it's", '"', '\\', '$', '$$', '${x}', '$${x}', '$$${x}', '\\${x}', '"; reboot; "', "''", '{{ .HTTPIP }}', '\n', '\r\n', '\t', '#', '/*', 'Zürich', ']]>', ' a ', '', '\u2028', 'x'.repeat(5000)];

  /** What Nix reads in a string, by the rules of its manual. */
  function read(quoted: string): string {
    expect(quoted).toMatch(/^"(?:[^"\\$\n\r]|\\[^]|\$(?!\{))*"$/);
    return quoted.slice(1, -1).replace(/\\([^])/g, (_, special: string) => ({ n: '\n', r: '\r', t: '\t' })[special] ?? special);
  }

  test('come back as they went in', () => {
    const special = fc.string({ unit: fc.constantFrom('$', '{', '}', '\\', '"', '\n', '\r', 'n') });
    fc.assert(fc.property(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), special), (text) => {
      if (text.includes('\0')) expect(mistakes(() => nixString(text))).toHaveLength(1);
      else expect(read(nixString(text))).toBe(text);
    }), { numRuns: 500 });
  });

  test('change nothing else in the files', () => {
    const PLACES = { hostName: 'build.nix', locale: 'configuration.nix', keyboardLayout: 'configuration.nix', timeZone: 'configuration.nix' } as const;
    const before = bind(NixOs.V25_11).answerFiles;
    const properties = Object.keys(PLACES) as (keyof typeof PLACES)[];
    fc.assert(fc.property(fc.constantFrom(...properties), fc.oneof(fc.constantFrom(...HOSTILE), fc.string()), (property, text) => {
      const suffix = property === 'locale' ? '.UTF-8' : '';
      const { answerFiles } = bind(NixOs.V25_11, { [property]: text });
      const name = PLACES[property];
      expect(answerFiles).toEqual({ ...before, [name]: before[name].replace(nixString(`${REQUEST[property]}${suffix}`), () => nixString(`${text}${suffix}`)) });
    }), { numRuns: 300 });
  });

  test('with NUL are refused', () => {
    expect(() => bind(NixOs.V25_11, { hostName: 'a\0' })).toThrow(ValidationError);
  });

  test('the hash that Packer fills in is in one file, as it is', () => {
    const { 'build-password': password, ...others } = bind(NixOs.V25_11, { buildPasswordHash: '\ue000Aabc.00000000\ue001' }).answerFiles;
    expect(password).toBe('\ue000Aabc.00000000\ue001\n');
    expect(Object.values(others).join('')).not.toMatch(/[\ue000\ue001]/);
  });
});

describe('the script', () => {
  const { answerFiles } = bind(configured(FULL));
  const CALLS = [
    'curl --fail --silent --output /dev/null https://cache.nixos.org/nix-cache-info',
    'lsblk --nodeps --noheadings --paths --output NAME,TYPE',
    'sfdisk --quiet --wipe always --wipe-partitions always /dev/sda',
    'udevadm settle',
    'lsblk --noheadings --raw --paths --output NAME,PARTLABEL /dev/sda',
    'lsblk --noheadings --raw --paths --output NAME,PARTLABEL /dev/sda',
    'mkfs.fat -F 32 -n ESP /dev/sda1',
    'mkfs.ext4 -q -F -L nixos /dev/sda2',
    'udevadm settle',
    'mount /dev/sda2 TARGET',
    'mount -o umask=0077 /dev/sda1 TARGET/boot',
  ];
  const LAST = ['nixos-install --root TARGET --no-root-passwd', 'umount --recursive TARGET', 'systemctl --no-block reboot'];

  test('installs', () => {
    const { status, stderr, calls, files, modes, inputs } = install(answerFiles);
    expect([status, stderr]).toEqual([0, '']);
    expect(calls).toEqual([...CALLS, ...LAST]);
    const { 'install.sh': _, ...copied } = answerFiles;
    expect(files).toEqual({ 'boot/EFI/BOOT/BOOTX64.EFI': 'x\n', ...Object.fromEntries(Object.entries(copied).map(([name, text]) => [`etc/nixos/${name}`, text])) });
    expect(modes).toEqual({
      'boot/EFI/BOOT/BOOTX64.EFI': '644', 'etc/nixos/build-password': '600', 'etc/nixos/build.nix': '644', 'etc/nixos/configuration.nix': '644', 'etc/nixos/custom.nix': '644',
    });
    expect(inputs).toEqual({
      sfdisk: 'label: gpt\nname=ESP, size=1GiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B\nname=root, type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709\n',
    });
  });

  test('takes the answers from a server', () => {
    const { status, stderr, calls, files, modes } = install(answerFiles, {}, ['192.0.2.7:8000']);
    const names = ['configuration.nix', 'build.nix', 'custom.nix', 'build-password'];
    const fetches = names.map((name) => `curl --fail --silent --show-error --retry 10 --retry-all-errors --output TARGET/etc/nixos/${name} http://192.0.2.7:8000/${name}`);
    expect([status, stderr]).toEqual([0, '']);
    expect(calls).toEqual([...CALLS, ...fetches, ...LAST]);
    expect(files['etc/nixos/configuration.nix']).toBe('from http://192.0.2.7:8000/configuration.nix\n');
    expect(modes['etc/nixos/build-password']).toBe('600');
  });

  test.each([
    ['a second disk', { DISKS: '/dev/sda disk\n/dev/vdb disk' }, 'install: the machine has to have one disk, and has: /dev/sda /dev/vdb\n'],
    ['a system that was installed', { LIVE: '/nowhere' }, 'install: this is not the live system\n'],
  ])('touches nothing with %s', (_, env, message) => {
    const { status, stderr, calls } = install(answerFiles, env);
    expect([status, stderr]).toEqual([1, message]);
    expect(calls.filter((call) => /^(sfdisk|mkfs|mount|nixos-install|systemctl)/.test(call))).toEqual([]);
  });
});
