import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run } from '../../tools';
import { aptOptions, configuredReleases, indexTargets, mmdebstrapOptions, type Release } from '../../tools/guests/apt';

/** Beside the essential ones: what a vendor's cloud image has, so that the roles find what they find in a bake. */
const PACKAGES = [
  'apt-utils', 'busybox-static', 'cloud-init', 'cron', 'dbus', 'iproute2', 'isc-dhcp-client', 'openssh-server', 'passwd', 'python3', 'rsyslog', 'sudo',
  'systemd-sysv',
];

/** A release that was asked for on the command line: `trixie`, from the configured mirror, or `noble=MIRROR` or `noble=MIRROR,KEYRING`. */
export function namedRelease(request: string): Release {
  const [, codename, mirror, keyring] = /^([^=]+)(?:=([^,]+)(?:,(.+))?)?$/.exec(request) ?? [];
  if (!codename) throw new Error(`not RELEASE, RELEASE=MIRROR or RELEASE=MIRROR,KEYRING: ${request}`);
  const configured = configuredReleases().find((release) => release.codename === codename);
  if (configured && !mirror) return configured;
  const uri = mirror ?? indexTargets().find(({ origin, suite }) => origin === 'Debian' && !suite.includes('-'))?.uri;
  if (!uri) throw new Error(`no mirror for ${codename}: apt names none; write ${codename}=MIRROR`);
  // What Ubuntu makes for new hardware, drivers among it, comes by its updates.
  const suites = mirror ? [codename, `${codename}-updates`] : [codename];
  return { codename, sources: suites.map((suite) => `deb ${keyring ? `[signed-by=${keyring}] ` : ''}${uri} ${suite} main${mirror ? ' universe' : ''}`) };
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
  // As cloud images come: without package lists and packages.
  const clean = '--customize-hook=cd "$1" && find var/lib/apt/lists var/cache/apt -type f ! -name lock -delete && rm -rf var/lib/apt/lists/auxfiles';
  const made = await run('mmdebstrap', ['--variant=apt', `--include=${PACKAGES.join(',')}`, ...mmdebstrapOptions(), clean, release.codename, work, '-'],
    { input: release.sources.join('\n') + '\n' });
  if (made.status !== 0) {
    fs.rmSync(work, { force: true });
    throw new Error(`mmdebstrap ${release.codename} failed:\n${made.output}`);
  }
  fs.renameSync(work, archive);
  return archive;
}
