# The whole system: `nixos-rebuild switch` makes it of this file and of what it imports.
{ lib, modulesPath, pkgs, ... }:

{
  imports = [
    (modulesPath + "/profiles/qemu-guest.nix")
    {
      services.fail2ban.enable = true;
      virtualisation.docker.enable = true;
    }
    ./custom.nix
  ]
  # Only while the image is built.
  ++ lib.optional (builtins.pathExists ./build.nix) ./build.nix;

  system.stateVersion = "25.11";
  nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
  documentation.nixos.enable = lib.mkDefault false;

  # A clone has EFI variables of its own, so the loader is where any firmware looks.
  boot.loader.systemd-boot.enable = true;
  boot.loader.systemd-boot.editor = lib.mkDefault false;
  boot.loader.systemd-boot.configurationLimit = lib.mkDefault 10;
  boot.loader.efi.canTouchEfiVariables = false;
  boot.loader.timeout = lib.mkDefault 1;

  # Drivers for any machine of Proxmox VE. The initrd with systemd in it has hung in such machines.
  boot.initrd.availableKernelModules = [ "ahci" "sd_mod" "sr_mod" "virtio_blk" "virtio_pci" "virtio_scsi" "xhci_pci" ];
  boot.initrd.systemd.enable = lib.mkDefault false;
  boot.kernelParams = [ "console=tty0" "console=ttyS0,115200n8" ];

  fileSystems."/" = { device = "/dev/disk/by-label/nixos"; fsType = "ext4"; autoResize = true; };
  fileSystems."/boot" = { device = "/dev/disk/by-label/ESP"; fsType = "vfat"; options = [ "umask=0077" ]; };
  boot.growPartition = true;

  # Host name, network and the user of a clone come from cloud-init. Keys of the host are those that sshd makes when it has none.
  networking.hostName = lib.mkDefault "";
  networking.useDHCP = lib.mkDefault false;
  services.resolved.enable = lib.mkDefault true;
  services.cloud-init = {
    enable = true;
    network.enable = true;
    settings = {
      datasource_list = [ "NoCloud" "ConfigDrive" "None" ];
      users = [ "default" ];
      disable_root = true;
      ssh_deletekeys = false;
      ssh_genkeytypes = [ ];
      system_info = {
        distro = "nixos";
        network.renderers = [ "networkd" ];
        default_user = { name = "nixos"; lock_passwd = true; groups = [ "wheel" ]; };
      };
    };
  };

  services.qemuGuest.enable = true;
  services.openssh.enable = true;
  services.openssh.settings.PasswordAuthentication = lib.mkDefault false;
  services.openssh.settings.KbdInteractiveAuthentication = lib.mkDefault false;
  security.sudo.wheelNeedsPassword = lib.mkDefault false;
  services.fstrim.enable = lib.mkDefault true;

  i18n.defaultLocale = lib.mkDefault "de_AT.UTF-8";
  console.keyMap = lib.mkDefault "de";
  time.timeZone = lib.mkDefault "Europe/Vienna";

  # Its module puts the command nowhere, and a build waits by it until cloud-init is done.
  environment.systemPackages = [ pkgs.cloud-init pkgs.git pkgs.python3Packages.requests ];
  networking.firewall.allowedTCPPorts = [ 80 443 ];
  networking.firewall.allowedUDPPorts = [ 51820 ];

  users.users.operator = {
    isNormalUser = true;
    extraGroups = [ "wheel" ];
    openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBtQhm2q0hLq \"me\" \${HOME}\\" "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBtQhm2q0hLq" ];
  };
  users.users."with" = {
    isNormalUser = true;
    openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBtQhm2q0hLq" ];
  };
}
