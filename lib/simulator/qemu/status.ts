import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { bootDrives, isCdrom, parseDrive } from './drive';
import { agentIsEnabled, isRunning, properties } from './machine';

/** What the server says of a machine's state. */
interface Status {
  [name: string]: unknown;
}

const mebibyte = 1024 ** 2;

/** What a machine uses, in numbers. @internal */
export interface MachineFigures {
  readonly running: boolean;
  readonly cpus: number;
  readonly maxmem: number;
  readonly mem: number;
  readonly maxdisk: number;
  readonly uptime: number;
}

/** What a machine uses. @internal */
export function machineFigures(cluster: Cluster, guest: Guest): MachineFigures {
  const { config } = guest;
  const running = isRunning(cluster, guest);
  const number = (key: string, otherwise: number) => Number(config.get(key) || otherwise);
  const processors = Math.min(number('sockets', 1) * number('cores', 1), cluster.nodes.get(guest.node)?.processors ?? Infinity);
  const memory = config.get('memory') ?? '512';
  const maxmem = Number(/^\d+$/.test(memory) ? memory : properties(memory, 'current').current) * mebibyte;
  return {
    running,
    cpus: number('vcpus', processors),
    maxmem,
    // The server goes by the share of the process in the memory; of a process there need not be one.
    mem: running ? Math.floor(maxmem / 50) : 0,
    maxdisk: bootDiskSize(config),
    uptime: running ? Math.floor((cluster.now() - guest.startedAt!) / 1000) : 0,
  };
}

/**
 * A machine's state as lists tell it; with `full`, as it is told of a single one.
 *
 * @internal
 */
export function machineStatus(cluster: Cluster, guest: Guest, full = false): Status {
  const { config, vmid } = guest;
  const { running, cpus, maxmem, mem, maxdisk, uptime } = machineFigures(cluster, guest);
  const number = (key: string, otherwise: number) => Number(config.get(key) || otherwise);
  const balloon = number('balloon', 0);
  const status: Status = {
    vmid,
    ...running ? { pid: guest.pid } : {},
    status: running ? 'running' : 'stopped',
    disk: 0,
    maxdisk,
    cpus,
    name: guest.name,
    maxmem,
    ...balloon > 0 ? { balloon_min: balloon * mebibyte, shares: number('shares', 1000) } : {},
    uptime,
    cpu: 0,
    mem,
    ...cluster.version.line === '9.1' ? { memhost: mem } : {},
    netout: 0,
    netin: 0,
    ...guest.isTemplate ? { template: 1 } : {},
    ...[0, 1, 2, 3].some((i) => config.get(`serial${i}`)) ? { serial: 1 } : {},
    ...config.get('lock') ? { lock: config.get('lock') } : {},
    ...config.has('tags') ? { tags: config.get('tags') } : {},
    ...running && cluster.version.line === '9.1' ? pressures : {},
  };
  if (!full) return status;
  const nics = running ? taps(guest) : {};
  return {
    ...status,
    ...Object.keys(nics).length > 0 ? { nics } : {},
    qmpstatus: running ? guest.paused ? 'paused' : 'running' : 'stopped',
    ha: haStatus(cluster, vmid),
    ...screen(config.get('vga')),
    ...agentIsEnabled(config) ? { agent: 1 } : {},
  };
}

const pressures = { pressurecpusome: 0, pressurecpufull: 0, pressureiosome: 0, pressureiofull: 0, pressurememorysome: 0, pressurememoryfull: 0 };

/** The size of the first disk that is booted from, as its line tells it. */
function bootDiskSize(config: ReadonlyMap<string, string>): number {
  for (const key of bootDrives(config)) {
    const line = config.get(key);
    const drive = line === undefined ? undefined : parseDrive(key, line);
    if (drive && !isCdrom(drive)) return drive.size ?? 0;
  }
  return 0;
}

/** The interfaces on the node of a machine that runs. */
function taps({ vmid, config }: Guest): { [name: string]: { netin: number; netout: number } } {
  const nets = [...config].filter(([key, value]) => /^net\d+$/.test(key) && properties(value).bridge !== undefined);
  return Object.fromEntries(nets.map(([key]) => [`tap${vmid}i${key.slice(3)}`, { netin: 0, netout: 0 }]));
}

function screen(vga: string | undefined): Status {
  if (vga === undefined) return {};
  const { type, clipboard } = properties(vga, 'type');
  return { ...type !== undefined && /^(virtio|qxl)/.test(type) ? { spice: 1 } : {}, clipboard: clipboard ?? null };
}

function haStatus(cluster: Cluster, vmid: number): Status {
  const resource = cluster.ha.get(`vm:${vmid}`);
  if (resource === undefined || resource.state === 'ignored') return { managed: 0 };
  return { managed: 1, ...cluster.version.line === '8.4' ? { group: resource.group ?? null } : {}, state: resource.state };
}
