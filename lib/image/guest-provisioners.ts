import { Problems } from '../core';
import { GuestShell } from '../guest-os';
import { ProvisionerConfig } from '../packer';
import { imageRules } from './rules';

/** Provisioners that only guests with one kind of shell can run as they are. */
const SHELLS: Readonly<Record<string, GuestShell>> = {
  'shell': GuestShell.POSIX,
  'ansible-local': GuestShell.POSIX,
  'powershell': GuestShell.POWERSHELL,
  'windows-shell': GuestShell.POWERSHELL,
  'windows-restart': GuestShell.POWERSHELL,
  'windows-update': GuestShell.POWERSHELL,
};

/** With a command of one's own there may be PowerShell on Linux, or Bash on Windows. */
const OWN_COMMANDS = ['execute_command', 'restart_command'];

/** Notes a provisioner that would fail of the guest's shell, after all that comes before it. */
export function checkGuestProvisioner({ type, attributes }: ProvisionerConfig, shell: GuestShell = GuestShell.POSIX, problems: Problems): void {
  const needed = SHELLS[type];
  const ok = needed === undefined || needed === shell || OWN_COMMANDS.some((name) => attributes[name] !== undefined);
  problems.check(ok, imageRules['provisioner-of-other-system'], { property: 'type', received: type });
}
