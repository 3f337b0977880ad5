import { Call } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { parseSize } from '../schema/formats';
import { Guest } from '../state/guest';

const mebibyte = 1024 ** 2;

/** Options whose values are numbers in answers; those of all others are text. */
const numbers = new Set(['cores', 'cpulimit', 'cpuunits', 'debug', 'memory', 'onboot', 'protection', 'swap', 'template', 'tty', 'unprivileged', 'console']);

/** A container of a node. @throws ApiError in PVE's words when it is not there @internal */
export function container(cluster: Cluster, node: string, vmid: number): Guest {
  const guest = cluster.guests.get(vmid);
  if (guest === undefined || guest.node !== node || guest.type !== 'lxc') throw failure(`Configuration file 'nodes/${node}/lxc/${vmid}.conf' does not exist`);
  return guest;
}

/** A container's state as lists tell it. @internal */
export function containerStatus(cluster: Cluster, { config, vmid, name, startedAt, isTemplate, pid, node }: Guest): { [name: string]: unknown } {
  const megabytes = (key: string) => Number(config.get(key) ?? 512) * mebibyte;
  const size = /(?:^|,)size=([^,]+)/.exec(config.get('rootfs') ?? '')?.[1];
  const running = startedAt !== undefined;
  return {
    vmid,
    type: 'lxc',
    ...running ? { pid: pid ?? 1_000_000 + vmid } : {},
    status: running ? 'running' : 'stopped',
    name,
    cpus: Number(config.get('cores') ?? config.get('cpulimit') ?? cluster.nodes.get(node)?.processors ?? 1),
    maxmem: megabytes('memory'),
    maxswap: megabytes('swap'),
    maxdisk: size === undefined ? 0 : parseSize(size) ?? 0,
    mem: 0,
    swap: 0,
    disk: 0,
    cpu: 0,
    uptime: running ? Math.floor((cluster.now() - startedAt) / 1000) : 0,
    netin: 0,
    netout: 0,
    diskread: 0,
    diskwrite: 0,
    ...isTemplate ? { template: 1 } : {},
    ...config.has('lock') ? { lock: config.get('lock') } : {},
    ...config.has('tags') ? { tags: config.get('tags') } : {},
  };
}

/** A container's configuration as answers have it. @internal */
export function containerConfig(guest: Guest): { [name: string]: unknown } {
  const values = [...guest.config].map(([key, value]) => [key, numbers.has(key) ? Number(value) : value]);
  return { ...Object.fromEntries(values), digest: guest.digest };
}

/** Starts to destroy a container with its volumes. @internal */
export function destroyContainer({ cluster, parameters, node, task }: Call): string {
  const vmid = parameters.number('vmid');
  const [force, purge] = [parameters.flag('force'), parameters.flag('purge')];
  const check = () => {
    const guest = container(cluster, node, vmid);
    if (guest.config.get('protection') === '1') throw failure(`can't remove CT ${vmid} - protection mode enabled`);
    const lock = guest.config.get('lock');
    if (lock !== undefined) throw failure(`CT is locked (${lock})`);
    if (!purge && cluster.ha.has(`ct:${vmid}`)) throw failure(`unable to remove CT ${vmid} - used in HA resources and purge parameter not set.`);
    if (guest.startedAt !== undefined && !force) throw failure(`unable to destroy CT ${vmid} - container is running`);
    return guest;
  };
  check();
  return task('vzdestroy', `${vmid}`, ({ log }) => cluster.locks.hold(vmid, async () => {
    const { config } = check();
    for (const [key, value] of config) {
      if (!/^(rootfs|mp\d+|unused\d+)$/.test(key)) continue;
      const [volid] = value.split(',');
      if (volid.startsWith('/') || cluster.volumes.parse(volid).vmid !== vmid) continue;
      await cluster.volumes.free(node, volid, { log });
    }
    if (parameters.flag('destroy-unreferenced-disks')) {
      for (const { volid, node: home } of cluster.volumes.of(vmid)) if (home === undefined || home === node) await cluster.volumes.free(node, volid, { log });
    }
    for (const { guests } of cluster.pools.values()) guests.delete(vmid);
    if (purge) {
      log(`purging CT ${vmid} from related configurations..`);
      if (cluster.ha.delete(`ct:${vmid}`)) log(`NOTE: removed CT ${vmid} from HA resource configuration.`);
    }
    cluster.guests.delete(vmid);
  }));
}
