import * as fs from 'node:fs';
import * as path from 'node:path';
import { PveSimulator, PveSimulatorProps, SimulatedRequest } from '../../lib/simulator';
import { Outcome, toolPath } from '../../tools';
import { Deployment } from '../../tools/trial/deployment';
import { startTrialServer, trialHost } from '../../tools/trial/server';

const program = path.join(__dirname, 'programs/faults');
const url = 'https://images.example.net/20261101/debian-12.qcow2';
const digest = '5f2d8a1c'.repeat(8);

/** The program, synthesized and initialized once, from which checkouts are copied. */
export class Blueprint {
  /** Synthesizes the program with a content of its image, in a stack of a name, with templates from an id on, and a machine on another. */
  public static async make(content: string, stack: string = 'faults', firstId: number = 9100, machineId: number = 500): Promise<Blueprint> {
    const folder = path.join(process.env.TMPDIR!, `blueprint-${stack}-${content}-${firstId}-${machineId}`);
    const deployment = new Deployment({
      program, folder, certificate: '', apiToken: '', environment: { FAULTS_CONTENT: content, FAULTS_STACK: stack, FAULTS_IDS: `${firstId}`, FAULTS_MACHINE: `${machineId}` },
    });
    await deployment.synthesize();
    const { status, output } = await deployment.init();
    if (status !== 0) throw new Error(`init: ${output}`);
    return new Blueprint(folder, path.relative(folder, deployment.stack));
  }

  private constructor(public readonly folder: string, public readonly stack: string) {}
}

/** A simulated server of one case, with machines of strangers on it. */
export class Site {
  public static async start(props: PveSimulatorProps = {}): Promise<Site> {
    const pve = await startTrialServer({ port: 0, ...props }); // several at once
    const site = new Site(pve);
    site.offer();
    await site.addStranger(700, { running: true });
    await site.addStranger(701, { template: true });
    pve.addContainer(702);
    site.strangers = await site.foreign();
    return site;
  }

  private hooks: { readonly wanted: (request: SimulatedRequest) => boolean; readonly action: () => unknown }[] = [];
  private readonly strangersIds = new Set([700, 701, 702]);
  /** What the strangers were at the beginning. */
  public strangers: string = '';

  private constructor(public readonly pve: PveSimulator) {
    pve.onRequest((request) => {
      const now = this.hooks.filter(({ wanted }) => wanted(request));
      this.hooks = this.hooks.filter((hook) => !now.includes(hook));
      now.forEach(({ action }) => void action());
    });
  }

  /** Puts a machine of somebody else on the server. */
  public async addStranger(vmId: number, { template = false, running = false, name = `stranger-${vmId}`, tags = 'theirs' } = {}): Promise<void> {
    await this.pve.call('POST', '/nodes/pve/qemu', {
      vmid: `${vmId}`, name, tags, description: 'not yours', memory: '512', scsihw: 'virtio-scsi-single', scsi0: 'local-zfs:1', scsi1: 'local-zfs:2', net0: 'virtio,bridge=vmbr0',
    });
    if (running) await this.pve.call('POST', `/nodes/pve/qemu/${vmId}/status/start`);
    if (template) await this.pve.call('POST', `/nodes/pve/qemu/${vmId}/template`);
    this.strangersIds.add(vmId);
    this.strangers = await this.foreign();
  }

  /** Takes a machine of somebody else away again, by its owner. */
  public async removeStranger(vmId: number): Promise<void> {
    await this.pve.call('DELETE', `/nodes/pve/qemu/${vmId}`);
    this.strangersIds.delete(vmId);
    this.strangers = await this.foreign();
  }

  /** Lets the download have a digest. */
  public offer(of: string = digest): void {
    this.pve.addDownload({ url, bytes: 1024 ** 2, diskBytes: 2 * 1024 ** 3, digest: of });
  }

  /** All that a machine is: configuration, power and volumes. */
  public describe(vmId: number): unknown {
    const { config, running } = this.pve.vms.find((vm) => vm.vmId === vmId) ?? {};
    return { config, running, volumes: this.pve.volumes.filter(({ volumeId }) => volumeId.includes(`-${vmId}-`)) };
  }

  /** Whether a template serves. */
  public async canBeCloned(vmId: number): Promise<boolean> {
    await this.pve.call('POST', `/nodes/pve/qemu/${vmId}/clone`, { newid: '990', full: '1' });
    const made = this.pve.vms.some((vm) => vm.vmId === 990 && !vm.template);
    await this.pve.call('DELETE', '/nodes/pve/qemu/990');
    return made;
  }

  /** Notes that from now on the strangers are those there are. */
  public async meet(...containers: number[]): Promise<void> {
    containers.forEach((id) => this.strangersIds.add(id));
    this.strangers = await this.foreign();
  }

  /** Everything of the strangers, in one text: configurations with their digests, volumes, power, and what was asked of them beside looking. */
  public async foreign(): Promise<string> {
    const ids = [...this.strangersIds].sort();
    const machines = this.pve.vms.filter(({ vmId }) => ids.includes(vmId));
    const digests = await Promise.all(machines.map(async ({ vmId }) => (await this.pve.call('GET', `/nodes/pve/qemu/${vmId}/config`)).digest));
    const containers = this.pve.containerIds.filter((id) => ids.includes(id));
    const configs = await Promise.all(containers.map((id) => this.pve.call('GET', `/nodes/pve/lxc/${id}/config`)));
    const volumes = this.pve.volumes.filter(({ volumeId }) => ids.some((id) => volumeId.includes(`-${id}-`)));
    const touched = this.pve.requests.filter(({ method, path: of, status }) => method !== 'GET' && status === 200 && ids.some((id) => new RegExp(`/(qemu|lxc)/${id}(/|$)`).test(of)));
    return JSON.stringify({ machines, digests, configs, volumes, touched }, null, 1);
  }

