import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';

/** Whether a machine runs; one that powered itself off is put down as stopped. @internal */
export function isRunning({ engine }: Cluster, guest: Guest): boolean {
  if (guest.startedAt === undefined) return false;
  if (engine.isRunning(guest.vmid)) return true;
  markStopped(guest);
  return false;
}

/** Puts down that a machine does not run any more. @internal */
export function markStopped(guest: Guest): void {
  guest.startedAt = undefined;
  guest.pid = undefined;
  guest.paused = false;
}

/** Refuses what a `lock` in the configuration forbids. @internal */
export function refuseLocked(guest: Guest): void {
  const lock = guest.config.get('lock');
  if (lock !== undefined) throw failure(`VM is locked (${lock})`);
}

/** A machine, in the words of those calls that first ask whether it runs. @internal */
export function existingMachine(cluster: Cluster, node: string, vmid: number): Guest {
  const guest = cluster.guests.get(vmid);
  if (guest === undefined || guest.node !== node || guest.type !== 'qemu') throw failure(`unable to find configuration file for VM ${vmid} on node '${node}'`);
  return guest;
}

/** Whether the agent is enabled, as the word before the first comma or `enabled=` says. @internal */
export function agentIsEnabled(config: ReadonlyMap<string, string>): boolean {
  return agentOption(config, 'enabled') === '1';
}

/** An option of the agent; those of a disabled one do not count. @internal */
export function agentOption(config: ReadonlyMap<string, string>, name: string): string | undefined {
  const values = properties(config.get('agent') ?? '', 'enabled');
  const switches = (value: string | undefined) => value !== undefined && /^(1|on|yes|true)$/i.test(value) ? '1' : value;
  if (switches(values.enabled) !== '1') return undefined;
  return switches(values[name]);
}

/** The parts of a property string that is known to be right; what has no key is that of `defaultKey`. @internal */
export function properties(text: string, defaultKey = ''): { readonly [key: string]: string } {
  return Object.fromEntries(text.split(',').filter((part) => part !== '').map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [defaultKey, part] : [part.slice(0, at), part.slice(at + 1)];
  }));
}

/** Whether high availability looks after a machine, so that it is asked to start and stop it. @internal */
export function isHaManaged({ ha }: Cluster, vmid: number): boolean {
  const resource = ha.get(`vm:${vmid}`);
  return resource !== undefined && resource.state !== 'ignored';
}

/** Whether a machine is a Q35. @internal */
export function isQ35(config: ReadonlyMap<string, string>): boolean {
  return /q35/.test(properties(config.get('machine') ?? '', 'type').type ?? '');
}
