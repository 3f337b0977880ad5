import { Problems } from '../../core';
import { PatchDocument } from '../patch-document';
import { patchRules as rules } from '../patch-rules';

/*
 * Where a patch may be given.
 */

/** Kinds of documents with addresses of one machine. */
const INTERFACES = new Set(['BondConfig', 'BridgeConfig', 'LinkConfig', 'VLANConfig', 'WireguardConfig']);

/** Notes what only one machine can have, where a document is for many. @internal */
export function checkForMany(document: PatchDocument, property: string, problems: Problems): void {
  for (const received of ofOneMachine(document)) problems.report(rules['patch-of-one-machine'], { property, received });
}

/** Notes an installer: that of a node is known by its image. @internal */
export function checkInstaller({ kind, installer, machine }: PatchDocument, property: string, problems: Problems): void {
  const unattended = kind === 'UnattendedInstallConfig' && isGiven(installer?.image);
  const classic = kind === undefined && isGiven(machine?.install?.image);
  problems.check(!unattended && !classic, rules['patch-installer-image'], {
    property, received: unattended ? 'UnattendedInstallConfig installer.image' : 'machine.install.image',
  });
}

function ofOneMachine({ kind, hostname, name, addresses, machine }: PatchDocument): string[] {
  if (kind === 'HostnameConfig') return isGiven(hostname) ? ['HostnameConfig with hostname'] : [];
  // The loopback may have an address that is the same everywhere.
  if (INTERFACES.has(kind)) return isGiven(addresses) && name !== 'lo' ? [`${kind} ${name} with addresses`] : [];
  if (kind !== undefined) return [];
  const network = machine?.network;
  return [
    ...isGiven(network?.hostname) ? ['machine.network.hostname'] : [],
    ...list(network?.interfaces).some((one) => [one, ...list(one?.vlans)].some((link) => isGiven(link?.addresses) || isGiven(link?.cidr)) && one?.interface !== 'lo')
      ? ['machine.network.interfaces with addresses'] : [],
  ];
}

function list(value: any): any[] {
  return Array.isArray(value) ? value : [];
}

/** Whether something is set, and not taken away. */
function isGiven(value: any): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '' && value.$patch !== 'delete';
}
