import { Readable } from 'node:stream';
import { Problems } from '../core';
import { dispatch } from './api/dispatch';
import { endpoints } from './api/endpoints';
import { Router } from './api/router';
import { ApiError } from './api-error';
import { Cluster } from './cluster';
import { NoneEngine } from './engine/none-engine';
import { QemuEngine } from './engine/qemu';
import { Fault } from './faults';
import { certify } from './http/certificate';
import { ApiServer, RequestRecord } from './http/server';
import { PveRelease, PveSimulatorProps, SimulatedDownload } from './pve-simulator-props';
import { simulatorRules } from './rules';
import { rootToken, setUp } from './setup';
import { SimulatedRequest, SimulatedTask, SimulatedVm, SimulatedVolume } from './simulated';
import { Guest } from './state/guest';
import { versions } from './version';

/**
 * A Proxmox VE that is not one: the same API over HTTPS on the loopback interface, with the same checks and the same words, for tests and
 * trials. Packer and Terraform cannot tell; what it does not simulate it answers with status 501.
 *
 *     const pve = await PveSimulator.start();
 *     // … run terraform with TF_VAR_proxmox_api_token=pve.apiToken against pve.endpoint …
 *     expect(pve.vms.map((vm) => vm.name)).toEqual(['web']);
 *     await pve.stop();
 *
 * @see https://pve.proxmox.com/pve-docs/api-viewer/
 */
export class PveSimulator {
  /** Starts one. Refused are addresses beyond the loopback interface, and what contradicts itself. */
  public static async start(props: PveSimulatorProps = {}): Promise<PveSimulator> {
    const milliseconds = (duration?: { toMilliseconds(): number }) => duration?.toMilliseconds() ?? 0;
    const engine = props.engine?.create() ?? new NoneEngine();
    const cluster = new Cluster({
      version: versions[props.release ?? PveRelease.V9_1],
      engine,
      taskDuration: milliseconds(props.taskDuration),
      statusLag: milliseconds(props.statusLag),
      now: Date.now,
    });
    setUp(cluster, props);
    await engine.open();
    const address = props.address ?? '127.0.0.1';
    const authority = certify({ name: 'Simulated PVE Cluster Manager CA' });
    const own = certify({ name: cluster.nodes.keys().next().value!, goodFor: [...new Set([address, '127.0.0.1']), 'localhost', ...cluster.nodes.keys(), ...props.hostNames ?? []] }, authority);
    const router = new Router(endpoints, cluster.version);
    const server = new ApiServer(cluster, router, own);
    const port = await server.listen(address, props.port ?? 0);
    return new PveSimulator(cluster, router, server, `https://${address}:${port}`, authority.certificate);
  }

  /** Where it is, such as `https://127.0.0.1:8006`. */
  public readonly endpoint: string;
  /** The certificate of the authority that signed its own, in PEM; for `SSL_CERT_FILE` and `NODE_EXTRA_CA_CERTS`. */
  public readonly certificate: string;

  private constructor(
    private readonly cluster: Cluster, private readonly router: Router, private readonly server: ApiServer, endpoint: string, certificate: string,
  ) {
    this.endpoint = endpoint;
    this.certificate = certificate;
  }

  /** The whole API token of root@pam, `root@pam!simulator=<uuid>`, without separation of privileges. */
  public get apiToken(): string {
    return `root@pam!${rootToken}=${this.cluster.access.users.get('root@pam')!.tokens.get(rootToken)!.secret}`;
  }

  /** The password of root@pam. */
  public get rootPassword(): string {
    return this.cluster.access.users.get('root@pam')!.password!;
  }

  /** The virtual machines and templates, by id. */
  public get vms(): SimulatedVm[] {
    return [...this.cluster.guests.values()].filter(({ type }) => type === 'qemu').sort((a, b) => a.vmid - b.vmid).map((guest) => this.vm(guest));
  }

  /** The ids of the containers. */
  public get containerIds(): number[] {
    return [...this.cluster.guests.values()].filter(({ type }) => type === 'lxc').map(({ vmid }) => vmid).sort((a, b) => a - b);
  }

  /** Everything on the storages: disks, ISO files, imports, snippets; by storage and in the order it was made. */
  public get volumes(): SimulatedVolume[] {
    const all = [...this.cluster.storages.values()].flatMap((storage) => [...this.cluster.nodes.keys()].flatMap((node) => storage.on(node)));
    return [...new Set(all)].map(({ volid, content, size, node }) => ({ volumeId: volid, content, bytes: size, node }));
  }

  /** The requests it has answered, in their order. */
  public get requests(): SimulatedRequest[] {
    return this.server.requests.map(readable);
  }

  /** The tasks, in the order they were started. */
  public get tasks(): SimulatedTask[] {
    return [...this.cluster.tasks.all.values()].map(({ upid, type, id, exitStatus, log }) => ({ upid, type, id, exitStatus, log: [...log] }));
  }

