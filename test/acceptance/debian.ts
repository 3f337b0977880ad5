import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GuestEngine, PveSimulator } from '../../lib/simulator';
import { installerIso } from '../../tools/guests/installer';
import { must } from '../../tools/guests/programs';
import { Deployment } from '../../tools/trial/deployment';
import { startTrialServer } from '../../tools/trial/server';
import { SshKey } from '../../tools/trial/ssh';
import { type Report } from '../support/report';
import { installerCd, textCd } from './installer-iso';
import { Mirror } from './mirror';

const VM = '/nodes/pve/qemu/9002';
const ISO = 'local:iso/debian-12-netinst.iso';
/** Where guests find this machine: the first address of the block that they have theirs from. */
const GATEWAY = '10.84.0.1';
/** Where Packer offers files to guests. */
const SERVER = '10.85.0.1';

/** How the installer has its answers: on a CD, or from Packer's HTTP server. */
export type Delivery = 'cd' | 'http';

/** What is typed, and what the installer says of its answers then. */
const EXPECTED: { readonly [delivery in Delivery]: { readonly typed: RegExp; readonly taken: RegExp } } = {
  cd: { typed: /^cconfigfile \(cd1\)\/grub\.cfg\n$/, taken: /successfully loaded preseed file from file:\/\/\/preseed\.cfg/ },
  http: {
    typed: /^clinux \/install\.amd\/vmlinuz auto=true priority=critical url=http:\/\/10\.85\.0\.1:\d+\/preseed\.cfg\ninitrd \/install\.amd\/initrd\.gz\nboot\n$/,
    taken: /successfully loaded preseed file from http:\/\/10\.85\.0\.1:\d+\/preseed\.cfg/,
  },
};

/**
 * One deploy of an IsoTemplate and a clone of it. Debian's installer is started by the template's own keys, takes its answers and asks the
 * mirror, where its way ends. Then the machine is started anew with the installer of `tools/guests`, which puts a prepared disk in the
 * place of what would have been installed, with the user and the hash of the answers: Packer, which is still waiting, logs in there.
 */
export async function debian(report: Report, delivery: Delivery): Promise<void> {
  const folder = path.join(process.env.TMPDIR!, `acceptance-${delivery}`);
  const disks = path.join(folder, 'disks');
  fs.mkdirSync(disks, { recursive: true });
  const mirror = await Mirror.start(GATEWAY, folder);
  await must('ip', ['address', 'replace', `${SERVER}/32`, 'dev', 'lo']);
  const pve = await startTrialServer({ engine: GuestEngine.qemu({ guestAddresses: '10.84.0.0/24', folder: disks }) });
  try {
    const key = await SshKey.make(folder);
    await pve.addFile(ISO, fs.createReadStream(await installerCd(folder)));
    await pve.addFile('local:iso/stand-in.iso', fs.createReadStream(await installerIso()));
    const environment = { ACCEPTANCE_ISO: ISO, ACCEPTANCE_SSH_KEY: key.publicKey, ACCEPTANCE_SERVER: delivery === 'http' ? SERVER : '' };
    const deployment = new Deployment({ program: path.join(__dirname, 'program'), folder, certificate: pve.certificate, apiToken: pve.apiToken, environment });
    const acceptance = new Acceptance(report, pve, mirror, deployment, { folder, disks, delivery });
    await deployment.synthesize();
    report.equal('init', (await deployment.init()).status, 0);
    const applied = deployment.apply();
    // A deploy that fails is seen at once.
    const early = applied.then(({ output }) => { throw new Error(`apply ended before its time:\n${output.slice(-4000)}\n${pve.consoleLog(9002).slice(-3000)}`); });
    early.catch(() => undefined);
    await Promise.race([acceptance.watchInstaller(), early]);
    const answers = await Promise.race([acceptance.standIn(), early]);
    await acceptance.finish(await applied, answers);
    await acceptance.lookAtClone(key);
    report.equal('destroy', (await deployment.destroy()).status, 0);
    report.equal('no machine is left', pve.vms.map(({ name }) => name), []);
  } finally {
    mirror.stop();
    await pve.stop();
  }
}

