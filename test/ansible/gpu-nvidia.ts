import * as path from 'node:path';
import { type Report } from '../support/report';
import { write } from './bake';
import { type Machine } from './machine';
import { play, type PlayResult } from './play';

/** The releases that the role supports, by the package of a cloud image's kernel. */
export const gpuKernels: { readonly [codename: string]: string } = {
  bookworm: 'linux-image-cloud-amd64', trixie: 'linux-image-cloud-amd64', noble: 'linux-image-virtual', resolute: 'linux-image-virtual',
};

const ENFORCED = 'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';

/** Drivers of NVIDIA where no card is: refusals, a dry run, then the real packages, whose modules are really there for the kernel of the image. */
export async function gpuNvidia(ansiblePlaybook: string, machine: Machine, kernel: string, report: Report): Promise<void> {
  const run = (variables: object, ...more: string[]): Promise<PlayResult> => play(ansiblePlaybook, machine, {
    user: 'root', variables, playbook: path.join(__dirname, 'gpu-nvidia.yml'), arguments: more,
  });
  const ubuntu = kernel === 'linux-image-virtual';
  const sources = machine.read('/etc/apt/sources.list');
  const state = () => machine.inside('dpkg-query -W | md5sum; cat /etc/apt/sources.list; cd /etc; ls modprobe.d apt/sources.list.d apt/preferences.d apt/keyrings 2>/dev/null || true');
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const refused = await run(variables);
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
  };

  const untouched = await state();
  await refuse('a flavour that is none', { gpu_nvidia_flavour: 'free' }, /gpu_nvidia_flavour must be one of: auto, open, proprietary, got: free/);
  await refuse('a branch that is none', { gpu_nvidia_branch: 'latest' }, ubuntu ? /three digits.*\(latest\)/ : /Debian has one branch/);
  if (!ubuntu) await refuse('prebuilt modules of Debian', { gpu_nvidia_modules: 'prebuilt' }, /compiles the modules in the image/);
  await refuse('a short fingerprint', { gpu_nvidia_container_toolkit_fingerprint: 'F796ECB0' }, /a fingerprint has 40 of 0-9 and A-F/);
  await refuse('packages of CUDA without its repository', { gpu_nvidia_cuda_packages: ['cuda-toolkit'] }, /so set gpu_nvidia_cuda as well/);
  await refuse('an image without a kernel', {}, /No package linux-image-FLAVOUR is installed/);
  write(machine, 'etc/alpine-release', '3.23.4\n');
  await refuse('another distribution', {}, /does not support Alpine/);
  await machine.inside('rm /etc/alpine-release');
  write(machine, ENFORCED, '\x06\0\0\0\x01');
  await refuse('modules that Secure Boot would not let in', { gpu_nvidia_modules: 'dkms' }, /Secure Boot is enforced on this machine/);
  write(machine, ENFORCED, '\x06\0\0\0\0');
  report.equal('nothing was changed by what was refused', await state(), untouched);

  report.equal('the kernel of a cloud image is installed', await root(machine, `apt-get update && apt-get install -qq -y --no-install-recommends ${kernel} initramfs-tools python3-apt`), 0);
  const dry = await state();
  if (!ubuntu) await refuse('a display by the kernel of the cloud', { gpu_nvidia_display: true }, /built without the part that displays need/);
  const checked = await run({}, '--check');
  report.match('a dry run succeeds', checked.status === 0 ? checked.recap : checked.output, /unreachable=0 +failed=0 /);
  report.equal('and changes nothing', await state(), dry);

  const first = await run({}, '-v');
  report.match('the drivers are installed where no card is', first.status === 0 ? first.recap : first.output, /unreachable=0 +failed=0 /);
  report.equal('the second run changes nothing', (await run({})).changed, []);
  report.match('the archive has its components', machine.read('/etc/apt/sources.list') ?? '', ubuntu ? / restricted$/m : / main contrib non-free non-free-firmware$/m);
  report.equal('nouveau is kept away', machine.read('/etc/modprobe.d/gpu-nvidia.conf'),
    '# Written by the role gpu_nvidia.\nblacklist nouveau\nblacklist nova_core\noptions nouveau modeset=0\n');
  report.match('from the initramfs on', await machine.inside('lsinitramfs /boot/initrd.img-*'), /^etc\/modprobe\.d\/gpu-nvidia\.conf$/m);
  report.equal('the persistence daemon is enabled', /^(enabled|static)$/m.test(await machine.inside('systemctl is-enabled nvidia-persistenced || true')), true);
  report.match('the tools are there', await machine.inside('command -v nvidia-smi'), /nvidia-smi/);

  report.section(`${report.title}: drivers of NVIDIA, other repositories`);
  const fingerprint = await repositories(machine);
  const foreign = { gpu_nvidia_container_toolkit: true, gpu_nvidia_container_toolkit_url: 'file:/srv/toolkit', gpu_nvidia_container_toolkit_key: 'file:///srv/key.asc' };
  await refuse('a key of somebody else', foreign, new RegExp(`file:///srv/key\\.asc does not hold the one key C95B321B61E88C1809C4F759DDCAE044F796ECB0, but ${fingerprint}`));
  report.equal('its repository is not used', [machine.list('/etc/apt/keyrings'), machine.list('/etc/apt/sources.list.d')], [[], []]);
  // As cloud images of newer releases have it.
  const lines = sources!.trim().split('\n').map((line) => /^deb (?:\[signed-by=(\S+)\] )?(\S+) (\S+) (.*)$/.exec(line)!);
  write(machine, 'etc/apt/sources.list', '');
  write(machine, 'etc/apt/sources.list.d/distribution.sources', lines.map(([, key, uri, suite, components]) =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suite}\nComponents: ${components}\nSigned-By: ${key ?? '/usr/share/keyrings/debian-archive-keyring.gpg'}\n`).join('\n'));
  const all = {
    ...foreign,
    gpu_nvidia_container_toolkit_fingerprint: fingerprint,
    gpu_nvidia_cuda: true,
    gpu_nvidia_cuda_url: 'file:/srv/cuda',
    gpu_nvidia_cuda_key: 'file:///srv/key.asc',
    gpu_nvidia_cuda_fingerprint: fingerprint,
    gpu_nvidia_cuda_packages: ['cuda-nothing'],
    gpu_nvidia_hold: true,
  };
  const more = await run(all);
  report.match('with repositories whose key is the one', more.status === 0 ? more.recap : more.output, /unreachable=0 +failed=0 /);
  report.equal('the same again changes nothing', (await run(all)).changed, []);
  report.equal('components in the other format', machine.read('/etc/apt/sources.list.d/distribution.sources')?.match(/^Components: .*$/gm),
    lines.map(([,,,, components]) => `Components: ${components} ${ubuntu ? 'restricted' : 'contrib non-free non-free-firmware'}`));
  report.equal('their packages are installed', await machine.inside("dpkg-query -W -f '${Package} ${db:Status-Status}\\n' nvidia-container-toolkit cuda-nothing"),
    'cuda-nothing installed\nnvidia-container-toolkit installed\n');
  report.without('what the distribution has comes from the distribution', await machine.inside('apt-cache policy dkms | grep Candidate'), /999/);
  report.match('the drivers are held', await machine.inside('apt-mark showhold'), ubuntu ? /^linux-image-virtual\n[^]*^nvidia-/m : /^nvidia-kernel-dkms$/m);
  await run({ ...all, gpu_nvidia_hold: false });
  report.equal('and let go', await machine.inside('apt-mark showhold'), '');
}

/** Runs a command as root over SSH, where there are processes and devices; the status. */
async function root(machine: Machine, command: string): Promise<number | string> {
  const { status, output } = await machine.ssh('root', `export DEBIAN_FRONTEND=noninteractive; ${command}`);
  return status === 0 ? 0 : output;
}

/** Two repositories of a key made for them: one with the toolkit, and one with a version of dkms nobody should get. */
async function repositories(machine: Machine): Promise<string> {
  const make = `set -e; export GNUPGHOME=/srv/gnupg; mkdir -m 700 -p $GNUPGHOME
    apt-get install -qq -y --no-install-recommends gpg gpg-agent >/dev/null
    gpg --batch --quiet --passphrase '' --quick-generate-key 'Planted key' ed25519 sign never
    gpg --armor --export >/srv/key.asc
    add() {
      mkdir -p /srv/$1 /tmp/$2/DEBIAN
      printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\nMaintainer: Nobody <nobody@example.net>\\nDescription: planted\\n' $2 $3 >/tmp/$2/DEBIAN/control
      dpkg-deb --build /tmp/$2 /srv/$1/$2.deb >/dev/null
    }
    add toolkit nvidia-container-toolkit 1.0; add cuda cuda-nothing 1.0; add cuda dkms 999
    for folder in toolkit cuda; do
      cd /srv/$folder; apt-ftparchive packages . >Packages; apt-ftparchive release . >/tmp/Release; mv /tmp/Release .
      gpg --batch --quiet --clearsign --output InRelease Release
    done
    gpg --with-colons --list-keys | sed -n 's/^fpr:*\\([0-9A-F]*\\):$/\\1/p' | head -n 1 >/srv/fingerprint
    gpgconf --kill all || true; rm -rf $GNUPGHOME`;
  const made = await root(machine, make);
  if (made !== 0) throw new Error(`the planted repositories: ${made}`);
  return machine.read('/srv/fingerprint')!.trim();
}
