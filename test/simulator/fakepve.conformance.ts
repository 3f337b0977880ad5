/*
 * fakepve, another simulation of the same API, made from its published schema, is asked the same wrong requests as ours:
 * `npx tsx test/simulator/fakepve.conformance.ts`. The last line is `N passed, N failed`.
 *
 * Each request has a parameter that nobody knows, so that none changes anything, and gives all others the same value. What both say of each
 * parameter that both know is compared; known differences, and who is right, are in fakepve-differences.ts. `--all` prints the rest of all.
 */
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as https from 'node:https';
import { AddressInfo, createServer } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { PveRelease, PveSimulator } from '../../lib/simulator';
import { Endpoint } from '../../lib/simulator/api/endpoint';
import { endpoints } from '../../lib/simulator/api/endpoints';
import { toolPath, ToolUnavailable } from '../../tools';
import { Difference, parameterDifferences, statusDifferences } from './fakepve-differences';

const VALUES = [
  undefined, '', '0', '1', '-1', '99999999999', 'yes', '1.5', 'a', 'a b', 'x=y', 'x=y,x=z', ',', '=', 'a,b', '100', 'ä', '../x', 'local:1', 'none', '10.0.0.1', '10.0.0.0/24', '2G',
  'A-b_c.d', 'virtio,bridge=vmbr0', 'file=local:8,size=x', 'order=x', 'x'.repeat(9000),
];
const PASSWORD = 'not-a-secret';

interface Answer {
  readonly status: string;
  readonly errors: { readonly [parameter: string]: string };
}

/** One of the two, as root@pam. */
class Server {
  private readonly agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false, maxSockets: 4 });
  private headers: { [name: string]: string } = {};

  public constructor(private readonly endpoint: string) {}

  public async login(password: string): Promise<void> {
    const { data } = JSON.parse((await this.send('POST', '/access/ticket', { username: 'root@pam', password }))[1]);
    this.headers = { Cookie: `PVEAuthCookie=${data.ticket}`, CSRFPreventionToken: data.CSRFPreventionToken };
  }

  public async ask(method: string, url: string, form: { readonly [name: string]: string }): Promise<Answer> {
    const [status, body] = await this.send(method, url, form);
    const { errors = {} } = body.startsWith('{') ? JSON.parse(body) : {};
    return { status, errors };
  }

  private send(method: string, url: string, form: { readonly [name: string]: string }): Promise<[string, string]> {
    const text = new URLSearchParams(form).toString();
    const inQuery = method === 'GET' || method === 'DELETE';
    return new Promise((resolve, reject) => {
      const request = https.request(`${this.endpoint}/api2/json${url}${inQuery ? `?${text}` : ''}`, {
        method,
        agent: this.agent,
        headers: { ...this.headers, ...inQuery ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': text.length } },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve([`${response.statusCode} ${response.statusMessage}`, Buffer.concat(chunks).toString('utf8')]));
      });
      request.on('error', reject).end(inQuery ? undefined : text);
    });
  }
}

/** Starts fakepve with one machine on a port of the loopback interface. */
async function startFakepve(folder: string): Promise<{ readonly process: ChildProcess; readonly endpoint: string }> {
  const guests = path.join(folder, 'guests.json');
  fs.writeFileSync(guests, JSON.stringify({ guests: [{ vmid: 100, name: 'web', node: 'pve' }] }));
  const child = spawn(toolPath('fakepve'), [guests, '--host', '127.0.0.1', '--port', `${await freePort()}`, '--password', PASSWORD, '--time-scale', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [''])]);
  const [endpoint] = /https:\S+/.exec(`${line}`) ?? [];
  if (endpoint === undefined) throw new Error('fakepve does not start');
  return { process: child, endpoint };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const used = new Map<Difference, number>();

function isKnown(known: readonly Difference[], about: { endpoint: string; parameter: string; value: string; ours: string; theirs: string }): boolean {
  const matches = (pattern: RegExp | undefined, text: string) => pattern === undefined || pattern.test(text);
  const found = known.find(({ endpoint, parameter, value, ours, theirs }) => matches(endpoint, about.endpoint) && matches(parameter, about.parameter)
    && matches(value, about.value) && matches(ours, about.ours) && matches(theirs, about.theirs));
  if (found) used.set(found, (used.get(found) ?? 0) + 1);
  return found !== undefined;
}

