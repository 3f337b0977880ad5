import { Expression } from '../hcl';
import * as packer from '../packer';
import { USER_ROLES } from './image-roles';
import { inFiles } from './local-files';
import { StandardProfileProps } from './provisioning-profile';

/** How Packer logs in to the machine that it builds. */
export interface ImageAccess {
  /** Whether by WinRM, or by SSH. */
  readonly winRm: boolean;
  /** Whether by a password, or by a key of Packer's own. */
  readonly byPassword: boolean;
}

/** What runs the roles of `ansible/` in a machine. */
export function ansibleProvisioner(standard: StandardProfileProps, user: string, windows: boolean, access: ImageAccess): packer.IProvisioner {
  const hasRoles = [...standard.rolesBefore ?? [], ...standard.rolesAfter ?? []].length > 0;
  const environment = hasRoles ? { ANSIBLE_ROLES_PATH: inFiles(USER_ROLES) } : undefined;
  const variables = `--extra-vars=@${inFiles('ansible-variables.json')}`;
  const common = {
    name: 'profile standard',
    comment: 'Profile standard: the Ansible roles that ship with proxmox-constructs, in files/ansible/.',
    user,
  };
  if (!windows) {
    return packer.Provisioner.ansible({
      ...common,
      playbookFile: inFiles('ansible/playbook.yml'),
      useSftp: true,
      environment,
      extraArguments: [variables, '--skip-tags=cleanup'],
    });
  }
  return packer.Provisioner.ansible({
    ...common,
    playbookFile: inFiles('ansible/windows.yml'),
    galaxyFile: inFiles('ansible/requirements.yml'),
    useProxy: false,
    environment: { ...environment, ...(access.winRm ? {} : { ANSIBLE_HOST_KEY_CHECKING: 'False' }) },
    extraArguments: [...(access.winRm ? BY_WINRM : bySsh(access)), variables],
  });
}

/** The certificate is one that the machine made for itself. */
const BY_WINRM = ['-e', 'ansible_winrm_server_cert_validation=ignore'];

/** The plugin knows a password only as an argument of its own. */
function bySsh({ byPassword }: ImageAccess): string[] {
  return [...(byPassword ? ['-e', `ansible_password=${Expression.reference('build.Password')}`] : []), '-e', 'ansible_shell_type=cmd'];
}
