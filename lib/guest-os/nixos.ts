import { packageFile } from '../assembly/package-files';
import { Duration, OsType, Problems, Size } from '../core';
import { BootKey } from '../packer';
import { TEXT, checkKinds, instanceOf, required } from '../proxmox/kinds';
import { NIXOS_ANSWERS, nixOsAnswerFiles } from './answer-files/nixos';
import { Checksum } from './checksum';
import { AnswerDelivery, IInstallable, InstallationConfig, InstallationRequest } from './installable';
import { IsoRelease } from './iso-release';
import { NixOsConfiguration, checkNixOsConfiguration } from './nixos-configuration';
import { nixOsRules as rules } from './nixos-rules';
import { GuestSetup } from './operating-system';

const RELEASE = 'https://releases.nixos.org/nixos/25.11/nixos-25.11.12484.b6018f87da91';
const ISO = `${RELEASE}/nixos-minimal-25.11.12484.b6018f87da91-x86_64-linux.iso`;

/**
 * NixOS, installed from its minimal ISO. No loader or kernel is signed, so leave `secureBoot` off. There is no cloud image of it.
 *
 * `/etc/nixos/configuration.nix` is the whole system: `nixos-rebuild switch` on a clone makes it again of the same files, and whoever changes
 * the machine changes them. In it: systemd-boot, an ext4 root that grows with the disk, cloud-init with its network, the guest agent, sshd that
 * takes keys only, the firewall of NixOS, a serial console. The user that cloud-init makes (`nixos` where it is told no name) is in `wheel`,
 * which needs no password for `sudo`. `withConfiguration` adds to it, up to a module of your own, which has the last word on all that the library
 * sets with `lib.mkDefault`.
 *
 * The live system has no guest agent and nobody whom Packer could log in as, so its shell is typed one line: to mount a CD named `answers`
 * and run the script on it, or, by `AnswerDelivery.HTTP`, to run the one that Packer serves. Packages come from `cache.nixos.org`, in the versions
 * of the ISO.
 *
 * What lets Packer in stands in a file of its own, which is imported while it exists. At the end it is removed, and `nixos-rebuild boot` makes the
 * system without it, so the machine needs 4 GiB of memory for the build. Scripts of your own run with `/bin/sh`, and find programs by `PATH`: there
 * is no `/bin/bash`, and no `/usr/bin` but `env`.
 *
 * The roles in `ansible/` are not for it, since its users and packages are declared: `ProvisioningProfile.minimal()`.
 *
 * @see https://nixos.org/manual/nixos/stable/
 */
export class NixOs implements IInstallable {
  /** NixOS 25.11, build 12484. */
  public static readonly V25_11 = NixOs.of('25.11', { url: ISO, checksumList: `${ISO}.sha256` });

  /**
   * A release that is not shipped, or a newer build of one that is.
   * @param version version of NixOS, such as `26.05`: the `system.stateVersion` of the image
   * @param iso its minimal ISO, in a dated folder of releases.nixos.org
   */
  public static of(version: string, iso: IsoRelease): NixOs {
    const problems = new Problems('guestos.NixOs.of');
    required(TEXT)(version, 'version', problems);
    checkKinds(iso, { url: required(TEXT), checksum: instanceOf(Checksum, 'Checksum.sha256(\'…\')'), checksumList: TEXT }, problems, 'iso');
    problems.throwIfAny();
    return new NixOs(version, iso, {});
  }

  public readonly osName: string;
  public readonly osType: OsType = OsType.LINUX;
  public readonly guestSetup: GuestSetup;

  private constructor(private readonly version: string, private readonly iso: IsoRelease, private readonly configuration: NixOsConfiguration) {
    this.osName = `nixos-${version}`;
    this.guestSetup = {
      // Declared, and so there: where it is not, the module of the user has taken it out.
      installAgent: ['systemctl is-active --quiet qemu-guest-agent.service || systemctl start qemu-guest-agent.service'],
      generalizeScript: packageFile('ansible', 'roles', 'cleanup', 'files', 'generalize-nixos.sh'),
    };
  }

  /**
   * The same, with more in it. What was given before is replaced.
   * @param configuration what is in the image
   */
  public withConfiguration(configuration: NixOsConfiguration): NixOs {
    checkNixOsConfiguration(configuration);
    return new NixOs(this.version, this.iso, configuration);
  }

  public bindInstallation(request: InstallationRequest): InstallationConfig {
    const { users = [] } = this.configuration;
    new Problems('guestos.NixOs')
      .check(users.every(({ name }) => name !== request.buildUser), rules['nixos-user-is-build-user'], { property: 'buildUser', received: request.buildUser })
      .throwIfAny();
    const http = request.answerDelivery === AnswerDelivery.HTTP;
    return {
      iso: this.iso,
      answerDelivery: http ? AnswerDelivery.HTTP : AnswerDelivery.CD,
      answerFiles: nixOsAnswerFiles(request, this.version, this.configuration),
      answerLabel: http ? undefined : NIXOS_ANSWERS,
      // The first starts the entry that the boot loader would start ten seconds later; the shell of the live system logs itself in.
      bootCommand: [
        BootKey.ENTER,
        BootKey.wait(Duration.seconds(60)),
        http
          ? `s=${BootKey.HTTP_IP}:${BootKey.HTTP_PORT};curl -fs $s/install.sh|sudo bash -s $s`
          : `sudo mount -m -L ${NIXOS_ANSWERS} /a && sudo bash /a/install.sh`,
        BootKey.ENTER,
      ],
      minimumDiskSize: Size.gibibytes(16),
      minimumMemory: Size.gibibytes(4),
      installTimeout: Duration.minutes(90),
    };
  }
}
