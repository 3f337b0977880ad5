import { ask } from '..';

/** A release of the Debian family, and the lines of sources.list that it comes from. */
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

/** The lists of packages that the apt of this machine is configured for. */
export function indexTargets(): IndexTarget[] {
  const fields = ['REPO_URI', 'SUITE', 'CODENAME', 'COMPONENT', 'ORIGIN'];
  const format = fields.map((field) => `$(${field})`).join('\t');
  return ask('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']).split('\n').filter(Boolean).map((line) => {
    const [uri, suite, codename, component, origin] = line.split('\t');
    return { uri, suite, codename, component, origin };
  });
}

/** The releases of the Debian family that the apt of this machine names, with their security updates. */
export function configuredReleases(): Release[] {
  const releases = new Map<string, Set<string>>();
  for (const { uri, codename, component, origin } of indexTargets()) {
    if (origin !== 'Debian' && origin !== 'Ubuntu') continue;
    const release = codename.replace(/-.*/, ''); // bookworm-updates and bookworm-security belong to bookworm
    const lines = releases.get(release) ?? new Set();
    const wanted = codename === release || codename.endsWith('-security');
    if (wanted && /^(main|universe)$/.test(component)) lines.add(`deb ${uri} ${codename} ${component}`);
    releases.set(release, lines);
  }
  return [...releases].map(([codename, sources]) => ({ codename, sources: [...sources].sort() }));
}

/** Arguments for mmdebstrap: it is told what the apt of this machine was told about proxies and the like, and leaves this machine's lists alone. */
export function mmdebstrapOptions(): string[] {
  return ['--skip=cleanup/apt', ...aptOptions().map((line) => `--aptopt=${line}`)];
}

/** What apt was told about proxies and the like. */
export function aptOptions(): string[] {
  return ask('apt-config', ['dump']).split('\n').filter((line) => /^Acquire::(https?|Retries|Check-)/.test(line) && !line.endsWith(' "";'));
}