/** What of the answers is asked for in the stand-in as well. */
interface Answers {
  readonly user: string;
  readonly hash: string;
}

class Acceptance {
  private readonly started = Date.now();

  public constructor(
    private readonly report: Report,
    private readonly pve: PveSimulator,
    private readonly mirror: Mirror,
    private readonly deployment: Deployment,
    private readonly at: { readonly folder: string; readonly disks: string; readonly delivery: Delivery },
  ) {}

  /** Up to the mirror. A question would have stopped the installer: nobody answers any. */
  public async watchInstaller(): Promise<void> {
    await this.until('the machine runs', 300, () => this.console.length > 0 || this.pve.vms.some(({ running }) => running));
    await this.until('the keys are typed', 300, () => EXPECTED[this.at.delivery].typed.test(this.typed));
    await this.until('the mirror is asked', 900, () => this.mirror.requests.length > 0);
    // The mirror is taken; what is asked for then, the installer needs for its own packages.
    await this.until('the mirror is asked for the signature of its release', 300, () => this.mirror.requests.some((request) => request.endsWith('/Release.gpg')));
    const console = this.console;
    fs.writeFileSync(path.join(this.at.folder, 'installer.log'), console);
    globalThis.console.log(this.mirror.requests.map((request) => `     mirror: ${request}`).join('\n'));
    this.report.match('the installer has taken its answers', console, EXPECTED[this.at.delivery].taken);
    this.report.match('keys were typed by the boot command and by nobody else', this.typed, EXPECTED[this.at.delivery].typed);
    this.report.without('no hash is shown', console, /\$2[ab]\$/);
  }

  /** Exchanges the CDs, starts the machine anew, and puts the CDs back when the disk is there. */
  public async standIn(): Promise<Answers> {
    const config = this.pve.vms.find(({ vmId }) => vmId === 9002)!.config;
    const answers = await this.answers(config);
    const text = `user ${answers.user}\npassword-hash ${answers.hash}\nhostname stand-in\n`;
    await this.pve.call('POST', `${VM}/status/stop`);
    const exchanged: { [slot: string]: string } = { scsi1: 'local:iso/stand-in.iso,media=cdrom' };
    if (this.at.delivery === 'cd') {
      await this.pve.addFile('local:iso/stand-in-answers.iso', fs.createReadStream(await textCd(this.at.folder, 'cidata', { answers: text })));
      exchanged.scsi2 = 'local:iso/stand-in-answers.iso,media=cdrom';
    } else {
      this.mirror.offer('/answers', text);
    }
    await this.pve.call('PUT', `${VM}/config`, exchanged);
    await this.pve.call('POST', `${VM}/status/start`);
    await this.until('the stand-in waits for its keys', 300, () => this.console.includes('the boot loader waits for keys'));
    await wait(3000);
    for (const character of this.at.delivery === 'cd' ? 'u' : `cunattended http://${GATEWAY}/answers\n`) {
      const key = Object.keys(CHARACTERS).find((name) => CHARACTERS[name] === character) ?? character;
      await this.pve.call('PUT', `${VM}/sendkey`, { key });
      await wait(200);
    }
    await this.until('the prepared disk is there', 600, () => this.console.includes('installed; starting the machine anew'));
    await this.pve.call('PUT', `${VM}/config`, Object.fromEntries(Object.keys(exchanged).map((slot) => [slot, config[slot]])));
    return answers;
  }

