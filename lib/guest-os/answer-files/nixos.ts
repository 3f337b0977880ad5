import { InstallationRequest } from '../installable';
import { NixOsConfiguration } from '../nixos-configuration';
import { nixList, nixName, nixPath, nixString } from './nixos-expression';
import { nixOsInstallScript } from './nixos-install';

/**
 * Label of the CD with the answers. Not that of the root, which the installed system looks for while the CD is still in its drive.
 * @internal
 */
export const NIXOS_ANSWERS = 'answers';

/**
 * Files of an installation of NixOS by name: the script, `configuration.nix` and what it imports, and the hash of the build user's password,
 * which stays out of the store of Nix that everybody reads.
 * @param request what is installed
 * @param version version of NixOS
 * @param configuration what is in it
 * @internal
 */
export function nixOsAnswerFiles(request: InstallationRequest, version: string, configuration: NixOsConfiguration): { [name: string]: string } {
  const modules: { [name: string]: string } = {
    'configuration.nix': configurationModule(request, version, configuration),
    'build.nix': buildModule(request),
    ...configuration.module && { 'custom.nix': withLineEnd(configuration.module.text) },
  };
  return { 'install.sh': nixOsInstallScript(Object.keys(modules)), ...modules, 'build-password': `${request.buildPasswordHash}\n` };
}

function configurationModule(request: InstallationRequest, version: string, configuration: NixOsConfiguration): string {
  const { packages = [], enabled = [], users = [], tcpPorts = [], udpPorts = [], module } = configuration;
  return lines([
    '# The whole system: `nixos-rebuild switch` makes it of this file and of what it imports.',
    '{ lib, modulesPath, pkgs, ... }:',
    '',
    '{',
    '  imports = [',
    '    (modulesPath + "/profiles/qemu-guest.nix")',
    ...enabled.length === 0 ? [] : ['    {', ...enabled.map((path) => `      ${nixPath(path)}.enable = true;`), '    }'],
    ...module === undefined ? [] : ['    ./custom.nix'],
    '  ]',
    '  # Only while the image is built.',
    '  ++ lib.optional (builtins.pathExists ./build.nix) ./build.nix;',
    '',
    `  system.stateVersion = ${nixString(version)};`,
    '  nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";',
    '  documentation.nixos.enable = lib.mkDefault false;',
    '',
    '  # A clone has EFI variables of its own, so the loader is where any firmware looks.',
    '  boot.loader.systemd-boot.enable = true;',
    '  boot.loader.systemd-boot.editor = lib.mkDefault false;',
    '  boot.loader.systemd-boot.configurationLimit = lib.mkDefault 10;',
    '  boot.loader.efi.canTouchEfiVariables = false;',
    '  boot.loader.timeout = lib.mkDefault 1;',
    '',
    '  # Drivers for any machine of Proxmox VE. The initrd with systemd in it has hung in such machines.',
    '  boot.initrd.availableKernelModules = [ "ahci" "sd_mod" "sr_mod" "virtio_blk" "virtio_pci" "virtio_scsi" "xhci_pci" ];',
    '  boot.initrd.systemd.enable = lib.mkDefault false;',
    '  boot.kernelParams = [ "console=tty0" "console=ttyS0,115200n8" ];',
    '',
    '  fileSystems."/" = { device = "/dev/disk/by-label/nixos"; fsType = "ext4"; autoResize = true; };',
    '  fileSystems."/boot" = { device = "/dev/disk/by-label/ESP"; fsType = "vfat"; options = [ "umask=0077" ]; };',
    '  boot.growPartition = true;',
    '',
    '  # Host name, network and the user of a clone come from cloud-init. Keys of the host are those that sshd makes when it has none.',
    '  networking.hostName = lib.mkDefault "";',
    '  networking.useDHCP = lib.mkDefault false;',
    '  services.resolved.enable = lib.mkDefault true;',
    '  services.cloud-init = {',
    '    enable = true;',
    '    network.enable = true;',
    '    settings = {',
    '      datasource_list = [ "NoCloud" "ConfigDrive" "None" ];',
    '      users = [ "default" ];',
    '      disable_root = true;',
    '      ssh_deletekeys = false;',
    '      ssh_genkeytypes = [ ];',
    '      system_info = {',
    '        distro = "nixos";',
    '        network.renderers = [ "networkd" ];',
    '        default_user = { name = "nixos"; lock_passwd = true; groups = [ "wheel" ]; };',
    '      };',
    '    };',
    '  };',
    '',
    '  services.qemuGuest.enable = true;',
    '  services.openssh.enable = true;',
    '  services.openssh.settings.PasswordAuthentication = lib.mkDefault false;',
    '  services.openssh.settings.KbdInteractiveAuthentication = lib.mkDefault false;',
    '  security.sudo.wheelNeedsPassword = lib.mkDefault false;',
    '  services.fstrim.enable = lib.mkDefault true;',
    '',
    `  i18n.defaultLocale = lib.mkDefault ${nixString(`${request.locale}.UTF-8`)};`,
    `  console.keyMap = lib.mkDefault ${nixString(request.keyboardLayout)};`,
    `  time.timeZone = lib.mkDefault ${nixString(request.timeZone)};`,
    ...section([
      '  # Its module puts the command nowhere, and a build waits by it until cloud-init is done.',
      `  environment.systemPackages = ${nixList(['cloud-init', ...packages].map((path) => `pkgs.${nixPath(path)}`))};`,
      ...tcpPorts.length === 0 ? [] : [`  networking.firewall.allowedTCPPorts = ${nixList(tcpPorts.map(String))};`],
      ...udpPorts.length === 0 ? [] : [`  networking.firewall.allowedUDPPorts = ${nixList(udpPorts.map(String))};`],
    ]),
    ...section(users.flatMap(({ name, sshKeys, administrator }) => [
      `  users.users.${nixName(name)} = {`,
      '    isNormalUser = true;',
      ...administrator === true ? ['    extraGroups = [ "wheel" ];'] : [],
      `    openssh.authorizedKeys.keys = ${nixList(sshKeys.map(nixString))};`,
      '  };',
    ])),
    '}',
  ]);
}

function buildModule(request: InstallationRequest): string {
  return lines([
    '# Lets Packer in while the image is built. Without this file the system is the same, and nobody comes in by a password.',
    '{ lib, ... }:',
    '',
    '{',
    `  users.users.${nixName(request.buildUser)} = {`,
    '    isNormalUser = true;',
    '    # Not one of those that are handed out to others.',
    '    uid = 1900;',
    '    extraGroups = [ "wheel" ];',
    '    hashedPasswordFile = "/etc/nixos/build-password";',
    '  };',
    `  security.sudo.extraRules = [ { users = [ ${nixString(request.buildUser)} ]; commands = [ { command = "ALL"; options = [ "NOPASSWD" ]; } ]; } ];`,
    '  services.openssh.settings.PasswordAuthentication = lib.mkForce true;',
    '  # None but the one above: an account that cloud-init makes now would be in every clone.',
    '  services.cloud-init.settings.users = lib.mkForce [ ];',
    `  networking.hostName = lib.mkOverride 900 ${nixString(request.hostName)};`,
    '  systemd.network.networks."99-build" = { matchConfig.Type = "ether"; networkConfig.DHCP = "yes"; };',
    '}',
  ]);
}

function section(content: readonly string[]): string[] {
  return content.length === 0 ? [] : ['', ...content];
}

function lines(content: readonly string[]): string {
  return withLineEnd(content.join('\n'));
}

function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
