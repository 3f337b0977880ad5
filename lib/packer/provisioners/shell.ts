import { Duration, Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { checkEnvironment, checkExitCodes, checkLines, scriptAttributes } from './script-checks';
import { TypedProvisioner } from './typed-provisioner';

/** What is said of every script that runs in a machine with a Unix shell. */
export interface ShellOptions extends ProvisionerOptions {
  /**
   * Environment variables of the script, without two opening braces in a row.
   * @default - those of Packer (`PACKER_BUILD_NAME`, …)
   */
  readonly environment?: { [name: string]: string };
  /**
   * How a variable is written in front of the script: a format with `%s` for name and value.
   * @default "%s='%s' "
   */
  readonly environmentFormat?: string;
  /**
   * Whether the environment is handed over in a file, for values that the command line cannot carry.
   * @default false
   */
  readonly useEnvVarFile?: boolean;
  /**
   * Command that runs the script. A template of the plugin with `{{.Path}}`, `{{.Vars}}` and `{{.EnvVarFile}}`, handed over
   * as it is: `sudo -E sh -c '{{.Vars}} {{.Path}}'`.
   * @default 'chmod +x {{.Path}}; {{.Vars}} {{.Path}}'
   */
  readonly executeCommand?: string;
  /**
   * Whether the connection may break while the script runs, as it does on a restart.
   * @default false
   */
  readonly expectDisconnect?: boolean;
  /**
   * Whether the script stays in the machine.
   * @default false
   */
  readonly skipClean?: boolean;
  /**
   * Time within which the script has to be started; for a machine that restarts.
   * @default Duration.minutes(5)
   */
  readonly startRetryTimeout?: Duration;
  /**
   * Time to wait after the script.
   * @default - no wait
   */
  readonly pauseAfter?: Duration;
  /**
   * Folder of the machine into which the script is copied; one that is not mounted noexec.
   * @default '/tmp'
   */
  readonly remoteFolder?: string;
  /**
   * Name of the script in the machine.
   * @default - `script_<number>.sh`
   */
  readonly remoteFile?: string;
  /**
   * Path of the script in the machine, instead of folder and name.
   * @default - made of remoteFolder and remoteFile
   */
  readonly remotePath?: string;
  /**
   * Exit codes that count as success.
   * @default [0]
   */
  readonly validExitCodes?: number[];
}

/** What is said of lines of script that run in a machine. */
export interface ShellProps extends ShellOptions {
  /**
   * The lines of one script. It stops at the first line that fails; the last line decides. Two opening braces in a row
   * cannot be written here; a script file can hold them.
   */
  readonly inline: string[];
  /**
   * Interpreter of the script.
   * @default '/bin/sh -e'
   */
  readonly inlineShebang?: string;
}

/** What is said of script files that run in a machine. */
export interface ShellScriptProps extends ShellOptions {
  /** Paths of the scripts, run in order; they must exist at `packer validate`. See `packer.fromRoot`. */
  readonly scripts: string[];
  /**
   * Whether the scripts are copied byte by byte; else line ends of Windows are changed.
   * @default false
   */
  readonly binary?: boolean;
}

/** Lines of script. */
export function shell(props: ShellProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.shell');
  checkLines(problems, 'inline', props.inline);
  return create(problems, props, { inline: props.inline, inline_shebang: once(props.inlineShebang) });
}

/** Script files. */
export function shellScript(props: ShellScriptProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.shellScript');
  checkLines(problems, 'scripts', props.scripts);
  return create(problems, props, { ...once(scriptAttributes(props.scripts)), binary: props.binary });
}

function create(problems: Problems, options: ShellOptions, attributes: { [name: string]: any }): IProvisioner {
  checkEnvironment(problems, options.environment);
  checkNoBracesIn(problems, options, ['inline', 'environment', 'environmentFormat', 'remoteFolder', 'remoteFile', 'remotePath']);
  checkExitCodes(problems, options.validExitCodes);
  return new TypedProvisioner(problems, 'shell', {
    ...attributes,
    ...once({
      env: options.environment,
      env_var_format: options.environmentFormat,
      use_env_var_file: options.useEnvVarFile,
      expect_disconnect: options.expectDisconnect,
      skip_clean: options.skipClean,
      start_retry_timeout: options.startRetryTimeout?.toString(),
      pause_after: options.pauseAfter?.toString(),
      remote_folder: options.remoteFolder,
      remote_file: options.remoteFile,
      remote_path: options.remotePath,
      valid_exit_codes: options.validExitCodes,
    }),
    execute_command: options.executeCommand,
  }, options);
}
