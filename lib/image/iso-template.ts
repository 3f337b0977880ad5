import { Construct } from 'constructs';
import { DiskFormat, Duration, Problems, Size } from '../core';
import { AnswerDelivery, IInstallable, InstallationBus, InstallationConfig, IsoRelease, RemoteAccess, bindInstallation, checkGuestKinds, validateOsName } from '../guest-os';
import {
  ProxmoxVe, VmHardware, VmIdPurpose, freeScsiSlot, normalizeTags, resolveDisks, resolveHardware, vmHardwareRules,
} from '../proxmox';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, objectOf, required, withMethods } from '../proxmox/kinds';
import { SIZE } from '../proxmox/prop-kinds';
import { checkForm, checkName, checkNode, checkStorage, defaultName } from '../proxmox/text-forms';
import { BUILT_KINDS, BuiltTemplate, BuiltTemplateProps } from './built-template';
import { contextBuild } from './image-deployment';
import { InstallationIso } from './installation-iso';
import { BUILD_PASSWORD, BUILD_PASSWORD_HASH, InstallationDrive, InstallationTemplate, isTold } from './installation-template';
import { ProvisioningProfile } from './provisioning-profile';
import { checkRegion } from './region';
import { imageRules } from './rules';
import { Guest, checkGuestCpu, defaultHardware } from './vm-template';

/** How the machine reaches Packer's HTTP server. */
export interface AnswerServer {
  /**
   * Address of this machine on which the server listens, and which the installer is told: one that other machines reach. Not together with
   * `interface`.
   * @default - all addresses; the installer is told the first
   */
  readonly bindAddress?: string;
  /** Network interface of this machine whose IPv4 address the installer is told; not `lo`. Not together with `bindAddress`. @default - the first */
  readonly interface?: string;
  /** First port that the server may take, 1 to 65535: what a firewall has to let through. @default 8000 */
  readonly firstPort?: number;
  /** Last port that the server may take. @default - 9000, or `firstPort` where that is given */
  readonly lastPort?: number;
}

/** A template that is installed from an ISO. */
export interface IsoTemplateProps extends BuiltTemplateProps {
  /** The operating system; one that cannot install itself does not compile. */
  readonly operatingSystem: IInstallable;
  /** Id of the template, in the plan's range for ISO templates (9001-9099). */
  readonly vmId: number;
  /** Name of the template, a DNS name. @default - name and version of the operating system and the construct's id, such as `debian-13-base` */
  readonly templateName?: string;
  /** The cluster. @default - the ProxmoxVe of the stack */
  readonly proxmoxVe?: ProxmoxVe;
  /** Node that installs. @default - node of the ProxmoxVe */
  readonly node?: string;
  /** The ISO that is booted. @default - the vendor's, downloaded */
  readonly iso?: InstallationIso;
  /** The further ISOs of the operating system, such as the drivers for Windows, in its order. @default - the vendors', downloaded */
  readonly additionalIsos?: InstallationIso[];
  /** Size of the disk, whole GiB. Clones can be larger, never smaller. @default - what the operating system needs, rounded up, at least 8 GiB */
  readonly diskSize?: Size;
  /** Storage of the disk. @default - storage of the ProxmoxVe */
  readonly storage?: string;
  /** Format of the disk; storages of blocks (ZFS, LVM, Ceph) take only raw. @default DiskFormat.RAW */
  readonly diskFormat?: DiskFormat;
  /** Whether the EFI variable store has the keys of Secure Boot enrolled. @default false */
  readonly secureBoot?: boolean;
  /** Language and territory, such as `de_AT`, of those that glibc has; always with UTF-8. Others are refused. @default en_US */
  readonly locale?: string;
  /**
   * Layout of the keyboard, such as `us`, `uk`, `de-latin1` or `sv-latin1`: by a name that the console of every Linux here has, which is the same layout
   * on all systems. Others are refused, such as what X calls `gb` or `se`, and `cz`, which is one layout here and another there.
   * @default us
   */
  readonly keyboardLayout?: string;
  /** Time zone by its IANA name of today, such as `Europe/Vienna`, or `UTC`; a former name, such as `US/Eastern` or `Europe/Kiev`, is refused. @default UTC */
  readonly timeZone?: string;
  /** How the installer is given its answer file. @default - what the operating system does best */
  readonly answerDelivery?: AnswerDelivery;
  /** How the machine reaches Packer's HTTP server; only where the answer file is delivered by HTTP. @default - every address, ports 8000 to 9000 */
  readonly answerServer?: AnswerServer;
  /** Keys that are typed at the boot loader instead of those of the operating system; see `packer.BootKey`. @default - those of the operating system */
  readonly bootCommand?: string[];
  /** Time between the start of the machine and the first key; longer on slow nodes. @default - that of the operating system */
  readonly bootWait?: Duration;
  /** Time between two keys, 50 ms or more: in less, keys are lost without a word. @default - 100 ms */
  readonly bootKeyInterval?: Duration;
  /** How long the installation may take, from the start of the machine to the login; by SSH more than 5 minutes. @default - that of the operating system */
  readonly installTimeout?: Duration;
}

