import { k3sVariables } from './k3s-release';
import { ImageNvidiaDriver, StandardProfileProps } from './provisioning-profile';

/** The variables of the roles in `ansible/`, as the profile `standard` was told. */
export function ansibleVariables(standard: StandardProfileProps, buildUser: string): { [name: string]: any } {
  const { users = [], nvidiaDriver, k3s } = standard;
  const more = [...(nvidiaDriver === undefined ? [] : ['gpu_nvidia']), ...(k3s === undefined ? [] : ['k3s'])];
  return {
    base_extra_packages: standard.packages ?? [],
    base_upgrade: standard.upgradePackages ?? true,
    users_accounts: users.map((user) => ({
      name: user.name, groups: user.groups ?? [], shell: user.shell ?? '/bin/bash', sudo: user.sudo ? 'nopasswd' : 'none',
    })),
    ssh_keys_accounts: users.filter((user) => user.sshKeys !== undefined).map((user) => ({
      name: user.name, keys: user.sshKeys, exclusive: user.exclusiveSshKeys ?? false,
    })),
    cleanup_build_user: buildUser,
    ...(more.length === 0 ? {} : { image_roles_after: more }),
    ...(nvidiaDriver === undefined ? {} : nvidiaVariables(nvidiaDriver)),
    ...(k3s === undefined ? {} : k3sVariables(k3s)),
  };
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
