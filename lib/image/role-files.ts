import * as fs from 'fs';
import * as path from 'path';
import { Problems } from '../core';
import { isMapping } from '../core/mapping';
import { roleRules as rules } from './role-rules';
import { imageRules } from './rules';

/** Names of the main file of a part of a role: the first that exists is read. */
const MAIN = ['main.yml', 'main.yaml', 'main.json', 'main'];
const LISTS = ['tasks', 'handlers'];
const PARTS = [...LISTS, 'defaults', 'vars', 'meta'];
/** Content that cannot be told here. */
const UNKNOWN = Symbol('unknown');

/** Folders whose files other roles use: modules, plugins, and tasks beside the main file. */
const BROUGHT = /^(library|module_utils|\w+_plugins|tasks)$/;

/** Whether a folder has what a role does, or brings for others. */
export function isRole(folder: string): boolean {
  return ['tasks', 'handlers', 'meta'].some((part) => mainFile(folder, part) !== undefined) || bringsFiles(folder);
}

function bringsFiles(folder: string): boolean {
  const parts = fs.readdirSync(folder).filter((name) => BROUGHT.test(name) && fs.statSync(path.join(folder, name)).isDirectory());
  return parts.some((part) => fs.readdirSync(path.join(folder, part)).some((name) => part !== 'tasks' || !MAIN.includes(name)));
}

/**
 * Notes main files of a role that Ansible cannot read, and those that do nothing.
 *
 * @param roles names of the roles that are found beside it
 */
export function checkRoleFiles(folder: string, property: string, roles: string[], problems: Problems): void {
  const before = problems.all.length;
  const contents = Object.fromEntries(PARTS.map((part) => [part, readPart(folder, part, property, problems)]));
  if (problems.all.length > before || Object.values(contents).includes(UNKNOWN)) return;
  const dependencies = dependenciesOf(contents.meta);
  const { tasks, handlers } = contents;
  problems.check(![tasks, handlers, dependencies].every(isNothing) || bringsFiles(folder), imageRules['role-without-tasks'], { property, received: folder });
  for (const name of contents.meta?.collections === undefined ? dependencies : []) {
    problems.check(!/^[A-Za-z0-9_-]+$/.test(name) || roles.includes(name), rules['role-dependency'], {
      property, received: name, rule: `${rules['role-dependency'].rule} Look at: ${mainFile(folder, 'meta')}`,
    });
  }
}

/** The main file of a part of a role; undefined where there is none. */
export function mainFile(folder: string, part: string): string | undefined {
  const files = MAIN.map((name) => path.join(folder, part, name));
  return files.find((file) => fs.existsSync(file) && fs.statSync(file).isFile());
}

/** Content of a main file; undefined where there is none, or nothing is in it. */
function readPart(folder: string, part: string, property: string, problems: Problems): any {
  const file = mainFile(folder, part);
  if (file === undefined) return undefined;
  const rule = rules['role-file-form'];
  const refuse = (what: string) => problems.report(rule, { property, received: file, rule: `${rule.rule} ${what}.` });
  const content = readYaml(fs.readFileSync(file, 'utf8'), refuse);
  const isList = LISTS.includes(part);
  if (content === UNKNOWN) return UNKNOWN;
  if (isNothing(content)) return undefined;
  if (isList !== Array.isArray(content) || (!isList && !isMapping(content))) {
    refuse(isList ? 'This is no list' : 'These are no names with values');
  } else if (isList && content.some((item: any) => isMapping(item) && ('import_playbook' in item || ('hosts' in item && !isMapping(item.hosts))))) {
    problems.report(rules['role-playbook'], { property, received: file });
  } else if (isList && !content.every(isMapping)) {
    refuse('An item of the list is no task');
  } else if (part === 'meta' && !isNothing(content.dependencies) && !Array.isArray(content.dependencies)) {
    refuse('`dependencies` is a list');
  }
  return content;
}

/** What a text says; unknown where it is encrypted, or indented as this reader takes it for broken and that of Ansible does not. */
function readYaml(text: string, refuse: (what: string) => void): any {
  if (text.startsWith('$ANSIBLE_VAULT')) return UNKNOWN;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { LineCounter, isCollection, parseDocument, visit } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const plain = text.replace(/^\ufeff/, '');
  const document = parseDocument(plain, { version: '1.1', strict: false, uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const fault = (offset: number, what: string) => refuse(`Line ${lines.linePos(offset).line}: ${what.split('\n')[0]}`);
  const [error] = document.errors;
  if (error !== undefined) {
    if (/end with a|^Missing closing/.test(error.message) && plain.slice(error.pos[1]).trim() !== '') return UNKNOWN;
    fault(error.pos[0], error.message);
    return UNKNOWN;
  }
  let known = true;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return undefined;
      fault(key.range![0], 'a list or an object is no name; {{ … }} stands in quotes');
      known = false;
      return visit.BREAK;
    },
  });
  try {
    return known ? document.toJS({ maxAliasCount: -1 }) : UNKNOWN;
  } catch (e) {
    fault(0, (e as Error).message);
    return UNKNOWN;
  }
}

/** Names of the roles that run before a role. */
function dependenciesOf(meta: any): string[] {
  return (isNothing(meta?.dependencies) ? [] : meta.dependencies).map((one: any) => one?.role ?? one?.name ?? one).filter((name: any) => typeof name === 'string');
}

function isNothing(value: any): boolean {
  return !value || (typeof value === 'object' && Object.keys(value).length === 0);
}
