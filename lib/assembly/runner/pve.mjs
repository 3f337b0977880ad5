// The few calls that a deploy makes to Proxmox VE beside Packer's own.
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { authorities } from './trust.mjs';
import { secretValue } from './variables.mjs';

const ANSWER_WITHIN_MS = 60_000;
const TASK_WITHIN_MS = 10 * 60_000;

/** Why a call failed, in words for the person who has to mend it. */
export class PveError extends Error {
  constructor(message, { status, reason = '', transient = false } = {}) {
    super(message);
    Object.assign(this, { status, reason, transient });
  }
}

/** Client of one Proxmox VE, logged in. */
export class Pve {
  static async login(config) {
    const pve = new Pve(config);
    const { user, secret } = config.credentials;
    const value = secretValue(secret);
    if (user === null) {
      const isToken = /^[^\s=]+@[^\s=]+![^\s=]+=\S+$/.test(value);
      if (!isToken) throw new Error('The API token is not written user@realm!name=uuid.');
      pve.headers = { Authorization: `PVEAPIToken=${value}` };
      return pve;
    }
    const ticket = await pve.call('POST', '/access/ticket', { username: user, password: value });
    if (ticket.NeedTFA) throw new Error(`${user} has to give a second factor, which a deploy cannot. Use an API token.`);
    pve.headers = { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket.ticket)}`, CSRFPreventionToken: ticket.CSRFPreventionToken };
    return pve;
  }

  constructor(config) {
    this.config = config;
    this.headers = {};
    this.secureContext = config.insecure ? undefined : createSecureContext({ ca: authorities() });
  }

  /** Data of an answer. What only asks is asked again where the network or a node was away for a moment. */
  async call(method, path, parameters) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.send(method, path, parameters);
      } catch (error) {
        if (method !== 'GET' || !error.transient || attempt === 3) throw error;
        await sleep(attempt * 1000);
      }
    }
  }

  send(method, path, parameters) {
    const body = parameters === undefined ? undefined : new URLSearchParams(parameters).toString();
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body ?? '') };
    const options = {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : form) },
      agent: false,
      timeout: ANSWER_WITHIN_MS,
      secureContext: this.secureContext,
      rejectUnauthorized: !this.config.insecure,
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.config.endpoint}/api2/json${path}`, options, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
        answer.on('error', (error) => reject(this.unreachable(error)));
        answer.on('end', () => {
          const content = parsed(text);
          if (answer.statusCode !== 200) {
            reject(this.refusal(method, path, answer, content));
          } else if (content === undefined) {
            reject(new PveError(`${this.config.endpoint} answers, but is no Proxmox VE. Check the endpoint.`));
          } else {
            resolve(content.data);
          }
        });
      });
      sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'no answer within a minute' })));
      sent.on('error', (error) => reject(this.unreachable(error)));
      sent.end(body);
    });
  }

  /** Waits for a task, and fails if it failed. */
  async finished(upid, within = TASK_WITHIN_MS) {
    const node = upid.split(':')[1];
    const start = Date.now();
    for (;;) {
      const task = await this.call('GET', `/nodes/${node}/tasks/${encodeURIComponent(upid)}/status`);
      if (task.status === 'stopped') {
        if (/^(OK|WARNINGS)/.test(task.exitstatus)) return;
        throw new PveError(`Proxmox VE could not do it: ${task.exitstatus} (task ${task.type} ${task.id})`, { reason: task.exitstatus });
      }
      if (Date.now() - start > within) {
        throw new PveError(`Task ${task.type} ${task.id} on ${node} does not end. Look at it there.`);
      }
      await sleep(500);
    }
  }

  refusal(method, path, { statusCode: status, statusMessage }, content) {
    const details = Object.entries(content?.errors ?? {}).map(([name, text]) => `${name}: ${text}`.trim());
    const reason = [statusMessage, ...details].join(' ').replace(/[.!]$/, '');
    const { user, secret } = this.config.credentials;
    const where = secret.source === 'file' ? secret.reference : `TF_VAR_${secret.reference}`;
    const what = user === null ? 'API token' : `password of ${user}`;
    const remedy = {
      401: ` Check the ${what} in ${where}: it may be wrong, expired or disabled.`,
      403: ' Grant the user what is missing, and the API token too where its privileges are separated.',
    }[status] ?? '';
    return new PveError(`Proxmox VE refused ${method} ${path}: ${status} ${reason}.${remedy}`, {
      status, reason, transient: status >= 595,
    });
  }

  unreachable(error) {
    const { endpoint, path } = this.config;
    // Where a name has several addresses, each failed for a reason of its own.
    const { code = '', message = '' } = error.errors?.[0] ?? error;
    if (/CERT|SIGNATURE|ISSUER|SELF_SIGNED/.test(code)) {
      return new PveError(`The certificate of ${endpoint} is not trusted here (${code}: ${message}). Add the authority of your Proxmox ` +
        'VE (/etc/pve/pve-root-ca.pem on a node) to those of this machine, or name it in SSL_CERT_FILE; or set `insecure` on the ' +
        `ProxmoxVe of ${path}.`);
    }
    const remedy = 'Check the endpoint and the network, and that Proxmox VE runs.';
    return new PveError(`${endpoint} cannot be reached (${code || message}). ${remedy}`, { transient: true });
  }
}

function parsed(text) {
  try {
    const content = JSON.parse(text);
    return typeof content === 'object' && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}
