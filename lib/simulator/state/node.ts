/** A PCI device in a node. @internal */
export interface HostPciDevice {
  /** `0000:01:00.0`. */
  readonly address: string;
  /** `10de`. */
  readonly vendor: string;
  readonly device: string;
  readonly subsystemVendor?: string;
  readonly subsystemDevice?: string;
  /** `-1` on hosts without groups. */
  readonly iommuGroup: number;
  /** `0x030000`. */
  readonly class: string;
  readonly vendorName?: string;
  readonly deviceName?: string;
  /** Types of mediated devices. */
  readonly mediatedTypes?: readonly string[];
}

/** A node of the cluster. @internal */
export interface PveNode {
  readonly name: string;
  readonly bridges: readonly string[];
  readonly pci: readonly HostPciDevice[];
  readonly processors: number;
  /** Bytes. */
  readonly memory: number;
}
