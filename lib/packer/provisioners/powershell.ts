import { Duration, Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { checkSecret } from '../secret-check';
import { checkEnvironment, checkExitCodes, checkScript, scriptAttributes } from './script-checks';
import { TypedProvisioner } from './typed-provisioner';

/** Which scripts PowerShell runs. @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_execution_policies */
export enum ExecutionPolicy {
  /** All, without a question; the default. */
  BYPASS = 'bypass',
  /** Signed ones. */
  ALL_SIGNED = 'allsigned',
  /** As Windows has it by default. */
  DEFAULT = 'default',
  /** Signed ones, and those that were not downloaded. */
  REMOTE_SIGNED = 'remotesigned',
  /** None. */
  RESTRICTED = 'restricted',
  /** As set for another scope. */
  UNDEFINED = 'undefined',
  /** All, with a question for those that were downloaded. */
  UNRESTRICTED = 'unrestricted',
  /** Nothing is said to PowerShell, which then is not started by name. With `inline` it needs `executeCommand`. */
  NONE = 'none',
}

/** What is said of PowerShell that runs in a machine. */
export interface PowerShellProps extends ProvisionerOptions {
  /**
   * The lines of one script, without two opening braces in a row: Packer renders them as a template. Either this or `scripts`.
   * @default - `scripts` is given
   */
  readonly inline?: string[];
  /**
   * Paths of scripts, run in order; they must exist at `packer validate`. See `packer.fromRoot`. Either this or `inline`.
   * @default - `inline` is given
   */
  readonly scripts?: string[];
  /**
   * Whether the scripts are copied byte by byte; else line ends are changed.
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
   * @default '$env:%s="%s"; '
   */
  readonly environmentFormat?: string;
  /**
   * How a variable is set for an elevated script.
   * @default '$env:%s="%s"; '
   */
  readonly elevatedEnvironmentFormat?: string;
  /**
   * Command that runs the script. A template of the plugin with `{{.Path}}` and `{{.Vars}}`, handed over as it is.
   * @default - PowerShell with the execution policy
   */
  readonly executeCommand?: string;
  /**
   * Command that runs the script elevated. A template of the plugin, handed over as it is.
   * @default - PowerShell with the execution policy
   */
  readonly elevatedExecuteCommand?: string;
  /**
   * User as whom the script runs with all rights, by a scheduled task; such as `Administrator` or `SYSTEM`.
   * @default - the user of the communicator, without elevation
   */
  readonly elevatedUser?: string;
  /**
   * Password of that user: a reference, such as `Expression.reference('build.Password')`. Literal text is refused.
   * @default - none; right for SYSTEM
   */
  readonly elevatedPassword?: string;
  /**
   * Which scripts PowerShell runs.
   * @default ExecutionPolicy.BYPASS
   */
  readonly executionPolicy?: ExecutionPolicy;
  /**
   * Tracing of the script: 0 none, 1 lines, 2 variables and calls too.
   * @default 0
   */
  readonly debugMode?: number;
  /**
   * Whether `pwsh` runs the script instead of Windows PowerShell.
   * @default false
   */
  readonly usePwsh?: boolean;
  /**
   * Path of the script in the machine.
   * @default - below `c:/Windows/Temp`
   */
  readonly remotePath?: string;
  /**
   * Path of the file with the environment in the machine.
   * @default - below `c:/Windows/Temp`
   */
  readonly remoteEnvVarPath?: string;
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
   * Exit codes that count as success.
   * @default [0]
   */
  readonly validExitCodes?: number[];
}

/** PowerShell in the machine. */
export function powerShell(props: PowerShellProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.powerShell');
  checkScript(problems, props.inline, props.scripts);
  checkEnvironment(problems, props.environment);
  checkNoBracesIn(problems, props, [
    'inline', 'environment', 'environmentFormat', 'elevatedEnvironmentFormat', 'elevatedPassword', 'remotePath', 'remoteEnvVarPath',
  ]);
  problems.check(
    props.executionPolicy !== ExecutionPolicy.NONE || props.inline === undefined
      || props.executeCommand !== undefined || props.elevatedExecuteCommand !== undefined,
    provisionerRules['packer-execution-policy-none'],
    { property: 'executionPolicy', received: props.executionPolicy },
  );
  checkElevated(problems, props.elevatedUser, props.elevatedPassword);
  problems.check(
    props.debugMode === undefined || [0, 1, 2].includes(props.debugMode),
    provisionerRules['packer-debug-mode'],
    { property: 'debugMode', received: props.debugMode },
  );
  checkExitCodes(problems, props.validExitCodes);
  return new TypedProvisioner(problems, 'powershell', {
    inline: props.inline,
    ...once({
      ...scriptAttributes(props.scripts),
      binary: props.binary,
      env_var_format: props.environmentFormat,
      elevated_env_var_format: props.elevatedEnvironmentFormat,
      elevated_user: props.elevatedUser,
      execution_policy: props.executionPolicy,
      debug_mode: props.debugMode,
      use_pwsh: props.usePwsh,
      remote_path: props.remotePath,
      remote_env_var_path: props.remoteEnvVarPath,
      skip_clean: props.skipClean,
      start_retry_timeout: props.startRetryTimeout?.toString(),
      pause_after: props.pauseAfter?.toString(),
      valid_exit_codes: props.validExitCodes,
    }),
    env: props.environment,
    elevated_password: props.elevatedPassword,
    execute_command: props.executeCommand,
    elevated_execute_command: props.elevatedExecuteCommand,
  }, props);
}

/** Notes a password without a user, or one that is literal text. */
export function checkElevated(problems: Problems, user: string | undefined, password: string | undefined): void {
  problems.check(password === undefined || user !== undefined, provisionerRules['packer-elevated-user'], { property: 'elevatedPassword' });
  checkSecret(problems, 'elevatedPassword', password);
}
