import { Block } from '../hcl';
import { ProvisionerOptions } from './meta-arguments';
import { ansible, AnsibleProps } from './provisioners/ansible';
import { ansibleLocal, AnsibleLocalProps } from './provisioners/ansible-local';
import { file, fileContent, FileContentProps, FileProps } from './provisioners/file';
import { hcpSbom, HcpSbomProps } from './provisioners/hcp-sbom';
import { breakpoint, BreakpointProps, sleep, SleepProps } from './provisioners/pause';
import { powerShell, PowerShellProps } from './provisioners/powershell';
import { shell, ShellProps, shellScript, ShellScriptProps } from './provisioners/shell';
import { shellLocal, ShellLocalProvisionerProps } from './provisioners/shell-local';
import { custom } from './provisioners/typed-provisioner';
import { windowsRestart, WindowsRestartProps, windowsUpdate, WindowsUpdateProps } from './provisioners/windows';
import { windowsShell, WindowsShellProps } from './provisioners/windows-shell';
import { RequiredPlugin } from './required-plugin';
import { Template } from './template';

/** What a provisioner tells the template it is part of. */
export interface ProvisionerConfig {
  /** Type of the provisioner, such as `shell`. */
  readonly type: string;
  /** Attributes of its block, as Packer spells them. */
  readonly attributes: { [name: string]: any };
  /**
   * Nested blocks.
   * @default - none
   */
  readonly blocks?: Block[];
  /**
   * The plugin that has the provisioner.
   * @default - the provisioner is a part of Packer
   */
  readonly requiredPlugin?: RequiredPlugin;
  /**
   * Whether the provisioner works in the machine, and so needs a connection to it.
   * @default true
   */
  readonly needsCommunicator?: boolean;
  /**
   * Remark for readers of the template.
   * @default - no comment
   */
  readonly comment?: string;
}

/** A step that changes the machine between its start and its conversion to a template. */
export interface IProvisioner {
  /**
   * Answers with the configuration for one template. It is called whenever the template is rendered, when all sources are
   * known, and must not change the template.
   */
  bind(template: Template): ProvisionerConfig;
}

/** What is said of a provisioner that has no function here. */
export interface CustomProvisionerOptions extends ProvisionerOptions {
  /**
   * Nested blocks.
   * @default - none
   */
  readonly blocks?: Block[];
  /**
   * The plugin that has the provisioner.
   * @default - the provisioner is a part of Packer
   */
  readonly requiredPlugin?: RequiredPlugin;
  /**
   * Whether the provisioner works in the machine, and so needs a connection to it.
   * @default true
   */
  readonly needsCommunicator?: boolean;
}

/**
 * The provisioners of Packer and of the plugins for Ansible and Windows Update.
 *
 * Text in their properties is literal, besides expressions (`${variable}`), whose value is not: `{{` in it begins a template
 * of the plugin. Properties that are templates themselves (`executeCommand`) say so. Paths of files beside the template are written with `packer.fromRoot`.
 *
 * @see https://developer.hashicorp.com/packer/docs/provisioners
 */
export class Provisioner {
  /** Runs lines of shell script in the machine. */
  public static shell(props: ShellProps): IProvisioner { return shell(props); }

  /** Copies scripts into the machine and runs them. */
  public static shellScript(props: ShellScriptProps): IProvisioner { return shellScript(props); }

  /** Runs shell script on the computer that runs Packer. */
  public static shellLocal(props: ShellLocalProvisionerProps): IProvisioner { return shellLocal(props); }

  /** Copies files and folders into the machine, or out of it. */
  public static file(props: FileProps): IProvisioner { return file(props); }

  /** Writes a text into a file of the machine. */
  public static fileContent(props: FileContentProps): IProvisioner { return fileContent(props); }

  /** Runs an Ansible playbook against the machine, from the computer that runs Packer. */
  public static ansible(props: AnsibleProps): IProvisioner { return ansible(props); }

  /** Copies Ansible playbooks into the machine and runs them there. Ansible has to be installed in the machine. */
  public static ansibleLocal(props: AnsibleLocalProps): IProvisioner { return ansibleLocal(props); }

  /** Runs PowerShell in the machine. */
  public static powerShell(props: PowerShellProps): IProvisioner { return powerShell(props); }

  /** Runs commands of cmd.exe in the machine. */
  public static windowsShell(props: WindowsShellProps): IProvisioner { return windowsShell(props); }

  /** Restarts Windows and waits until it is back. */
  public static windowsRestart(props: WindowsRestartProps = {}): IProvisioner { return windowsRestart(props); }

  /** Installs the updates of Windows, restarting as often as needed. */
  public static windowsUpdate(props: WindowsUpdateProps = {}): IProvisioner { return windowsUpdate(props); }

  /** Stops the build until Enter is pressed beside Packer; for debugging. */
  public static breakpoint(props: BreakpointProps = {}): IProvisioner { return breakpoint(props); }

  /** Waits. Written as a breakpoint that does not stop, since Packer's own `sleep` crashes. */
  public static sleep(props: SleepProps): IProvisioner { return sleep(props); }

  /** Uploads a software bill of materials to HCP Packer. */
  public static hcpSbom(props: HcpSbomProps): IProvisioner { return hcpSbom(props); }

  /**
   * A provisioner that has no function here. Its attributes are handed over as they are: nothing is checked, and `{{`
   * begins a template of the plugin.
   *
   *     Provisioner.custom('puppet-server', { puppet_server: 'puppet.lan' }, { requiredPlugin: puppet })
   *
   * @param type type of the provisioner
   * @param attributes attributes as the plugin spells them
   * @param options what may be said of every provisioner
   */
  public static custom(type: string, attributes: { [name: string]: any } = {}, options: CustomProvisionerOptions = {}): IProvisioner {
    return custom(type, attributes, options);
  }

  private constructor() {}
}