  /**
   * Does something on the server as root@pam, without HTTP and without faults, and waits for the task it starts.
   *
   *     await pve.call('POST', '/nodes/pve/qemu', { vmid: '500', name: 'stranger', scsi0: 'local-lvm:8' });
   *
   * @param method `GET`, `POST`, `PUT` or `DELETE`
   * @param path below `/api2/json`
   * @param parameters as text, as a form carries them
   * @returns the `data` of the answer
   */
  public async call(method: string, path: string, parameters: { readonly [name: string]: string } = {}): Promise<any> {
    try {
      const { data } = await dispatch(this.cluster, this.router, { method, path, parameters, caller: { id: 'root@pam', user: 'root@pam' } });
      const task = typeof data === 'string' ? this.cluster.tasks.all.get(data) : undefined;
      await task?.done;
      if (task !== undefined && !/^(OK|WARNINGS)/.test(task.exitStatus!)) throw new ApiError(500, task.exitStatus!);
      return data;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const details = Object.entries(error.errors ?? {}).map(([name, text]) => ` ${name}: ${text.trim()}`).join(',');
      const problems = new Problems('PveSimulator').report(simulatorRules['simulator-call'], {
        property: `${method} ${path}`, received: parameters, rule: `The server answers ${error.status} ${error.message}${details}`,
      });
      problems.throwIfAny();
    }
  }

  /** Puts a container on a node: somebody else's, which nothing of a program may touch. */
  public addContainer(vmId: number, node: string = this.cluster.nodes.keys().next().value!): void {
    const config: [string, string][] = [['hostname', `container-${vmId}`], ['arch', 'amd64'], ['memory', '512'], ['ostype', 'debian']];
    this.cluster.guests.set(vmId, new Guest(vmId, 'lxc', node, config, this.cluster.now()));
  }

  /**
   * Puts a file on a storage, as an upload or a download would.
   *
   * @param volumeId where to, such as `local:import/debian.qcow2` or `local:iso/debian.iso`
   * @param content the bytes
   */
  public async addFile(volumeId: string, content: Readable, node: string = this.cluster.nodes.keys().next().value!): Promise<void> {
    await this.cluster.volumes.receive(node, volumeId, content);
  }

  /** The loopback address on which a guest in QEMU answers, once it was started. */
  public guestAddress(vmId: number): string | undefined {
    return this.cluster.engine instanceof QemuEngine ? this.cluster.engine.addressOf(vmId) : undefined;
  }

  /** What a guest in QEMU wrote to its first serial port. */
  public consoleLog(vmId: number): string {
    return this.cluster.engine instanceof QemuEngine ? this.cluster.engine.consoleLog(vmId) : '';
  }

  /**
   * Sets what the guest agent of a machine answers; only without QEMU.
   *
   * @param answers by command of the agent, such as `guest-network-get-interfaces`: what it returns
   */
  public setAgentAnswers(vmId: number, answers: { readonly [command: string]: any }): void {
    if (this.cluster.engine instanceof NoneEngine) this.cluster.engine.setAgentAnswers(vmId, answers);
  }

  /** Lets a node download an address without that anything is asked for on the internet. What arrives has no content, so it does not boot in QEMU. */
  public addDownload(download: SimulatedDownload): void {
    this.cluster.downloads.set(download.url, download);
  }

  /** Plans something to go wrong. */
  public addFault(fault: Fault): void {
    this.cluster.faults.add(fault);
  }

  /** Ends all faults that are planned. */
  public clearFaults(): void {
    this.cluster.faults.clear();
  }

  /** How many times faults have struck. */
  public get faultsStruck(): number {
    return this.cluster.faults.struck;
  }

  /**
   * Calls back at each answer.
   * @internal
   */
  public onRequest(listener: (request: SimulatedRequest) => void): void {
    this.server.listener = (record) => listener(readable(record));
  }

  /** Waits until no task runs. */
  public async idle(): Promise<void> {
    await this.cluster.tasks.idle();
  }

  /** Stops the server, all guests, and removes what they left. */
  public async stop(): Promise<void> {
    await this.server.close();
    await this.cluster.engine.close();
  }

  private vm(guest: Guest): SimulatedVm {
    return {
      vmId: guest.vmid,
      name: guest.name,
      node: guest.node,
      template: guest.isTemplate,
      running: this.cluster.engine.isRunning(guest.vmid),
      tags: (guest.config.get('tags') ?? '').split(/[;,\s]+/).filter((tag) => tag !== ''),
      config: Object.fromEntries([...guest.config].sort(([a], [b]) => a < b ? -1 : 1)),
    };
  }
}

function readable({ parameters, ...rest }: RequestRecord): SimulatedRequest {
  return { ...rest, parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value].flat().join(',')])) };
}
