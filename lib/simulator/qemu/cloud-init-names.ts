import { decoded } from './ssh-keys';

/** A configuration. */
type Config = ReadonlyMap<string, string>;

/** Lines of public keys. @internal */
export function publicKeys(config: Config): string[] {
  return decoded(config.get('sshkeys') ?? '').split('\n').filter((key) => /\S/.test(key));
}

/** Short and full name of a machine's host. @internal */
export function hostNames(config: Config, vmid: number): { readonly host: string; readonly full: string } {
  const name = config.get('name') ?? `VM${vmid}`;
  if (name.includes('.')) return { host: name.replace(/\..*$/, ''), full: name };
  const domain = config.get('searchdomain');
  return { host: name, full: domain ? `${name}.${domain}` : name };
}

/** The version of Windows that runs in a machine; 0 if none does. @internal */
export function windowsVersion(ostype: string | undefined): number {
  if (ostype === undefined) return 0;
  if (['wxp', 'w2k3', 'w2k'].includes(ostype)) return 5;
  if (['w2k8', 'wvista'].includes(ostype)) return 6;
  return Number(/^win(\d+)$/.exec(ostype)?.[1] ?? 0);
}
