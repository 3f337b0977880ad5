import * as fs from 'fs';
import * as path from 'path';
import { Asset, checkAsset } from '../assembly';
import { Problems } from '../core';
import { checkForm } from '../proxmox/text-forms';
import { checkRoleFiles, isRole } from './role-files';
import { checkRoleVariable, checkShippedVariable } from './role-variables';
import { imageRules } from './rules';

const LINUX = { playbook: ['playbook.yml'], roles: ['base', 'cleanup', 'python', 'ssh_keys', 'users'] };
const WINDOWS = { playbook: ['windows.yml', 'requirements.yml'], roles: ['windows_base', 'windows_ssh_keys', 'windows_users'] };
const ON_REQUEST = ['gpu_nvidia', 'hardening_openscap', 'k3s'];

/** The role whose tasks an image leaves out: its script runs behind all else. */
const SKIPPED = 'cleanup';

/** Roles of this package, whose names are its own. */
const SHIPPED = [...LINUX.roles, ...WINDOWS.roles, ...ON_REQUEST];

/** Files and folders below `ansible/` that an image takes along, of those of this package. */
export function shippedFiles(windows: boolean, asked: string[]): string[] {
  const { playbook, roles } = windows ? WINDOWS : LINUX;
  return [...playbook, ...[...roles, ...ON_REQUEST.filter((name) => asked.includes(name))].map((name) => `roles/${name}`)];
}

/** Folder below `files/` that holds the roles of a user. */
export const USER_ROLES = 'ansible-roles';

/** Name of a role, which is that of its folder. */
export function roleName(folder: string): string {
  return path.basename(path.resolve(folder));
}

/** The folders of a user's roles, as they are copied. */
export function roleAssets(folders: string[]): Asset[] {
  return [...new Set(folders.map((folder) => path.resolve(folder)))].map((source) => ({ source, target: `${USER_ROLES}/${path.basename(source)}` }));
}

/** Notes what is no role, roles of one name, and those that Ansible cannot read. */
export function validateRoles(property: string, folders: string[], all: string[], problems: Problems): void {
  const found = [...SHIPPED, ...all.map(roleName)];
  folders.forEach((folder, i) => {
    const at = `${property}[${i}]`;
    const before = problems.all.length;
    checkForm(problems, at, folder, /^[^\0]+$/, imageRules['role-name']);
    if (problems.all.length > before) return;
    const name = roleName(folder);
    problems
      .check(/^[a-z_][a-z0-9_]*$/.test(name) && !SHIPPED.includes(name), imageRules['role-name'], { property: at, received: folder })
      .check(all.every((other) => roleName(other) !== name || path.resolve(other) === path.resolve(folder)), imageRules['role-twice'], { property: at, received: folder });
    checkAsset(folder, at, problems);
    if (!fs.existsSync(path.resolve(folder))) return;
    problems.check(isRole(folder), imageRules['role-without-tasks'], { property: at, received: folder });
    if (problems.all.length === before) checkRoleFiles(folder, at, found, problems);
  });
}

/**
 * Notes variables that are the library's or Ansible's, what no file may hold, and what the roles of this package would not take.
 *
 * @param written names of the variables that the library writes
 * @param folders roles of the user
 */
export function validateRoleVariables(variables: { [name: string]: any }, written: string[], folders: string[], problems: Problems): void {
  const areRoles = problems.all.every(({ property }) => !property.startsWith('roles'));
  for (const [name, value] of Object.entries(variables)) {
    const before = problems.all.length;
    checkRoleVariable(name, value, written, areRoles ? folders : [], problems);
    const role = SHIPPED.find((shipped) => name.startsWith(`${shipped}_`));
    if (role === undefined || !areRoles || problems.all.length > before) continue;
    const isRun = ON_REQUEST.includes(role) ? written.some((other) => other.startsWith(`${role}_`)) : role !== SKIPPED;
    checkShippedVariable(role, isRun, name, value, folders, problems);
  }
}
