import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { ToolName } from '../../tools';
import { Check, failed } from './check';
import { filesBelow, forms, ImageOutput, StackOutput, templates } from './examples';
import { lints, syntaxChecks } from './judges/ansible';
import { formatted, pluginsTell, sameConfiguration, sameInspection, valid } from './judges/packer';
import { clean, commandScript, inlineScript } from './judges/shell';
import { validStack } from './judges/terraform';
import { isArray, isObject, Json, PackerJson, strings } from './packer-json';

/** What the real tools are asked about one Packer template in its two forms. */
export function imageChecks(image: ImageOutput): Check[] {
  if (forms.some((form) => templates(image, form).length === 0)) return []; // reported as missing
  const folders = { json: path.join(image.folder, 'json'), hcl: path.join(image.folder, 'hcl') };
  const template = new PackerJson(templates(image, 'json'));
  const variables = template.dummies;
  const both = `${image.subject} (json = hcl)`;
  const checks: Check[] = [
    { judge: 'packer fmt', subject: `${image.subject} (hcl)`, run: () => formatted(folders.hcl) },
    ...forms.map((form) => (
      { judge: 'packer validate', subject: `${image.subject} (${form})`, run: () => valid(folders[form], variables) })),
    { judge: 'packer inspect', subject: both, run: () => sameInspection(folders.json, folders.hcl, variables) },
  ];
  if (pluginsTell()) {
    checks.push({ judge: 'plugins receive', subject: both, run: () => sameConfiguration(folders.json, folders.hcl, variables) });
  }
  template.steps.forEach((step, i) => {
    const subject = `${image.subject} ${step.kind} ${i + 1}`;
    if (['shell', 'shell-local'].includes(step.type) && 'inline' in step.body) {
      const shebang = typeof step.body.inline_shebang === 'string' ? step.body.inline_shebang : '/bin/sh -e';
      const script = inlineScript(strings(step.body.inline), shebang);
      checks.push({ judge: 'shellcheck', subject: `${subject} (inline)`, run: () => clean(script) });
    }
    if (step.type === 'ansible' && typeof step.body.playbook_file === 'string') {
      const fromRoot = (text: string) => text.replace(/\$\{path\.root\}/g, '.');
      const environment = Object.fromEntries(strings(step.body.ansible_env_vars).map((entry) => fromRoot(entry).split(/=(.*)/s, 2)));
      const playbook = fromRoot(step.body.playbook_file);
      checks.push({ judge: 'ansible --syntax-check', subject, run: () => syntaxChecks(playbook, folders.json, environment) });
    }
  });
  return checks;
}

/** What is asked about one stack as a whole. */
export function stackChecks(stack: StackOutput, tools: readonly (ToolName & ('terraform' | 'tofu'))[]): Check[] {
  const file = path.join(stack.folder, 'cdk.tf.json');
  if (!fs.existsSync(file)) return []; // reported as missing
  return [
    ...tools.map((name) => ({ judge: `${name} validate`, subject: stack.subject, run: () => validStack(stack.folder, name) })),
    ...localCommands(JSON.parse(fs.readFileSync(file, 'utf8')) as Json).map(({ where, script }) => (
      { judge: 'shellcheck', subject: `${stack.subject} ${where} (local-exec)`, run: () => clean(script) })),
  ];
}

/** A list of plays; an inventory has hosts too, and is none. */
function isPlaybook(text: string): boolean {
  const content: unknown = parse(text);
  return Array.isArray(content) && content.some((play) => typeof play === 'object' && play !== null && 'hosts' in play);
}

/** What is asked about the roles and playbooks of a folder. */
export function ansibleChecks(folder: string): Check[] {
  const name = path.basename(folder);
  const playbooks = filesBelow(folder).filter((file) => /\.ya?ml$/.test(file) && isPlaybook(fs.readFileSync(file, 'utf8')));
  if (playbooks.length === 0) return [failed('ansible-lint', name, `There is no playbook in ${folder}.`)];
  return [
    { judge: 'ansible-lint', subject: name, run: () => lints(folder) },
    ...playbooks.map((file) => ({
      judge: 'ansible --syntax-check',
      subject: path.join(name, path.relative(folder, file)),
      run: () => syntaxChecks(path.relative(folder, file), folder),
    })),
  ];
}

/** One check for every different shell script in some folders. */
export function scriptChecks(folders: readonly string[], root: string): Check[] {
  const copies = new Map<string, string[]>();
  for (const file of folders.flatMap(filesBelow).filter((name) => name.endsWith('.sh'))) {
    const content = crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');
    copies.set(content, [...copies.get(content) ?? [], file]);
  }
  if (copies.size === 0) return [failed('shellcheck', folders.join(', '), 'There is not one shell script; some must be there.')];
  return [...copies.values()].map(([file, ...others]) => ({
    judge: 'shellcheck',
    subject: path.relative(root, file) + (others.length ? ` (and ${others.length} same)` : ''),
    run: () => clean(fs.readFileSync(file, 'utf8')),
  }));
}

/** The commands that a configuration runs on the machine it is applied from, unless another interpreter reads them. */
function localCommands(configuration: Json): { where: string; script: string }[] {
  const found: { where: string; script: string }[] = [];
  const visit = (node: Json, where: readonly string[]): void => {
    if (isArray(node)) node.forEach((item) => visit(item, where));
    if (!isObject(node)) return;
    for (const [key, value] of Object.entries(node)) {
      const bodies = key === 'local-exec' ? (isArray(value) ? value : [value]) : [];
      for (const body of bodies) {
        if (!isObject(body) || typeof body.command !== 'string') continue;
        const interpreter = strings(body.interpreter)[0] ?? '/bin/sh';
        if (!/(^|\/)(ba|da|k)?sh$/.test(interpreter)) continue;
        found.push({ where: where.slice(0, 3).join('.'), script: commandScript(body.command, interpreter) });
      }
      visit(value, [...where, key]);
    }
  };
  visit(configuration, []);
  return found;
}
