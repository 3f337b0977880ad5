import { Problems } from '../core';
import { Block, Body } from '../hcl';
import { CommunicatorType } from './communicator';
import { postProcessorRules } from './post-processor-rules';
import { ProvisionerConfig } from './provisioner';
import { provisionerRules } from './provisioner-rules';
import { ProxmoxCloneSource } from './proxmox-clone-source';
import { ProxmoxSource } from './proxmox-source';
import { callsFunction, referencesIn } from './references';
import { packerRules as rules } from './rules';
import { Source } from './source';
import { TemplateParts } from './template-parts';

/** Names that Packer knows behind a first name. */
const KNOWN: { readonly [root: string]: string[] | undefined } = {
  path: ['cwd', 'root'],
  packer: ['version'],
  source: ['name', 'type'],
  build: [
    'name', 'ID', 'Host', 'Port', 'User', 'Password', 'ConnType', 'PackerRunUUID', 'PackerHTTPIP', 'PackerHTTPPort', 'PackerHTTPAddr',
    'SSHPublicKey', 'SSHPrivateKey', 'WinRMPassword',
  ],
};
const SECRETS_OF_BUILD = ['build.Password', 'build.SSHPrivateKey', 'build.WinRMPassword'];

/**
 * Notes mistakes that span parts of a template.
 *
 * @param body the rendered document; undefined where it could not be rendered
 */
export function checkTemplate(problems: Problems, parts: TemplateParts, body: Body | undefined): void {
  problems.check(parts.sources.length > 0, rules['packer-source-missing'], { property: 'addSource' });
  checkPlugins(problems, parts);
  checkSiblings(problems, parts.sources);
  checkSteps(problems, parts);
  checkManifest(problems, parts);
  if (body !== undefined) checkReferences(problems, parts, body);
}

/** Whether a step with these meta arguments runs for a source. */
export function runsFor(config: { readonly attributes: { [name: string]: any } }, source: Source): boolean {
  const { only, except } = config.attributes;
  return only?.includes(source.address) ?? !except?.includes(source.address);
}

function checkPlugins(problems: Problems, parts: TemplateParts): void {
  const brought = [...parts.data, ...parts.sources, ...parts.provisioners, parts.errorCleanup, ...parts.postProcessors, ...parts.sequences.flat()]
    .map((part) => part?.requiredPlugin).filter((plugin) => plugin !== undefined);
  for (const list of [parts.plugins, brought]) {
    list.forEach((plugin) => {
      const first = list.find((other) => other.name === plugin.name)!;
      const same = first.source === plugin.source && first.version === plugin.version;
      const decided = list === brought && parts.plugins.some((other) => other.name === plugin.name);
      problems.check(same || decided, rules['packer-plugin-conflict'], {
        property: 'addRequiredPlugin', received: `${plugin.name}: ${first.source} ${first.version}, ${plugin.source} ${plugin.version}`,
      });
    });
  }
}

function checkSiblings(problems: Problems, sources: Source[]): void {
  const machines = sources.filter((source) => source instanceof ProxmoxSource);
  machines.forEach((machine) => {
    const property = `source.${machine.address}`;
    problems.check(
      machine.vmId === undefined || machines.find((other) => other.vmId === machine.vmId) === machine,
      rules['packer-vm-id-twice'],
      { property: `${property}.vmId`, received: machine.vmId },
    );
    if (!(machine instanceof ProxmoxCloneSource)) return;
    const parent = machines.find((other) => other !== machine && machine.isCloneOf(other));
    problems.check(parent === undefined, rules['packer-clone-of-sibling'], { property, received: parent?.address });
  });
}

function checkSteps(problems: Problems, parts: TemplateParts): void {
  const provisioners: [string, ProvisionerConfig][] = parts.provisioners.map((config, i) => [`provisioners[${i}]`, config]);
  if (parts.errorCleanup !== undefined) provisioners.push(['errorCleanupProvisioner', parts.errorCleanup]);
  const postProcessors = [...parts.postProcessors, ...parts.sequences.flat()].map((config, i) => [`postProcessors[${i}]`, config] as const);
  const addresses = parts.sources.map((source) => source.address);
  const names = parts.sources.map((source) => source.name);
  for (const [property, { attributes }] of [...provisioners, ...postProcessors]) {
    for (const limit of ['only', 'except']) {
      for (const address of attributes[limit] ?? []) {
        problems.check(addresses.includes(address), rules['packer-unknown-source'], { property: `${property}.${limit}`, received: address });
      }
    }
    for (const name of Object.keys(attributes.override ?? {})) {
      problems.check(names.includes(name), rules['packer-unknown-source'], { property: `${property}.override`, received: name });
    }
  }
  for (const [property, config] of provisioners) {
    if (config.needsCommunicator === false) continue;
    for (const source of parts.sources) {
      problems.check(
        source.communicator?.type !== CommunicatorType.NONE || !runsFor(config, source),
        rules['packer-provisioner-without-communicator'],
        { property, received: source.address },
      );
    }
  }
}

