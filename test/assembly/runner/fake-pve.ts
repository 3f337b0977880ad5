import { createHash } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import { AddressInfo } from 'node:net';
import { certify, CertificateProps } from '../../../lib/simulator/http/certificate';

/** A virtual machine, template or container of the fake. */
export interface FakeGuest {
  readonly vmid: number;
  readonly type?: 'lxc';
  /** As in the answer of `…/config`. */
  config: { [key: string]: any };
  /** Seconds since its start; undefined while it is stopped. */
  uptime?: number;
  /** Whether the credentials may see it. @default true */
  readonly visible?: boolean;
}

/** An answer other than the usual. */
export interface Fault {
  /** Matched against `METHOD /path`. */
  readonly request: RegExp;
  readonly status?: number;
  readonly reason?: string;
  /** Text instead of the usual JSON. */
  readonly text?: string;
  /** Instead of an answer: the task that is started ends so. */
  readonly exitstatus?: string;
  /** The connection is cut off so many times. */
  times?: number;
}

export const TOKEN = 'deploy@pve!ci=3c0ffee5-1234-4abc-9def-0123456789ab';
export const UUID = TOKEN.split('=')[1];
export const PASSWORD = 'pass word&+%';
const TICKET = 'PVE:deploy@pve:6B00E1A6::c2lnbmF0dXJl+/=';
const CSRF = '6B00E1A6:Y3NyZg';

/** All that a build with a seed ISO needs, as measured. */
export function enough(): { [path: string]: { [privilege: string]: number } } {
  const vms = ['VM.Audit', 'VM.Clone', 'VM.Allocate', 'VM.Config.Options', 'VM.Config.Cloudinit', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Network',
    'VM.Config.HWType', 'VM.Config.CDROM', 'VM.PowerMgmt', 'VM.Monitor'];
  const all = (names: string[]) => Object.fromEntries(names.map((name) => [name, 1]));
  return {
    '/vms': all(vms),
    '/storage/local': all(['Datastore.Allocate', 'Datastore.AllocateSpace', 'Datastore.AllocateTemplate']),
    '/sdn/zones/localnetwork': all(['SDN.Use']),
  };
}

/** Answers the few paths a deploy asks, in the words of a real Proxmox VE 8.4; writes down what it was asked. */
export class FakePve {
  public static async start(certificate: Partial<CertificateProps> = {}): Promise<FakePve> {
    const pve = new FakePve(certificate);
    await new Promise<void>((resolve) => pve.server.listen(0, '127.0.0.1', resolve));
    return pve;
  }

  /** What was asked, `METHOD /path`, without looking at tasks. */
  public readonly requests: string[] = [];
  public readonly guests: FakeGuest[] = [];
  public readonly isos = new Set<string>();
  /** Images of disks on storages. */
  public readonly volumes: string[] = [];
  public readonly faults: Fault[] = [];
  public permissions: any = enough();
  /** The token that is let in. */
  public token = TOKEN;
  /** Whether the user has a second factor. */
  public secondFactor = false;
  public readonly authority = certify({ name: 'Test authority' });
  private readonly server: https.Server;
  private readonly tasks = new Map<string, string>();

  private constructor(certificate: Partial<CertificateProps>) {
    const own = certify({ name: 'pve', goodFor: ['127.0.0.1', 'localhost'], ...certificate }, this.authority);
    this.server = https.createServer({ cert: own.certificate, key: own.key }, (request, answer) => this.receive(request, answer));
  }

  public get endpoint(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests that changed anything. */
  public get changes(): string[] {
    return this.requests.filter((request) => !request.startsWith('GET ') && !request.endsWith('/access/ticket'));
  }

  public guest(vmid: number): FakeGuest | undefined {
    return this.guests.find((guest) => guest.vmid === vmid);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(request: http.IncomingMessage, answer: http.ServerResponse): void {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      const url = new URL(request.url!, 'https://pve');
      if (url.pathname === '/control') {
        this.control(JSON.parse(body));
        answer.end();
        return;
      }
      const line = `${request.method} ${decodeURIComponent(url.pathname).replace('/api2/json', '')}`;
      if (!line.includes('/tasks/')) this.requests.push(line);
      const fault = this.faults.find((one) => one.request.test(line) && one.times !== 0);
      if (fault?.times !== undefined) {
        fault.times -= 1;
        request.socket.destroy();
        return;
      }
      const [status, reason, content] = fault?.exitstatus === undefined && fault !== undefined
        ? [fault.status ?? 200, fault.reason ?? 'OK', fault.text ?? { data: null }]
        : this.answer(request, line, url.searchParams, new URLSearchParams(body), fault);
      answer.writeHead(status, reason, { 'content-type': 'application/json;charset=UTF-8' });
      answer.end(typeof content === 'string' ? content : JSON.stringify(content));
    });
  }

  /** What the fake Packer did to the server. */
  private control(change: { put?: FakeGuest; remove?: number; uploaded?: string; deleted?: string }): void {
    if (change.put !== undefined || change.remove !== undefined) this.forget(change.put?.vmid ?? change.remove!);
    if (change.put !== undefined) this.guests.push(change.put);
    if (change.uploaded !== undefined) this.isos.add(change.uploaded);
    if (change.deleted !== undefined) this.isos.delete(change.deleted);
  }

  private forget(vmid: number): void {
    this.guests.splice(0, this.guests.length, ...this.guests.filter((guest) => guest.vmid !== vmid));
  }

