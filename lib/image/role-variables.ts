import * as fs from 'fs';
import * as path from 'path';
import { packageFile } from '../assembly';
import { Problems, Secret } from '../core';
import { kept } from '../core/kept';
import { isMapping } from '../core/mapping';
import { proxmoxRules } from '../proxmox/rules';
import { checkForm, checkNoExpression } from '../proxmox/text-forms';
import { mainFile } from './role-files';
import { roleRules as rules } from './role-rules';
import { imageRules } from './rules';

/** What a role says of one of its variables, in `meta/argument_specs.yml`. */
interface RoleOption {
  readonly type?: string;
  readonly elements?: string;
  readonly choices?: any[];
  readonly default?: any;
  readonly required?: boolean;
  readonly options?: RoleOptions;
}

interface RoleOptions { readonly [name: string]: RoleOption }

/** What Ansible sets itself, beside names that begin with `ansible_`. */
const RESERVED = [
  'group_names', 'groups', 'hostvars', 'inventory_dir', 'inventory_file', 'inventory_hostname', 'inventory_hostname_short', 'omit', 'play_hosts',
  'playbook_dir', 'role_name', 'role_names', 'role_path', 'vars',
];

/** The one that is there for others to set. */
const SETTABLE = 'ansible_managed';

const FLAGS = ['0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'];

/** What Ansible takes as a value of a type. It takes a text for a list too, which the roles cannot use. */
const TYPES: { readonly [type: string]: { readonly what: string; readonly accepts: (value: any) => boolean } } = {
  str: { what: 'a text', accepts: (value) => typeof value !== 'object' },
  int: { what: 'a whole number', accepts: (value) => Number.isInteger(toNumber(value)) },
  float: { what: 'a number', accepts: (value) => Number.isFinite(toNumber(value)) },
  bool: { what: 'true or false', accepts: (value) => typeof value !== 'object' && FLAGS.includes(String(value).trim().toLowerCase()) },
  list: { what: 'a list', accepts: Array.isArray },
  dict: { what: 'an object', accepts: isMapping },
};

/** Notes a variable whose name is Ansible's own or the profile's, and what no file may hold. */
export function checkRoleVariable(name: string, value: any, written: string[], folders: string[], problems: Problems): void {
  const property = `roleVariables.${name}`;
  const isReserved = RESERVED.includes(name) || (name.startsWith('ansible_') && name !== SETTABLE && !folders.some((folder) => hasDefault(folder, name)));
  problems
    .check(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name), imageRules['role-variable-name'], { property, received: name })
    .check(!written.includes(name), imageRules['role-variable-taken'], { property, received: name })
    .check(!isReserved, rules['role-variable-reserved'], { property, received: name });
  validateValue(value, property, [], problems);
}

/**
 * Notes what a role of this package does not know, or would fail of. Texts with templates are known only to Ansible.
 *
 * @param isRun whether the profile runs the role
 * @param folders roles of the user, which may have variables that begin alike
 */
export function checkShippedVariable(role: string, isRun: boolean, name: string, value: any, folders: string[], problems: Problems): void {
  const property = `roleVariables.${name}`;
  const options = optionsOf(role);
  if (Object.keys(options).length === 0) return;
  const isKnown = Object.hasOwn(options, name);
  if (isKnown && isRun) {
    checkOption(value, options[name], property, role, problems);
  } else if (!folders.some((folder) => mayRead(folder, role, name))) {
    const unknown = { remedy: `Write one of: ${Object.keys(options).sort().join(', ')}.` };
    problems.report(rules[isKnown ? 'role-variable-idle' : 'role-variable-unknown'], { property, received: name, ...(isKnown ? {} : unknown) });
  }
}

/** Variables of the roles of this package. */
const optionsByRole = new Map<string, RoleOptions>();

function optionsOf(role: string): RoleOptions {
  return kept(optionsByRole, role, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { parse } = require('yaml') as typeof import('yaml');
    return parse(fs.readFileSync(packageFile('ansible', 'roles', role, 'meta', 'argument_specs.yml'), 'utf8')).argument_specs.main.options;
  });
}

/** Whether a role of the user has a default for a variable. */
function hasDefault(folder: string, name: string): boolean {
  const file = mainFile(folder, 'defaults');
  return file !== undefined && fs.readFileSync(file, 'utf8').split('\n').some((line) => line.startsWith(name) && /^\s*:/.test(line.slice(name.length)));
}

/** Whether a role of the user may have a variable: by its own name, or since a file of it has the name in it. */
function mayRead(folder: string, role: string, name: string): boolean {
  const own = path.basename(path.resolve(folder));
  if (`${own}_`.startsWith(`${role}_`) || name.startsWith(`${own}_`)) return true;
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file));
  return files.some((file) => fs.existsSync(file) && fs.statSync(file).isFile() && fs.readFileSync(file, 'utf8').includes(name));
}

function checkOption(value: any, option: RoleOption, property: string, role: string, problems: Problems): void {
  const { type = 'str', elements, choices, options, required } = option;
  const say = (what: string) => problems.report(proxmoxRules['value-kind'], { property, received: value, rule: `\`${property}\` is ${what}.` });
  if (typeof value === 'string' && /\{[{%#]/.test(value)) return;
  if (value === null && !required && choices === undefined && (type === 'str' || option.default === undefined)) return;
  const known = TYPES[type];
  if (known !== undefined && (value === null || !known.accepts(value))) {
    say(known.what);
  } else if (choices !== undefined && !choices.map(String).includes(String(value))) {
    say(`one of ${choices.join(', ')}`);
  } else if (type === 'list' && elements !== undefined) {
    value.forEach((item: any, i: number) => checkOption(item, { type: elements, options, required: true }, `${property}[${i}]`, role, problems));
  } else if (type === 'dict' && options !== undefined) {
    checkOptions(value, options, property, role, problems);
  }
}

function checkOptions(value: any, options: RoleOptions, property: string, role: string, problems: Problems): void {
  for (const name of Object.keys(value).filter((own) => !Object.hasOwn(options, own))) {
    problems.report(proxmoxRules['property-unknown'], {
      property: `${property}.${name}`, rule: `The role ${role} knows no property of this name.`, remedy: `Write one of: ${Object.keys(options).sort().join(', ')}.`,
    });
  }
  for (const [name, option] of Object.entries(options)) {
    if (Object.hasOwn(value, name)) checkOption(value[name], option, `${property}.${name}`, role, problems);
    else problems.check(option.required !== true, proxmoxRules['value-missing'], { property: `${property}.${name}` });
  }
}

/** As Ansible reads a number; NaN for what is none. */
function toNumber(value: any): number {
  if (typeof value === 'string') return value.trim() === '' ? NaN : Number(value.replace(/_/g, ''));
  return typeof value === 'object' ? NaN : Number(value);
}

function validateValue(value: any, property: string, around: any[], problems: Problems): void {
  if (typeof value === 'string') {
    checkForm(problems, property, value, /^/, imageRules['role-variable-value']);
    checkNoExpression(problems, property, value);
  } else if (value instanceof Secret || around.includes(value)) {
    problems.report(imageRules['role-variable-value'], { property });
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => validateValue(item, `${property}[${i}]`, [...around, value], problems));
  } else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    Object.entries(value).forEach(([name, item]) => validateValue(item, `${property}.${name}`, [...around, value], problems));
  } else {
    const plain = value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
    problems.check(plain, imageRules['role-variable-value'], { property, received: value });
  }
}