  public async finish({ status, output }: { readonly status: number; readonly output: string }, { user }: Answers): Promise<void> {
    this.told('apply has ended');
    this.report.equal('apply', status === 0 ? '' : `${output.slice(-6000)}\n${this.console.slice(-3000)}`, '');
    this.report.equal('the build user is that of the answers', user, 'packer');
    this.report.equal('what stands on the server', this.pve.vms.map(({ name, template, running }) => ({ name, template, running }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)), [
      { name: 'clone', template: false, running: true }, { name: 'debian-12-base', template: true, running: false },
    ]);
    this.report.equal('the CD with the answers is gone, others are not', this.pve.volumes.filter(({ content }) => content === 'iso').map(({ volumeId }) => volumeId).sort(),
      [ISO, ...this.at.delivery === 'cd' ? ['local:iso/stand-in-answers.iso'] : [], 'local:iso/stand-in.iso']);
    const { config } = this.pve.vms.find(({ vmId }) => vmId === 9002)!;
    this.report.equal('the template has no CD but that of cloud-init', Object.values(config).filter((value) => value.includes('media=cdrom')),
      ['local-zfs:vm-9002-cloudinit,media=cdrom']);
    this.report.equal('it boots of its disk alone', config.boot, 'order=scsi0');
  }

  public async lookAtClone(key: SshKey): Promise<void> {
    const { vmId } = this.pve.vms.find(({ name }) => name === 'clone')!;
    const questions = [
      'hostname', 'cat /etc/installed', 'getent passwd packer || true', 'sudo -n grep -rl packer /etc/sudoers.d || true', 'wc -c </etc/machine-id',
      'systemctl is-active qemu-guest-agent',
    ];
    const { status, stdout, output } = await key.login('ops', this.pve.guestAddress(vmId)!, questions.join('; echo ---; '));
    this.report.equal('ssh to the clone by the key of cloud-init', status === 0 ? '' : `${output}\n${this.pve.consoleLog(vmId).slice(-2000)}`, '');
    this.report.equal('what the clone says of itself', stdout.split('---\n').map((text) => text.trim()), ['clone', 'installed', '', '', '33', 'active']);
    this.report.equal('the second plan has no changes', (await this.deployment.plan()).status, 0);
    this.told('done');
  }

  private get console(): string {
    return this.pve.consoleLog(9002);
  }

  /** What was typed, as text. */
  private get typed(): string {
    return this.pve.requests.filter(({ path: at }) => at.endsWith('/sendkey')).map(({ parameters: { key } }) => CHARACTERS[key] ?? key).join('');
  }

  /** User and hash as the installer finds them: in the archive on the CD that Packer has made, or where Packer offers them. */
  private async answers(config: { readonly [option: string]: string }): Promise<Answers> {
    const text = this.at.delivery === 'http' ? await this.answersOffered() : await this.answersOn(config.scsi2);
    const [, user] = /^d-i passwd\/username string (\S+)$/m.exec(text)!;
    const [, hash] = /^d-i passwd\/user-password-crypted password (\S+)$/m.exec(text)!;
    return { user, hash };
  }

  private async answersOffered(): Promise<string> {
    const [url] = /http:\S+/.exec(this.typed)!;
    return (await fetch(url)).text();
  }

  private async answersOn(drive: string): Promise<string> {
    const [name] = /[^/:]+\.iso/.exec(drive)!;
    const file = fs.readdirSync(this.at.disks, { recursive: true }).map(String).find((at) => at.endsWith(name))!;
    const archive = path.join(this.at.folder, 'seed.cpio');
    await must('xorriso', ['-osirrox', 'on', '-indev', path.join(this.at.disks, file), '-extract', '/seed.cpio', archive]);
    return fs.readFileSync(archive, 'latin1');
  }

  private async until(what: string, seconds: number, holds: () => boolean): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s\n${this.mirror.requests.join('\n')}\n${this.console.slice(-4000)}`);
      await wait(1000);
    }
    this.told(what);
  }

  private told(what: string): void {
    console.log(`     ${String(Math.round((Date.now() - this.started) / 1000)).padStart(5)} s  ${what}`);
  }
}

/** The characters of keys, where these are not what they are called. */
const CHARACTERS: { readonly [key: string]: string } = {
  'spc': ' ', 'shift-9': '(', 'shift-0': ')', 'slash': '/', 'dot': '.', 'equal': '=', 'shift-semicolon': ':', 'minus': '-', 'ret': '\n',
};
