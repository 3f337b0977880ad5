import { run, toolPath } from '../../../tools';
import { Verdict } from '../check';

/** shellcheck finds nothing in a script; the first line says which shell it is for. */
export async function clean(script: string): Promise<Verdict> {
  // A value put in by a template stands in these scripts as a word that never changes: not a mistake.
  const args = ['--format', 'gcc', '--color=never', ...(script.includes(placeholder) ? ['--exclude', 'SC2050,SC2157,SC2194'] : []), '-'];
  const result = await run(toolPath('shellcheck'), args, { input: script });
  return result.status === 0 ? undefined : `${result.output}\n${numbered(script)}`;
}

/** What stands for a value that is known only later. */
const placeholder = 'template_value';

/** The script that the `inline` of a shell provisioner comes to, as Packer writes it to a file on the machine. */
export function inlineScript(lines: readonly string[], shebang: string): string {
  return [`#!${shebang}`, ...lines.map((line) => afterGoTemplate(afterHcl(line))), ''].join('\n');
}

/** The script of a `local-exec` provisioner in Terraform's JSON. */
export function commandScript(command: string, shebang: string): string {
  return `#!${shebang}\n${afterHcl(command)}\n`;
}

/** Undoes the escapes of HCL strings, and puts a word in the place of references. */
function afterHcl(text: string): string {
  let result = '';
  for (let i = 0; i < text.length;) {
    if (/^(\$\$|%%)\{/.test(text.slice(i, i + 3))) {
      result += text.slice(i + 1, i + 3);
      i += 3;
    } else if (/^[$%]\{/.test(text.slice(i, i + 2))) {
      i = endOfBraces(text, i + 1);
      result += placeholder;
    } else {
      result += text[i];
      i += 1;
    }
  }
  return result;
}

/** The position after the brace that closes the one at `start`; braces within strings do not count. */
function endOfBraces(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted;
    if (quoted && text[i] === '\\') i += 1;
    if (quoted) continue;
    if (text[i] === '{') depth += 1;
    if (text[i] === '}') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return text.length;
}

/** Undoes the escapes of Go templates, ``{{`…`}}`` and `{{"…"}}`, and puts a word in the place of anything else. */
function afterGoTemplate(text: string): string {
  const action = /\{\{\s*(?:`([^`]*)`|"([^"]*)"|[^}]*?)\s*\}\}/g;
  return text.replace(action, (_all, raw?: string, quoted?: string) => raw ?? quoted ?? placeholder);
}

function numbered(script: string): string {
  return script.trimEnd().split('\n').map((line, i) => `${String(i + 1).padStart(4)}  ${line}`).join('\n');
}
