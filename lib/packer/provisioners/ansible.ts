import { Problems } from '../../core';
import { Body } from '../../hcl';
import { Communicator, CommunicatorType } from '../communicator';
import { checkPort } from '../communicator-ssh';
import { checkMeta, metaAttributes, ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, isLiteral, once } from '../plugin-text';
import { IProvisioner, ProvisionerConfig } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { RequiredPlugin } from '../required-plugin';
import { Template } from '../template';
import { checkEnvironment } from './script-checks';

/** Kinds of key between Ansible and the proxy of the plugin. */
export enum AnsibleProxyKeyType {
  /** ECDSA; the default. */
  ECDSA = 'ECDSA',
  /** RSA, signed in a way that OpenSSH of today refuses. */
  RSA = 'RSA',
}

/** What is said of an Ansible playbook that is run from the computer that runs Packer. */
export interface AnsibleProps extends ProvisionerOptions {
  /** Path of the playbook; it must exist at `packer validate`. See `packer.fromRoot`. */
  readonly playbookFile: string;
  /**
   * User as whom Ansible logs in. Always written: without it the plugin takes the user who runs Packer, whom the machine
   * does not know.
   * @default - the user of the source's communicator
   */
  readonly user?: string;
  /**
   * Whether Ansible goes through a proxy in Packer, which uses the connection that Packer has: nothing but Ansible is
   * needed, and every way to log in works. Without the proxy Ansible logs in by itself: with SSH it needs a key, or a
   * password handed over by `extraArguments: ['-e', `ansible_password=${Expression.reference('build.Password')}`]` and
   * sshpass beside Ansible. A password without that is refused: Ansible would be given an empty key file, which OpenSSH
   * reports as "error in libcrypto".
   * @default - true for SSH, false for WinRM, which has no proxy
   */
  readonly useProxy?: boolean;
  /**
   * Further arguments of `ansible-playbook`. An option and its value are one argument (`--tags=base`) or two. Two opening
   * braces in a row cannot be written here; a file of variables (`--extra-vars=@…`) can hold them.
   * @default - none
   */
  readonly extraArguments?: string[];
  /**
   * Environment variables of Ansible, such as `{ ANSIBLE_PIPELINING: 'True' }`.
   * @default - those of Packer; host keys are not checked
   */
  readonly environment?: { [name: string]: string };
  /**
   * Groups of the inventory that the machine is in.
   * @default - none
   */
  readonly groups?: string[];
  /**
   * Groups of the inventory that exist and are empty.
   * @default - none
   */
  readonly emptyGroups?: string[];
  /**
   * Name of the machine in the inventory.
   * @default 'default'
   */
  readonly hostAlias?: string;
  /**
   * Folder of a larger inventory, in which the plugin puts its own file for the time of the build.
   * @default - a temporary folder
   */
  readonly inventoryDirectory?: string;
  /**
   * Inventory that is used as it is; the plugin then writes none.
   * @default - made by the plugin
   */
  readonly inventoryFile?: string;
  /**
   * Line of the machine in the inventory. A template of the plugin with `{{ .HostAlias }}`, `{{ .Host }}`, `{{ .User }}` and
   * `{{ .Port }}`, handed over as it is.
   * @default - as the connection needs it
   */
  readonly inventoryFileTemplate?: string;
  /**
   * Whether the inventory that the plugin wrote is kept.
   * @default false
   */
  readonly keepInventoryFile?: boolean;
  /**
   * `requirements.yml` of roles and collections that are installed before.
   * @default - nothing is installed
   */
  readonly galaxyFile?: string;
  /**
   * Command that installs them.
   * @default 'ansible-galaxy'
   */
  readonly galaxyCommand?: string;
  /**
   * Whether they are installed again where they are there.
   * @default false
   */
  readonly galaxyForceInstall?: boolean;
  /**
   * Whether what they need is installed again too.
   * @default false
   */
  readonly galaxyForceWithDeps?: boolean;
  /**
   * Folder in which roles are installed. Ansible finds it by `ANSIBLE_ROLES_PATH`.
   * @default - that of Ansible
   */
  readonly rolesPath?: string;
  /**
   * Folder in which collections are installed. Ansible finds it by `ANSIBLE_COLLECTIONS_PATH`.
   * @default - that of Ansible
   */
  readonly collectionsPath?: string;
  /**
   * Command that runs the playbook.
   * @default 'ansible-playbook'
   */
  readonly command?: string;
  /**
   * Whether the version of Ansible is not asked; then `packer validate` works without Ansible.
   * @default false
   */
  readonly skipVersionCheck?: boolean;
  /**
   * Whether files are copied by SFTP instead of SCP.
   * @default false
   */
  readonly useSftp?: boolean;
  /**
   * Command in the machine that serves SFTP to the proxy.
   * @default - found by the plugin
   */
  readonly sftpCommand?: string;
  /**
   * Port of the proxy.
   * @default - a free one
   */
  readonly localPort?: number;
  /**
   * Host key of the proxy; with it host keys are checked.
   * @default - a new one
   */
  readonly sshHostKeyFile?: string;
  /**
   * Public key that the proxy lets in. Only with the proxy.
   * @default - a new one
   */
  readonly sshAuthorizedKeyFile?: string;
  /**
   * Kind of key that the proxy makes.
   * @default AnsibleProxyKeyType.ECDSA
   */
  readonly proxyKeyType?: AnsibleProxyKeyType;
  /**
   * Further arguments of SSH, such as `-o ForwardAgent=yes`.
   * @default ['-o IdentitiesOnly=yes']
   */
  readonly sshExtraArguments?: string[];
  /**
   * Whether WinRM is spoken without TLS. Only with WinRM.
   * @default false
   */
  readonly winRmUseHttp?: boolean;
}

