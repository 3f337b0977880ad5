/** A resource mapping: a name for devices on several nodes. @internal */
export interface Mapping {
  readonly id: string;
  description?: string;
  /** Property strings, one for each device: `node=pve,path=0000:01:00,id=10de:1b80,…`. */
  map: string[];
  /** Whether its devices are to be used through mediated ones; only of PCI. */
  mdev?: boolean;
  liveMigrationCapable?: boolean;
}
