import { InstallationRequest } from '../installable';
import { archInstallScript } from './arch-install';

/**
 * Texts for the CD from which the live system of Arch Linux installs itself, by name of file.
 *
 * Packer is to find the installed system alone, so the live one answers neither by the guest agent nor by SSH. A clock that no server sets
 * is trusted after two minutes; the live system would wait for one for ever.
 * @param request what is installed; its texts are of a form that needs no escape
 * @param mirror server that it is installed from, with `$repo` and `$arch` in it
 * @internal
 */
export function archAnswerFiles(request: InstallationRequest, mirror: string): { [name: string]: string } {
  const userData = {
    output: { all: '| tee -a /var/log/cloud-init-output.log /dev/tty1' },
    bootcmd: [
      ['systemctl', 'mask', '--runtime', '--now', '--no-block', 'sshd.service', 'qemu-guest-agent.service'],
      ['systemd-run', '--on-active=2min', 'systemctl', 'stop', 'systemd-time-wait-sync.service'],
    ],
    runcmd: [
      ['mount', '--mkdir', '--options', 'ro', '--label', 'cidata', '/run/answers'],
      ['bash', '/run/answers/install.sh'],
    ],
  };
  return {
    'user-data': `#cloud-config\n${toYaml(userData)}`,
    'meta-data': 'instance-id: installation\n',
    'install.sh': archInstallScript({ ...request, mirror }),
    'build-password': `${request.buildPasswordHash}\n`,
  };
}

function toYaml(value: unknown): string {
  // Read where it is needed: most programs install nothing.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(value, { lineWidth: 0 });
}
