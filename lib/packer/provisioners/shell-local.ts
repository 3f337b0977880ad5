import { Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { checkEnvironment, checkExitCodes, checkScript, scriptAttributes } from './script-checks';
import { TypedProvisioner } from './typed-provisioner';

/** Operating systems on which Packer runs. */
export enum LocalSystem {
  /** macOS. */
  DARWIN = 'darwin',
  /** FreeBSD. */
  FREEBSD = 'freebsd',
  /** Linux. */
  LINUX = 'linux',
  /** OpenBSD. */
  OPENBSD = 'openbsd',
  /** Solaris. */
  SOLARIS = 'solaris',
  /** Windows. */
  WINDOWS = 'windows',
}

/** A script that runs on the computer that runs Packer, in the folder in which it was started. */
export interface ShellLocalProps {
  /**
   * The lines of one script, without two opening braces in a row. Either this or `scripts`.
   * @default - `scripts` is given
   */
  readonly inline?: string[];
  /**
   * Paths of scripts, run in order; they must exist at `packer validate`. See `packer.fromRoot`. Either this or `inline`.
   * @default - `inline` is given
   */
  readonly scripts?: string[];
  /**
   * Environment variables of the script, without two opening braces in a row.
   * @default - those of Packer and of its environment
   */
  readonly environment?: { [name: string]: string };
  /**
   * How a variable is written in front of the script: a format with `%s` for name and value.
   * @default "%s='%s' "
   */
  readonly environmentFormat?: string;
  /**
   * Command and arguments that run the script. Templates of the plugin with `{{.Vars}}` and `{{.Script}}`, handed over as they are.
   * @default ['/bin/sh', '-c', '{{.Vars}} {{.Script}}']
   */
  readonly executeCommand?: string[];
  /**
   * Interpreter of the lines.
   * @default '/bin/sh -e'
   */
  readonly inlineShebang?: string;
  /**
   * Operating systems on which the script runs; it is left out on others.
   * @default - all
   */
  readonly onlyOn?: LocalSystem[];
  /**
   * Extension of the file in which the lines are put.
   * @default - none; `.cmd` on Windows
   */
  readonly tempfileExtension?: string;
  /**
   * Whether paths are written as the Windows Subsystem for Linux knows them. Only where Packer runs on Windows, and
   * not with `inline`.
   * @default false
   */
  readonly useLinuxPathing?: boolean;
  /**
   * Exit codes that count as success.
   * @default [0]
   */
  readonly validExitCodes?: number[];
}

/** What is said of a provisioner that runs on the computer that runs Packer. */
export interface ShellLocalProvisionerProps extends ShellLocalProps, ProvisionerOptions {}

/** A script beside Packer, as a provisioner. */
export function shellLocal(props: ShellLocalProvisionerProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.shellLocal');
  checkShellLocal(problems, props);
  return new TypedProvisioner(problems, 'shell-local', shellLocalAttributes(props), props, { needsCommunicator: false });
}

/** Notes what is wrong with a script beside Packer. */
export function checkShellLocal(problems: Problems, props: ShellLocalProps): void {
  checkScript(problems, props.inline, props.scripts);
  checkNoBracesIn(problems, props, ['inline', 'scripts', 'environment', 'environmentFormat']);
  checkEnvironment(problems, props.environment);
  checkExitCodes(problems, props.validExitCodes);
  problems.check(
    props.useLinuxPathing !== true || props.inline === undefined,
    provisionerRules['packer-linux-pathing-inline'],
    { property: 'useLinuxPathing', received: true },
  );
}

/** The attributes of a script beside Packer. */
export function shellLocalAttributes(props: ShellLocalProps): { [name: string]: any } {
  return {
    inline: props.inline,
    execute_command: props.executeCommand,
    ...once({
      ...scriptAttributes(props.scripts),
      env: props.environment,
      env_var_format: props.environmentFormat,
      inline_shebang: props.inlineShebang,
      only_on: props.onlyOn,
      tempfile_extension: props.tempfileExtension,
      use_linux_pathing: props.useLinuxPathing,
      valid_exit_codes: props.validExitCodes,
    }),
  };
}
