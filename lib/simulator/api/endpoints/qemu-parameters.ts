import { Properties, Property, flag, integer, optional, text } from '../../schema/property';

/** The id of a guest. @internal */
export const vmid = integer('Id of the machine.', 100, 999_999_999, { format: 'pve-vmid' });

/** The node and the machine in a path. @internal */
export const machine: Properties = { node: text('Node the machine is on.', { format: 'pve-node' }), vmid };

/** Ignores a `lock`. @internal */
export const skiplock: Properties = { skiplock: optional(flag('Whether a lock is ignored; only for root@pam.')) };

/** What protects against changes in between. @internal */
export const digest: Properties = { digest: optional(text('Digest the configuration must have.', { maxLength: 40 })) };

/** The name of a snapshot. @internal */
export const snapshotName = (description: string): Property => text(description, { format: 'pve-configid', maxLength: 40 });
