import { ruleTable } from '../core';

/**
 * Rules of the provisioners.
 * @internal
 */
export const provisionerRules = ruleTable({
  'packer-script-or-inline': {
    rule: 'A script is given as lines or as files, and as one of them.',
    remedy: 'Give `inline` or `scripts`; for both, add two provisioners.',
  },
  'packer-script-empty': {
    rule: 'A list of lines or paths is not empty, and no path is.',
    remedy: 'Give at least one, or leave out the provisioner.',
  },
  'packer-environment-name': {
    rule: 'The name of an environment variable is a letter or _, then letters, digits and _.',
    remedy: 'Rename the variable; the value may be any text.',
  },
  'packer-exit-code': {
    rule: 'An exit code is a whole number, 0 or more.',
    remedy: 'Give the codes that count as success, such as [0, 3010].',
  },
  'packer-linux-pathing-inline': {
    rule: 'Packer cannot run lines through the Windows Subsystem for Linux, only script files.',
    remedy: 'Put the lines into a file and give it in `scripts`.',
  },
  'packer-file-destination': {
    rule: 'A file has a destination.',
    remedy: 'Give a path that the user of the communicator may write, such as /tmp/motd; move it later with Provisioner.shell.',
  },
  'packer-file-folder': {
    rule: 'Several files go into a folder, whose path ends with /; else each overwrites the one before.',
    remedy: 'Put / at the end of the destination.',
  },
  'packer-file-content-empty': {
    rule: 'A text for a file is not empty: Packer takes an empty text for no text and writes no file.',
    remedy: 'Make an empty file with Provisioner.shell and `: > /path`.',
  },
  'packer-file-content-folder': {
    rule: 'A text is written into a file: into a folder it would come under a name that Packer makes up.',
    remedy: 'Give the path of the file, without / at its end.',
  },
  'packer-file-content-secret': {
    rule: 'A text for a file holds no secret: Packer puts it into a temporary file beside itself, and leaves it there.',
    remedy: 'Give the secret to Provisioner.shell in `environment`, and write the file there, such as with printf.',
  },
  'packer-ansible-playbook': {
    rule: 'Ansible is given a playbook.',
    remedy: "Give its path, such as packer.fromRoot('files/site.yml').",
  },
  'packer-ansible-user': {
    rule: 'Ansible logs in as a user whom the machine knows; without a word the plugin takes the one who runs Packer. It is taken over from the communicator where all sources have the same.',
    remedy: 'Give `user`; or one provisioner for each user, with `only`.',
  },
  'packer-ansible-password': {
    rule: 'Without the proxy Ansible logs in by itself, and a password reaches it in one way only; else it is given an empty key file ("error in libcrypto", "Permission denied").',
    remedy: "Leave out useProxy (the proxy works with a password), or log in by key, or add extraArguments ['-e', `ansible_password=${Expression.reference('build.Password')}`] and install sshpass beside Ansible.",
    see: 'https://github.com/hashicorp/packer-plugin-ansible/issues/178',
  },
  'packer-ansible-secret': {
    rule: 'A password for Ansible does not stand in a template: it would lie on the disk in clear.',
    remedy: "Pass a reference, such as `ansible_password=${Expression.reference('build.Password')}` or a sensitive variable.",
  },
  'packer-ansible-proxy-only': {
    rule: 'The plugin does not read sshAuthorizedKeyFile where the proxy is off.',
    remedy: 'Leave it out, or leave the proxy on.',
    see: 'https://github.com/hashicorp/packer-plugin-ansible/issues/42',
  },
  'packer-ansible-winrm-proxy': {
    rule: 'The proxy speaks SSH: with WinRM Ansible connects by itself.',
    remedy: 'Leave out useProxy.',
  },
  'packer-ansible-mixed': {
    rule: 'One Ansible provisioner cannot serve sources with SSH and sources with WinRM.',
    remedy: 'Add one for each kind, with `only`.',
  },
  'packer-ansible-winrm-http': {
    rule: 'winRmUseHttp says something of WinRM, and no source uses it.',
    remedy: 'Leave it out.',
  },
  'packer-elevated-user': {
    rule: 'A password for elevation goes with its user.',
    remedy: 'Give elevatedUser as well.',
  },
  'packer-debug-mode': {
    rule: 'Tracing of PowerShell is 0, 1 or 2.',
    remedy: 'Use 1 for lines, 2 for variables and calls too.',
  },
  'packer-execution-policy-none': {
    rule: 'Without an execution policy PowerShell is not started by name: lines need a command that runs them.',
    remedy: 'Give executeCommand, or use ExecutionPolicy.BYPASS.',
  },
  'packer-windows-update-filter': {
    rule: 'A filter of updates is `include:` or `exclude:` and an expression of PowerShell.',
    remedy: "Write it as include:$_.Title -like '*Defender*', and end the list with include:$true or exclude:$true.",
  },
  'packer-windows-update-number': {
    rule: 'The number of updates and that of repetitions are whole and 1 or more: the plugin takes 0 for its default.',
    remedy: 'Leave it out for the default.',
  },
  'packer-sbom-source': {
    rule: 'A bill of materials is either read from a file of the machine or made by Packer.',
    remedy: 'Give `source`, or set autoGenerate.',
  },
  'packer-sbom-name': {
    rule: 'The name of a bill of materials has 3 to 36 letters, digits and hyphens.',
    remedy: 'Choose another name, or leave it out.',
  },
});
