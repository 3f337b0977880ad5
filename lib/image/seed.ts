import { GuestSetup, PrivilegeEscalation } from '../guest-os';

/** What the seed ISO of a build says to cloud-init. */
export interface SeedProps {
  /** User that Packer logs in as; gone at the end of the build. */
  readonly buildUser: string;
  /** Hash of the password that Packer makes for this one build. */
  readonly passwordHash: string;
  /** How the agent is installed. */
  readonly guestSetup: GuestSetup;
  /** Name of the build, for logs. */
  readonly buildName: string;
}

/**
 * The two files of a cloud-init seed (NoCloud): they make the build user and start the guest agent.
 *
 * The strings of the script are single-quoted YAML, in which only the quote itself is doubled.
 * @see https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html
 */
export function renderSeed(props: SeedProps): { [file: string]: string } {
  const escalation = props.guestSetup.privilegeEscalation ?? PrivilegeEscalation.SUDO;
  const lines = props.guestSetup.installAgent;
  return {
    'meta-data': `instance-id: ${props.buildName}\nlocal-hostname: ${props.buildName}\n`,
    'user-data': [
      '#cloud-config',
      'users:',
      `  - name: ${props.buildUser}`,
      `    hashed_passwd: ${quoted(props.passwordHash)}`,
      '    lock_passwd: false',
      escalation === PrivilegeEscalation.DOAS
        ? `    doas: [${quoted(`permit nopass ${props.buildUser}`)}]`
        : `    sudo: ${quoted('ALL=(ALL) NOPASSWD:ALL')}`,
      'ssh_pwauth: true',
      'runcmd:',
      '  - - sh',
      '    - -euc',
      `    - ${blockOf(lines)}`,
      ...lines.map((line) => (line === '' ? '' : `      ${line}`)),
      '',
    ].join('\n'),
  };
}

/** A block has the indentation of its first line, unless it says how deep it is within what is around it. */
function blockOf(lines: string[]): string {
  return /^\s/.test(lines.find((line) => line !== '') ?? '') ? '|2' : '|';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
