import { PveSimulator, PveSimulatorProps, SimulatedPciDevice } from '../../lib/simulator';

/** The server on which an example is deployed, as its README has it prepared. */
export interface ExampleSite {
  readonly server?: PveSimulatorProps;
  /** Puts there what the example takes as given. */
  readonly prepare?: (pve: PveSimulator) => Promise<void>;
  /** Secrets that the program refers to, as its README has them set. */
  readonly environment?: { readonly [name: string]: string };
  /** What the example needs and the simulated server has not, so that it is planned and not applied. */
  readonly lacks?: string;
  /** Whether both releases, tools and cores meet once each, and not every one every other. */
  readonly slow?: boolean;
}

/** An RTX 4000 SFF Ada: graphics and sound in one slot. */
function rtx4000(slot: string, iommuGroup: number): SimulatedPciDevice[] {
  return [
    { address: `0000:${slot}.0`, vendorId: '10de', deviceId: '27b0', subsystemId: '10de:16fa', iommuGroup },
    { address: `0000:${slot}.1`, vendorId: '10de', deviceId: '22bc', subsystemId: '10de:16fa', iommuGroup },
  ];
}

/** Graphics of a processor of Intel. */
const igpu: SimulatedPciDevice = { address: '0000:00:02.0', vendorId: '8086', deviceId: 'a780', subsystemId: '1043:8882', iommuGroup: 0 };

const oneNode: PveSimulatorProps = { nodes: [{ name: 'pve', pciDevices: [...rtx4000('01:00', 14), igpu] }] };

/** Two nodes with a card each. */
export const twoNodes: PveSimulatorProps = {
  nodes: [{ name: 'pve1', pciDevices: rtx4000('01:00', 14) }, { name: 'pve2', pciDevices: rtx4000('41:00', 27) }],
};

/** The card under the name that the examples know. */
async function mapCard(pve: PveSimulator): Promise<void> {
  await pve.call('POST', '/cluster/mapping/pci', {
    id: 'rtx4000', map: 'node=pve,path=0000:01:00,id=10de:27b0,subsystem-id=10de:16fa,iommugroup=14',
  });
}

/** A template that somebody installed from an ISO. */
async function installed(pve: PveSimulator, vmId: number, name: string, gibibytes: number, hardware: { readonly [key: string]: string }): Promise<void> {
  await pve.call('POST', '/nodes/pve/qemu', {
    vmid: String(vmId),
    name,
    bios: 'ovmf',
    machine: 'q35',
    scsihw: 'virtio-scsi-single',
    agent: '1',
    memory: '2048',
    efidisk0: 'local-zfs:1,efitype=4m,pre-enrolled-keys=0',
    scsi0: `local-zfs:${gibibytes}`,
    net0: 'virtio,bridge=vmbr0',
    boot: 'order=scsi0',
    ...hardware,
  });
  await pve.call('POST', `/nodes/pve/qemu/${vmId}/template`);
}

/** What is not here needs nothing but the server of `startTrialServer()`. */
export const exampleSites: { readonly [example: string]: ExampleSite } = {
  'talos-single-node-gpu': { server: oneNode, prepare: mapCard, slow: true },
  'talos-ha': { server: twoNodes, slow: true },
  'six-systems': { server: oneNode, prepare: mapCard, slow: true },
  'k3s-image': { slow: true, environment: { TF_VAR_k3s_token: 'no-secret-of-anybody' }, lacks: 'SSH to the node, by which snippets come' },
  'windows-server': { slow: true },
  'gpu-workstation': { server: oneNode, prepare: mapCard, slow: true },
  'homelab': {
    server: oneNode,
    slow: true,
    prepare: async (pve) => {
      await mapCard(pve);
      await installed(pve, 9003, 'arch-template', 20, { ostype: 'l26', serial0: 'socket' });
      await installed(pve, 9004, 'nixos-template', 20, { ostype: 'l26', serial0: 'socket' });
      await installed(pve, 9005, 'windows-2022-template', 60, { ostype: 'win11', efidisk0: 'local-zfs:1,efitype=4m,pre-enrolled-keys=1' });
    },
  },
};
