import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { run, type Outcome } from '../../tools';

/** Where the machine keeps what belongs to the test and not to the system under test. */
const RIG = '/run/rig';

/**
 * A root filesystem with its own processes, mounts and name, whose sshd listens on loopback only.
 *
 * Not a virtual machine: systemd does not run in it. But accounts, sudo, PAM and SSH are the real ones, so that a
 * play logs in, becomes root and takes its own account away as it does in a bake.
 */
export class Machine {
  /** Unpacks an archive and starts its sshd. */
  public static async start(archive: string): Promise<Machine> {
    const machine = new Machine(fs.mkdtempSync(path.join(os.tmpdir(), 'ansible-test-')), await freePort());
    try {
      await machine.boot(archive);
    } catch (error) {
      await machine.stop();
      throw error;
    }
    return machine;
  }

  private sshd?: ChildProcess;
  private log = '';

  private constructor(public readonly folder: string, public readonly port: number) {}

  /** The root filesystem as this machine sees it. */
  public get root(): string {
    return path.join(this.folder, 'root');
  }

  public get keyFile(): string {
    return path.join(this.folder, 'key');
  }

  public get publicKey(): string {
    return fs.readFileSync(`${this.keyFile}.pub`, 'utf8').trim();
  }

  /** Options of ssh and scp: one connection that every command shares, as with Packer. */
  public get sshOptions(): string[] {
    return [
      '-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-o', `IdentityFile=${this.keyFile}`,
      '-o', 'UserKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=no', '-o', 'LogLevel=ERROR',
      '-o', 'ControlMaster=auto', '-o', 'ControlPersist=60', '-o', `ControlPath=${this.folder}/connection-%r`,
    ];
  }

  /** Runs a command line over SSH. */
  public ssh(user: string, command: string): Promise<Outcome> {
    return run('ssh', [...this.sshOptions, '-p', String(this.port), `${user}@127.0.0.1`, command], { timeoutSeconds: 120 });
  }

  public async upload(user: string, file: string, target: string): Promise<Outcome> {
    return run('scp', [...this.sshOptions, '-P', String(this.port), file, `${user}@127.0.0.1:${target}`], { timeoutSeconds: 120 });
  }

  /** Closes the shared connection of a user; the next command logs in anew. */
  public async disconnect(user: string): Promise<void> {
    await run('ssh', [...this.sshOptions, '-O', 'exit', `${user}@127.0.0.1`]);
  }

  /** Runs a shell script as root inside, without SSH; fails if it fails. */
  public async inside(script: string): Promise<string> {
    const outcome = await run('chroot', [this.root, '/bin/sh', '-euc', script], {
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' },
    });
    if (outcome.status !== 0) throw new Error(`inside the machine, with status ${outcome.status}:\n${script}\n${outcome.output}`);
    return outcome.stdout;
  }

  /** The text of a file inside; undefined if there is none. */
  public read(file: string): string | undefined {
    const full = path.join(this.root, file);
    return fs.existsSync(full) ? fs.readFileSync(full, 'utf8') : undefined;
  }

  /** Names in a folder inside, hidden ones too; empty if there is no such folder. */
  public list(folder: string): string[] {
    const full = path.join(this.root, folder);
    return fs.existsSync(full) ? fs.readdirSync(full).sort() : [];
  }

  public async stop(): Promise<void> {
    if (this.sshd && this.sshd.exitCode === null) {
      const ended = new Promise((resolve) => this.sshd!.once('exit', resolve));
      this.sshd.kill('SIGKILL'); // the first process of its namespace: all others end with it
      await ended;
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async boot(archive: string): Promise<void> {
    fs.mkdirSync(this.root);
    await mustRun('tar', ['--numeric-owner', '--xattrs', '-xpf', archive, '-C', this.root]);
    await mustRun('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'packer_ephemeral', '-f', this.keyFile]);
    await this.inside(`
      mkdir -p ${RIG}/keys /run/sshd
      ssh-keygen -q -t ed25519 -N '' -f ${RIG}/host_key
      printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
      chmod 755 /usr/sbin/policy-rc.d
      ls /etc/ssh/ssh_host_*_key >/dev/null`);
    fs.writeFileSync(path.join(this.root, RIG, 'keys/root'), `${this.publicKey}\n`);
    fs.writeFileSync(path.join(this.root, RIG, 'sshd_config'), [
      `Port ${this.port}`, 'ListenAddress 127.0.0.1', `HostKey ${RIG}/host_key`, 'PidFile none', 'UsePAM yes', 'PermitRootLogin yes',
      'PasswordAuthentication no', 'KbdInteractiveAuthentication no', `AuthorizedKeysFile ${RIG}/keys/%u .ssh/authorized_keys`,
      'Subsystem sftp internal-sftp', '',
    ].join('\n'));
    // A shell stays the first process: sshd writes over its own environment, and cloud-init reads that of the first process.
    const start = [
      'hostname build-host', 'mount -t devpts -o newinstance,mode=620,ptmxmode=666 devpts /dev/pts', `/usr/sbin/sshd -D -e -f ${RIG}/sshd_config`, 'exit $?',
    ].join('\n');
    this.sshd = spawn('unshare', [
      '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', `--root=${this.root}`, '--mount-proc', '/bin/sh', '-c', start,
    ], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
    for (const stream of [this.sshd.stdout!, this.sshd.stderr!]) stream.on('data', (data: Buffer) => { this.log += data.toString(); });
    for (let attempt = 0; !(await answers(this.port)); attempt++) {
      if (attempt === 100 || this.sshd.exitCode !== null) throw new Error(`sshd does not answer:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function mustRun(command: string, args: readonly string[]): Promise<void> {
  const outcome = await run(command, args);
  if (outcome.status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${outcome.output}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}
