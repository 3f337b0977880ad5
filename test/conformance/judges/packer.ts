import * as fs from 'node:fs';
import * as path from 'node:path';
import { packerBuildEnvironment, packerEnvironment, run, tool, toolPath } from '../../../tools';
import { Verdict } from '../check';
import { difference, temporaryFile, temporaryFolder } from '../text';

type Values = { readonly [name: string]: string };

/** `packer fmt` finds nothing to do. */
export async function formatted(folder: string): Promise<Verdict> {
  const result = await run(toolPath('packer'), ['fmt', '-check', '-diff', '.'], { cwd: folder, env: packerEnvironment() });
  if (result.status === 0 && result.output.trim() === '') return undefined;
  return `packer fmt would change (exit ${result.status}):\n${result.output}`;
}

const lists = new Map<string, string>();
const LIST = /file:(https?:\/\/[^"\s]+)/g;

/**
 * The folder, or a copy of it in which lists of checksums stand beside it instead of on the vendors' servers: Packer reads them when it validates,
 * and this machine need not reach them. What a list says is not judged.
 */
function withListsAtHand(folder: string): string {
  const texts = fs.readdirSync(folder).filter((name) => /\.pkr\.(hcl|json)$/.test(name)).map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]);
  if (texts.every(([, text]) => text.search(LIST) === -1)) return folder;
  const copy = temporaryFolder('lists');
  fs.cpSync(path.dirname(folder), copy, { recursive: true });
  const isos = texts.flatMap(([, text]) => [...text.matchAll(/https?:\/\/[^"\s]+\/([^"/\s]+\.iso)"/g)].map(([, name]) => name));
  const content = isos.sort().map((name) => `${'0'.repeat(64)}  ${name}\n`).join('');
  const list = lists.get(content) ?? temporaryFile('list');
  lists.set(content, list);
  fs.writeFileSync(list, content);
  const inCopy = path.join(copy, path.basename(folder));
  texts.forEach(([name, text]) => fs.writeFileSync(path.join(inCopy, name), text.replace(LIST, `file:${list}`)));
  return inCopy;
}

/** `packer validate` finds neither errors nor warnings. */
export async function valid(written: string, variables: Values): Promise<Verdict> {
  const folder = withListsAtHand(written);
  const result = await run(toolPath('packer'), ['validate', '.'], { cwd: folder, env: { ...packerBuildEnvironment(), ...variables } });
  if (result.status !== 0 || !result.output.includes('The configuration is valid.')) return `exit ${result.status}\n${result.output}`;
  return /^Warning:/m.test(result.output) ? `valid, but with warnings:\n${result.output}` : undefined;
}

/** `packer inspect` says the same of two folders: variables, locals, sources, provisioners and post-processors in their order. */
export async function sameInspection(one: string, other: string, variables: Values): Promise<Verdict> {
  const reports: string[] = [];
  for (const folder of [one, other]) {
    const env = { ...packerEnvironment(), ...variables };
    const result = await run(toolPath('packer'), ['inspect', '.'], { cwd: folder, env });
    // It exits 0 also when it could not read the template.
    if (result.status !== 0 || /^Error:/m.test(result.output)) {
      return `packer inspect in ${folder}: exit ${result.status}\n${result.output}`;
    }
    if (!/^Packer Inspect: HCL2 mode$/m.test(result.output)) return `packer inspect took ${folder} for something else:\n${result.output}`;
    reports.push(withoutChance(result.output));
  }
  return difference(reports[0], reports[1]);
}

/** Whether the plugins installed tell what they receive; the released ones do not. */
export function pluginsTell(): boolean {
  return tool('packer-plugins').note?.startsWith('stand-ins') ?? false;
}

/** The plugins receive the same configuration from two folders, to the letter. Only the stand-ins tell what they receive. */
export async function sameConfiguration(one: string, other: string, variables: Values): Promise<Verdict> {
  const records: string[] = [];
  for (const folder of [one, other].map(withListsAtHand)) {
    const record = temporaryFile('record');
    const env = { ...packerBuildEnvironment(), ...variables, PROXMOX_CONSTRUCTS_STAND_IN_RECORD: record };
    const result = await run(toolPath('packer'), ['validate', '.'], { cwd: folder, env });
    if (result.status !== 0) return `exit ${result.status}\n${result.output}`;
    if (!fs.existsSync(record)) return `No plugin received a configuration from ${folder}`;
    const lines = fs.readFileSync(record, 'utf8').trim().split('\n');
    fs.rmSync(record);
    // Sources are prepared in no particular order.
    records.push(withoutChance(lines.sort().map((line) => JSON.stringify(JSON.parse(line), undefined, 2)).join('\n')));
  }
  return difference(records[0], records[1]);
}

/** What a template makes anew in each run: unique ids, and hashes with a random salt. */
function withoutChance(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g, '<bcrypt hash>');
}
