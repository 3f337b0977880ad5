import * as fs from 'fs';
import { FedoraServer } from '../../examples/custom-os/fedora-server';
import { guestos } from '../../lib';
import { InstallableContract } from '../../lib/assertions';
import { Tiny } from '../support/installable';

const { AnswerDelivery, Checksum, GuestShell, RemoteAccess } = guestos;

/** What the contract says of a system, or some of its checks: those that fail, and the first line of what they say. */
function failuresOf(system: guestos.IInstallable, isAsked: (name: string) => boolean = () => true): string[] {
  return new InstallableContract(system).checks.filter(({ name }) => isAsked(name)).flatMap((check) => {
    try {
      check.run();
      return [];
    } catch (error) {
      return [`${check.name}: ${(error as Error).message.split('\n')[0]}`];
    }
  });
}

type Change = (request: guestos.InstallationRequest, installation: guestos.InstallationConfig) => Partial<guestos.InstallationConfig>;

/** Tiny, with an installation that is made otherwise. */
function tinyWith(change: Change, setup: object = {}): Tiny {
  const tiny = new Tiny({}, setup);
  const original = tiny.bindInstallation.bind(tiny);
  tiny.bindInstallation = (request) => {
    const installation = original(request);
    return { ...installation, ...change(request, installation) };
  };
  return tiny;
}

/** Those of the library, and one of an example. */
const SYSTEMS: guestos.IInstallable[] = [
  guestos.Ubuntu.V24_04, guestos.Ubuntu.V26_04, guestos.Debian.V12, guestos.Debian.V13,
  guestos.AlmaLinux.V9, guestos.AlmaLinux.V10, guestos.Rocky.V9, guestos.Rocky.V10, guestos.Arch.V20260715,
  guestos.NixOs.V25_11, guestos.WindowsServer.V2022, guestos.WindowsServer.V2025_DESKTOP, new FedoraServer(),
];

describe.each(SYSTEMS.map((system) => [system.osName, system] as const))('%s keeps the contract', (_, system) => {
  for (const check of new InstallableContract(system).checks) {
    test(check.name, () => check.run());
  }
});

describe('kept', () => {
  for (const check of new InstallableContract(new Tiny()).checks) {
    test(`by a small system: ${check.name}`, () => check.run());
  }

  test('by one that knows only one way to be given its answers, and says so', () => {
    expect(failuresOf(tinyWith(() => ({ answerDelivery: AnswerDelivery.CD, bootCommand: ['u'] })))).toEqual([]);
  });

  test('by one that is reached by WinRM, and takes the password itself', () => {
    const windows = tinyWith((request) => ({
      answerFiles: { 'autounattend.xml': `<user>${request.buildUser}</user><password>${request.buildPassword}</password>` }, remoteAccess: RemoteAccess.WINRM,
    }), { shell: GuestShell.POWERSHELL });
    expect(failuresOf(windows)).toEqual([]);
  });
});

