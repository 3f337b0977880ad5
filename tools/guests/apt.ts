import { ask } from '..';

/** Debian 12, as the apt of this machine names its mirrors; empty if it names none. */
export function sourcesOf(release: string): string[] {
  const fields = ['REPO_URI', 'CODENAME', 'COMPONENT', 'ORIGIN'].map((field) => `$(${field})`).join('\t');
  const lines = ask('apt-get', ['indextargets', '--format', fields, 'Created-By: Packages']).split('\n').map((line) => line.split('\t'));
  const wanted = lines.filter(([, codename, component, origin]) =>
    origin === 'Debian' && component === 'main' && (codename === release || codename === `${release}-security`));
  return [...new Set(wanted.map(([uri, codename]) => `deb ${uri} ${codename} main`))].sort();
}

/** What the apt of this machine was told about proxies and the like. */
export function aptOptions(): string[] {
  return ask('apt-config', ['dump']).split('\n').filter((line) => /^Acquire::(https?|Retries|Check-)/.test(line) && !line.endsWith(' "";'));
}
