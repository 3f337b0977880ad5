import { Precondition } from 'cdktf';
import { escapeTerraformText } from '../core';
import { ProxmoxVe } from './proxmox-ve';

/**
 * What may stand on a VM id without being a stranger's.
 * @internal
 */
export interface VmIdGuardProps {
  /** The cluster. */
  readonly proxmoxVe: ProxmoxVe;
  /** The id that is taken, replaced or deleted. */
  readonly vmId: number;
  /** Tag of the construct's own machine or template. */
  readonly ownerTag: string;
  /** Path of the construct, for the message. */
  readonly path: string;
  /** Whether the construct's own is a template. */
  readonly template: boolean;
  /** Name of the construct's own: an import that was cut off left a machine of that name that is no template yet. @default - not looked at */
  readonly name?: string;
  /**
   * A machine's name, and what is true of its template `t` in the list: a clone that was cut off has this name and still the template's
   * tags, and never ran.
   * @default - not looked at
   */
  readonly clone?: { readonly name: string; readonly template: string };
  /**
   * Address of the list as it is when all before has been done: between a plan and the moment the id is taken, hours may pass.
   * @default - looked at once, by the plan
   */
  readonly lateVms?: string;
  /** Name a build has while it runs: what a killed build left has it, and is no template. @default - no build takes the id */
  readonly buildName?: string;
}

/**
 * Conditions under which a plan may take a VM id.
 *
 * The provider *adopts* a stranger's machine whose id it is told to create, rewrites it and later destroys it; `packer build -force`
 * deletes first. So whatever takes an id looks at every plan who holds it, and stops before anything is touched.
 * @internal
 */
export function vmIdGuard(props: VmIdGuardProps): Precondition[] {
  const { proxmoxVe, vmId, ownerTag } = props;
  const vms = proxmoxVe.vmsAddress;
  const containers = proxmoxVe.containersAddress;
  const unfinished = props.name === undefined ? '' : ` || v.name == "${props.name}"`;
  const kind = props.template ? `(v.template${unfinished})` : '!v.template';
  const own = `(contains(v.tags, "${ownerTag}") && ${kind})`;
  const leftover = props.buildName === undefined ? '' : ` || (v.name == "${props.buildName}" && !v.template)`;
  const clone = props.clone === undefined ? '' : ` && !(v.name == "${props.clone.name}" && !v.template && v.status == "stopped" && length(v.tags) > 0`
    + ` && contains([for t in ${vms} : t.tags if ${props.clone.template}], v.tags))`;
  const strangersIn = (list: string) => `[for v in ${list} : v if v.vm_id == ${vmId} && !(${own}${leftover})${clone}]`;
  const strangers = strangersIn(vms);
  const foreign = `[for c in ${containers} : c if c.vm_id == ${vmId}]`;
  const remedy = `Give ${escapeTerraformText(props.path)} another vmId, or move what stands there.`;
  const heldBy = (list: string) => `VM id ${vmId} is held by \${join(", ", ${list.replace(': v if', ': "${v.name} on ${v.node_name}" if')})}, which this program did not make. ${remedy}`;
  // What the plan has seen is said once.
  const late = props.lateVms === undefined ? [] : [strangersIn(props.lateVms)]
    .map((list) => ({ condition: `\${length(${list}) == 0 || length(${strangers}) > 0}`, errorMessage: heldBy(list) }));
  return [
    { condition: `\${length(${strangers}) == 0}`, errorMessage: heldBy(strangers) },
    {
      condition: `\${length(${foreign}) == 0}`,
      errorMessage: `VM id ${vmId} is held by \${join(", ", ${foreign.replace(': c if', ': "container ${c.name} on ${c.node_name}" if')})}. ${remedy}`,
    },
    ...late,
  ];
}
