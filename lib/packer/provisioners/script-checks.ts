import { Problems } from '../../core';
import { isLiteral } from '../plugin-text';
import { provisionerRules } from '../provisioner-rules';

/** Notes what is wrong with the lines or files of a script, of which there is exactly one kind. */
export function checkScript(problems: Problems, inline: string[] | undefined, scripts: string[] | undefined): void {
  problems.check((inline === undefined) !== (scripts === undefined), provisionerRules['packer-script-or-inline'], { property: 'inline' });
  checkLines(problems, 'inline', inline);
  checkLines(problems, 'scripts', scripts);
}

/** Notes a list of lines or paths that says nothing. */
export function checkLines(problems: Problems, property: string, lines: string[] | undefined): void {
  if (lines === undefined) return;
  problems.check(
    lines.length > 0 && (property === 'inline' || lines.every((line) => line !== '')),
    provisionerRules['packer-script-empty'],
    { property, received: lines },
  );
}

/** Notes names of environment variables that no shell takes. */
export function checkEnvironment(problems: Problems, environment: { [name: string]: string } | undefined): void {
  for (const name of Object.keys(environment ?? {})) {
    problems.check(
      !isLiteral(name) || /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
      provisionerRules['packer-environment-name'],
      { property: 'environment', received: name },
    );
  }
}

/** Notes exit codes that no process has. */
export function checkExitCodes(problems: Problems, codes: number[] | undefined): void {
  (codes ?? []).forEach((code, i) => problems.check(
    Number.isInteger(code) && code >= 0,
    provisionerRules['packer-exit-code'],
    { property: `validExitCodes[${i}]`, received: code },
  ));
}

/** One script as `script`, several as `scripts`. */
export function scriptAttributes(scripts: string[] | undefined): { [name: string]: any } {
  return scripts === undefined ? {} : scripts.length === 1 ? { script: scripts[0] } : { scripts };
}