/** A playbook run from the computer that runs Packer. */
export function ansible(props: AnsibleProps): IProvisioner {
  return new Ansible(props);
}

const PATH = 'packer.Provisioner.ansible';

class Ansible implements IProvisioner {
  public constructor(private readonly props: AnsibleProps) {
    const problems = new Problems(PATH);
    problems.check(props.playbookFile !== '', provisionerRules['packer-ansible-playbook'], { property: 'playbookFile', received: props.playbookFile });
    checkPort(problems, 'localPort', props.localPort);
    checkEnvironment(problems, props.environment);
    checkPasswordArgument(problems, props.extraArguments);
    checkNoBracesIn(problems, props, ['user', 'hostAlias', 'extraArguments', 'environment']);
    problems.check(
      props.sshAuthorizedKeyFile === undefined || props.useProxy !== false,
      provisionerRules['packer-ansible-proxy-only'],
      { property: 'sshAuthorizedKeyFile', received: props.sshAuthorizedKeyFile },
    );
    checkMeta(problems, props);
    problems.collect('', () => new Body(this.attributes('user', false)));
    problems.throwIfAny();
  }

  /** The configuration after the communicators of the sources that it runs for. */
  public bind(template: Template): ProvisionerConfig {
    const { props } = this;
    const communicators = template.sources
      .filter((source) => props.only?.includes(source.address) ?? !props.except?.includes(source.address))
      .map((source) => source.communicator)
      .filter((communicator) => communicator !== undefined);
    const problems = new Problems(PATH);
    const winRm = communicators.some((c) => c.type === CommunicatorType.WINRM);
    const ssh = communicators.some((c) => c.type === CommunicatorType.SSH);
    const useProxy = props.useProxy ?? !winRm;
    const users = [...new Set(communicators.map((c) => c.username).filter((user) => user !== undefined))];
    const user = props.user ?? users[0];
    problems
      .check(user !== undefined && (props.user !== undefined || users.length === 1), provisionerRules['packer-ansible-user'], {
        property: 'user', received: users,
      })
      .check(!(winRm && useProxy), provisionerRules['packer-ansible-winrm-proxy'], { property: 'useProxy', received: useProxy })
      .check(!(winRm && ssh && props.useProxy === undefined), provisionerRules['packer-ansible-mixed'], { property: 'useProxy' })
      .check(
        useProxy || hasPasswordArgument(props.extraArguments) || !communicators.some(loginByPasswordOnly),
        provisionerRules['packer-ansible-password'],
        { property: 'useProxy', received: false },
      )
      .check(props.winRmUseHttp !== true || winRm || communicators.length === 0, provisionerRules['packer-ansible-winrm-http'], {
        property: 'winRmUseHttp', received: true,
      })
      .throwIfAny();
    return {
      type: 'ansible',
      attributes: { ...this.attributes(user!, useProxy), ...metaAttributes(props) },
      comment: props.comment,
      requiredPlugin: RequiredPlugin.ANSIBLE,
    };
  }

  private attributes(user: string, useProxy: boolean): { [name: string]: any } {
    const { props } = this;
    return {
      ...once({
        playbook_file: props.playbookFile,
        user,
        use_proxy: useProxy,
        groups: props.groups,
        empty_groups: props.emptyGroups,
        host_alias: props.hostAlias,
        inventory_directory: props.inventoryDirectory,
        inventory_file: props.inventoryFile,
        keep_inventory_file: props.keepInventoryFile,
        galaxy_file: props.galaxyFile,
        galaxy_command: props.galaxyCommand,
        galaxy_force_install: props.galaxyForceInstall,
        galaxy_force_with_deps: props.galaxyForceWithDeps,
        roles_path: props.rolesPath,
        collections_path: props.collectionsPath,
        command: props.command,
        skip_version_check: props.skipVersionCheck,
        use_sftp: props.useSftp,
        sftp_command: props.sftpCommand,
        local_port: props.localPort,
        ssh_host_key_file: props.sshHostKeyFile,
        ssh_authorized_key_file: props.sshAuthorizedKeyFile,
        ansible_proxy_key_type: props.proxyKeyType,
        ansible_ssh_extra_args: props.sshExtraArguments,
        ansible_winrm_use_http: props.winRmUseHttp,
      }),
      extra_arguments: props.extraArguments,
      ansible_env_vars: props.environment === undefined
        ? undefined
        : Object.keys(props.environment).sort().map((name) => `${name}=${props.environment![name]}`),
      inventory_file_template: props.inventoryFileTemplate,
    };
  }
}

/** Whether Packer logs in by password and has no key that it could hand to Ansible. */
function loginByPasswordOnly(communicator: Communicator): boolean {
  return communicator.type === CommunicatorType.SSH && communicator.hasPassword && !communicator.hasKey;
}

/** Whether the password is handed over in the one form that the plugin knows: an argument of its own. */
function hasPasswordArgument(args: string[] | undefined): boolean {
  return (args ?? []).some((arg, i) => arg.startsWith('ansible_password=') && ['-e', '--extra-vars'].includes(args![i - 1]));
}

function checkPasswordArgument(problems: Problems, args: string[] | undefined): void {
  (args ?? []).forEach((arg, i) => {
    const [, value] = /\bansible_(?:ssh_|become_|winrm_)?pass(?:word)?=(.*)$/s.exec(arg) ?? [];
    problems.check(value === undefined || !isLiteral(value), provisionerRules['packer-ansible-secret'], { property: `extraArguments[${i}]` });
  });
}
