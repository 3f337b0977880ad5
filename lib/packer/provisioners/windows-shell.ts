import { Duration, Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { checkEnvironment, checkExitCodes, checkScript, scriptAttributes } from './script-checks';
import { TypedProvisioner } from './typed-provisioner';

/** What is said of commands of cmd.exe that run in a machine. */
export interface WindowsShellProps extends ProvisionerOptions {
  /**
   * The lines of one batch file. Either this or `scripts`.
   * @default - `scripts` is given
   */
  readonly inline?: string[];
  /**
   * Paths of batch files, run in order; they must exist at `packer validate`. See `packer.fromRoot`. Either this or `inline`.
   * @default - `inline` is given
   */
  readonly scripts?: string[];
  /**
   * Whether the files are copied byte by byte; else line ends are changed.
   * @default false
   */
  readonly binary?: boolean;
  /**
   * Environment variables of the script, without two opening braces in a row.
   * @default - those of Packer
   */
  readonly environment?: { [name: string]: string };
  /**
   * How a variable is set: a format with `%s` for name and value.
   * @default 'set "%s=%s" && '
   */
  readonly environmentFormat?: string;
  /**
   * Command that runs the script. A template of the plugin with `{{.Path}}` and `{{.Vars}}`, handed over as it is.
   * @default '{{.Vars}}"{{.Path}}"'
   */
  readonly executeCommand?: string;
  /**
   * Path of the script in the machine.
   * @default 'c:/Windows/Temp/script.bat'
   */
  readonly remotePath?: string;
  /**
   * Time within which the script has to be started; for a machine that restarts.
   * @default Duration.minutes(5)
   */
  readonly startRetryTimeout?: Duration;
  /**
   * Exit codes that count as success.
   * @default [0]
   */
  readonly validExitCodes?: number[];
}

/** Commands of cmd.exe. */
export function windowsShell(props: WindowsShellProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.windowsShell');
  checkScript(problems, props.inline, props.scripts);
  checkEnvironment(problems, props.environment);
  checkNoBracesIn(problems, props, ['environment', 'environmentFormat', 'remotePath']);
  checkExitCodes(problems, props.validExitCodes);
  return new TypedProvisioner(problems, 'windows-shell', {
    ...once({
      inline: props.inline,
      ...scriptAttributes(props.scripts),
      binary: props.binary,
      env: props.environment,
      env_var_format: props.environmentFormat,
      remote_path: props.remotePath,
      start_retry_timeout: props.startRetryTimeout?.toString(),
      valid_exit_codes: props.validExitCodes,
    }),
    execute_command: props.executeCommand,
  }, props);
}
