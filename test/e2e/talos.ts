import * as fs from 'node:fs';
import * as path from 'node:path';
import { PveRelease, PveSimulator } from '../../lib/simulator';
import { Environment, Outcome } from '../../tools';
import { Deployment } from '../../tools/trial/deployment';
import { seedDownloads } from '../../tools/trial/seeds';
import { startTrialServer } from '../../tools/trial/server';
import { type Report } from '../support/report';
import { twoNodes } from './example-sites';
import { Chronicle } from './talos-chronicle';

const program = path.join(__dirname, 'programs/talos');
/** The addresses of the nodes, in the program's words. */
const grown = { TALOS_WORKERS: '192.168.1.21,192.168.1.22' };
const exchanged = { TALOS_CONTROL_PLANE: '192.168.1.11,192.168.1.12,192.168.1.14' };
const allowed = { ...exchanged, TALOS_REMOVED: '192.168.1.13' };
const newer = { ...allowed, TALOS_VERSION: 'v1.14.1' };
const byTerraform = { TALOS_UPGRADES: 'by Terraform' };
const alone = { TALOS_CONTROL_PLANE: '192.168.1.11', TALOS_WORKERS: '' };

const combinations = [
  [PveRelease.V8_4, 'cdktn', 'terraform', ['several', 'single']],
  [PveRelease.V9_1, 'cdktf', 'tofu', ['several', 'managed', 'managedSingle']],
] as const;

const controlPlane = (...keys: number[]) => keys.map((key) => `k8s-control-plane-${key}`);
const workers = (...keys: number[]) => keys.map((key) => `k8s-worker-${key}`);

