// The few calls a build makes to Proxmox VE beside Packer's own: who holds an id, and removing what a killed build left.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { homedir } from 'node:os';

/** Value of a secret, from the environment of the deploy or from its file. */
export function secretValue({ source, reference }) {
  if (source === 'file') {
    return readFileSync(reference.replace(/^~\//, `${homedir()}/`), 'utf8').trim();
  }
  const value = process.env[`PKR_VAR_${reference}`] ?? process.env[`TF_VAR_${reference}`];
  if (value === undefined || value === '') {
    throw new Error(`The secret ${reference} is not given. Set TF_VAR_${reference} for a deploy, or PKR_VAR_${reference} where Packer runs alone.`);
  }
  return value;
}

/** Client of one Proxmox VE, logged in. */
export class Pve {
  static async login(config) {
    const secret = secretValue(config.credentials.secret);
    const pve = new Pve(config);
    if (config.credentials.user === null) {
      pve.headers = { Authorization: `PVEAPIToken=${secret}` };
      return pve;
    }
    const ticket = await pve.call('POST', '/access/ticket', { username: config.credentials.user, password: secret });
    pve.headers = { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket.ticket)}`, CSRFPreventionToken: ticket.CSRFPreventionToken };
    return pve;
  }

  constructor({ endpoint, insecure }) {
    this.endpoint = endpoint;
    this.insecure = insecure;
    this.headers = {};
  }

  /** Answer's data; an error names the call, the status and what the server said. */
  call(method, path, parameters) {
    const body = parameters === undefined ? undefined : new URLSearchParams(parameters).toString();
    const headers = { ...this.headers, ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) }) };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.endpoint}/api2/json${path}`, { method, headers, rejectUnauthorized: !this.insecure, timeout: 60_000 }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('error', reject).on('end', () => {
          if (answer.statusCode === 200) {
            resolve(JSON.parse(text).data);
          } else {
            const error = new Error(`${method} ${path}: ${answer.statusCode} ${answer.statusMessage}`);
            error.status = answer.statusCode;
            reject(error);
          }
        });
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer within 60 seconds')));
      sent.on('error', (error) => reject(error.status ? error : new Error(`${this.endpoint} cannot be reached: ${error.message}`)));
      sent.end(body);
    });
  }

  /** Waits for a task, and fails if it failed. */
  async finished(upid) {
    const node = upid.split(':')[1];
    for (;;) {
      const task = await this.call('GET', `/nodes/${node}/tasks/${encodeURIComponent(upid)}/status`);
      if (task.status === 'stopped') {
        if (!/^(OK|WARNINGS)/.test(task.exitstatus)) throw new Error(`Task ${upid} failed: ${task.exitstatus}`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  /** What holds a VM id: an entry of the resource list, undefined for nothing; an error where it cannot be seen. */
  async holder(vmId) {
    const all = await this.call('GET', '/cluster/resources?type=vm');
    const found = all.find((guest) => Number(guest.vmid) === vmId);
    if (found !== undefined) return found;
    try {
      await this.call('GET', `/cluster/nextid?vmid=${vmId}`);
    } catch (error) {
      if (error.status !== 400) throw error;
      throw new Error(`VM id ${vmId} is held by something that these credentials may not see. Choose another vmId, or grant them VM.Audit on it.`);
    }
    return undefined;
  }

  /** Stops and deletes a virtual machine, and the ISO images that Packer made for it. */
  async remove(guest) {
    const path = `/nodes/${guest.node}/qemu/${guest.vmid}`;
    const config = await this.call('GET', `${path}/config`);
    if (guest.status === 'running') await this.finished(await this.call('POST', `${path}/status/stop`, {}));
    await this.finished(await this.call('DELETE', `${path}?purge=1&destroy-unreferenced-disks=1`));
    const isos = Object.values(config).map((value) => /^([^,:]+:iso\/packer\d+\.iso)(,|$)/.exec(String(value))?.[1]).filter(Boolean);
    for (const iso of isos) {
      const task = await this.call('DELETE', `/nodes/${guest.node}/storage/${iso.split(':')[0]}/content/${iso}`);
      if (task) await this.finished(task);
    }
    return isos;
  }
}

/** Tags of a guest, as a list. */
export function tagsOf(guest) {
  return String(guest.tags ?? '').split(/[;, ]+/).filter(Boolean);
}