/**
 * A VM template that is installed from an ISO by Packer, with nobody watching. A cloud image is quicker where there is one.
 *
 * `packer/<image>/` beside the stack holds the template in HCL and JSON. Packer makes a password for the one build, and the answer file holds its
 * hash (Windows takes none: there it is the password); the account it belongs to is gone in the end. The machine has UEFI, and an address from DHCP.
 *
 * @see https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/iso
 */
export class IsoTemplate extends BuiltTemplate {
  public readonly vmId: number;
  public readonly templateName: string;
  public readonly proxmoxVe: ProxmoxVe;
  public readonly nodeName: string;
  public readonly hardware: VmHardware;
  public readonly guest: Guest;
  public readonly cloudInitSlot?: string;

  public constructor(scope: Construct, id: string, props: IsoTemplateProps) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    checkKinds(props, PROPS, problems);
    problems.throwIfAny();
    const os = props.operatingSystem;
    checkGuestKinds(os, 'operatingSystem', problems);
    problems.throwIfAny();
    // The name of the template is made of it.
    validateOsName(os.osName, 'operatingSystem.osName', problems);
    problems.throwIfAny();
    this.proxmoxVe = ProxmoxVe.of(this, props.proxmoxVe);
    this.nodeName = props.node ?? this.proxmoxVe.nodeName;
    this.vmId = props.vmId;
    this.templateName = props.templateName ?? `${os.osName}-${defaultName(id)}`;
    checkName(problems, 'templateName', this.templateName, imageRules['template-name-form']);
    checkNode(problems, 'node', props.node);
    checkStorage(problems, 'storage', props.storage);
    this.proxmoxVe.claimVmId(props.vmId, this, VmIdPurpose.ISO_TEMPLATE, problems);
    const ownerTag = this.proxmoxVe.claimOwnerTag(this, problems);
    const tags = normalizeTags(props.tags ?? [], this.proxmoxVe.owner, ownerTag, problems);
    const build = props.build ?? contextBuild(this, problems);
    const profile = props.profile ?? ProvisioningProfile.standard();
    const buildUser = props.buildUser ?? 'packer';
    const buildName = this.buildNameOf(this.templateName);
    checkRequest(props, problems);
    problems.throwIfAny();

