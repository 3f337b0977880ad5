import { Precondition } from 'cdktf';
import { containsTerraformToken } from '../core';
import { IPciMapping, PciDeviceUser, ProxmoxVe } from '../proxmox';

/**
 * What must hold of a mapping that the plan does not make: it is there; and where a machine is to be started that does not run yet, Proxmox VE
 * finds nothing wrong with the mapping on its node. A machine that runs is left alone.
 * @internal
 */
export function mappingPreconditions({ mappingName, proxmoxVe }: IPciMapping, { machine, node, ownerTag, starts }: PciDeviceUser): Precondition[] {
  const cluster = ProxmoxVe.near(machine, proxmoxVe);
  const list = cluster.pciMappingsAddress(containsTerraformToken(node) ? undefined : node);
  const exists: Precondition = {
    condition: `\${contains(${list}.ids, "${mappingName}")}`,
    errorMessage: `There is no PCI mapping ${mappingName} on ${cluster.endpoint} that these credentials may see. Make it under Datacenter, Resource Mappings, or correct the program.`,
  };
  if (!starts || containsTerraformToken(node)) return [exists];
  const wrong = `try([for c in ${list}.checks : c.message if c.mapping_id == "${mappingName}" && (c.severity == "error" || startswith(c.message, "No mapping for node"))], [])`;
  const runs = `[for v in ${cluster.vmsAddress} : v if contains(v.tags, "${ownerTag}") && v.status == "running"]`;
  return [exists, {
    condition: `\${length(${wrong}) == 0 || length(${runs}) > 0}`,
    errorMessage: `A machine with the PCI mapping ${mappingName} would not start on node ${node}: \${join(", ", ${wrong})}. Correct the mapping, or set started: false.`,
  }];
}
