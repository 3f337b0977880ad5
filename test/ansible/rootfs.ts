import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ask, run } from '../../tools';

/** Beside the essential ones: what a vendor's cloud image has, so that the roles find what they find in a bake. */
const PACKAGES = [
  'apt-utils', 'busybox-static', 'cloud-init', 'cron', 'dbus', 'iproute2', 'isc-dhcp-client', 'openssh-server', 'passwd', 'python3', 'rsyslog', 'sudo',
  'systemd-sysv',
];

/** A release to test with, and the lines of sources.list that it comes from. */
export interface Release {
  readonly codename: string;
  readonly sources: readonly string[];
}

interface IndexTarget {
  readonly uri: string;
  readonly suite: string;
  readonly codename: string;
  readonly component: string;
  readonly origin: string;
}

function indexTargets(): IndexTarget[] {
  const fields = ['REPO_URI', 'SUITE', 'CODENAME', 'COMPONENT', 'ORIGIN'];
  const format = fields.map((field) => `$(${field})`).join('\t');
  return ask('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']).split('\n').filter(Boolean).map((line) => {
    const [uri, suite, codename, component, origin] = line.split('\t');
    return { uri, suite, codename, component, origin };
  });
}

/** The releases of the Debian family that this machine's own apt configuration names. */
export function configuredReleases(): Release[] {
  const releases = new Map<string, string[]>();
  for (const { uri, codename, component, origin } of indexTargets()) {
    if (origin !== 'Debian' && origin !== 'Ubuntu') continue;
    const release = codename.replace(/-.*/, ''); // bookworm-updates and bookworm-security belong to bookworm
    const lines = releases.get(release) ?? [];
    const wanted = codename === release || codename.endsWith('-security');
    if (wanted && /^(main|universe)$/.test(component)) lines.push(`deb ${uri} ${codename} ${component}`);
    releases.set(release, lines);
  }
  return [...releases].map(([codename, sources]) => ({ codename, sources: sources.sort() }));
}

/** A release that was asked for on the command line: `trixie`, from the configured mirror, or `noble=MIRROR` or `noble=MIRROR,KEYRING`. */
export function namedRelease(request: string): Release {
  const [, codename, mirror, keyring] = /^([^=]+)(?:=([^,]+)(?:,(.+))?)?$/.exec(request) ?? [];
  if (!codename) throw new Error(`not RELEASE, RELEASE=MIRROR or RELEASE=MIRROR,KEYRING: ${request}`);
  const configured = configuredReleases().find((release) => release.codename === codename);
  if (configured && !mirror) return configured;
  const uri = mirror ?? indexTargets().find(({ origin, suite }) => origin === 'Debian' && !suite.includes('-'))?.uri;
  if (!uri) throw new Error(`no mirror for ${codename}: apt names none; write ${codename}=MIRROR`);
  return { codename, sources: [`deb ${keyring ? `[signed-by=${keyring}] ` : ''}${uri} ${codename} main${mirror ? ' universe' : ''}`] };
}

/** What apt was told about proxies and the like, which the machines under test need as well. */
function aptOptions(): string[] {
  return ask('apt-config', ['dump']).split('\n').filter((line) => /^Acquire::(https?|Retries|Check-)/.test(line) && !line.endsWith(' "";'));
}

/** A tar archive of the release with what a cloud image has; made once and kept outside of the source tree. */
export async function rootfs(release: Release): Promise<string> {
  const recipe = [release.codename, ...release.sources, ...PACKAGES, ...aptOptions()];
  const pin = crypto.createHash('sha256').update(recipe.join('\n')).digest('hex').slice(0, 12);
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'proxmox-constructs', 'rootfs');
  const archive = path.join(folder, `${release.codename}-${pin}.tar`);
  if (fs.existsSync(archive)) return archive;
  fs.mkdirSync(folder, { recursive: true });
  console.log(`making ${archive}`);
  const work = `${archive}.${process.pid}.tar`;
  const options = aptOptions().map((line) => `--aptopt=${line}`);
  const made = await run('mmdebstrap', ['--variant=apt', `--include=${PACKAGES.join(',')}`, ...options, release.codename, work, '-'],
    { input: release.sources.join('\n') + '\n' });
  if (made.status !== 0) {
    fs.rmSync(work, { force: true });
    throw new Error(`mmdebstrap ${release.codename} failed:\n${made.output}`);
  }
  fs.renameSync(work, archive);
  return archive;
}
