import { Duration, Problems, Size } from '../core';
import { FLAG, Kind, Kinds, TEXT, checkKinds, instanceOf, listOf, memberOf, objectOf, required, withMethods } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { Checksum } from './checksum';
import { AnswerDelivery, IInstallable, InstallationBus, InstallationConfig, InstallationRequest, RemoteAccess } from './installable';
import { IsoRelease } from './iso-release';
import { guestOsRules as rules } from './rules';
import { checkGuestKinds, checkGuestSetupKinds, validateGuestSetup, validateOsName } from './validation';

const ISO = objectOf<IsoRelease>({ url: required(TEXT), checksum: instanceOf(Checksum, 'Checksum.sha256(\'…\')'), checksumList: TEXT });
const SIZE = instanceOf(Size, 'Size.gibibytes(8)');
const DURATION = instanceOf(Duration, 'Duration.minutes(60)');

const TEXTS: Kind = (value, property, problems) => {
  checkKinds(value, {}, problems, property);
  Object.entries(value ?? {}).forEach(([name, text]) => required(TEXT)(text, `${property}.${name}`, problems));
};

const INSTALLATION: Kinds<InstallationConfig> = {
  iso: required(ISO),
  additionalIsos: listOf(ISO),
  answerDelivery: required(memberOf(AnswerDelivery, 'AnswerDelivery')),
  answerFiles: required(TEXTS),
  answerLabel: TEXT,
  bootCommand: listOf(TEXT),
  bootWait: DURATION,
  cdBus: memberOf(InstallationBus, 'InstallationBus'),
  minimumDiskSize: SIZE,
  minimumMemory: SIZE,
  installTimeout: DURATION,
  remoteAccess: memberOf(RemoteAccess, 'RemoteAccess'),
  provisioners: listOf(withMethods('a provisioner', 'packer.Provisioner.shell({ … })', 'bind')),
  supportsSecureBoot: FLAG,
  needsX86_64V3: FLAG,
};

/** What a user of a system calls the parts of a request. */
const ASKED: { readonly [name: string]: string | undefined } = {
  hostName: 'templateName', buildUser: 'buildUser', locale: 'locale', keyboardLayout: 'keyboardLayout', timeZone: 'timeZone',
};

/**
 * How an operating system is installed, whoever wrote the class; throws where it is not as the interface says.
 * @internal
 */
export function bindInstallation(os: IInstallable, request: InstallationRequest, problems: Problems): InstallationConfig {
  const property = 'operatingSystem';
  checkGuestKinds(os, property, problems);
  checkGuestSetupKinds(os.guestSetup, `${property}.guestSetup`, problems);
  problems.throwIfAny();
  validateOsName(os.osName, `${property}.osName`, problems);
  validateGuestSetup(os.guestSetup, `${property}.guestSetup`, problems);
  const installation = problems.collect('', () => os.bindInstallation(request), (own) => ASKED[own.replace(/^request\./, '')] ?? `${property}.${own}`);
  problems.throwIfAny();
  checkKinds(installation!, INSTALLATION, problems, property);
  problems.throwIfAny();
  checkForm(problems, `${property}.answerLabel`, installation!.answerLabel, /^[A-Za-z0-9_-]{1,32}$/, rules['answer-label-form']);
  const names = Object.keys(installation!.answerFiles);
  problems.check(names.length > 0, rules['answer-file-missing'], { property: `${property}.answerFiles`, received: [] });
  names.forEach((name) => checkForm(problems, `${property}.answerFiles`, name, /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/, rules['answer-file-name']));
  return installation!;
}
