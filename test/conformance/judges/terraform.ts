import * as fs from 'node:fs';
import * as path from 'node:path';
import { run, terraformEnvironment, ToolName, toolPath } from '../../../tools';
import { Verdict } from '../check';
import { temporaryFile } from '../text';

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly snippet?: { readonly context?: string };
}

/** `init` with the real providers and `validate` succeed, in a copy of the stack's folder: the output is relocatable. */
export async function validStack(stack: string, tool: ToolName & ('terraform' | 'tofu')): Promise<Verdict> {
  const folder = temporaryFile('stack');
  fs.cpSync(stack, folder, { recursive: true, filter: (source) => path.basename(source) !== '.terraform' });
  const options = { cwd: folder, env: terraformEnvironment() };
  const init = await run(toolPath(tool), ['init', '-backend=false', '-input=false', '-no-color'], options);
  if (init.status !== 0) return `${tool} init: exit ${init.status}\n${init.output}`;
  const validate = await run(toolPath(tool), ['validate', '-json'], options);
  fs.rmSync(folder, { recursive: true, force: true });
  const answer = JSON.parse(validate.stdout || '{}') as { valid?: boolean; diagnostics?: Diagnostic[] };
  if (validate.status === 0 && answer.valid === true) return undefined;
  const errors = (answer.diagnostics ?? []).filter((diagnostic) => diagnostic.severity === 'error');
  return `${tool} validate: exit ${validate.status}\n${errors.map(describe).join('\n') || validate.output}`;
}

function describe(diagnostic: Diagnostic): string {
  return [diagnostic.snippet?.context, diagnostic.summary, diagnostic.detail].filter(Boolean).join(': ');
}