/** Perl's hashes have no order: neither have the lines of a property string. */
const sorted = (text = '') => text.split('\n').sort().join('\n');

interface Compared {
  answers: number;
  parameters: number;
  readonly different: string[];
}

async function compare(ours: Server, theirs: Server, { method, path: template, parameters }: Endpoint): Promise<Compared> {
  const inPath = [...template.matchAll(/\{([\w-]+)\+?\}/g)].map(([, name]) => name);
  const url = template.replace('{node}', 'pve').replace('{vmid}', '100').replace('{storage}', 'local').replace(/\{[\w-]+\+?\}/g, 'name1');
  const names = Object.keys(parameters).filter((name) => !inPath.includes(name));
  const result: Compared = { answers: 0, parameters: 0, different: [] };
  const endpoint = `${method} ${template}`;
  for (const value of VALUES) {
    // A head, or a form, of more than its server takes says nothing about the API.
    if (value !== undefined && value.length * names.length > (method === 'GET' || method === 'DELETE' ? 4000 : 60_000)) continue;
    const form = Object.fromEntries([['nonsense', '1'], ...value === undefined ? [] : names.map((name) => [name, value])]);
    const [our, their] = await Promise.all([ours.ask(method, url, form), theirs.ask(method, url, form)]);
    result.answers++;
    const about = { endpoint, value: value ?? '(none)', parameter: '' };
    if (our.status !== their.status) {
      if (!isKnown(statusDifferences, { ...about, ours: our.status, theirs: their.status })) result.different.push(`${about.value.slice(0, 30)}: ${our.status} / ${their.status}`);
      continue;
    }
    for (const parameter of new Set([...names, ...Object.keys(our.errors), ...Object.keys(their.errors)])) {
      result.parameters++;
      const [one, other] = [our.errors[parameter] ?? '', their.errors[parameter] ?? ''];
      if (sorted(one) === sorted(other) || isKnown(parameterDifferences, { ...about, parameter, ours: one, theirs: other })) continue;
      result.different.push(`${parameter}=${about.value.slice(0, 30)}: ${JSON.stringify(one.slice(0, 200))} / ${JSON.stringify(other.slice(0, 200))}`);
    }
  }
  return result;
}

async function main(): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fakepve-'));
  const fakepve = await startFakepve(folder);
  const pve = await PveSimulator.start({ release: PveRelease.V9_1, rootPassword: PASSWORD });
  let failed = 0;
  let passed = 0;
  const report = (what: string, wrong: readonly string[]) => {
    console.log(`${wrong.length === 0 ? 'ok    ' : 'FAILED'} ${what}${wrong.map((line) => `\n         ${line}`).slice(0, process.argv.includes('--all') ? undefined : 5).join('')}`);
    if (wrong.length === 0) passed++;
    else failed++;
  };
  try {
    await pve.call('POST', '/nodes/pve/qemu', { vmid: '100', name: 'web' });
    const [ours, theirs] = [new Server(pve.endpoint), new Server(fakepve.endpoint)];
    await ours.login(PASSWORD);
    await theirs.login(PASSWORD);
    const sum = { answers: 0, parameters: 0 };
    for (const endpoint of endpoints.filter(({ until }) => until === undefined)) {
      const { answers, parameters, different } = await compare(ours, theirs, endpoint);
      sum.answers += answers;
      sum.parameters += parameters;
      report(`${endpoint.method} ${endpoint.path}: ${answers} requests, ${parameters} verdicts about parameters`, different);
    }
    const known = [...statusDifferences, ...parameterDifferences];
    for (const difference of known) console.log(`       known, ${`${used.get(difference) ?? 0}`.padStart(4)} times, ${difference.right} right: ${difference.reason}`);
    report('every known difference is one', known.filter((difference) => !used.has(difference)).map(({ reason }) => reason));
    console.log(`       ${sum.answers} requests, ${sum.parameters} verdicts about parameters; ${pve.vms.length} machine, ${pve.tasks.length - 1} tasks by them`);
  } finally {
    await pve.stop();
    fakepve.process.kill();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

main().then((status) => process.exit(status), (error) => {
  console.error(error instanceof ToolUnavailable ? error.message : error);
  process.exit(1);
});