    const installation = bindInstallation(os, {
      hostName: buildName.replaceAll('.', '-').toLowerCase(),
      buildUser,
      buildPassword: `${BUILD_PASSWORD}`,
      buildPasswordHash: `${BUILD_PASSWORD_HASH}`,
      locale: props.locale ?? 'en_US',
      keyboardLayout: props.keyboardLayout ?? 'us',
      timeZone: props.timeZone ?? 'UTC',
      diskSlot: DISK_SLOT,
      answerDelivery: props.answerDelivery,
    }, problems);
    // A clone lets Packer in by a key, which WinRM does not know.
    const setup = installation.remoteAccess === RemoteAccess.WINRM ? undefined : os.guestSetup;
    this.guest = {
      osName: os.osName,
      osType: os.osType,
      hasGuestAgent: true,
      hasCloudInit: true,
      hasK3s: profile.installsK3s(os.guestSetup),
      users: profile.usersOf(),
      needsX86_64V3: installation.needsX86_64V3,
      setup,
    };
    this.hardware = this.resolve(props, installation, problems);
    this.checkBuild(props, buildUser, profile, os.guestSetup, 'operatingSystem.guestSetup', problems);
    this.checkInstallation(props, installation, problems);
    const drives = this.planDrives(props, installation, problems);
    const answerSlot = installation.answerDelivery === AnswerDelivery.CD ? this.slotOf(installation, drives.length) : undefined;
    // At the end of a build the CDs still hold their slots, so the cloud-init drive of the template comes after them.
    this.cloudInitSlot = freeScsiSlot([DISK_SLOT, ...drives.map(({ slot }) => slot), ...(answerSlot === undefined ? [] : [answerSlot])]);
    if (problems.all.length > 0) this.checkProvisioners(props.provisioners ?? [], os.guestSetup, problems);
    problems.throwIfAny();

