import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { FakeGuest, FakePve, TOKEN } from './fake-pve';

/** As the configuration of Terraform has it. */
export const command = (step: string) => `PROXMOX_CONSTRUCTS_DEPLOY_PID=$PPID node deploy/deploy.mjs ${step}; exit $?`;

export const VM_ID = 9102;
export const BASE_ID = 9100;
export const ISO = 'local:iso/packer1063422725.iso';

const RUNNER = path.join(__dirname, '../../../lib/assembly/runner');

/** What needs no scenario is answered at once. */
const FAKE_PACKER = `
case "$1" in
version) exec echo 'Packer v1.16.0' ;;
init) grep -q '"init"' "$FAKE_PACKER" || { echo '{"start":"init ."}' >> "$FAKE_PACKER.events"; exit 0; } ;;
esac
exec '${process.execPath}' '${path.join(__dirname, 'fake-packer.mjs')}' "$@"`;

/** What an image's `deploy.json` says. */
export function deployConfig(endpoint: string) {
  return {
    path: 'homelab/Ubuntu',
    endpoint,
    insecure: false,
    credentials: { user: null as string | null, secret: { source: 'environment', reference: 'proxmox_api_token' } },
    node: 'pve',
    vmId: VM_ID,
    templateName: 'ubuntu',
    buildName: 'build-ubuntu',
    ownerTag: 'homelab_ubuntu',
    baseVmId: BASE_ID as number | null,
    pool: null as string | null,
    diskStorages: ['local'],
    isoStorage: 'local' as string | null,
    downloadStorage: null as string | null,
    readStorages: [] as string[],
    privileges: [] as string[],
    bridges: ['vmbr0'],
    usesAgent: true,
    variables: [] as { name: string; sensitive: boolean; required: boolean }[],
    watchSeconds: 1,
    heartbeatSeconds: 60,
  };
}

/** Where a template is built that replaces another one. */
export const ASIDE_ID = 900_009_102;

/** Packer's template, as far as it matters here. */
export function template(vmId: number) {
  return { locals: { content_hash: 'f0f0' }, source: { 'proxmox-clone': { ubuntu: { node: 'pve', vm_id: vmId } } } };
}

/** The base template, and the finished template of our image; machines that a build leaves. */
export const guests = {
  base: (): FakeGuest => ({ vmid: BASE_ID, config: { name: 'ubuntu-base', template: 1, tags: 'homelab_base', description: 'ubuntu-base: the cloud image\n' } }),
  ours: (vmid: number = VM_ID, hash: string = 'f0f0'): FakeGuest => ({
    vmid, config: { name: 'ubuntu', template: 1, tags: 'homelab_ubuntu;linux', description: `ubuntu: Content ${hash}\n` },
  }),
  build: (more: Partial<FakeGuest> = {}): FakeGuest => ({
    vmid: VM_ID,
    config: { name: 'build-ubuntu', tags: 'homelab_ubuntu', description: 'Packer ephemeral build VM\n', scsi1: `${ISO},media=cdrom,size=374K` },
    ...more,
  }),
};

/** A step of the fake Packer; see fake-packer.mjs. */
export type Step = [action: string, argument?: any];

/** What the fake Packer does. */
export interface Scenario {
  readonly init?: Step[];
  readonly build?: Step[];
  readonly onTerm?: Step[];
}

const SOURCE = 'ubuntu.proxmox-clone.ubuntu: ';

/** The steps of a build as the plugin takes them, up to the running machine. */
export const running: Step[] = [
  ['control', { uploaded: ISO }],
  ['print', `    ${SOURCE}Uploaded ISO to ${ISO}`],
  ['print', `==> ${SOURCE}Creating VM`],
  ['print', `==> ${SOURCE}Starting VM`],
  ['control', { put: guests.build({ uptime: 1 }) }],
];
export const finished: Step[] = [
  ['control', { put: guests.ours() }],
  ['control', { deleted: ISO }],
  ['print', `    ${SOURCE}Deleted generated ISO from ${ISO}`],
];
/** A build from its begin to its end, under an id. */
export const whole = (vmid: number): Step[] => [...running.slice(0, -1), ['control', { put: guests.build({ vmid, uptime: 1 }) }], ['control', { put: guests.ours(vmid) }], ...finished.slice(1)];
export const cleanedUp: Step[] = [
  ['print', `==> ${SOURCE}Deleting VM`],
  ['control', { remove: VM_ID }],
  ['control', { deleted: ISO }],
  ['print', `    ${SOURCE}Deleted generated ISO from ${ISO}`],
];