describe('the contract finds', () => {
  const finds = (system: guestos.IInstallable, ...expected: string[]) => expect(failuresOf(system, (name) => expected.some((line) => line.startsWith(`${name}: `)))).toEqual(expected);

  test('an installation without an answer file', () => {
    finds(tinyWith(() => ({ answerFiles: {} })), 'says how it is installed: tiny-1: [answer-file-missing] operatingSystem.answerFiles, got: []');
  });

  test('what is not as the interface says', () => {
    finds(tinyWith(() => ({ cdBus: 'floppy' as any })), 'says how it is installed: tiny-1: [value-kind] operatingSystem.cdBus, got: "floppy"');
  });

  test('an address that moves, and one without a checksum', () => {
    finds(tinyWith(() => ({ additionalIsos: [{ url: 'https://vendor.example/latest/a.iso', checksumList: 'https://vendor.example/SUMS' }] })),
      'names ISOs that never change, with their checksums: tiny-1: [iso-url-moving] additionalIsos[0].url, got: "https://vendor.example/latest/a.iso"');
    finds(tinyWith(() => ({ iso: { url: 'https://vendor.example/a.iso' } })),
      'names ISOs that never change, with their checksums: tiny-1: [iso-checksum-missing] iso.checksum, got: nothing');
  });

  test('a delivery that it does not keep to', () => {
    const fickle = tinyWith((request) => ({ answerDelivery: request.answerDelivery === AnswerDelivery.CD ? AnswerDelivery.HTTP : AnswerDelivery.CD }));
    finds(fickle, 'delivers its answer file as it is asked to, where it can: It delivers its answer file by cd, and not when it is asked to.');
  });

  test('an answer that changes', () => {
    let asked = 0;
    finds(tinyWith((_, { answerFiles }) => ({ answerFiles: { answers: `${answerFiles.answers}${asked++}` } })),
      'answers the same whenever it is asked: Not the same: osName, guestSetup and bindInstallation().', 'is written the same twice: Not the same: the files.');
  });

  test('a build user that is another one, or has no password', () => {
    finds(tinyWith((request) => ({ answerFiles: { answers: `user packer ${request.buildPasswordHash}` } })),
      'lets the build user in, by what Packer makes for the one build: No answer file names the build user (by cd).',
      'takes any language, keyboard, time zone and name, or refuses it by a rule: No answer file names the build user b_.');
    finds(tinyWith((request) => ({ answerFiles: { answers: `user ${request.buildUser}` } })),
      "lets the build user in, by what Packer makes for the one build: No answer file has the hash of the build user's password, or the password (by cd).",
      'becomes a template, a golden image and a machine: test/Base: [build-password-untold] operatingSystem.answerFiles');
  });

  test('a secret that is put in otherwise: Packer would fill in nothing', () => {
    const name = 'puts secrets into its answer files as they are, and keeps none of its own';
    finds(tinyWith((request, { answerFiles }) => ({ answerFiles: { answers: `${answerFiles.answers}${Buffer.from(request.buildPassword).toString('base64')}` } })),
      `${name}: Not the same: the answer files but for the two secrets, which are put in as they are.`);
    finds(tinyWith((request) => ({ answerFiles: { answers: `${request.buildUser} ${encodeURIComponent(request.buildPasswordHash)}` } })),
      `${name}: Not the same: the answer files but for the two secrets, which are put in as they are.`,
      'becomes a template, a golden image and a machine: test/Base: [build-password-untold] operatingSystem.answerFiles');
  });

  test('passwords: in the clear, of its own, typed', () => {
    const name = 'puts secrets into its answer files as they are, and keeps none of its own';
    finds(tinyWith((request) => ({ answerFiles: { answers: `${request.buildUser} ${request.buildPassword}` } })),
      `${name}: An answer file has the password itself, where its hash is what it takes.`);
    finds(tinyWith((_, { answerFiles }) => ({ answerFiles: { answers: `${answerFiles.answers}root:$6$rounds=4096$salt${'x'.repeat(20)}` } })),
      `${name}: An answer file has the hash of a password of its own: $6$round…`);
    finds(tinyWith((request) => ({ bootCommand: [request.buildPassword] })), `${name}: The boot command types a secret: the log of Proxmox VE has every key.`);
  });

  test('a boot command that cannot be typed, and one that is too long', () => {
    const name = 'types a boot command that can be typed, of at most 150 keys';
    finds(tinyWith(() => ({ bootCommand: ['<retrun>'] })), `${name}: test/Base: [packer-boot-command-token] operatingSystem.bootCommand, got: "<retrun>"`);
    finds(tinyWith(() => ({ bootCommand: ['x'.repeat(148), '<wait10s><enter>', '{{ .HTTPIP }}'], answerDelivery: AnswerDelivery.HTTP })),
      `${name}: The boot command has 164 keys, which is more than 150 (by http).`);
    expect(failuresOf(tinyWith(() => ({ bootCommand: ['x'.repeat(149), '<wait10s><enter>'] })))).toEqual([]);
  });

  test('a clean-up script without an interpreter, where a shell runs it', () => {
    const generalizeScript = `${__dirname}/../../LICENSE`;
    const [line] = fs.readFileSync(generalizeScript, 'utf8').split('\n');
    finds(new Tiny({}, { generalizeScript }),
      `has a script that removes identity, where it does not use the shipped one: The first line of ${generalizeScript} names no interpreter, got: ${line}`);
    expect(failuresOf(new Tiny({}, { generalizeScript, shell: GuestShell.POWERSHELL }), (name) => name.startsWith('has a script'))).toEqual([]);
  });

  test('a system that breaks by what it is asked, and not one that refuses it', () => {
    const zones: { [name: string]: string } = { UTC: 'UTC' };
    const name = 'takes any language, keyboard, time zone and name, or refuses it by a rule';
    finds(tinyWith((request) => ({ answerLabel: zones[request.timeZone].toLowerCase() })), `${name}: Cannot read properties of undefined (reading 'toLowerCase')`);
    const refusing = tinyWith((request, installation) => {
      if (zones[request.timeZone] === undefined) Checksum.sha256('what refuses it');
      return installation;
    });
    expect(failuresOf(refusing)).toEqual([]);
  });
});
