import { onPath, run, toolPath, ToolUnavailable } from '../../tools';
import { configuredReleases, type Release } from '../../tools/guests/apt';
import { Report } from '../support/report';
import { families } from './families';
import { generalizeByScript, generalizeOnBusybox } from './generalize';
import { goldenImage } from './golden-image';
import { gpuKernels, gpuNvidia } from './gpu-nvidia';
import { guides, hardening } from './hardening';
import { k3s } from './k3s';
import { k3sOnRedHat } from './k3s-redhat';
import { lint } from './lint';
import { Machine } from './machine';
import { refusals } from './refusals';
import { namedRelease, rootfs } from './rootfs';
import { windows } from './windows';

/** Programs that tools/ does not install, and the Debian packages that have them. */
const PROGRAMS = { 'mmdebstrap': 'mmdebstrap', 'unshare': 'util-linux', 'ssh': 'openssh-client', 'ssh-keygen': 'openssh-client', 'scp': 'openssh-client', 'sftp': 'openssh-client' };

function checkProgram(): void {
  if (process.getuid?.() !== 0) throw new ToolUnavailable('ansible-test', 'it makes root filesystems, and only root can', 'Run it as root, in a virtual machine or container of your own.');
  for (const [program, debianPackage] of Object.entries(PROGRAMS)) {
    if (!onPath(program)) throw new ToolUnavailable(program, 'it is not on PATH', `Install it with your package manager (Debian: apt-get install ${debianPackage}).`);
  }
}

/** First argument of the process for what runs beside. */
const BESIDE = '--beside';

type Scenario = [title: string, run: (machine: Machine) => Promise<void>];

async function testRelease(release: Release, ansiblePlaybook: string, report: Report): Promise<void> {
  const archive = await rootfs(release);
  const beside = guides[release.codename] === undefined ? undefined
    : run(process.execPath, [...process.execArgv, __filename, BESIDE, ...process.argv.slice(2)]);
  const scenarios: Scenario[] = [
    ['a golden image', (machine) => goldenImage(ansiblePlaybook, machine, report)],
    ['the script alone', (machine) => generalizeByScript(machine, report)],
    ['the script on busybox', (machine) => generalizeOnBusybox(machine, report)],
    ['what is refused', (machine) => refusals(ansiblePlaybook, machine, report)],
  ];
  const kernel = gpuKernels[release.codename];
  if (kernel !== undefined) scenarios.push(['drivers of NVIDIA', (machine) => gpuNvidia(ansiblePlaybook, machine, kernel, report)]);
  await runAll(release, archive, scenarios, report);
  if (beside === undefined) return;
  report.section(`${release.codename}: what ran beside all this`);
  const { status, output } = await beside;
  console.log(output.trim());
  report.equal('other families, hardening, k3s', status, 0);
}

/** The scenarios that need nothing of the others, in a process of their own, since a play leaves a processor idle half of the time. */
async function testBeside(release: Release, ansiblePlaybook: string, report: Report): Promise<void> {
  const guide = guides[release.codename];
  if (guide === undefined) return;
  await runAll(release, await rootfs(release), [
    ['other families', (machine) => families(ansiblePlaybook, machine, report)],
    ['hardening', (machine) => hardening(ansiblePlaybook, machine, guide, report)],
    ['k3s', (machine) => k3s(ansiblePlaybook, machine, report)],
    ['k3s on the family of Red Hat', (machine) => k3sOnRedHat(ansiblePlaybook, machine, report)],
  ], report);
}

async function runAll(release: Release, archive: string, scenarios: Scenario[], report: Report): Promise<void> {
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
  const isBeside = process.argv[2] === BESIDE;
  try {
    checkProgram();
    const asked = process.argv.slice(isBeside ? 3 : 2);
    const releases = asked.length > 0 ? asked.map(namedRelease) : configuredReleases();
    if (releases.length === 0) throw new Error('apt on this machine knows no release of Debian or Ubuntu: name one, as RELEASE=MIRROR');
    const ansiblePlaybook = toolPath('ansible-playbook');
    if (isBeside) {
      for (const release of releases) await testBeside(release, ansiblePlaybook, report);
      return report.finish();
    }
    report.section('Lint');
    await lint(report);
    await windows(report);
    for (const release of releases) await testRelease(release, ansiblePlaybook, report);
  } catch (error) {
    report.broken(error);
  }
  return report.finish();
}

void main().then((passed) => { process.exitCode = passed ? 0 : 1; });
