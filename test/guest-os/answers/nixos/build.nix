# Lets Packer in while the image is built. Without this file the system is the same, and nobody comes in by a password.
{ lib, ... }:

{
  users.users.packer = {
    isNormalUser = true;
    # Not one of those that are handed out to others.
    uid = 1900;
    extraGroups = [ "wheel" ];
    hashedPasswordFile = "/etc/nixos/build-password";
  };
  security.sudo.extraRules = [ { users = [ "packer" ]; commands = [ { command = "ALL"; options = [ "NOPASSWD" ]; } ]; } ];
  services.openssh.settings.PasswordAuthentication = lib.mkForce true;
  # None but the one above: an account that cloud-init makes now would be in every clone.
  services.cloud-init.settings.users = lib.mkForce [ ];
  networking.hostName = lib.mkOverride 900 "build-nixos";
  systemd.network.networks."99-build" = { matchConfig.Type = "ether"; networkConfig.DHCP = "yes"; };
}
