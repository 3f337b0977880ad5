/*
 * Terraform evaluates the expressions of clusters: `npx tsx test/talos/expressions.conformance.ts`. What the server would say is made up; what the
 * guard of the control plane lets through, which address is that of a node, and what becomes of secrets in patches is looked at. The last line is
 * `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TalosClusterProps } from '../../lib';
import { Secret } from '../../lib/core';
import { SecretText } from '../../lib/talos';
import { patchText } from '../../lib/talos/patch-text';
import { run, terraformEnvironment, toolPath } from '../../tools';
import { HOSTILE_TEXTS } from '../hcl/hostile';
import { Report } from '../support/report';
import { newStack, temporaryFolder } from '../support/synth';
import { HA, clusterAlone } from './clusters';

const report = new Report();

/** The values of expressions where some locals and variables are given. */
async function evaluate(expressions: { readonly [name: string]: string }, locals: object, variables: { readonly [name: string]: string } = {}): Promise<any> {
  const folder = temporaryFolder();
  const declared = Object.fromEntries(Object.keys(variables).map((name) => [name, { type: 'string', sensitive: true }]));
  fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify({
    locals,
    ...Object.keys(variables).length > 0 ? { variable: declared } : {},
    output: Object.fromEntries(Object.entries(expressions).map(([name, value]) => [name, { value, sensitive: true }])),
  }));
  const environment = { ...terraformEnvironment(), ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])) };
  for (const command of [['init', '-input=false', '-no-color'], ['apply', '-input=false', '-no-color', '-auto-approve']]) {
    const { status, output } = await run(toolPath('terraform'), command, { cwd: folder, env: environment });
    if (status !== 0) throw new Error(output);
  }
  const { stdout } = await run(toolPath('terraform'), ['output', '-json'], { cwd: folder, env: environment });
  fs.rmSync(folder, { recursive: true, force: true });
  return Object.fromEntries(Object.entries<any>(JSON.parse(stdout)).map(([name, { value }]) => [name, value]));
}

/** A machine of the server, as the provider lists it. */
const vm = (name: string, ...tags: string[]) => ({ name, tags, template: false, vm_id: 100, node_name: 'pve' });

async function guard(): Promise<void> {
  report.section('the guard of the control plane');
  const nodes = ['11', '12', '13', '14'].map((key) => vm(`k8s-control-plane-${key}`, `homelab_k8s-control-plane-${key}`, 'talos'));
  const others = [
    vm('web', 'homelab_web'), vm('none'), vm('k8s-w-14', 'homelab_k8s-w-14', 'talos'), vm('x', 'other_k8s-control-plane-14'), vm('y', 'homelab_k8s-control-plane-b-14'),
    { ...vm('talos', 'homelab_k8s-control-plane-99'), template: true },
  ];
  const trials: [string, Partial<TalosClusterProps>, object[], string | undefined][] = [
    ['nothing there', HA, others, undefined],
    ['all there', HA, [...others, ...nodes.slice(0, 3)], undefined],
    ['one more than the program has', HA, [...others, ...nodes], 'k8s-control-plane-14'],
    ['one more, which has left', { ...HA, removedControlPlaneNodes: ['192.168.1.14'] }, [...others, ...nodes], undefined],
    ['another one has left', { ...HA, removedControlPlaneNodes: ['192.168.1.15'] }, [...others, ...nodes], 'k8s-control-plane-14'],
    ['by number, one more', { ...HA, controlPlane: { count: 1 } }, ['1', '2'].map((key) => vm(`k8s-control-plane-${key}`, `homelab_k8s-control-plane-${key}`)), 'k8s-control-plane-2'],
    [
      'by number, which has left', { ...HA, controlPlane: { count: 1 }, removedControlPlaneNodes: ['k8s-control-plane-2'] },
      [vm('k8s-control-plane-2', 'homelab_k8s-control-plane-2')], undefined,
    ],
    ['all but one', {}, nodes, 'k8s-control-plane-12, k8s-control-plane-13, k8s-control-plane-14'],
  ];
  for (const [what, props, vms, leaving] of trials) {
    const [{ condition, error_message: message }] = clusterAlone(props).terraform.resource.terraform_data.K8s.lifecycle.precondition;
    const local = (text: string) => text.replaceAll('data.proxmox_virtual_environment_vms.Pve_Vms.vms', 'local.vms');
    const found = await evaluate({ condition: local(condition), message: local(message) }, { vms });
    report.equal(what, [found.condition, /^This would delete (.*?), (?:a control plane node of k8s, and etcd|on which etcd of k8s is,)/.exec(found.message)?.[1]], [leaving === undefined, leaving ?? '']);
  }
}

async function addresses(): Promise<void> {
  report.section('which address is that of a node');
  const { terraform } = clusterAlone({ ...HA, controlPlane: { count: 3 } });
  const [{ node }] = Object.values<any>(terraform.resource.talos_machine_configuration_apply);
  const expression = node.replace(/proxmox_virtual_environment_vm\.\w+\.ipv4_addresses/, 'local.addresses');
  const trials: [string, string[][], string][] = [
    ['one', [['127.0.0.1'], ['192.168.1.57']], '192.168.1.57'],
    ['the one that is held in turn beside it', [['127.0.0.1'], ['192.168.1.10', '192.168.1.57']], '192.168.1.57'],
    ['those of containers before it', [['127.0.0.1'], ['10.244.0.1'], ['169.254.116.108', '192.168.2.3'], [], ['192.168.1.57']], '192.168.1.57'],
  ];
  for (const [what, list, expected] of trials) report.equal(what, (await evaluate({ address: expression }, { addresses: list })).address, expected);
}

async function secrets(): Promise<void> {
  report.section('texts and secrets of patches');
  const stack = newStack();
  const texts = HOSTILE_TEXTS.filter((text) => !text.includes('\0'));
  const document = { texts, secret: Secret.fromEnvironment('a_secret'), joined: new SecretText('KEY="${x}" %{y}\\', Secret.fromEnvironment('a_secret')) };
  const value = 'x"\\\n${y} %{z} é 😀';
  const { text } = await evaluate({ text: patchText(stack, document) }, {}, { a_secret: value });
  report.equal('each as it was', JSON.parse(text), { texts, secret: value, joined: `KEY="\${x}" %{y}\\${value}` });
}

async function main(): Promise<void> {
  for (const part of [guard, addresses, secrets]) {
    try {
      await part();
    } catch (error) {
      report.broken(error);
    }
  }
  process.exitCode = report.finish() ? 0 : 1;
}

void main();