/** How a deploy ended. */
export interface Result {
  readonly status: number | null;
  readonly output: string;
}

/** Waits until something holds; there is time enough. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + 40_000; Date.now() < end;) {
    const found = look();
    if (found !== undefined && found !== false) return found as T;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`This did not happen in 40 s: ${what}`);
}

export function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // Where there is no /proc.
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The folder of an image, as it stands in the output, with a fake Packer in PATH. */
export class DeployFolder {
  public readonly path = fs.mkdtempSync(path.join(os.tmpdir(), 'deploy-test-'));
  public readonly config: ReturnType<typeof deployConfig>;
  public scenario: Scenario = { build: [...running, ...finished] };
  public environment: { [name: string]: string | undefined };
  private readonly started: ChildProcess[] = [];

  public constructor(public readonly pve: FakePve) {
    this.config = deployConfig(pve.endpoint);
    for (const name of ['bin', 'deploy', 'hcl', 'json', 'home', 'state']) fs.mkdirSync(path.join(this.path, name));
    for (const name of fs.readdirSync(RUNNER).filter((file) => file.endsWith('.mjs'))) {
      fs.copyFileSync(path.join(RUNNER, name), path.join(this.path, 'deploy', name));
    }
    fs.writeFileSync(path.join(this.path, 'json/ubuntu.pkr.json'), JSON.stringify(template(VM_ID)));
    fs.writeFileSync(path.join(this.path, 'authority.pem'), pve.authority.certificate);
    this.setPacker(FAKE_PACKER);
    this.environment = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF_|PKR_|PACKER_|PROXMOX_|SSL_CERT_|NODE_)/.test(name))),
      PATH: `${path.join(this.path, 'bin')}${path.delimiter}${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
      HOME: path.join(this.path, 'home'),
      XDG_STATE_HOME: path.join(this.path, 'state'),
      SSL_CERT_FILE: path.join(this.path, 'authority.pem'),
      FAKE_PACKER: path.join(this.path, 'scenario.json'),
      TF_VAR_proxmox_api_token: TOKEN,
    };
  }

  /** Replaces the program that is found as `packer`. */
  public setPacker(script: string): void {
    fs.writeFileSync(path.join(this.path, 'bin', 'packer'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** What Packer wrote down: how it was started, signals, exits. */
  public get events(): any[] {
    const file = path.join(this.path, 'scenario.json.events');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  }

  /** Files that builds of this machine left for the next. */
  public get notes(): string[] {
    const folder = path.join(this.path, 'state/proxmox-constructs/builds');
    return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  }

  /** Id of the process that deploys, as it noted. */
  public get runner(): number {
    const [note] = this.notes;
    return JSON.parse(fs.readFileSync(path.join(this.path, 'state/proxmox-constructs/builds', note), 'utf8').split('\n')[0]).pid;
  }

  /** Writes `deploy.json` and the scenario as they are now. */
  public write(): void {
    fs.writeFileSync(path.join(this.path, 'deploy', 'deploy.json'), JSON.stringify(this.config));
    const scenario = { ...this.scenario, endpoint: this.pve.endpoint };
    fs.writeFileSync(path.join(this.path, 'scenario.json'), JSON.stringify(scenario));
  }

  /** Starts a deploy in a process group of its own, as from a shell. */
  public start(step: 'build' | 'destroy' = 'build', script: string = command(step)): Deploy {
    this.write();
    const child = spawn('sh', ['-c', script], { cwd: this.path, env: this.environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.started.push(child);
    return new Deploy(child);
  }

  /** Runs a deploy to its end. */
  public async run(step: 'build' | 'destroy' = 'build'): Promise<Result> {
    return this.start(step).ended;
  }

  /** Ends what this test started, and takes the folder away. */
  public async clean(): Promise<void> {
    for (const pid of this.started.map((child) => child.pid!)) killGroup(pid);
    for (const { pid, child } of this.events) {
      if (pid !== undefined) killGroup(pid);
      if (child !== undefined) killGroup(child);
    }
    fs.rmSync(this.path, { recursive: true, force: true });
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** A deploy that was started. */
export class Deploy {
  public output = '';
  public readonly ended: Promise<Result>;

  public constructor(public readonly shell: ChildProcess) {
    for (const stream of [shell.stdout!, shell.stderr!]) stream.setEncoding('utf8').on('data', (text) => { this.output += text; });
    this.ended = new Promise((resolve) => shell.on('close', (status) => resolve({ status, output: this.output })));
  }

  /** Waits for a line of the log. */
  public async line(text: string): Promise<void> {
    await until(`"${text}" in:\n${this.output}`, () => this.output.includes(text));
  }
}
