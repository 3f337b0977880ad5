import { Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { RequiredPlugin } from '../required-plugin';
import { TypedProvisioner } from './typed-provisioner';

/** What is said of Ansible playbooks that are run in the machine itself. */
export interface AnsibleLocalProps extends ProvisionerOptions {
  /** Paths of playbooks, run in order; they must exist at `packer validate`. See `packer.fromRoot`. */
  readonly playbookFiles: string[];
  /**
   * Folder with everything that Ansible needs, copied into the machine.
   * @default - only the files named
   */
  readonly playbookDir?: string;
  /**
   * Folders with playbooks that the playbooks include.
   * @default - none
   */
  readonly playbookPaths?: string[];
  /**
   * Folders of roles.
   * @default - none
   */
  readonly rolePaths?: string[];
  /**
   * Folders of collections.
   * @default - none
   */
  readonly collectionPaths?: string[];
  /**
   * Folder of variables of groups.
   * @default - none
   */
  readonly groupVars?: string;
  /**
   * Folder of variables of hosts.
   * @default - none
   */
  readonly hostVars?: string;
  /**
   * Inventory; its host must be 127.0.0.1.
   * @default - made by the plugin
   */
  readonly inventoryFile?: string;
  /**
   * Groups of the inventory that the machine is in.
   * @default - none
   */
  readonly inventoryGroups?: string[];
  /**
   * Further arguments of `ansible-playbook`.
   * @default - none
   */
  readonly extraArguments?: string[];
  /**
   * Command that runs a playbook.
   * @default 'ANSIBLE_FORCE_COLOR=1 PYTHONUNBUFFERED=1 ansible-playbook'
   */
  readonly command?: string;
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
   * Folder of the machine in which roles are installed.
   * @default - below the staging folder
   */
  readonly galaxyRolesPath?: string;
  /**
   * Folder of the machine in which collections are installed.
   * @default - below the staging folder
   */
  readonly galaxyCollectionsPath?: string;
  /**
   * Folder of the machine into which everything is copied.
   * @default - `/tmp/packer-provisioner-ansible-local/` and a unique id
   */
  readonly stagingDirectory?: string;
  /**
   * Whether that folder is removed afterwards.
   * @default false
   */
  readonly cleanStagingDirectory?: boolean;
}

/** Playbooks run in the machine. */
export function ansibleLocal(props: AnsibleLocalProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.ansibleLocal');
  problems.check(
    props.playbookFiles.length > 0 && !props.playbookFiles.includes(''),
    provisionerRules['packer-ansible-playbook'],
    { property: 'playbookFiles', received: props.playbookFiles },
  );
  return new TypedProvisioner(problems, 'ansible-local', once({
    playbook_file: props.playbookFiles.length === 1 ? props.playbookFiles[0] : undefined,
    playbook_files: props.playbookFiles.length === 1 ? undefined : props.playbookFiles,
    playbook_dir: props.playbookDir,
    playbook_paths: props.playbookPaths,
    role_paths: props.rolePaths,
    collection_paths: props.collectionPaths,
    group_vars: props.groupVars,
    host_vars: props.hostVars,
    inventory_file: props.inventoryFile,
    inventory_groups: props.inventoryGroups,
    extra_arguments: props.extraArguments,
    command: props.command,
    galaxy_file: props.galaxyFile,
    galaxy_command: props.galaxyCommand,
    galaxy_force_install: props.galaxyForceInstall,
    galaxy_roles_path: props.galaxyRolesPath,
    galaxy_collections_path: props.galaxyCollectionsPath,
    staging_directory: props.stagingDirectory,
    clean_staging_directory: props.cleanStagingDirectory,
  }), props, { requiredPlugin: RequiredPlugin.ANSIBLE });
}
