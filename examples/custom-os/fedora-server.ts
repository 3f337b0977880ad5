import { Duration, OsType, Size, guestos, packer } from 'proxmox-constructs';

const RELEASE = 'https://download.fedoraproject.org/pub/fedora/linux/releases/44';

/** Fedora from its ISO: an operating system that installs itself, by a kickstart file on a CD that the installer finds by its label. */
export class FedoraServer implements guestos.IInstallable {
  public readonly osName = 'fedora-44';
  public readonly osType = OsType.LINUX;
  public readonly guestSetup = guestos.Fedora.V44.guestSetup;

  public bindInstallation(request: guestos.InstallationRequest): guestos.InstallationConfig {
    return {
      iso: {
        url: `${RELEASE}/Server/x86_64/iso/Fedora-Server-netinst-x86_64-44-1.7.iso`,
        checksumList: `${RELEASE}/Server/x86_64/iso/Fedora-Server-44-1.7-x86_64-CHECKSUM`,
      },
      answerDelivery: guestos.AnswerDelivery.CD,
      answerLabel: 'OEMDRV',
      answerFiles: { 'ks.cfg': kickstart(request) },
      // The first entry of the menu, without the check of the medium.
      bootCommand: [packer.BootKey.UP, packer.BootKey.wait(Duration.seconds(1)), packer.BootKey.ENTER],
      bootWait: Duration.seconds(20),
      minimumDiskSize: Size.gibibytes(10),
      minimumMemory: Size.gibibytes(3),
      supportsSecureBoot: true,
    };
  }
}

function kickstart({ hostName, buildUser, buildPasswordHash, locale, keyboardLayout, timeZone }: guestos.InstallationRequest): string {
  return `text
url --url=${RELEASE}/Everything/x86_64/os/
lang ${locale}.UTF-8
keyboard --vckeymap=${keyboardLayout}
timezone --utc ${timeZone}
network --bootproto=dhcp --device=link --activate --hostname=${hostName}
rootpw --lock
user --name=${buildUser} --groups=wheel --iscrypted --password='${buildPasswordHash}'
zerombr
clearpart --all --initlabel --disklabel=gpt
part /boot/efi --fstype=efi --size=512
part /boot --fstype=ext4 --size=1024
part / --fstype=xfs --size=4096 --grow
bootloader --timeout=1 --append="console=tty0 console=ttyS0,115200n8"
reboot

%packages --exclude-weakdeps
@core
cloud-init
cloud-utils-growpart
dracut-config-generic
glibc-langpack-${locale.split('_')[0]}
python3
qemu-guest-agent
-firewalld
%end

%post --erroronfail
set -eu
echo '${buildUser} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/90-build
chmod 0440 /etc/sudoers.d/90-build
echo 'PasswordAuthentication yes' >/etc/ssh/sshd_config.d/10-build.conf
restorecon -R /etc/sudoers.d /etc/ssh/sshd_config.d
systemctl enable sshd.service qemu-guest-agent.service
systemctl enable cloud-init-main.service cloud-init-local.service cloud-init-network.service cloud-config.service cloud-final.service
test -s /boot/efi/EFI/BOOT/BOOTX64.EFI
%end
`;
}