    const { firstPort, lastPort, ...address } = props.answerServer ?? {};
    const bake = new InstallationTemplate({
      path: this.node.path,
      proxmoxVe: this.proxmoxVe,
      nodeName: this.nodeName,
      hardware: this.hardware,
      osName: os.osName,
      guestSetup: os.guestSetup,
      vmId: this.vmId,
      templateName: this.templateName,
      buildName,
      tags,
      buildUser,
      hasK3s: this.guest.hasK3s === true,
      profile,
      taskTimeout: props.taskTimeout ?? Duration.minutes(30),
      version: props.version,
      variables: props.variables ?? [],
      installation,
      drives,
      answerSlot,
      answerServer: { ...address, ports: { first: firstPort ?? 8000, last: lastPort ?? firstPort ?? 9000 } },
      bootCommand: props.bootCommand ?? installation.bootCommand ?? [],
      bootWait: props.bootWait ?? installation.bootWait ?? Duration.seconds(10),
      bootKeyInterval: props.bootKeyInterval ?? Duration.milliseconds(100),
      installTimeout: props.installTimeout ?? installation.installTimeout ?? Duration.minutes(60),
    });
    this.complete({ bake, provisioners: props.provisioners, build, ownerTag, description: `Template ${this.templateName}` });
  }

  private resolve(props: IsoTemplateProps, installation: InstallationConfig, problems: Problems): VmHardware {
    const { minimumDiskSize = Size.gibibytes(8), minimumMemory = Size.gibibytes(2) } = installation;
    const size = props.diskSize ?? Size.gibibytes(Math.max(8, Math.ceil(minimumDiskSize.toGibibytes())));
    problems
      .check(!size.isSmallerThan(minimumDiskSize), imageRules['disk-too-small-for-installation'], {
        property: 'diskSize', received: size, rule: `The installation of ${this.guest.osName} needs a disk of ${minimumDiskSize}.`,
      })
      .check(Number.isInteger(size.toGibibytes()), vmHardwareRules['disk-size'], { property: 'diskSize', received: size })
      .check(installation.supportsSecureBoot === true || props.secureBoot !== true, imageRules['secure-boot-unsupported'], { property: 'secureBoot', received: true });
    checkGuestCpu(this.guest, props.cpuType, problems);
    const defaults = defaultHardware(this.proxmoxVe, this.guest);
    const base = {
      ...defaults,
      memory: defaults.memory.isSmallerThan(minimumMemory) ? Size.mebibytes(Math.ceil(minimumMemory.toMebibytes())) : defaults.memory,
      preEnrolledKeys: props.secureBoot ?? false,
    };
    const disks = resolveDisks(this.proxmoxVe, [{ size, storage: props.storage, format: props.diskFormat }], base, new Problems(''));
    const hardware = resolveHardware(this.proxmoxVe, props, { ...base, disks }, problems);
    problems.check(!hardware.memory.isSmallerThan(minimumMemory), imageRules['memory-too-small-for-installation'], {
      property: 'memory', received: hardware.memory, rule: `The installer of ${this.guest.osName} needs ${minimumMemory} of memory.`,
    });
    return hardware;
  }

  private checkInstallation(props: IsoTemplateProps, installation: InstallationConfig, problems: Problems): void {
    for (const [prefix, { bootWait, installTimeout }] of [['', props], ['operatingSystem.', installation]] as const) {
      const property = `${prefix}installTimeout`;
      if (installation.remoteAccess === RemoteAccess.WINRM) this.checkTimeout(property, installTimeout, problems);
      else problems.check(installTimeout === undefined || installTimeout.toSeconds() > SSH_SECONDS, imageRules['install-timeout'], { property, received: installTimeout });
      problems.check(bootWait === undefined || bootWait.toMilliseconds() > 0, imageRules['boot-wait'], { property: `${prefix}bootWait`, received: bootWait });
    }
    const { answerDelivery } = installation;
    const hasWrongFiles = problems.all.some(({ property }) => property.startsWith(ANSWER_FILES));
    problems
      .check(hasWrongFiles || isTold(BUILD_PASSWORD, installation) || isTold(BUILD_PASSWORD_HASH, installation), imageRules['build-password-untold'], { property: ANSWER_FILES })
      .check(props.answerDelivery === undefined || props.answerDelivery === answerDelivery, imageRules['answer-delivery-unsupported'], {
        property: 'answerDelivery', received: props.answerDelivery, remedy: `Leave answerDelivery out: ${this.guest.osName} takes its answer file by ${answerDelivery}.`,
      })
      .check(props.answerServer === undefined || answerDelivery === AnswerDelivery.HTTP, imageRules['answer-server-unused'], {
        property: 'answerServer', received: props.answerServer,
      });
  }

  /** The boot ISO, and after it the others; the CD with the answer file is the last. */
  private planDrives(props: IsoTemplateProps, installation: InstallationConfig, problems: Problems): InstallationDrive[] {
    const { additionalIsos = [] } = installation;
    problems.check(props.additionalIsos === undefined || props.additionalIsos.length === additionalIsos.length, imageRules['additional-isos'], {
      property: 'additionalIsos',
      received: props.additionalIsos?.map(({ fileName }) => fileName),
      rule: `The installation of ${this.guest.osName} needs ${['no ISO', 'one ISO'][additionalIsos.length] ?? `${additionalIsos.length} ISOs`} beside the one that is booted.`,
    });
    const places = (installation.cdBus === InstallationBus.SATA ? SATA_CDS : SCSI_CDS) - 1 - (installation.answerDelivery === AnswerDelivery.CD ? 1 : 0);
    problems.check(additionalIsos.length <= places, imageRules['too-many-isos'], {
      property: 'operatingSystem.additionalIsos', received: additionalIsos.length, rule: `Beside the ISO that is booted, there is room for ${places} on this bus.`,
    });
    const vendors = (release: IsoRelease, property: string) => problems.collect(`operatingSystem.${property}`, () => InstallationIso.fromUrl(release));
    const isos = [
      props.iso ?? vendors(installation.iso, 'iso'),
      ...props.additionalIsos ?? additionalIsos.map((release, i) => vendors(release, `additionalIsos[${i}]`)),
    ];
    return isos.flatMap((iso, i) => (iso === undefined ? [] : [{ slot: this.slotOf(installation, i), iso }]));
  }

  /** Slot of a CD: on SCSI they come after the disk. */
  private slotOf({ cdBus }: InstallationConfig, index: number): string {
    return cdBus === InstallationBus.SATA ? `sata${index}` : `scsi${index + 1}`;
  }
}

