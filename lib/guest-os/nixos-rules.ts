import { ruleTable } from '../core';

const OPTIONS = 'https://search.nixos.org/options?channel=25.11';

/**
 * Rules of NixOS.
 * @internal
 */
export const nixOsRules = ruleTable({
  'nixos-text-nul': {
    rule: 'Texts of NixOS have no NUL character: no string of Nix and no file of its language can hold one.',
    remedy: 'Take the character out.',
  },
  'nixos-attribute-path': {
    rule: 'A package or an option of NixOS is named by its path: words of letters, digits, `_` and `-`, with dots between them.',
    remedy: 'Give a name such as python3Packages.requests or services.fail2ban, without `pkgs.` before it and without `.enable` after it.',
    see: OPTIONS,
  },
  'nixos-attribute-twice': {
    rule: 'A package, an option, a port or a user of NixOS is given once.',
    remedy: 'Take one of the two out.',
  },
  'nixos-user-name': {
    rule: 'A user of NixOS has a name of 1 to 31 lower-case letters, digits, `_` and `-`, beginning with a letter or `_`, and is not root.',
    remedy: 'Choose a name such as operator.',
  },
  'nixos-user-without-key': {
    rule: 'A user of NixOS has an SSH key, since it has no password: nobody could log in.',
    remedy: 'Give sshKeys a public key, or leave the user to cloud-init.',
  },
  'nixos-ssh-key-form': {
    rule: 'A public key is one line: type, key in base64, and a comment if there is one.',
    remedy: 'Copy the line from a file such as ~/.ssh/id_ed25519.pub.',
  },
  'nixos-user-is-build-user': {
    rule: 'The user that Packer logs in as is removed at the end of the build, so it cannot be one that stays.',
    remedy: 'Choose another buildUser for the template.',
  },
  'nixos-port': {
    rule: 'A port is a whole number from 1 to 65535.',
    remedy: 'Give a number such as 443.',
  },
  'nixos-module-file': {
    rule: 'The file of a NixOS module exists and is text in UTF-8.',
    remedy: 'Check the path; it is relative to the folder that the program runs in.',
  },
  'nixos-module-empty': {
    rule: 'A NixOS module is an expression of Nix: a function or a set.',
    remedy: 'Give a text such as { pkgs, ... }: { environment.systemPackages = [ pkgs.git ]; }, or leave the module out.',
  },
});
