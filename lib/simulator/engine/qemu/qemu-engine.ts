import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { EngineError, GuestHardware, IGuestEngine } from '../engine';
import { checkKeys } from '../keys';
import { writeCloudInitDrive } from './cloud-init-drive';
import { commandLine, isSecure, MachineSurroundings } from './command-line';
import { findFirmware, Firmware } from './firmware';
import { AGENT_NOT_RUNNING } from './guest-agent';
import { GuestNetworking } from './networks';
import { bound, checkPrograms, findProgram, kvmWorks } from './programs';
import { RunningMachine } from './running-machine';
import { QemuVolumes, TellProcess } from './volumes';

/** How guests are run. @internal */
export interface QemuEngineOptions {
  /**
   * The block of addresses at which guests are reached. From the loopback network, guests have other addresses within; else guests have the
   * very addresses, which are put onto the interface `lo` (as root, or within `unshare --user --map-root-user --net`).
   *
   * @default '127.84.0.0/16'
   */
  readonly guestAddresses?: string;
  /** TCP ports of guests that can be reached. @default - SSH (22) and WinRM (5985, 5986) */
  readonly forwardedPorts?: readonly number[];
  /** Folder for volumes and logs. @default - a new one in the system's folder for temporary files */
  readonly folder?: string;
  /** Whether the folder stays at the end. @default false */
  readonly keepFolder?: boolean;
}

/**
 * Guests that really boot, in QEMU: with KVM where it works, else in software.
 *
 * @internal
 */
export class QemuEngine implements IGuestEngine {
  public readonly volumes: QemuVolumes;
  public readonly runsNothing = false;
  /** Where volumes and logs are. */
  public readonly folder: string;
  private readonly sockets: string;
  private readonly kvm = kvmWorks();
  private readonly networking: GuestNetworking;
  private readonly machines = new Map<number, RunningMachine>();
  private readonly addresses = new Map<number, string>();
  private readonly files = new Map<number, { readonly [slot: string]: string | undefined }>();
  private readonly beginning = new Set<number>();
  private readonly abandon: () => void;
  private closed = false;
  private found?: Firmware;

  public constructor(private readonly options: QemuEngineOptions = {}) {
    this.networking = new GuestNetworking(options.guestAddresses ?? '127.84.0.0/16', options.forwardedPorts ?? [22, 5985, 5986]);
    this.sockets = fs.mkdtempSync(path.join(os.tmpdir(), 'pve-qemu-'));
    this.folder = path.resolve(options.folder ?? path.join(this.sockets, 'work'));
    this.abandon = () => this.abandonAll();
    this.volumes = new QemuVolumes(path.join(this.folder, 'volumes'), () => this.firmware());
  }

  /** The address at which guests find the services that listen on the loopback interface of this machine. */
  public get gateway(): string {
    return this.networking.gateway;
  }

  public async open(): Promise<void> {
    checkPrograms();
    process.once('exit', this.abandon);
    for (const name of ['volumes', 'guests']) fs.mkdirSync(path.join(this.folder, name), { recursive: true });
    await this.networking.open();
  }

  /** Where a guest is reached, once it was started. */
  public addressOf(vmid: number): string | undefined {
    return this.addresses.get(vmid);
  }

  /** What the guest wrote to its first serial port, all starts together. */
  public consoleLog(vmid: number): string {
    const file = this.consoleFile(vmid);
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  }

  public async start(guest: GuestHardware): Promise<number> {
    const { vmid } = guest;
    if (this.isRunning(vmid) || this.beginning.has(vmid)) throw new EngineError(`VM ${vmid} already running`);
    this.beginning.add(vmid);
    const helpers: ChildProcess[] = [];
    const sockets = fs.mkdtempSync(path.join(this.sockets, `${vmid}-`));
    try {
      const around = await this.surroundings(guest, sockets, helpers);
      const networks = await this.networking.networksOf(guest, (other) => this.isRunning(other));
      const args = commandLine(guest, { ...around, networks: networks.options });
      fs.writeFileSync(path.join(this.guestFolder(vmid), 'command-line'), args.join('\n') + '\n');
      const held = Object.entries(around.files).flatMap(([slot, file]): [string, string][] => file === undefined ? [] : [[slot, file]]);
      const tell = (slot: string): TellProcess => (command, parameters) => this.machine(vmid).execute(command, { device: `drive-${slot}`, ...parameters });
      held.forEach(([slot, file]) => this.volumes.inUse.set(file, tell(slot)));
      const machine = await RunningMachine.start({
        vmid, args, sockets, helpers, translated: networks.translated, ended: () => held.forEach(([, file]) => this.volumes.inUse.delete(file)),
      });
      this.machines.set(vmid, machine);
      if (this.closed) await this.stop(vmid);
      this.files.set(vmid, around.files);
      if (networks.address !== undefined) this.addresses.set(vmid, networks.address);
      return machine.pid;
    } catch (error) {
      helpers.forEach((helper) => helper.kill('SIGKILL'));
      fs.rmSync(sockets, { recursive: true, force: true });
      throw error;
    } finally {
      this.beginning.delete(vmid);
    }
  }

  public isRunning(vmid: number): boolean {
    return this.machines.get(vmid)?.isRunning ?? false;
  }

  public async stop(vmid: number): Promise<void> {
    const machine = this.machines.get(vmid);
    machine?.kill();
    await machine?.exited;
  }

