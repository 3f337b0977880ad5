import { failure } from '../../api-error';
import { splitList } from '../../schema/formats';
import { flag, optional, text } from '../../schema/property';
import { mappedDevices } from '../../state/mapping-checks';
import { HostPciDevice } from '../../state/node';
import { Endpoint, Permission } from '../endpoint';

const node = text('The node.', { format: 'pve-node' });
const look: Permission = { path: '/', privileges: ['Sys.Audit', 'Sys.Modify'], any: true };
const device = text('The address of a device, or the name of a mapping.', {
  pattern: '(?:(?:[0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-9a-fA-F])|([a-zA-Z][a-zA-Z0-9_-]+)',
});

function describe(one: HostPciDevice, verbose: boolean): { readonly [name: string]: unknown } {
  const id = { id: one.address };
  if (!verbose) return id;
  return {
    ...id,
    class: one.class,
    vendor: `0x${one.vendor}`,
    device: `0x${one.device}`,
    iommugroup: one.iommuGroup,
    ...one.vendorName === undefined ? {} : { vendor_name: one.vendorName },
    ...one.deviceName === undefined ? {} : { device_name: one.deviceName },
    ...one.subsystemVendor === undefined ? {} : { subsystem_vendor: `0x${one.subsystemVendor}` },
    ...one.subsystemDevice === undefined ? {} : { subsystem_device: `0x${one.subsystemDevice}` },
    ...one.mediatedTypes?.length ? { mdev: 1 } : {},
  };
}

/** The devices of nodes. @internal */
export const hardwareEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/hardware/pci',
    description: 'The PCI devices of a node.',
    parameters: {
      'node': node,
      'pci-class-blacklist': optional(text('Classes that are left out.', { format: 'string-list', default: '05;06;0b' })),
      'verbose': optional(flag('Whether more than addresses is told; it is unless said.')),
    },
    permission: look,
    handle: ({ cluster, parameters, node: name }) => {
      const without = splitList(parameters.optional('pci-class-blacklist') ?? '05;06;0b').map((one) => `0x${one}`);
      return cluster.node(name).pci
        .filter((one) => !without.some((start) => one.class.startsWith(start)))
        .map((one) => describe(one, parameters.optional('verbose') !== '0'));
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/hardware/pci/{pci-id-or-mapping}',
    description: 'What can be asked about a device.',
    parameters: { 'node': node, 'pci-id-or-mapping': device },
    permission: 'all',
    handle: () => [{ method: 'mdev' }],
  },
  {
    method: 'GET',
    path: '/nodes/{node}/hardware/pci/{pci-id-or-mapping}/mdev',
    description: 'The types of mediated devices a device offers.',
    parameters: { 'node': node, 'pci-id-or-mapping': device },
    permission: look,
    handle: ({ cluster, parameters, node: name }) => {
      const id = parameters.text('pci-id-or-mapping');
      const isAddress = /^(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]$/i.test(id);
      const { pci } = cluster.node(name);
      const address = /^[0-9a-f]{4}:/i.test(id) ? id : `0000:${id}`;
      const devices = isAddress ? pci.filter((one) => one.address === address.toLowerCase()) : mappedDevices(cluster, id, name);
      if (isAddress && devices.length === 0) throw failure(`pci device '${id}' not found`);
      const types = [...new Set(devices.flatMap(({ mediatedTypes = [] }) => mediatedTypes))].sort();
      return types.map((type) => ({ type, available: 1, description: '' }));
    },
  },
];
