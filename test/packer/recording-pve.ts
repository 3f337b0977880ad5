import * as http from 'node:http';
import { AddressInfo } from 'node:net';

type Config = { [name: string]: any };
type Answer = [status: number, reason: string, data: any];

const ok = (data: any = null): Answer => [200, 'OK', data];

/** Knows just enough of a Proxmox VE for Packer to build on it, over plain HTTP, and writes down each request: one line with parameters and outcome. */
export class RecordingPve {
  public static async start(): Promise<RecordingPve> {
    const pve = new RecordingPve();
    await new Promise<void>((resolve) => pve.server.listen(0, '127.0.0.1', resolve));
    return pve;
  }

  /** `METHOD path {parameters} => OK`, or `=> ERR message`; the same several times in a row is written once. */
  public readonly requests: string[] = [];
  public readonly guests = new Map<number, Config>();
  public readonly running = new Set<number>();
  /** What the guest agent says, one after the other, the last one for ever; an error is a text. */
  public agent: (string | string[])[] = ['QEMU guest agent is not running'];
  private readonly polled = new Set<string>();
  private readonly server = http.createServer((request, response) => this.receive(request, response));
  private tasks = 0;

  private constructor() {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api2/json`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://pve');
      const path = decodeURIComponent(url.pathname).replace('/api2/json', '');
      const parameters = { ...Object.fromEntries(url.searchParams), ...this.parametersOf(request, Buffer.concat(chunks)) };
      const [status, reason, data] = this.authorized(request, path, parameters) ?? this.answer(request.method!, path, parameters);
      const line = `${request.method} ${path} ${sorted(parameters)} => ${status === 200 ? 'OK' : `ERR ${reason}`}`;
      const plain = withoutChance(line);
      if (this.requests[this.requests.length - 1] !== plain) this.requests.push(plain);
      response.writeHead(status, reason, { 'Content-Type': 'application/json;charset=UTF-8' });
      response.end(JSON.stringify({ data }));
    });
  }

  private parametersOf(request: http.IncomingMessage, body: Buffer): Config {
    const boundary = /^multipart\/form-data; boundary=(.*)$/.exec(request.headers['content-type'] ?? '')?.[1];
    if (boundary === undefined) return Object.fromEntries(new URLSearchParams(body.toString()));
    const parameters: Config = {};
    for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
      const [, name, filename, content] = /name="([^"]*)"(?:; filename="([^"]*)")?[^]*?\r\n\r\n([^]*)\r\n$/.exec(part)!;
      parameters[name] = filename ?? content;
      if (filename !== undefined && !content.includes('CD001')) return { [name]: 'no ISO image' };
    }
    return parameters;
  }

  private authorized(request: http.IncomingMessage, path: string, form: Config): Answer | undefined {
    const { authorization, csrfpreventiontoken } = request.headers;
    if (path === '/access/ticket') {
      return form.password === 'secret' ? ok({ ticket: 'PVE:t', CSRFPreventionToken: 'c' }) : [401, 'authentication failure', null];
    }
    if (authorization === 'PVEAPIToken=root@pam!test=uuid') return undefined;
    const byTicket = authorization === 'PVEAuthCookie=PVE:t' && (request.method === 'GET' || csrfpreventiontoken === 'c');
    return byTicket ? undefined : [401, 'Authentication failed!', null];
  }

  private task(type: string, id: number | string = ''): Answer {
    this.tasks += 1;
    return ok(`UPID:pve:${this.tasks.toString(16).padStart(8, '0')}:0004837D:6B00E1A6:${type}:${id}:root@pam!test:`);
  }

  private answer(method: string, path: string, form: Config): Answer {
    const status = /^\/nodes\/pve\/tasks\/(UPID:.*)\/status$/.exec(path)?.[1];
    if (status !== undefined) {
      if (this.polled.has(status)) return ok({ status: 'stopped', exitstatus: 'OK' });
      this.polled.add(status);
      return ok({ status: 'running' });
    }
    if (/^\/cluster\/ha\/resources\/\d+$/.test(path)) return [500, `no such resource 'vm:${path.split('/').pop()}'`, null];
    const guest = /^\/nodes\/pve\/qemu\/(\d+)(.*)$/.exec(path);
    if (guest) return this.answerGuest(`${method} ${guest[2]}`, Number(guest[1]), form);
    switch (`${method} ${path}`) {
      case 'GET /version': return ok({ version: '8.4.21', release: '8.4' });
      case 'GET /access/permissions': return ok({ '/': {} });
      case 'GET /cluster/nextid': return ok('100');
      case 'GET /cluster/resources':
        return ok([...this.guests].map(([vmid, config]) => ({ vmid, type: 'qemu', node: 'pve', id: `qemu/${vmid}`, name: config.name })));
      case 'POST /nodes/pve/qemu':
        this.guests.set(Number(form.vmid), {});
        return this.set(Number(form.vmid), form, 'qmcreate');
      case 'POST /nodes/pve/storage/local/upload': return this.task('imgcopy');
      case 'POST /nodes/pve/storage/local/download-url': return this.task('download');
    }
    if (method === 'DELETE' && path.startsWith('/nodes/pve/storage/local/content/local:iso/')) return this.task('imgdel', 'local');
    return [501, `Method '${method} ${path}' not implemented`, null];
  }

  private answerGuest(what: string, vmid: number, form: Config): Answer {
    const config = this.guests.get(vmid);
    if (config === undefined) return [500, `Configuration file 'nodes/pve/qemu-server/${vmid}.conf' does not exist`, null];
    switch (what) {
      case 'GET /config': return ok(config);
      case 'GET /pending': return ok(Object.entries(config).map(([key, value]) => ({ key, value })));
      case 'GET /status/current': return ok({ status: this.running.has(vmid) ? 'running' : 'stopped' });
      case 'POST /config': return this.set(vmid, form, 'qmconfig');
      case 'PUT /config': {
        this.set(vmid, form, '');
        return ok();
      }
      case 'PUT /resize': return this.task('resize', vmid);
      case 'PUT /sendkey': return ok();
      case 'POST /clone':
        if (this.guests.has(Number(form.newid))) return [500, `unable to create VM ${form.newid}: config file already exists`, null];
        this.guests.set(Number(form.newid), { ...config, template: undefined, name: form.name });
        return this.task('qmclone', vmid);
      case 'POST /template':
        config.template = 1;
        return this.task('qmtemplate', vmid);
      case 'POST /status/start':
        this.running.add(vmid);
        return this.task('qmstart', vmid);
      case 'POST /status/stop':
      case 'POST /status/shutdown':
        this.running.delete(vmid);
        return this.task(`qm${what.split('/').pop()}`, vmid);
      case 'DELETE ':
        this.guests.delete(vmid);
        return this.task('qmdestroy', vmid);
      case 'GET /agent/network-get-interfaces': {
        const says = this.agent.length > 1 ? this.agent.shift()! : this.agent[0];
        if (typeof says === 'string') return [500, says, null];
        return ok({ result: [{ 'name': 'eth0', 'ip-addresses': says.map((address) => ({ 'ip-address': address, 'prefix': 24 })) }] });
      }
      default: return [501, `Method '${what}' not implemented`, null];
    }
  }

  private set(vmid: number, form: Config, task: string): Answer {
    const config = this.guests.get(vmid)!;
    for (const [name, value] of Object.entries(form)) {
      if (!['delete', 'vmid', 'pool'].includes(name)) config[name] = value;
    }
    for (const name of (form.delete ?? '').split(',').filter(Boolean)) delete config[name];
    return this.task(task, vmid);
  }
}

/** Parameters by their names; the options of a value, whose order is left to chance, by theirs. */
function sorted(parameters: Config): string {
  const names = Object.keys(parameters).sort();
  return JSON.stringify(Object.fromEntries(names.map((name) => {
    const [first, ...options] = String(parameters[name]).split(',');
    if (/^(rng|hostpci)\d$|^vga$/.test(name)) return [name, [first, ...options].sort().join(',')];
    const hasOptions = /^(net|scsi|ide|sata|virtio|efidisk|tpmstate)\d+$/.test(name);
    return [name, hasOptions ? [first, ...options.sort()].join(',') : parameters[name]];
  })));
}

function withoutChance(line: string): string {
  return line
    .replace(/\bpacker\d+\.iso\b/g, 'packer<number>.iso')
    .replace(/\b(?:[0-9A-F]{2}:){5}[0-9A-F]{2}\b/g, '<mac>')
    .replace(/UPID:[^/]*?:(\w+):[^:/]*:root@pam!test:/g, '<$1>')
    .replace(/"sshkeys":"(ssh-[a-z0-9]+)%20[^"]*%0A"/g, '"sshkeys":"$1%20<key>%0A"');
}