  public async shutdown(vmid: number, seconds: number, agent: boolean): Promise<boolean> {
    const machine = this.machines.get(vmid);
    if (!machine?.isRunning) return true;
    const asked = agent && await machine.agent('guest-shutdown', { mode: 'powerdown' }).then(() => true, () => false);
    if (!asked) await machine.execute('system_powerdown').catch(() => undefined); // it may have gone meanwhile
    return machine.endsWithin(seconds);
  }

  public async reset(vmid: number): Promise<void> {
    await this.machine(vmid).execute('system_reset');
  }

  public async pause(vmid: number, paused: boolean): Promise<void> {
    await this.machine(vmid).execute(paused ? 'stop' : 'cont');
  }

  public async sendKey(vmid: number, key: string): Promise<void> {
    const machine = this.machine(vmid);
    checkKeys(key);
    const refusal = (await machine.human(`sendkey ${key}`)).trim();
    if (refusal !== '') throw new EngineError(refusal);
  }

  public async agent(vmid: number, command: string, parameters?: { readonly [name: string]: unknown }): Promise<unknown> {
    const machine = this.machines.get(vmid);
    if (!machine?.isRunning) throw new EngineError(`VM ${vmid} is not running`);
    try {
      return await machine.agent(command, parameters);
    } catch (error) {
      if (machine.isRunning) throw error;
      throw new EngineError(AGENT_NOT_RUNNING); // the guest has gone while it was asked
    }
  }

  public async monitor(vmid: number, line: string): Promise<string> {
    return this.machine(vmid).human(line);
  }

  public async resized(vmid: number, slot: string, bytes: number): Promise<void> {
    if (this.isRunning(vmid) && this.files.get(vmid)?.[slot] !== undefined) {
      await this.machine(vmid).execute('block_resize', { device: `drive-${slot}`, size: bytes });
    }
  }

  public async close(): Promise<void> {
    this.closed = true;
    process.removeListener('exit', this.abandon);
    await Promise.all([...this.machines.keys()].map((vmid) => this.stop(vmid)));
    this.abandonAll();
  }

  /** What can be done when there is no time to wait. */
  private abandonAll(): void {
    for (const machine of this.machines.values()) machine.kill();
    this.networking.close();
    if (this.options.keepFolder) return;
    fs.rmSync(path.join(this.folder, 'volumes'), { recursive: true, force: true });
    fs.rmSync(path.join(this.folder, 'guests'), { recursive: true, force: true });
    fs.rmSync(this.sockets, { recursive: true, force: true });
  }

  private machine(vmid: number): RunningMachine {
    const machine = this.machines.get(vmid);
    if (!machine?.isRunning) throw new EngineError(`VM ${vmid} not running`);
    return machine;
  }

  private guestFolder(vmid: number): string {
    const folder = path.join(this.folder, 'guests', String(vmid));
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }

  private consoleFile(vmid: number): string {
    return path.join(this.folder, 'guests', String(vmid), 'console.log');
  }

  private firmware(): Firmware {
    this.found = this.found ?? findFirmware();
    if (!this.found) throw new EngineError('to boot a guest by UEFI, OVMF must be there; on Debian and Ubuntu: apt-get install ovmf');
    return this.found;
  }

  private async surroundings(guest: GuestHardware, sockets: string, helpers: ChildProcess[]): Promise<Omit<MachineSurroundings, 'networks'>> {
    const folder = this.guestFolder(guest.vmid);
    const files: { [slot: string]: string | undefined } = {};
    for (const [slot, volume] of Object.entries(guest.drives)) files[slot] = volume && this.volumes.pathOf(volume);
    if (guest.cloudInit) {
      const file = path.join(folder, 'cloud-init.iso');
      await writeCloudInitDrive(folder, file, guest.cloudInit.files);
      files[guest.cloudInit.slot] = file;
    }
    return {
      kvm: this.kvm,
      sockets,
      consoleLog: this.consoleFile(guest.vmid),
      files,
      firmware: guest.config.bios === 'ovmf' ? await this.bootFirmware(guest, files.efidisk0) : undefined,
      tpm: guest.drives.tpmstate0 ? await this.startTpm(this.volumes.tpmFolderOf(guest.drives.tpmstate0), sockets, helpers) : undefined,
    };
  }

  /** Without a disk for them, the variables of OVMF are new at each start, as with PVE. */
  private async bootFirmware(guest: GuestHardware, variables: string | undefined): Promise<MachineSurroundings['firmware']> {
    const ovmf = this.firmware();
    const secure = isSecure(guest.config) && ovmf.secureCode !== undefined;
    if (variables !== undefined) return { ovmf, variables, secure };
    const volume = { key: `${guest.node}/temporary/${guest.vmid}-efivars.qcow2`, format: 'qcow2' };
    await this.volumes.createEfiVariables(volume, false);
    return { ovmf, variables: this.volumes.pathOf(volume), secure: false };
  }

  private async startTpm(state: string, sockets: string, helpers: ChildProcess[]): Promise<string> {
    if (!findProgram('swtpm')) throw new EngineError('start failed: swtpm is needed for tpmstate0; on Debian and Ubuntu: apt-get install swtpm');
    const socket = path.join(sockets, 'tpm');
    helpers.push(spawn(...bound('swtpm', ['socket', '--tpm2', '--tpmstate', `dir=${state}`, '--ctrl', `type=unixio,path=${socket}`]), { stdio: 'ignore' }));
    for (let tries = 0; tries < 200 && !fs.existsSync(socket); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    return socket;
  }
}
