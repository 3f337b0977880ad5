import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Problems } from '../core';
import { kept } from '../core/kept';
import { k3sNodeRules as rules } from './k3s-node-rules';

/** What the user data of a machine says of the cluster. */
interface NodeClaim {
  readonly machine: string;
  /** Whether the machine is a cluster of its own, which no other server joins. */
  readonly standsAlone: boolean;
  readonly server?: string;
}

/** The nodes of a stack, by network, token and host name. */
const claims = new WeakMap<TerraformStack, Map<string, NodeClaim[]>>();

/**
 * Notes a node that has the name of another one in its cluster, by the user data that K3sNode wrote. Another stack may have another token in the
 * same variable, and so may another network.
 * @internal
 */
export function claimNodeName(text: string, machine: IConstruct, network: string, problems: Problems): void {
  const find = (form: RegExp) => form.exec(text)?.[1];
  const hostname = find(/^hostname: "(.*)"$/m);
  const token = find(/^ +encoding: "b64"\n +content: (.*)$/m);
  if (hostname === undefined || token === undefined) return;
  const server = find(/^ +server: (.*)$/m);
  const node = { machine: machine.node.path, standsAlone: server === undefined && !/^ +cluster-init: true$/m.test(text), server };

  const nodes = kept(claims, TerraformStack.of(machine), () => new Map<string, NodeClaim[]>());
  const named = kept(nodes, JSON.stringify([network, token, hostname]), () => []);
  const other = named.find((one) => !areApart(one, node));
  named.push(node);
  if (other === undefined) return;
  const rule = rules['k3s-node-twice'];
  problems.report(rule, { property: 'cloudInit.userData', received: hostname, rule: `${rule.rule} ${other.machine} is ${hostname} already.` });
}

/** Whether two nodes with the same token are of different clusters. */
function areApart(one: NodeClaim, other: NodeClaim): boolean {
  return (one.standsAlone && other.standsAlone) || (one.server !== undefined && other.server !== undefined && one.server !== other.server);
}