  private answer(request: http.IncomingMessage, line: string, query: URLSearchParams, form: URLSearchParams, fault?: Fault): [number, string, any] {
    const ok = (data: any): [number, string, any] => [200, 'OK', { data }];
    const refused = (status: number, reason: string): [number, string, any] => [status, reason, { data: null, message: `${reason}\n` }];
    const task = (type: string, id: string): [number, string, any] => {
      const upid = `UPID:pve:00000075:000621BA:6B001FFA:${type}:${id}:deploy@pve!ci:`;
      this.tasks.set(upid, fault?.exitstatus ?? 'OK');
      return ok(upid);
    };
    if (line === 'POST /access/ticket') {
      if (form.get('username') !== 'deploy@pve' || form.get('password') !== PASSWORD) return refused(401, 'authentication failure');
      return ok(this.secondFactor
        ? { ticket: 'PVE:!tfa!', NeedTFA: 1, username: 'deploy@pve' }
        : { ticket: TICKET, CSRFPreventionToken: CSRF, username: 'deploy@pve' });
    }
    const { authorization, cookie = '', csrfpreventiontoken } = request.headers;
    if (authorization === undefined && cookie === '') return [401, 'No ticket', ''];
    const byTicket = decodeURIComponent(cookie) === `PVEAuthCookie=${TICKET}`;
    if (!byTicket && authorization !== `PVEAPIToken=${this.token}`) return [401, 'Authentication failed!', ''];
    if (byTicket && request.method !== 'GET' && csrfpreventiontoken !== CSRF) return refused(401, 'Permission denied - invalid csrf token');

    if (line === 'GET /access/permissions') return ok(this.permissions);
    if (line === 'GET /cluster/resources') {
      return ok(this.guests.filter((guest) => guest.visible !== false).map((guest) => ({
        // The list follows a daemon and lags behind: only type, node and id are right at once.
        id: `${guest.type ?? 'qemu'}/${guest.vmid}`,
        type: guest.type ?? 'qemu',
        vmid: guest.vmid,
        node: 'pve',
        status: 'unknown',
        ...(guest.type === 'lxc' ? { name: guest.config.name } : {}),
      })));
    }
    if (line === 'GET /cluster/nextid') {
      const vmid = query.get('vmid')!;
      if (this.guest(Number(vmid)) === undefined) return ok(vmid);
      return [400, 'Parameter verification failed.', { errors: { vmid: `VM ${vmid} already exists` }, data: null, message: 'Parameter verification failed.\n' }];
    }
    const status = /^GET \/nodes\/pve\/tasks\/(UPID:.*)\/status$/.exec(line);
    if (status) {
      const [type, id] = status[1].split(':').slice(5);
      return ok({ upid: status[1], node: 'pve', type, id, status: 'stopped', exitstatus: this.tasks.get(status[1]) });
    }
    const iso = /^DELETE \/nodes\/pve\/storage\/\w+\/content\/(.*)$/.exec(line);
    if (iso) {
      this.isos.delete(iso[1]);
      return task('imgdel', 'local');
    }
    const content = /^GET \/nodes\/pve\/storage\/(\w+)\/content$/.exec(line);
    if (content) return ok(this.volumes.filter((volid) => volid.startsWith(`${content[1]}:`)).map((volid) => ({ volid, content: 'images' })));
    const machine = /^(GET|POST|PUT|DELETE) \/nodes\/pve\/qemu\/(\d+)(.*)$/.exec(line);
    if (!machine) return refused(501, `Method '${line}' not implemented`);
    return this.answerMachine(machine[1] + machine[3], this.guest(Number(machine[2])), Number(machine[2]), { ok, refused, task }, form, fault);
  }

  private answerMachine(
    what: string, guest: FakeGuest | undefined, vmid: number,
    { ok, refused, task }: { [name in 'ok' | 'refused' | 'task']: (...args: any[]) => [number, string, any] }, form: URLSearchParams, fault?: Fault,
  ): [number, string, any] {
    if (guest === undefined) return refused(500, `Configuration file 'nodes/pve/qemu-server/${vmid}.conf' does not exist`);
    const status = guest.uptime === undefined ? 'stopped' : 'running';
    switch (what) {
      case 'GET/config': return ok({ ...guest.config, digest: createHash('sha1').update(JSON.stringify(guest.config)).digest('hex') });
      case 'GET/status/current': return ok({ vmid, name: guest.config.name, status, qmpstatus: status, uptime: guest.uptime ?? 0 });
      case 'POST/status/stop':
        guest.uptime = undefined;
        return task('qmstop', `${vmid}`);
      case 'POST/clone': {
        const { newid, name, description } = Object.fromEntries(form);
        if (this.guest(Number(newid))) return refused(500, `unable to create VM ${newid}: config file already exists`);
        if (fault === undefined) this.guests.push({ vmid: Number(newid), config: { ...guest.config, template: undefined, name, description: `${description}\n` } });
        return task('qmclone', `${vmid}`);
      }
      case 'POST/template':
        guest.config.template = 1;
        return task('qmtemplate', `${vmid}`);
      case 'PUT/config':
        Object.assign(guest.config, Object.fromEntries(form), form.has('description') ? { description: `${form.get('description')}\n` } : {});
        return ok(null);
      case 'DELETE':
        if (status === 'running') return refused(500, `VM ${vmid} is running - destroy failed`);
        if (fault === undefined) this.forget(vmid);
        return task('qmdestroy', `${vmid}`);
      default: return refused(501, `Method '${what}' not implemented`);
    }
  }
}
