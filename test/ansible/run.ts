import { onPath, toolPath, ToolUnavailable } from '../../tools';
import { configuredReleases, type Release } from '../../tools/guests/apt';
import { Report } from '../support/report';
import { generalizeByScript, generalizeOnBusybox } from './generalize';
import { goldenImage } from './golden-image';
import { gpuKernels, gpuNvidia } from './gpu-nvidia';
import { lint } from './lint';
import { Machine } from './machine';
import { refusals } from './refusals';
import { namedRelease, rootfs } from './rootfs';

/** Programs that tools/ does not install, and the Debian packages that have them. */
const PROGRAMS = { 'mmdebstrap': 'mmdebstrap', 'unshare': 'util-linux', 'ssh': 'openssh-client', 'ssh-keygen': 'openssh-client', 'scp': 'openssh-client', 'sftp': 'openssh-client' };

function checkProgram(): void {
  if (process.getuid?.() !== 0) throw new ToolUnavailable('ansible-test', 'it makes root filesystems, and only root can', 'Run it as root, in a virtual machine or container of your own.');
  for (const [program, debianPackage] of Object.entries(PROGRAMS)) {
    if (!onPath(program)) throw new ToolUnavailable(program, 'it is not on PATH', `Install it with your package manager (Debian: apt-get install ${debianPackage}).`);
  }
}

async function testRelease(release: Release, ansiblePlaybook: string, report: Report): Promise<void> {
  const archive = await rootfs(release);
  const scenarios: [string, (machine: Machine) => Promise<void>][] = [
    ['a golden image', (machine) => goldenImage(ansiblePlaybook, machine, report)],
    ['the script alone', (machine) => generalizeByScript(machine, report)],
    ['the script on busybox', (machine) => generalizeOnBusybox(machine, report)],
    ['what is refused', (machine) => refusals(ansiblePlaybook, machine, report)],
  ];
  const kernel = gpuKernels[release.codename];
  if (kernel !== undefined) scenarios.push(['drivers of NVIDIA', (machine) => gpuNvidia(ansiblePlaybook, machine, kernel, report)]);
  for (const [title, scenario] of scenarios) {
    report.section(`${release.codename}: ${title}`);
    const machine = await Machine.start(archive);
    try {
      await scenario(machine);
    } catch (error) {
      report.broken(error);
    } finally {
      await machine.stop();
    }
  }
}

/** `run.ts [RELEASE | RELEASE=MIRROR]…`; without arguments all releases that the machine's apt knows. */
async function main(): Promise<boolean> {
  const report = new Report();
  try {
    checkProgram();
    const asked = process.argv.slice(2);
    const releases = asked.length > 0 ? asked.map(namedRelease) : configuredReleases();
    if (releases.length === 0) throw new Error('apt on this machine knows no release of Debian or Ubuntu: name one, as RELEASE=MIRROR');
    const ansiblePlaybook = toolPath('ansible-playbook');
    report.section('Lint');
    await lint(report);
    for (const release of releases) await testRelease(release, ansiblePlaybook, report);
  } catch (error) {
    report.broken(error);
  }
  return report.finish();
}

void main().then((passed) => { process.exitCode = passed ? 0 : 1; });