/** A Talos cluster through its life: made, grown, shrunk, a control plane node exchanged, a newer image, a machine lost. */
export async function talos(report: Report): Promise<void> {
  for (const [release, core, terraform, parts] of combinations) {
    report.section(`Talos on Proxmox VE ${release}, written with ${core}, by ${terraform}`);
    for (const part of parts) {
      const pve = await startTrialServer({ release, ...twoNodes });
      const folder = fs.mkdtempSync(path.join(process.env.TMPDIR!, 'talos-'));
      const chronicle = new Chronicle(pve, path.join(folder, 'talos.jsonl'));
      try {
        await new Life(report, pve, chronicle, async (environment) => {
          const deployment = new Deployment({
            program,
            folder: path.join(folder, 'program'),
            core,
            terraform,
            certificate: pve.certificate,
            apiToken: pve.apiToken,
            environment: { ...chronicle.environment, ...environment },
          });
          await deployment.synthesize();
          seedDownloads(pve, deployment);
          return deployment;
        })[part]();
      } finally {
        await pve.stop();
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }
  }
}

class Life {
  public constructor(
    private readonly report: Report,
    private readonly pve: PveSimulator,
    private readonly chronicle: Chronicle,
    private readonly deploymentOf: (environment: Environment) => Promise<Deployment>,
  ) {}

  /** Three control plane nodes and workers. */
  public async several(): Promise<void> {
    await this.birth();
    await this.workers();
    await this.controlPlane();
    await this.image();
    await this.loss();
    await this.end(newer);
  }

  /** One machine, which is all there is. */
  public async single(environment: Environment = alone): Promise<void> {
    const { report } = this;
    const deployment = await this.deploymentOf(environment);
    this.succeeded('init', await deployment.init());
    const story = ['start k8s-control-plane-11', 'apply 192.168.1.11', 'bootstrap 192.168.1.11', 'kubeconfig 192.168.1.11'];
    report.equal('the only node is started, configured, and etcd begins', inOrder(await this.events(() => deployment.apply()), ...story), true);
    await this.lose('k8s-control-plane-11');
    const events = await this.events(() => deployment.apply());
    report.equal('deleted by hand and made again, it is configured again', inOrder(events, 'clone k8s-control-plane-11', ...story.slice(0, 2)), true);
    report.equal('and etcd begins again', inOrder(events, ...story.slice(0, 3)), true);
    report.equal('then a plan has no changes', (await deployment.plan()).status, 0);
    await this.end(environment);
  }

  /** One machine that is upgraded by deploys. */
  public async managedSingle(): Promise<void> {
    await this.single({ ...alone, ...byTerraform });
  }

  /** Upgraded by deploys. */
  public async managed(): Promise<void> {
    const { report } = this;
    const first = await this.deploymentOf(byTerraform);
    this.succeeded('init', await first.init());
    const birth = await this.events(() => first.apply());
    for (const node of ['192.168.1.11', '192.168.1.12', '192.168.1.13']) report.equal(`${node} is configured before etcd begins`, inOrder(birth, `apply ${node}`, 'bootstrap 192.168.1.11'), true);
    report.equal('the second plan has no changes', (await first.plan()).status, 0);
    const before = this.ids();
    const newerTalos = { ...byTerraform, TALOS_VERSION: 'v1.14.1' };
    const upgraded = await this.deploymentOf(newerTalos);
    const upgrades = (await this.events(() => upgraded.apply())).filter((event) => event.startsWith('upgrade'));
    report.equal('a newer image upgrades one machine after the other', upgrades, ['11', '12', '13', '21'].map((key) => `upgrade to v1.14.1 192.168.1.${key}`));
    report.equal('and replaces none', this.ids(), before);
    const newerKubernetes = { ...newerTalos, TALOS_KUBERNETES: '1.36.0' };
    const last = await this.deploymentOf(newerKubernetes);
    const events = await this.events(() => last.apply());
    report.equal('Kubernetes is upgraded once, and Talos no more', events.filter((event) => event.startsWith('upgrade')), ['upgrade to 1.36.0 192.168.1.11']);
    report.equal('then a plan has no changes', (await last.plan()).status, 0);
    await this.end(newerKubernetes);
  }

  private async end(environment: Environment): Promise<void> {
    const deployment = await this.deploymentOf(environment);
    this.succeeded('destroy', await deployment.destroy());
    this.report.equal('nothing is left', [this.pve.vms, this.pve.volumes], [[], []]);
  }

  /** Somebody deletes a machine by hand. */
  private async lose(machine: string): Promise<void> {
    const { vmId, node } = this.pve.vms.find(({ name }) => name === machine)!;
    await this.pve.call('POST', `/nodes/${node}/qemu/${vmId}/status/stop`);
    await this.pve.call('DELETE', `/nodes/${node}/qemu/${vmId}`);
  }

  private async birth(): Promise<void> {
    const { report } = this;
    const deployment = await this.deploymentOf({});
    this.succeeded('init', await deployment.init());
    const events = await this.events(() => deployment.apply());
    const addresses = ['192.168.1.11', '192.168.1.12', '192.168.1.13', '192.168.1.21'];
    report.equal('the factory knows the schematic once', events.filter((event) => event.startsWith('schematic')).length, 1);
    report.equal('it knows it before a node downloads', inOrder(events, 'schematic', 'download pve1'), true);
    report.equal('the other node downloads, too', inOrder(events, 'schematic', 'download pve2'), true);
    report.equal('templates are imported once they are downloaded', [inOrder(events, 'download pve1', 'create 9000'), inOrder(events, 'download pve2', 'create 9001')], [true, true]);
    for (const address of addresses) {
      const name = address.endsWith('.21') ? 'k8s-worker-21' : `k8s-control-plane-${address.split('.')[3]}`;
      const template = Number(address.split('.')[3]) % 2 === 0 ? 9000 : 9001;
      report.equal(`${name} is cloned, started, then configured`, inOrder(events, `create ${template}`, `clone ${name}`, `start ${name}`, `apply ${address}`), true);
    }
    for (const address of addresses.slice(0, 3)) {
      report.equal(`etcd begins after ${address} has its configuration`, inOrder(events, `apply ${address}`, 'bootstrap 192.168.1.11', 'kubeconfig 192.168.1.11'), true);
    }
    report.equal('etcd begins once', events.filter((event) => event.startsWith('bootstrap')), ['bootstrap 192.168.1.11']);
    report.equal('who stands where', this.machines(), [
      ['k8s-control-plane-11', 'pve1'], ['k8s-control-plane-12', 'pve2'], ['k8s-control-plane-13', 'pve1'], ['k8s-worker-21', 'pve1'],
    ]);
    report.equal('the second plan has no changes', (await deployment.plan()).status, 0);
    await this.outputs(deployment);
  }

  private async outputs(deployment: Deployment): Promise<void> {
    const { report } = this;
    const shown = await deployment.terraform('output', '-no-color');
    report.match('kubeconfig and talosconfig are not shown', shown.output, /K8s_kubeconfig = <sensitive>\nK8s_talosconfig = <sensitive>/);
    const outputs = JSON.parse((await deployment.terraform('output', '-json')).output);
    report.equal('who asks for them gets them', ['K8s_kubeconfig', 'K8s_talosconfig'].map((name) => [outputs[name].sensitive, /^\w+:/m.test(outputs[name].value)]), [[true, true], [true, true]]);
    report.equal('what upgrades the cluster is no secret, and begins at the control plane', [outputs.K8s_upgrade.sensitive, outputs.K8s_upgrade.value.map((line: string) => /192[.\d]+/.exec(line)?.[0] ?? line.split(' ')[0])], [
      false, ['192.168.1.11', '192.168.1.12', '192.168.1.13', '192.168.1.21', 'kubectl', '192.168.1.11'],
    ]);
  }

  private async workers(): Promise<void> {
    const { report } = this;
    const before = this.ids();
    const more = await this.deploymentOf(grown);
    const events = await this.events(() => more.apply());
    report.equal('one worker more: it alone is made', this.names(), [...controlPlane(11, 12, 13), ...workers(21, 22)]);
    report.equal('it alone gets a configuration', events.filter((event) => /^(apply|bootstrap)/.test(event)), ['apply 192.168.1.22']);
    report.equal('all others are the machines they were', this.same(before), before);
    const fewer = await this.deploymentOf({});
    const removal = await this.events(() => fewer.apply());
    report.equal('that worker less: exactly this machine goes', removal.filter((event) => event.startsWith('delete')), ['delete k8s-worker-22']);
    report.equal('all others are the machines they were, again', this.ids(), before);
    report.equal('then a plan has no changes', (await fewer.plan()).status, 0);
  }

  private async controlPlane(): Promise<void> {
    const { report } = this;
    const before = this.ids();
    const refused = await this.deploymentOf(exchanged);
    const plan = await refused.plan();
    report.equal('a plan without a control plane node stops', plan.status, 1);
    report.match('it says which, and what comes first', said(plan), new RegExp('This would delete k8s-control-plane-13, a control plane node of k8s, and etcd would count it as failed\\. '
      + 'Let it leave first: talosctl reset --nodes ADDRESS --graceful --wait .* Then name its ADDRESS in removedControlPlaneNodes\\.'));
    report.equal('an apply stops as well', (await refused.apply()).status, 1);
    report.equal('nothing was touched', this.ids(), before);
    const deployment = await this.deploymentOf(allowed);
    report.equal('once it is named, the plan passes', (await deployment.plan()).status, 2);
    const events = await this.events(() => deployment.apply());
    report.equal('the one goes, the other comes', this.names(), [...controlPlane(11, 12, 14), ...workers(21)]);
    report.equal('only the new one is configured from the start, and etcd is left alone', events.filter((event) => /^(apply|bootstrap|delete k8s)/.test(event)).sort(), [
      'apply 192.168.1.14', 'delete k8s-control-plane-13',
    ]);
    report.equal('those that stay have its address in their certificates', events.filter((event) => event.startsWith('reapply')).sort(), ['reapply 192.168.1.11', 'reapply 192.168.1.12']);
    report.equal('then a plan has no changes', (await deployment.plan()).status, 0);
    const plain = await this.deploymentOf(exchanged);
    report.equal('the name may go again', (await plain.plan()).status, 0);
  }

  private async image(): Promise<void> {
    const { report } = this;
    const before = this.ids();
    const deployment = await this.deploymentOf(newer);
    const events = await this.events(() => deployment.apply());
    report.equal('a newer image makes the templates anew', events.filter((event) => /^(create|delete)/.test(event)).sort(), ['create 9000', 'create 9001', 'delete talos', 'delete talos-pve2']);
    report.equal('and no machine', this.ids(), before);
    report.equal('the templates are of the newer release', this.pve.vms.filter(({ template }) => template).map(({ config }) => /v1\.\d+\.\d+/.exec(config.description ?? '')?.[0]), ['v1.14.1', 'v1.14.1']);
    report.equal('etcd is left alone', events.filter((event) => /^(bootstrap|kubeconfig)/.test(event)), []);
    const { output } = await deployment.terraform('output', '-json', 'K8s_upgrade');
    report.equal('the commands take the installer of the newer release', JSON.parse(output).slice(0, 4).every((line: string) => /nocloud-installer\/[0-9a-f]{64}:v1\.14\.1 /.test(line)), true);
    report.equal('then a plan has no changes', (await deployment.plan()).status, 0);
  }

  private async loss(): Promise<void> {
    const { report } = this;
    const before = this.ids();
    await this.lose('k8s-worker-21');
    const deployment = await this.deploymentOf(newer);
    const events = await this.events(() => deployment.apply());
    report.equal('a machine that was deleted by hand is made again', this.names(), [...controlPlane(11, 12, 14), ...workers(21)]);
    report.equal('and gets its configuration again', inOrder(events, 'clone k8s-worker-21', 'start k8s-worker-21', 'apply 192.168.1.21'), true);
    report.equal('nobody else does', events.filter((event) => /^(apply|bootstrap)/.test(event)), ['apply 192.168.1.21']);
    report.equal('all others are the machines they were', this.same(before.filter(([name]) => name !== 'k8s-worker-21')), before.filter(([name]) => name !== 'k8s-worker-21'));
    report.equal('then a plan has no changes', (await deployment.plan()).status, 0);
  }

  private succeeded(what: string, { status, output }: Outcome): void {
    this.report.equal(what, status === 0 ? '' : output, '');
  }

  /** What happened while something was deployed that succeeds. */
  private async events(deploy: () => Promise<Outcome>): Promise<string[]> {
    const first = this.chronicle.events.length;
    this.succeeded('apply', await deploy());
    return this.chronicle.events.slice(first);
  }

  private machines(): [string, string][] {
    return this.pve.vms.filter(({ template }) => !template).map(({ name, node }): [string, string] => [name, node]).sort();
  }

  private names(): string[] {
    return this.machines().map(([name]) => name);
  }

  /** The machines and what makes each the one it is. */
  private ids(): [string, number, string][] {
    return this.pve.vms.filter(({ template }) => !template).map(({ name, vmId, config }): [string, number, string] => [name, vmId, config.vmgenid ?? '']).sort();
  }

  private same(some: readonly [string, number, string][]): [string, number, string][] {
    return this.ids().filter(([name]) => some.some(([other]) => other === name));
  }
}

/** Whether all of it happened, one after the other. */
function inOrder(events: readonly string[], ...expected: string[]): boolean {
  const places = expected.map((start) => events.findIndex((event) => event === start || event.startsWith(`${start} `)));
  return places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]));
}

/** What was printed, without the frames and line breaks of Terraform. */
function said({ output }: Outcome): string {
  return output.replace(/[│╷╵]/g, '').replace(/\s+/g, ' ');
}
