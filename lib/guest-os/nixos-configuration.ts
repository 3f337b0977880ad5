import { Problems } from '../core';
import { Kinds, FLAG, NUMBER, TEXT, checkKinds, instanceOf, listOf, objectOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { NixModule } from './nixos-module';
import { nixOsRules as rules } from './nixos-rules';

/** A user that is part of the image. It has no password: it logs in with a key. */
export interface NixOsUser {
  /** Name of the account. */
  readonly name: string;
  /** Public keys, one line each, as in `authorized_keys`. */
  readonly sshKeys: string[];
  /** Whether it becomes root by `sudo`, without a password. @default false */
  readonly administrator?: boolean;
}

/** What is in an image of NixOS beside a system that boots. Whatever is not here goes into a module. */
export interface NixOsConfiguration {
  /**
   * Packages for every user, by their path in Nixpkgs, such as `git` or `python3Packages.requests`. Ansible needs `python3` in the guest.
   * @default - none
   * @see https://search.nixos.org/packages?channel=25.11
   */
  readonly packages?: string[];
  /**
   * Options that are switched on, by their path without `.enable`, such as `services.fail2ban` or `virtualisation.docker`.
   * @default - none
   * @see https://search.nixos.org/options?channel=25.11
   */
  readonly enabled?: string[];
  /** Users that are in every clone, beside the one that cloud-init makes. @default - none */
  readonly users?: NixOsUser[];
  /** TCP ports that the firewall lets in, beside that of SSH. @default - none */
  readonly tcpPorts?: number[];
  /** UDP ports that the firewall lets in. @default - none */
  readonly udpPorts?: number[];
  /** A module of your own. @default - none */
  readonly module?: NixModule;
}

const PATH = /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_][A-Za-z0-9_-]*)*$/;
const SSH_KEY = /^[a-z][a-z0-9@.-]* [A-Za-z0-9+/]+={0,3}( [^\p{Cc}]*)?$/u;

const KINDS: Kinds<NixOsConfiguration> = {
  packages: listOf(TEXT),
  enabled: listOf(TEXT),
  users: listOf(objectOf<NixOsUser>({ name: required(TEXT), sshKeys: required(listOf(TEXT)), administrator: FLAG })),
  tcpPorts: listOf(NUMBER),
  udpPorts: listOf(NUMBER),
  module: instanceOf(NixModule, 'NixModule.inline(\'…\')'),
};

/**
 * Refuses what would not be a configuration of NixOS.
 * @internal
 */
export function checkNixOsConfiguration(configuration: NixOsConfiguration): void {
  const problems = new Problems('guestos.NixOs.withConfiguration');
  checkKinds(configuration, KINDS, problems);
  problems.throwIfAny();
  const { packages = [], enabled = [], users = [], tcpPorts = [], udpPorts = [] } = configuration;
  for (const [property, paths] of Object.entries({ packages, enabled })) {
    paths.forEach((path, i) => {
      checkForm(problems, `${property}[${i}]`, path, PATH, rules['nixos-attribute-path']);
      if (/^pkgs\.|\.enable(\.|$)/.test(path)) problems.report(rules['nixos-attribute-path'], { property: `${property}[${i}]`, received: path });
    });
    checkDistinct(problems, property, paths);
  }
  for (const [property, ports] of Object.entries({ tcpPorts, udpPorts })) {
    ports.forEach((port, i) => problems.check(Number.isInteger(port) && port >= 1 && port <= 65535, rules['nixos-port'], { property: `${property}[${i}]`, received: port }));
    checkDistinct(problems, property, ports);
  }
  users.forEach(({ name, sshKeys }, i) => {
    checkForm(problems, `users[${i}].name`, name, /^(?!root$)[a-z_][a-z0-9_-]{0,30}$/, rules['nixos-user-name']);
    problems.check(sshKeys.length > 0, rules['nixos-user-without-key'], { property: `users[${i}].sshKeys`, received: [] });
    sshKeys.forEach((key, j) => checkForm(problems, `users[${i}].sshKeys[${j}]`, key, SSH_KEY, rules['nixos-ssh-key-form']));
  });
  checkDistinct(problems, 'users', users.map(({ name }) => name));
  problems.throwIfAny();
}

function checkDistinct(problems: Problems, property: string, values: readonly (string | number)[]): void {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  problems.check(twice === undefined, rules['nixos-attribute-twice'], { property, received: twice });
}