  /** Does something at the next answer of a kind. */
  public when(method: string, wanted: RegExp, action: () => unknown, after: number = 0): void {
    let seen = 0;
    this.hooks.push({ wanted: (request) => request.method === method && wanted.test(request.path) && seen++ >= after, action });
  }

  /** What stands on the server beside the strangers: machines, and files of builds. */
  public get own(): string[] {
    return [
      ...this.pve.vms.filter(({ vmId }) => !this.strangersIds.has(vmId)).map(({ vmId, name, template }) => `${template ? 'template' : 'machine'} ${vmId} ${name}`),
      ...this.pve.volumes.filter(({ volumeId }) => ![...this.strangersIds].some((id) => volumeId.includes(`-${id}-`))).map(({ volumeId }) => volumeId),
    ];
  }

  public async stop(): Promise<void> {
    await this.pve.idle();
    await this.pve.stop();
  }
}

/** What a checkout's deploys see. */
export interface CheckoutOptions {
  /** @default - the token of root */
  readonly apiToken?: string;
  /** Whether the real Packer builds, with the stand-in of its plugin. @default - quick-packer.mjs */
  readonly realPacker?: boolean;
  /** Whether what may be a build that goes on is watched as long as with users. @default - a second */
  readonly patient?: boolean;
  /** Added to the environment. */
  readonly environment?: { readonly [name: string]: string };
}

let checkouts = 0;

/** A checkout of the program, deployed on a site. */
export class Checkout {
  public readonly folder: string;
  public readonly deployment: Deployment;

  public constructor(private readonly site: Site, blueprint: Blueprint, private readonly options: CheckoutOptions = {}, folder?: string) {
    this.folder = folder ?? path.join(process.env.TMPDIR!, `checkout-${++checkouts}`);
    const bin = path.join(this.folder, 'bin');
    fs.mkdirSync(bin, { recursive: true });
    const packer = options.realPacker
      ? `exec '${toolPath('packer')}' "$@"`
      : `case "$1" in version) echo 'Packer v1.16.0'; exit ;; init) exit ;; esac\nexec '${process.execPath}' '${path.join(__dirname, 'programs/quick-packer.mjs')}' "$@"`;
    fs.writeFileSync(path.join(bin, 'packer'), `#!/bin/sh\n${packer}\n`, { mode: 0o755 });
    this.deployment = this.use(blueprint);
  }

  /** Another content, on top of the same state. */
  public use(blueprint: Blueprint): Deployment {
    fs.rmSync(path.join(this.folder, 'cdktf.out'), { recursive: true, force: true });
    fs.cpSync(path.join(blueprint.folder, 'cdktf.out'), path.join(this.folder, 'cdktf.out'), { recursive: true, verbatimSymlinks: true });
    const stack = path.join(this.folder, blueprint.stack);
    for (const file of fs.readdirSync(stack, { recursive: true }) as string[]) {
      if (!/\.(tf\.json|pkr\.json|pkr\.hcl)$|deploy\.json$/.test(file)) continue;
      const text = fs.readFileSync(path.join(stack, file), 'utf8');
      const here = text.replaceAll(`https://${trialHost}:8006`, this.site.pve.endpoint);
      // What may be given up for dead is not watched for half a minute.
      fs.writeFileSync(path.join(stack, file), file.endsWith('deploy.json') && !this.options.patient ? here.replace('{', '{ "watchSeconds": 1,') : here);
    }
    const deployment = new Deployment({
      program,
      folder: this.folder,
      certificate: this.site.pve.certificate,
      apiToken: this.options.apiToken ?? this.site.pve.apiToken,
      environment: { PATH: `${path.join(this.folder, 'bin')}${path.delimiter}${process.env.PATH}`, HOME: this.folder, ...this.options.environment },
    });
    (deployment as { stack: string }).stack = stack;
    (this as { deployment?: Deployment }).deployment = deployment;
    return deployment;
  }

  /** Deploys; what does not end within a minute is a failure of its own. */
  public async apply(...more: string[]): Promise<Outcome> {
    const timer = setTimeout(() => this.processes(/^\S*(terraform|tofu) /).forEach((pid) => process.kill(pid, 'SIGKILL')), 60_000);
    try {
      return await this.deployment.apply(...more);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The processes of a deploy by what stands in their command lines. */
  public processes(wanted: RegExp): number[] {
    return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        const text = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return wanted.test(text) && (text.includes(this.folder) || fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(this.folder));
      } catch {
        return false;
      }
    }).map(Number);
  }

  /** Waits until nothing that a deploy started goes on, as after it was killed. */
  public async gone(): Promise<void> {
    for (const end = Date.now() + 30_000; this.processes(/deploy\.mjs|quick-packer|packer build|^\S*(terraform|tofu) -chdir/).length > 0;) {
      if (Date.now() > end) throw new Error('Something of the deploy goes on.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Takes it away; a Terraform that was killed leaves its provider behind. */
  public remove(): void {
    this.processes(/terraform-provider/).forEach((pid) => process.kill(pid, 'SIGKILL'));
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What was printed, without the frame of Terraform's errors and the prefix of its provisioner, in one line. */
export function legible(output: string): string {
  return output.replace(/^[│╷╵]? ?/gm, '').replace(/^\S+ \(local-exec\): /gm, '').replace(/\s+/g, ' ');
}
