import { Duration, Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { isLiteral, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { RequiredPlugin } from '../required-plugin';
import { checkSecret } from '../secret-check';
import { TypedProvisioner } from './typed-provisioner';

/** What is said of a restart of Windows. */
export interface WindowsRestartProps extends ProvisionerOptions {
  /**
   * Command that restarts.
   * @default - `shutdown /r /f /t 0 …`
   */
  readonly restartCommand?: string;
  /**
   * Command whose success tells that Windows is back.
   * @default - a command that prints the name of the machine
   */
  readonly restartCheckCommand?: string;
  /**
   * Time within which Windows has to be back.
   * @default Duration.minutes(5)
   */
  readonly restartTimeout?: Duration;
  /**
   * Whether Packer also waits until the registry says that no further restart is pending.
   * @default false
   */
  readonly checkRegistry?: boolean;
  /**
   * Keys of the registry that tell so.
   * @default - those of Windows Update, of component servicing and of renamed files
   */
  readonly registryKeys?: string[];
}

/** What is said of the installation of Windows updates. */
export interface WindowsUpdateProps extends ProvisionerOptions {
  /**
   * Which updates are looked for, in the language of Windows Update.
   * @default 'BrowseOnly=0 and IsInstalled=0'
   */
  readonly searchCriteria?: string;
  /**
   * Which of the updates found are installed: `include:` or `exclude:` and an expression of PowerShell about `$_`, in order;
   * the first that is true decides, and what none speaks of is not installed.
   * @default - all
   */
  readonly filters?: string[];
  /**
   * How many updates are installed between two restarts, 1 or more.
   * @default 1000
   */
  readonly updateLimit?: number;
  /**
   * How often an update that fails is tried again, 1 or more.
   * @default 5
   */
  readonly updateMaxRetries?: number;
  /**
   * Time within which Windows has to be back after a restart.
   * @default Duration.hours(4)
   */
  readonly restartTimeout?: Duration;
  /**
   * User as whom updates are installed.
   * @default 'SYSTEM'
   */
  readonly username?: string;
  /**
   * Password of that user: a reference to something sensitive. Literal text is refused.
   * @default - none; right for SYSTEM
   */
  readonly password?: string;
}

/** A restart of Windows. */
export function windowsRestart(props: WindowsRestartProps): IProvisioner {
  return new TypedProvisioner(new Problems('packer.Provisioner.windowsRestart'), 'windows-restart', once({
    restart_command: props.restartCommand,
    restart_check_command: props.restartCheckCommand,
    restart_timeout: props.restartTimeout?.toString(),
    check_registry: props.checkRegistry,
    registry_keys: props.registryKeys,
  }), props);
}

/** Installation of Windows updates. */
export function windowsUpdate(props: WindowsUpdateProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.windowsUpdate');
  (props.filters ?? []).forEach((filter, i) => problems.check(
    !isLiteral(filter) || /^(include|exclude):./s.test(filter),
    provisionerRules['packer-windows-update-filter'],
    { property: `filters[${i}]`, received: filter },
  ));
  for (const property of ['updateLimit', 'updateMaxRetries'] as const) {
    const { [property]: value } = props;
    problems.check(
      value === undefined || (Number.isInteger(value) && value >= 1),
      provisionerRules['packer-windows-update-number'],
      { property, received: value },
    );
  }
  checkSecret(problems, 'password', props.password);
  return new TypedProvisioner(problems, 'windows-update', once({
    search_criteria: props.searchCriteria,
    filters: props.filters,
    update_limit: props.updateLimit,
    update_max_retries: props.updateMaxRetries,
    restart_timeout: props.restartTimeout?.toString(),
    username: props.username,
    password: props.password,
  }), props, { requiredPlugin: RequiredPlugin.WINDOWS_UPDATE });
}
