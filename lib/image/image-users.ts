import { Problems } from '../core';
import { WINDOWS_ACCOUNTS } from '../guest-os/windows-accounts';
import { FLAG, Kinds, TEXT, listOf, required } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { imageRules } from './rules';
import { checkSshKey } from './ssh-key';
import { isAccount } from './system-accounts';

/**
 * A user that the profile `standard` creates in an image. One whom the base has already is brought to what is said here: groups and `sudo` that are
 * not said again end, keys stay.
 */
export interface ImageUser {
  /**
   * Name of the user: lower-case letters, digits, `_` and `-`, at most 32; on Windows at most 20. Refused are root and accounts that systems have
   * from the beginning, such as `daemon`, on Windows `guest`.
   */
  readonly name: string;
  /** Further groups, made where they are missing; on Windows by name or SID, such as `Performance Monitor Users`. @default - none */
  readonly groups?: string[];
  /** Login shell, which is in the image when the users are made: by `packages`, say. Refused for Windows. @default /bin/bash */
  readonly shell?: string;
  /** Whether the user becomes root without a password; on Windows, whether it is an administrator. @default false */
  readonly sudo?: boolean;
  /** Public SSH keys, one line each as in `authorized_keys`, with options that sshd knows; no `{{`, which Ansible takes for a template. @default - none */
  readonly sshKeys?: string[];
  /** Whether all other keys of the user are removed, those of a base too. @default false */
  readonly exclusiveSshKeys?: boolean;
}

/**
 * What the properties of `ImageUser` are.
 * @internal
 */
export const USER_KINDS: Kinds<ImageUser> = {
  name: required(TEXT), groups: listOf(TEXT), shell: TEXT, sudo: FLAG, sshKeys: listOf(TEXT), exclusiveSshKeys: FLAG,
};

const NAME = /^[a-z_][a-z0-9_-]{0,31}$/;
/** As Linux names a group, or Windows: by name or SID. */
const GROUP = /^([a-z_][a-z0-9_-]{0,31}|[A-Z][A-Za-z0-9 -]{0,63})$/;

/**
 * Notes what is wrong with users on any system.
 * @internal
 */
export function validateUsers(users: ImageUser[], problems: Problems): void {
  users.forEach(({ name, groups = [], shell, sshKeys = [] }, i) => {
    const user = `users[${i}]`;
    checkForm(problems, `${user}.name`, name, NAME, imageRules['image-user-name']);
    problems.check(users.findIndex((other) => other.name === name) === i, imageRules['image-user-twice'], { property: `${user}.name`, received: name });
    groups.forEach((group, j) => checkForm(problems, `${user}.groups[${j}]`, group, GROUP, imageRules['image-user-name']));
    checkForm(problems, `${user}.shell`, shell, /^\/[A-Za-z0-9._/-]*[A-Za-z0-9._-]$/, imageRules['image-user-shell']);
    sshKeys.forEach((key, j) => checkSshKey(problems, `${user}.sshKeys[${j}]`, key));
  });
}

/**
 * Notes users that a Linux cannot have.
 * @internal
 */
export function checkLinuxUsers(users: ImageUser[], osName: string, problems: Problems): void {
  users.forEach(({ name, groups = [] }, i) => {
    problems.check(name !== 'root' && !isAccount(name, osName), imageRules['image-user-reserved'], { property: `profile.users[${i}].name`, received: name });
    groups.forEach((group, j) => problems.check(NAME.test(group), imageRules['image-user-name'], {
      property: `profile.users[${i}].groups[${j}]`, received: group,
    }));
  });
}

/**
 * Notes users that a Windows cannot have.
 * @internal
 */
export function checkWindowsUsers(users: ImageUser[], problems: Problems): void {
  const rule = imageRules['profile-on-windows'];
  users.forEach(({ name, shell }, i) => {
    const property = `profile.users[${i}].name`;
    problems
      .check(name.length <= 20, rule, { property, received: name, remedy: 'Choose a shorter name.' })
      .check(!WINDOWS_ACCOUNTS.includes(name), imageRules['image-user-reserved'], { property, received: name })
      .check(shell === undefined, rule, { property: `profile.users[${i}].shell`, received: shell, remedy: 'Leave shell out.' });
  });
}
