import { Duration, Problems, Size } from '../core';
import { BootKey } from '../packer';
import { PackageTree, kickstart } from './answer-files/kickstart';
import { AnswerDelivery, InstallationConfig, InstallationRequest } from './installable';
import { IsoRelease } from './iso-release';
import { kickstartRules as rules } from './kickstart-rules';
import { GuestSetup } from './operating-system';

const PACKAGES = 'qemu-guest-agent cloud-init cloud-utils-growpart';

/**
 * What the cloud images of AlmaLinux, Rocky Linux and Fedora have in common: cloud-init, systemd, dnf, sudo, SELinux enforcing.
 *
 * Nothing is downloaded where an image has all of it. dnf waits by itself for another dnf. The rules of the agent's package start the
 * agent at every boot; what is started here is the first time. Their kernels see no CD on IDE or SATA, so every drive stands on SCSI.
 */
export const REDHAT_FAMILY: GuestSetup = {
  ansibleSupported: true,
  installAgent: [
    `rpm --query --quiet ${PACKAGES} || dnf --assumeyes --setopt=install_weak_deps=False install ${PACKAGES}`,
    'systemctl enable qemu-guest-agent.service',
    'systemctl start qemu-guest-agent.service',
  ],
};

/** Whether a release of AlmaLinux or Rocky Linux is built for x86-64-v3, as Red Hat Enterprise Linux is since 10. */
export function isForX86_64V3(osName: string): boolean {
  return Number(/-(\d+)/.exec(osName)?.[1] ?? 0) >= 10;
}

/*
 * The menu of the ISO, of 9 and of 10, starts with `Install …` and stands on the second entry, which reads the whole medium first, for 60
 * seconds. So keys that come too early or too late cost time, and nothing else, where the answer file is on a CD.
 */
const FIRST_ENTRY = [BootKey.UP, BootKey.wait(Duration.seconds(1))];
const ANSWER_ON_CD = [...FIRST_ENTRY, BootKey.ENTER];
/** The entry is edited: its third line, after an empty one, is that of the kernel. */
const ANSWER_BY_HTTP = [
  ...FIRST_ENTRY, 'e', BootKey.wait(Duration.seconds(1)), BootKey.DOWN, BootKey.DOWN, BootKey.END,
  ` inst.ks=http://${BootKey.HTTP_IP}:${BootKey.HTTP_PORT}/ks.cfg`, BootKey.functionKey(10),
];

/**
 * How a system of the family is installed: by a kickstart file on a CD that the installer finds by its label, or by HTTP.
 *
 * @param path what a mistake is said of
 * @param iso the boot ISO
 * @param mirror where the vendor has the releases, for an ISO that stands elsewhere
 */
export function redhatInstallation(path: string, iso: IsoRelease, mirror: string, request: InstallationRequest): InstallationConfig {
  const answerDelivery = request.answerDelivery ?? AnswerDelivery.CD;
  const onCd = answerDelivery === AnswerDelivery.CD;
  return {
    iso,
    answerDelivery,
    answerFiles: { 'ks.cfg': kickstart(path, request, packageTree(path, iso, mirror)) },
    answerLabel: onCd ? 'OEMDRV' : undefined,
    bootCommand: onCd ? ANSWER_ON_CD : ANSWER_BY_HTTP,
    bootWait: Duration.seconds(20),
    minimumDiskSize: Size.gibibytes(10),
    minimumMemory: Size.gibibytes(3),
    supportsSecureBoot: true,
  };
}

/** The packages of the release that the ISO installs: beside it on the mirror, or where the vendor has the release that its file name says. */
function packageTree(path: string, iso: IsoRelease, mirror: string): PackageTree {
  const [, release, architecture] = /^(https?:\/\/.+)\/isos\/([^/]+)\/[^/]+$/.exec(iso.url) ?? [];
  if (release !== undefined) return { release, architecture };
  const [, version, ofFile] = /\/[A-Za-z]+-(\d+(?:\.\d+)?)-(x86_64(?:_v2)?)-[^/]*$/.exec(iso.url) ?? [];
  const problems = new Problems(path);
  problems.check(version !== undefined, rules['kickstart-packages-unknown'], { property: 'release.iso.url', received: iso.url }).throwIfAny();
  return { release: `${mirror}/${version}`, architecture: ofFile };
}
