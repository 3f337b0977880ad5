import { TaskLog } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { parseBoolean } from '../schema/validation';
import { Guest } from '../state/guest';
import { HostPciDevice } from '../state/node';
import { isQ35, isRunning, properties } from './machine';

/** A device of a machine, with the devices of the node that it can be; each may have several functions. */
interface PassedThrough {
  readonly key: string;
  readonly alternatives: readonly (readonly HostPciDevice[])[];
  readonly mediated?: string;
}

const slots = Array.from({ length: 16 }, (_, i) => `hostpci${i}`);
const held = new WeakMap<Guest, readonly string[]>();

/**
 * Finds the devices of the node that a machine gets.
 *
 * @throws ApiError in PVE's words when there are none, or not those that were mapped
 * @internal
 */
export function chooseDevices(cluster: Cluster, guest: Guest): PassedThrough[] {
  const devices = slots.flatMap((key) => {
    const line = guest.config.get(key);
    return line === undefined ? [] : [read(cluster, guest, key, line)];
  });
  const used = new Set<string>();
  const use = (functions: readonly HostPciDevice[]) => {
    for (const { address } of functions) {
      if (used.has(address)) throw failure(`device '${address}' assigned more than once`);
      used.add(address);
    }
  };
  return devices.map((device) => {
    if (device.mediated !== undefined) return { ...device, alternatives: [device.alternatives.map(([first]) => first)] };
    const [only, ...others] = device.alternatives;
    const chosen = others.length === 0 ? only : device.alternatives.find((functions) =>
      functions.every(({ address }) => !used.has(address) && holderOf(cluster, guest, address) === undefined));
    if (chosen === undefined) throw failure(`could not find a free device for '${device.key}'`);
    use(chosen);
    return { ...device, alternatives: [chosen] };
  });
}

/**
 * Takes the devices for a machine that is about to start; they are its own as long as it runs.
 *
 * @throws ApiError when another machine that runs has one of them
 * @internal
 */
export function takeDevices(cluster: Cluster, guest: Guest, devices: readonly PassedThrough[], { log }: TaskLog): void {
  const whole = devices.filter(({ mediated }) => mediated === undefined).flatMap(({ alternatives: [functions] }) => functions);
  for (const { address } of whole) {
    const holder = holderOf(cluster, guest, address);
    if (holder !== undefined) throw failure(`PCI device '${address}' already in use by VMID '${holder.vmid}'`);
  }
  const groups = cluster.node(guest.node).pci.some(({ iommuGroup }) => iommuGroup >= 0);
  const noGroups = 'cannot prepare PCI pass-through, IOMMU not present';
  for (const { alternatives: [functions], mediated } of devices) {
    if (mediated === undefined) {
      if (!groups) throw failure(noGroups);
      continue;
    }
    const able = functions.some(({ address, mediatedTypes = [] }) => {
      if (groups && mediatedTypes.includes(mediated)) return true;
      log(groups ? `mdev type '${mediated}' not available for '${address}'` : noGroups);
      return false;
    });
    if (!able) throw failure('could not create mediated device');
  }
  held.set(guest, whole.map(({ address }) => address));
}

function holderOf(cluster: Cluster, guest: Guest, address: string): Guest | undefined {
  for (const other of cluster.guests.values()) {
    if (other !== guest && other.node === guest.node && held.get(other)?.includes(address) && isRunning(cluster, other)) return other;
  }
  return undefined;
}

function read(cluster: Cluster, guest: Guest, key: string, line: string): PassedThrough {
  const { host, mapping, mdev, pcie } = properties(line, 'host');
  if (host !== undefined && mapping !== undefined) throw failure('Cannot set both \'host\' and \'mapping\'.');
  const { pci } = cluster.node(guest.node);
  const paths = mapping !== undefined ? mapped(cluster, guest.node, mapping) : host !== undefined ? [host] : undefined;
  if (paths === undefined) throw failure('Either \'host\' or \'mapping\' must be set.');
  const alternatives = paths.map((path) => path.split(';').flatMap((id) => {
    const found = pci.filter(({ address }) => address.startsWith(id) || address.startsWith(`0000:${id}`));
    if (found.length === 0) throw failure(`no PCI device found for '${id}'`);
    return found;
  }));
  if (mdev !== undefined && alternatives.some((functions) => functions.length > 1)) throw failure('cannot use mediated device with multifunction device');
  if (parseBoolean(pcie ?? '') === '1' && !isQ35(guest.config)) {
    // A mistake in the program as much as in the configuration: it says where it was found.
    throw failure(`q35 machine model is not enabled at /usr/share/perl5/PVE/QemuServer/PCI.pm line ${cluster.version.line === '8.4' ? 501 : 510}.`);
  }
  return { key, alternatives, ...mdev === undefined ? {} : { mediated: mdev } };
}

/** The paths of a mapping's devices on a node, each checked against what the node has. */
function mapped(cluster: Cluster, node: string, name: string): string[] {
  const mapping = cluster.mappings.pci.get(name);
  const entries = (mapping?.map ?? []).map((entry) => properties(entry)).filter((entry) => entry.node === node);
  if (mapping === undefined || entries.length === 0) throw failure(`PCI device mapping not found for '${name}'`);
  return entries.map((entry) => {
    const problem = mismatch(cluster, node, name, entry, mapping.mdev ?? false);
    // PVE's own text ends with the line break of the inner one, which a task's log turns into a space.
    if (problem !== undefined) throw failure(`PCI device mapping invalid (hardware probably changed): ${problem} `);
    return entry.path;
  });
}

/** What of a mapping's entry is not so on the node. */
function mismatch(cluster: Cluster, node: string, name: string, entry: { readonly [key: string]: string }, mdev: boolean): string | undefined {
  for (const [i, part] of entry.path.split(';').entries()) {
    const path = /\.[a-f0-9]/i.test(part) ? part : `${part}.0`;
    const device = cluster.node(node).pci.find(({ address }) => address === path);
    if (device === undefined) return `pci device '${path}' not found`;
    const { vendor, subsystemVendor, subsystemDevice, iommuGroup } = device;
    const expected: { readonly [property: string]: string | undefined } = {
      'id': `${vendor}:${device.device}`,
      'iommugroup': iommuGroup < 0 ? undefined : `${iommuGroup}`,
      'mdev': device.mediatedTypes === undefined ? '0' : '1',
      'subsystem-id': subsystemVendor === undefined || subsystemDevice === undefined ? undefined : `${subsystemVendor}:${subsystemDevice}`,
    };
    const configured: { readonly [property: string]: string | undefined } = { ...entry, mdev: mdev ? '1' : '0' };
    for (const [property, wanted] of Object.entries(expected)) {
      const given = configured[property];
      if (property === 'iommugroup' && i > 0 || wanted === undefined && given === undefined) continue;
      if (given === undefined) return `missing expected property '${property}' for device '${path}'`;
      if (wanted === undefined) return `unexpected property '${property}' configured for device '${path}'`;
      const plain = (value: string) => value.replace(/0x/g, '');
      if (plain(wanted) !== plain(given)) return `'${property}' does not match for '${name}' (${plain(wanted)} != ${plain(given)})`;
    }
  }
  return undefined;
}