function checkManifest(problems: Problems, parts: TemplateParts): void {
  if (parts.postProcessors.length === 0 && parts.sequences.length === 0) return;
  const manifests = parts.postProcessors.filter((config) => config.type === 'manifest');
  for (const source of parts.sources) {
    problems.check(manifests.some((config) => runsFor(config, source)), postProcessorRules['packer-manifest-missing'], {
      property: 'addPostProcessors', received: source.address,
    });
  }
}

/** Notes references to what is not there, or not there yet, and secrets that Packer would print. */
function checkReferences(problems: Problems, parts: TemplateParts, body: Body): void {
  const declared = new Set([
    ...parts.variables.map((variable) => `var.${variable.name}`),
    ...parts.locals.map((local) => `local.${local.name}`),
    ...parts.data.map((data) => `data.${data.type}.${data.name}`),
  ]);
  const sensitive = new Set([
    ...parts.variables.filter((variable) => variable.sensitive).map((variable) => `var.${variable.name}`),
    ...parts.locals.filter((local) => local.sensitive).map((local) => `local.${local.name}`),
  ]);
  checkFileContent(problems, parts, sensitive);
  const onlyProxmox = parts.sources.every((source) => source instanceof ProxmoxSource); // other builders may add names of their own
  visit(body, '', (path, text) => {
    const inStep = path.startsWith('build.provisioner') || path.startsWith('build.error-cleanup') || path.startsWith('build.post-');
    for (const { root, names } of referencesIn(text)) {
      const name = [root, ...names.slice(0, root === 'data' ? 2 : 1)].join('.');
      if (['var', 'local', 'data'].includes(root)) {
        problems.check(declared.has(name), rules['packer-undeclared-reference'], { property: path, received: name });
      } else if (root === 'build' || root === 'source') {
        problems.check(inStep || (root === 'source' && path.startsWith('source.')), rules['packer-build-reference'], { property: path, received: name });
      }
      const known = root === 'build' && !onlyProxmox ? undefined : KNOWN[root];
      const iterates = new RegExp(`\\bfor\\s+(\\w+\\s*,\\s*)?${root}\\b`).test(text);
      problems.check(known === undefined || iterates || known.includes(names[0]), rules['packer-unknown-name'], { property: path, received: name });
      if (/(^|[._])(password|token)$/.test(path) && ['var', 'local'].includes(root) && declared.has(name)) {
        problems.check(sensitive.has(name), rules['packer-secret-not-sensitive'], { property: path, received: name });
      }
    }
    problems.check(!callsFunction(text, 'env') || /^variable\..*\.default$/.test(path), rules['packer-env-outside-default'], { property: path });
  });
}

/** Notes secrets in texts for files, which Packer leaves in a temporary file. */
function checkFileContent(problems: Problems, parts: TemplateParts, sensitive: Set<string>): void {
  const steps = parts.provisioners.map((config, i) => [`provisioners[${i}]`, config] as const);
  for (const [property, { type, attributes }] of [...steps, ['errorCleanupProvisioner', parts.errorCleanup ?? { type: '', attributes: {} }] as const]) {
    if (type !== 'file' || typeof attributes.content !== 'string') continue;
    for (const { root, names } of referencesIn(attributes.content)) {
      const name = `${root}.${names[0]}`;
      problems.check(!sensitive.has(name) && !SECRETS_OF_BUILD.includes(name), provisionerRules['packer-file-content-secret'], {
        property: `${property}.content`, received: name,
      });
    }
  }
}

function visit(body: Body, path: string, see: (path: string, text: string) => void): void {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const [name, value] of Object.entries(body.attributes)) visitValue(value, at(name), see);
  const count = new Map<string, number>();
  for (const block of body.blocks) visit(block.body, at(blockPath(block, body.blocks, count)), see);
}

function visitValue(value: any, path: string, see: (path: string, text: string) => void): void {
  if (typeof value === 'string') see(path, value);
  else if (Array.isArray(value)) value.forEach((item, i) => visitValue(item, `${path}[${i}]`, see));
  else if (typeof value === 'object') Object.entries(value).forEach(([key, item]) => { see(path, key); visitValue(item, `${path}.${key}`, see); });
}

/** A block as a path names it: by its labels where they tell it from others, else by its number. */
function blockPath(block: Block, all: Block[], count: Map<string, number>): string {
  const index = count.get(block.type) ?? 0;
  count.set(block.type, index + 1);
  const alike = all.filter((other) => other.type === block.type);
  if (block.ordered || (block.labels.length === 0 && alike.length > 1)) return `${block.type}[${index}]`;
  return [block.type, ...block.labels].join('.');
}
