import * as fs from 'node:fs';
import { PveSimulator, SimulatedRequest } from '../../lib/simulator';
import { Environment } from '../../tools';

/** What the stand-in for the provider of Talos calls its resources, and what happens then. */
const TALOS: { readonly [type: string]: string } = {
  talos_image_factory_schematic: 'schematic',
  talos_machine_configuration_apply: 'apply',
  talos_machine: 'apply',
  talos_machine_bootstrap: 'bootstrap',
  talos_cluster: 'bootstrap',
  talos_cluster_kubeconfig: 'kubeconfig',
};

/**
 * What happens to a cluster and its machines, in one order: what the server is asked for, and what the provider of Talos would have sent to
 * machines and to the factory. Whatever of the latter was written before the server answered has its place before the answer.
 */
export class Chronicle {
  private readonly entries: string[] = [];
  private readonly names = new Map<string, string>();
  private read = 0;

  public constructor(pve: PveSimulator, private readonly journal: string) {
    fs.writeFileSync(journal, '');
    pve.onRequest((request) => this.note(request, pve));
  }

  /** What the provider of Talos is told. */
  public get environment(): Environment {
    return { PROXMOX_CONSTRUCTS_TALOS_STAND_IN_RECORD: this.journal };
  }

  /** What happened until now: `clone k8s-worker-21`, `start k8s-worker-21`, `apply 192.168.1.21`, for a change later `reapply 192.168.1.21` … */
  public get events(): string[] {
    this.catchUp();
    return [...this.entries];
  }

  private catchUp(): void {
    const text = fs.readFileSync(this.journal, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    for (const line of text.slice(this.read, end).split('\n').filter((one) => one !== '')) {
      const { type, what, node, note = '' } = JSON.parse(line);
      if (what === 'delete') continue;
      const upgrade = /, upgrade to .*:(v[\d.]+)|^upgrade of Kubernetes to (.*)/.exec(note);
      const kind = upgrade === null ? `${what === 'update' ? 're' : ''}${TALOS[type] ?? type}` : `upgrade to ${upgrade[1] ?? upgrade[2]}`;
      this.entries.push(`${kind} ${node ?? note}`);
    }
    this.read = end;
  }

  private note({ method, path, parameters, status }: SimulatedRequest, pve: PveSimulator): void {
    if (status !== 200 || method === 'GET') return;
    this.catchUp();
    const [, node, rest = ''] = /^\/nodes\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const [, id, action = ''] = /^qemu\/(\d+)\/?(.*)$/.exec(rest) ?? [];
    for (const { vmId, name } of pve.vms) this.names.set(String(vmId), name);
    if (method === 'POST' && /download-url$/.test(rest)) this.entries.push(`download ${node}`);
    else if (method === 'POST' && rest === 'qemu') this.entries.push(`create ${parameters.vmid}`);
    else if (method === 'POST' && action === 'clone') this.entries.push(`clone ${parameters.name}`);
    else if (method === 'POST' && action === 'status/start') this.entries.push(`start ${this.names.get(id)}`);
    else if (method === 'DELETE' && id !== undefined && action === '') this.entries.push(`delete ${this.names.get(id)}`);
  }
}
