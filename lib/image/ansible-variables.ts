import { hardeningVariables } from './image-hardening';
import { roleName } from './image-roles';
import { ImageUser } from './image-users';
import { k3sVariables } from './k3s-release';
import { ImageNvidiaDriver, StandardProfileProps } from './provisioning-profile';

/** The variables of the roles in `ansible/`, as the profile `standard` was told. */
export function ansibleVariables(standard: StandardProfileProps, buildUser: string, hasK3s: boolean = standard.k3s !== undefined): { [name: string]: any } {
  const { users = [], nvidiaDriver, k3s, hardening, rolesBefore = [], rolesAfter = [], roleVariables = {} } = standard;
  const more = [
    ...(nvidiaDriver === undefined ? [] : ['gpu_nvidia']),
    ...(k3s === undefined ? [] : ['k3s']),
    ...rolesAfter.map(roleName),
    ...(hardening === undefined ? [] : ['hardening_openscap']),
  ];
  return {
    base_extra_packages: standard.packages ?? [],
    base_upgrade: standard.upgradePackages ?? true,
    users_accounts: users.map((user) => ({
      name: user.name, groups: user.groups ?? [], shell: user.shell ?? '/bin/bash', sudo: user.sudo ? 'nopasswd' : 'none',
    })),
    ssh_keys_accounts: sshKeysOf(users),
    cleanup_build_user: buildUser,
    ...(rolesBefore.length === 0 ? {} : { image_roles_before: rolesBefore.map(roleName) }),
    ...(more.length === 0 ? {} : { image_roles_after: more }),
    ...(nvidiaDriver === undefined ? {} : nvidiaVariables(nvidiaDriver)),
    ...(k3s === undefined ? {} : k3sVariables(k3s)),
    ...(hardening === undefined ? {} : hardeningVariables(hardening, hasK3s)),
    ...roleVariables,
  };
}

/** The variables of the roles for Windows. */
export function windowsVariables({ users = [], rolesBefore = [], rolesAfter = [], roleVariables = {} }: StandardProfileProps): { [name: string]: any } {
  return {
    windows_users_accounts: users.map((user) => ({ name: user.name, groups: user.groups ?? [], administrator: user.sudo ?? false })),
    windows_ssh_keys_accounts: sshKeysOf(users),
    image_roles_before: rolesBefore.map(roleName),
    image_roles_after: rolesAfter.map(roleName),
    ...roleVariables,
  };
}

function sshKeysOf(users: ImageUser[]) {
  return users.filter(({ sshKeys, exclusiveSshKeys }) => sshKeys !== undefined || exclusiveSshKeys)
    .map(({ name, sshKeys = [], exclusiveSshKeys = false }) => ({ name, keys: sshKeys, exclusive: exclusiveSshKeys }));
}

function nvidiaVariables({ openModules, branch, display, containerToolkit, hold }: ImageNvidiaDriver): { [name: string]: any } {
  const flavours = { true: 'open', false: 'proprietary', undefined: 'auto' };
  return {
    gpu_nvidia_flavour: flavours[`${openModules}`],
    gpu_nvidia_branch: branch ?? '',
    gpu_nvidia_display: display ?? false,
    gpu_nvidia_container_toolkit: containerToolkit ?? false,
    gpu_nvidia_hold: hold ?? false,
  };
}