const ANSWER_FILES = 'operatingSystem.answerFiles';
const DISK_SLOT = 'scsi0';
/** Slots for CDs. One of SCSI's 31 is the disk's, and another that of the cloud-init drive. */
const SCSI_CDS = 29;
const SATA_CDS = 6;
/** How long Packer waits for the first login by SSH where it is told nothing: what the source wants more than. */
const SSH_SECONDS = 300;
const IPV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
/** Addresses of no machine, of this machine alone (127.0.0.0/8), of a link without DHCP (169.254.0.0/16) and of many at once (from 224.0.0.0 on). */
const UNREACHABLE = /^(0\.(?!0\.0\.0$)|127\.|169\.254\.|22[4-9]\.|2[345]\d\.)/;
const LOOPBACK = /^lo\d*$/;

/** What is told to every installer alike. */
function checkRequest(props: IsoTemplateProps, problems: Problems): void {
  checkRegion(props, problems);
  const server = props.answerServer ?? {};
  checkForm(problems, 'answerServer.bindAddress', server.bindAddress, IPV4, imageRules['answer-server-address']);
  checkForm(problems, 'answerServer.interface', server.interface, /^[^\s/]{1,32}$/, imageRules['answer-server-address']);
  const { bindAddress = '', interface: device = '' } = server;
  problems
    .check(server.bindAddress === undefined || server.interface === undefined, imageRules['answer-server-address'], {
      property: 'answerServer.interface', received: server.interface,
    })
    .check(!IPV4.test(bindAddress) || !UNREACHABLE.test(bindAddress), imageRules['answer-server-unreachable'], {
      property: 'answerServer.bindAddress', received: bindAddress,
    })
    .check(!LOOPBACK.test(device), imageRules['answer-server-unreachable'], { property: 'answerServer.interface', received: device });
  const { firstPort = 8000, lastPort = Math.max(firstPort, 9000) } = server;
  const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535;
  problems.check(isPort(firstPort) && isPort(lastPort) && firstPort <= lastPort, imageRules['answer-server-ports'], {
    property: 'answerServer.firstPort', received: [server.firstPort, server.lastPort],
  });
}

const SERVER: Kinds<AnswerServer> = { bindAddress: TEXT, interface: TEXT, firstPort: NUMBER, lastPort: NUMBER };
const ISO = instanceOf(InstallationIso, "InstallationIso.fromStorage('local:iso/…')");
const DURATION = instanceOf(Duration, 'Duration.minutes(60)');

const PROPS: Kinds<IsoTemplateProps> = {
  ...BUILT_KINDS,
  operatingSystem: required(withMethods('an operating system that installs itself', 'guestos.Debian.V13', 'bindInstallation')),
  vmId: required(NUMBER),
  templateName: TEXT,
  proxmoxVe: instanceOf(ProxmoxVe, 'new ProxmoxVe(…)'),
  node: TEXT,
  iso: ISO,
  additionalIsos: listOf(ISO),
  diskSize: SIZE,
  storage: TEXT,
  diskFormat: memberOf(DiskFormat, 'DiskFormat'),
  secureBoot: FLAG,
  locale: TEXT,
  keyboardLayout: TEXT,
  timeZone: TEXT,
  answerDelivery: memberOf(AnswerDelivery, 'guestos.AnswerDelivery'),
  answerServer: objectOf(SERVER),
  bootCommand: listOf(TEXT),
  bootWait: instanceOf(Duration, 'Duration.seconds(20)'),
  bootKeyInterval: instanceOf(Duration, 'Duration.milliseconds(100)'),
  installTimeout: DURATION,
};
