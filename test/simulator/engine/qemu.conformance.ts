/*
 * Guests that really boot: `npx tsx test/simulator/engine/qemu.conformance.ts [--iso] [BLOCK]`; BLOCK is where guests are
 * reached, 10.84.0.0/24 within `unshare --user --map-root-user --net --pid --fork --mount-proc --kill-child` for instance. The small image of tools/guests
 * is imported, booted, grown, shut down, made a base and cloned; with --iso, the tiny installer is driven by typed keys instead. The last line is
 * `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { EngineError, GuestHardware, VolumeFile } from '../../../lib/simulator/engine/engine';
import { QemuEngine } from '../../../lib/simulator/engine/qemu';
import { ask, run } from '../../../tools';
import { smallImage } from '../../../tools/guests/image';
import { installerIso } from '../../../tools/guests/installer';

const GIB = 1024 ** 3;
/** Software emulation on a busy machine is slow. */
const PATIENCE_MS = 420_000;
const began = Date.now();
let passed = 0;
let failed = 0;

function check(what: string, ok: boolean, found: unknown = ''): void {
  if (ok) passed += 1;
  else failed += 1;
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${String(seconds).padStart(3)} s  ${what}${ok ? '' : `: ${typeof found === 'string' ? found : JSON.stringify(found)}`}`);
}

/** Waits until something is there. */
async function until<T>(what: string, engine: QemuEngine, vmid: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end || !engine.isRunning(vmid)) throw new Error(`${what}: not seen; the end of the console:\n${engine.consoleLog(vmid).slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

class Bench {
  public readonly engine = new QemuEngine({ guestAddresses: process.argv.slice(2).find((argument) => argument.includes('/')) });
  public readonly key = path.join(this.engine.folder, 'key');

  public async open(): Promise<void> {
    await this.engine.open();
    const made = await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.key]);
    if (made.status !== 0) throw new Error(made.output);
  }

  public get publicKey(): string {
    return fs.readFileSync(`${this.key}.pub`, 'utf8').trim();
  }

  /** Runs a command within a guest. */
  public ssh(vmid: number, command: string): Promise<{ readonly status: number; readonly stdout: string; readonly output: string }> {
    return run('ssh', [
      '-i', this.key, '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR',
      '-o', 'ConnectTimeout=5', `admin@${this.engine.addressOf(vmid)}`, command,
    ], { timeoutSeconds: 120 });
  }

  /** Waits for a login, and tells the seconds it took. */
  public async login(vmid: number): Promise<number> {
    const start = Date.now();
    await until('a login by SSH', this.engine, vmid, async () => (await this.ssh(vmid, 'true')).status === 0 ? true : undefined);
    return Math.round((Date.now() - start) / 1000);
  }

  /** What cloud-init is given, as PVE does. */
  public cloudInit(name: string, slot: string): GuestHardware['cloudInit'] {
    return {
      slot,
      files: {
        'meta-data': `instance-id: ${name}\n`,
        'user-data': [
          '#cloud-config', `hostname: ${name}`, 'manage_etc_hosts: true', 'user: admin', 'sudo: ALL=(ALL) NOPASSWD:ALL',
          `ssh_authorized_keys:\n  - ${this.publicKey}`, 'chpasswd:\n  expire: False', 'users:\n  - default', 'package_upgrade: false', '',
        ].join('\n'),
        'network-config': [
          'version: 1', 'config:', '    - type: physical', '      name: eth0', "      mac_address: 'bc:24:11:00:00:01'", '      subnets:', '      - type: dhcp4', '',
        ].join('\n'),
      },
    };
  }

  /** Types a text as Packer does, key by key. */
  public async type(vmid: number, text: string): Promise<void> {
    const names: { readonly [sign: string]: string } = { ' ': 'spc', '\n': 'ret', '.': 'dot', '/': 'slash', ':': 'shift-semicolon', '-': 'minus' };
    for (const sign of text) {
      await this.engine.sendKey(vmid, names[sign] ?? sign);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const image = (key: string): VolumeFile => ({ key: `pve/local/${key}`, format: 'qcow2' });
const BASICS = { cores: '2', memory: '1024', serial0: 'socket', agent: '1', scsihw: 'virtio-scsi-pci', net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0' };

interface AgentInterface {
  readonly 'name': string;
  readonly 'hardware-address'?: string;
  readonly 'ip-addresses'?: readonly { readonly 'ip-address': string }[];
}

async function cloudImage(bench: Bench): Promise<void> {
  const { engine } = bench;
  const imported = image('import/debian.qcow2');
  const received = await engine.volumes.receive(imported, fs.createReadStream((await smallImage()).image));
  check('an image that arrives tells its size', received.format === 'qcow2' && received.virtualBytes > GIB, received);
  const disk = image('101/vm-101-disk-0.qcow2');
  await engine.volumes.copy(imported, disk);
  await engine.volumes.resize(disk, 4 * GIB);
  await engine.start({
    vmid: 101,
    node: 'pve',
    drives: { scsi0: disk },
    cloudInit: bench.cloudInit('first', 'scsi1'),
    config: { ...BASICS, scsi0: `${disk.key},size=4G`, boot: 'order=scsi0' },
  });
  const boot = await bench.login(101);
  check(`the cloud image boots by BIOS, and its user logs in by key (after ${boot} s)`, true);
  check('the agent does not run yet', (await engine.agent(101, 'guest-ping').catch((error: Error) => error.message)) === 'QEMU guest agent is not running');
  const kibibytes = Number((await bench.ssh(101, 'df --output=size -k / | tail -1')).stdout);
  check('its root has grown with its disk', kibibytes * 1024 > 3.5 * GIB, kibibytes);
  const services = http.createServer((_request, response) => response.end('served'));
  await new Promise<void>((resolve) => services.listen(0, '127.0.0.1', resolve));
  const fetched = await bench.ssh(101, `python3 -c "import urllib.request as u; print(u.urlopen('http://${engine.gateway}:${(services.address() as AddressInfo).port}/').read().decode())"`);
  services.close();
  check('it reaches a service on the loopback interface', fetched.stdout.trim() === 'served', fetched.output);
  const install = 'sudo apt-get -qq update && sudo DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends qemu-guest-agent cloud-init cloud-guest-utils';
  const installed = await bench.ssh(101, `cloud-init status --wait >/dev/null; ${install} >/dev/null && sudo systemctl start qemu-guest-agent`);
  check('packages are installed without a network', installed.status === 0, installed.output);
  const status = await bench.ssh(101, 'cloud-init status');
  check('cloud-init is content', status.stdout.trim() === 'status: done', status.output);
  await agentAnswers(bench, 101);
  await engine.volumes.resize(disk, 5 * GIB);
  await engine.resized(101, 'scsi0', 5 * GIB);
  const bytes = (await bench.ssh(101, 'sudo blockdev --getsize64 /dev/sda')).stdout.trim();
  check('a disk grows while the guest runs', bytes === String(5 * GIB), bytes);
  await bench.ssh(101, 'sudo cloud-init clean --logs --seed && sudo rm -f /etc/ssh/ssh_host_* && sudo truncate -s 0 /etc/machine-id');
  check('it shuts down when its agent is asked', await engine.shutdown(101, 120, true) && !engine.isRunning(101));
  await linkedClone(bench, disk);
}

async function agentAnswers(bench: Bench, vmid: number): Promise<void> {
  const { engine } = bench;
  const cards = await engine.agent(vmid, 'guest-network-get-interfaces') as AgentInterface[];
  const card = cards.find((other) => other['hardware-address'] === 'bc:24:11:00:00:01');
  check('the agent names the address at which the guest is reached', card?.['ip-addresses']?.some((entry) => entry['ip-address'] === engine.addressOf(vmid)) ?? false, cards);
  const { pid } = await engine.agent(vmid, 'guest-exec', { 'path': '/bin/echo', 'arg': ['there'], 'capture-output': true }) as { readonly pid: number };
  const done = await until('the end of a command', engine, vmid, async () => {
    const state = await engine.agent(vmid, 'guest-exec-status', { pid }) as { readonly 'exited': boolean; readonly 'out-data'?: string };
    return state.exited ? state : undefined;
  });
  check('the agent runs commands', Buffer.from(done['out-data'] ?? '', 'base64').toString() === 'there\n', done);
  const refusal = await engine.agent(vmid, 'guest-file-open', { path: '/nowhere' }).catch((error: Error) => error.message);
  check('what the agent refuses is told', String(refusal).startsWith('Agent error: '), refusal);
}

async function linkedClone(bench: Bench, disk: VolumeFile): Promise<void> {
  const { engine } = bench;
  const base = image('101/base-101-disk-0.qcow2');
  await engine.volumes.rename(disk, base.key);
  const [clone, efi] = [image('102/vm-102-disk-0.qcow2'), image('102/vm-102-disk-1.qcow2')];
  await engine.volumes.link(base, clone);
  await engine.volumes.createEfiVariables(efi, false);
  await engine.start({
    vmid: 102,
    node: 'pve',
    drives: { scsi0: clone, efidisk0: efi },
    cloudInit: bench.cloudInit('second', 'scsi1'),
    config: { ...BASICS, machine: 'q35', bios: 'ovmf', efidisk0: `${efi.key},efitype=4m`, scsi0: clone.key, boot: 'order=scsi0' },
  });
  const boot = await bench.login(102);
  check(`a linked clone boots by UEFI on q35 (after ${boot} s)`, true);
  const { stdout } = await bench.ssh(102, 'hostname; ls -d /sys/firmware/efi; ls /sys/class/net');
  check('it is a machine of its own', /^second\n\/sys\/firmware\/efi\neth0\nlo\n$/.test(stdout), stdout);
  await until('the agent', engine, 102, async () => engine.agent(102, 'guest-ping').catch(() => undefined));
  check('its agent answers', true);
  await bench.ssh(102, 'sudo systemctl poweroff');
  await until('the end of the guest', engine, 102, async () => engine.isRunning(102) ? undefined : true).catch(() => undefined);
  check('a guest that powers itself off does not run any more', !engine.isRunning(102));
  const gone = await engine.agent(102, 'guest-ping').catch((error: Error) => error.message);
  check('an agent that is gone is told as PVE does', gone === 'VM 102 is not running', gone);
}

async function installation(bench: Bench): Promise<void> {
  const { engine } = bench;
  const [disk, iso] = [image('103/vm-103-disk-0.qcow2'), { key: 'pve/local/iso/tiny-installer.iso', format: 'iso' }];
  await engine.volumes.receive(iso, fs.createReadStream(await installerIso()));
  await engine.volumes.create(disk, 3 * GIB);
  const answers = http.createServer((_request, response) => response.end(`user admin\nssh-key ${bench.publicKey}\nhostname third\n`));
  await new Promise<void>((resolve) => answers.listen(0, '127.0.0.1', resolve));
  await engine.start({
    vmid: 103, node: 'pve', drives: { scsi0: disk, scsi1: iso }, config: { ...BASICS, scsi0: disk.key, scsi1: `${iso.key},media=cdrom`, boot: 'order=scsi0;scsi1' },
  });
  await until('the menu of the installer', engine, 103, async () => engine.consoleLog(103).includes('waits for keys') ? true : undefined);
  await bench.type(103, `cunattended http://${engine.gateway}:${(answers.address() as AddressInfo).port}/answers\n`);
  const install = await bench.login(103);
  answers.close();
  check(`keys that are typed install a machine, whose user logs in (after ${install} s)`, true);
  const { stdout } = await bench.ssh(103, 'hostname; sudo id -u; df --output=size -BG / | tail -1');
  check('it is what the answers say', /^third\n0\n/.test(stdout), stdout);
  await until('the agent', engine, 103, async () => engine.agent(103, 'guest-ping').catch(() => undefined));
  check('its agent answers', true);
  await engine.stop(103);
  check('it stops at once', !engine.isRunning(103));
}

async function main(): Promise<void> {
  const bench = new Bench();
  try {
    await bench.open();
    await (process.argv.includes('--iso') ? installation(bench) : cloudImage(bench));
  } catch (error) {
    check('it comes to the end', false, [(error as Error).message, ...(error instanceof EngineError ? error.log : [])].join('\n'));
  } finally {
    await bench.engine.close();
  }
  check('nothing is left', !fs.existsSync(bench.engine.folder) && !ask('pgrep', ['-f', bench.engine.folder]));
  console.log(`${passed} passed, ${failed} failed`);
  // A server that a failed check left open keeps nobody waiting.
  process.exit(failed > 0 ? 1 : 0);
}

void main();
