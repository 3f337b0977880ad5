import { GuestEngine, PveSimulator, PveSimulatorProps, StorageKind } from '../../lib/simulator';

/** The name that programs under trial know the server by, which is this machine in the namespaces of `runIsolated()`. */
export const trialHost = 'pve.lan';

/** Files on `local`, disks on the others; all nodes have all three. */
const storages = [
  { name: 'local', kind: StorageKind.DIRECTORY, content: ['iso', 'vztmpl', 'backup', 'snippets', 'import'] },
  { name: 'local-lvm', kind: StorageKind.LVM_THIN },
  { name: 'local-zfs', kind: StorageKind.ZFS },
];

/**
 * Starts the simulated server that the programs under trial are written for: `https://pve.lan:8006`, with one node `pve` unless
 * `nodes` names others (`[{ name: 'pve1' }, { name: 'pve2' }]`). Guests do not run, and their agents tell addresses of 192.0.2.0/24.
 */
export function startTrialServer(props: PveSimulatorProps = {}): Promise<PveSimulator> {
  return PveSimulator.start({ port: 8006, hostNames: [trialHost], engine: GuestEngine.none({ agentNetwork: '192.0.2' }), storages, ...props });
}

/** Guests that really boot, with addresses of their own: only in namespaces, where addresses can be put on the loopback interface. */
export function bootingGuests(): GuestEngine {
  return GuestEngine.qemu({ guestAddresses: '10.84.0.0/24' });
}
