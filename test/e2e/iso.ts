import * as path from 'node:path';
import { PveSimulator } from '../../lib/simulator';
import { installerIso } from '../../tools/guests/installer';
import { Deployment } from '../../tools/trial/deployment';
import { ImageServer } from '../../tools/trial/image-server';
import { bootingGuests, startTrialServer } from '../../tools/trial/server';
import { SshKey } from '../../tools/trial/ssh';
import { type Report } from '../support/report';

/**
 * An installation from an ISO by typed keys and an answer file on a CD, under UEFI: a deploy makes a template of it, and a machine of that
 * which boots. Nothing is left at the end but the ISO that the node downloaded.
 */
export async function iso(report: Report): Promise<void> {
  const folder = path.join(process.env.TMPDIR!, 'iso');
  const isos = await ImageServer.start(await installerIso());
  const pve = await startTrialServer({ engine: bootingGuests() });
  try {
    const key = await SshKey.make(folder);
    const environment = { ISO_URL: isos.url, ISO_SHA256: isos.sha256, ISO_SSH_KEY: key.publicKey };
    const deployment = new Deployment({ program: path.join(__dirname, 'programs/iso'), folder, certificate: pve.certificate, apiToken: pve.apiToken, environment });
    const teller = new Installation(report, pve, key, deployment);
    await teller.deploy();
    await teller.lookAtClone();
    await teller.finish();
  } finally {
    isos.stop();
    await pve.stop();
  }
}

class Installation {
  public constructor(
    private readonly report: Report, private readonly pve: PveSimulator, private readonly key: SshKey, private readonly deployment: Deployment,
  ) {}

  public async deploy(): Promise<void> {
    await this.deployment.synthesize();
    this.succeeded('init', await this.deployment.init());
    const started = Date.now();
    this.succeeded('apply', await this.deployment.apply());
    console.log(`     apply: ${Math.round((Date.now() - started) / 1000)} s`);
    this.report.equal('what stands on the server', this.pve.vms.map(({ name, template, running }) => ({ name, template, running })).sort(byName), [
      { name: 'clone', template: false, running: true }, { name: 'tiny-12-base', template: true, running: false },
    ]);
    this.report.equal('the keys were typed', this.pve.requests.filter(({ path: at }) => at.endsWith('/sendkey')).map(({ parameters }) => parameters.key), ['u']);
    this.report.equal('the ISO that the node downloaded is there, and the CD with the answers is gone', this.isos.length, 1);
    const [slot] = this.deployment.configuration.resource!.proxmox_virtual_environment_vm.Clone.initialization.map(({ interface: at }: any) => at);
    this.report.equal('the template has no CD but that of cloud-init, in the slot that clones are told', this.cdsOf('tiny-12-base'), [
      `${slot}: local-zfs:vm-9001-cloudinit,media=cdrom`,
    ]);
    this.report.equal('it boots of its disk alone', this.configOf('tiny-12-base').boot, 'order=scsi0');
  }

  /** It is somebody, and knows nothing of the installation but what the template was to have. */
  public async lookAtClone(): Promise<void> {
    const { vmId } = this.pve.vms.find(({ name }) => name === 'clone')!;
    const address = this.pve.guestAddress(vmId)!;
    const agent = await this.pve.call('GET', `/nodes/pve/qemu/${vmId}/agent/network-get-interfaces`);
    this.report.equal('the agent of the clone tells its address', JSON.stringify(agent).includes(`"${address}"`), true);
    const questions = [
      'hostname', 'cat /etc/installed', 'getent passwd packer || true', 'sudo -n grep -rl packer /etc/sudoers.d || true', 'wc -c </etc/machine-id',
      'systemctl is-active qemu-guest-agent',
    ];
    const { status, stdout, output } = await this.key.login('ops', address, questions.join('; echo ---; '));
    this.report.equal('ssh to the clone by the key of cloud-init', status === 0 ? '' : `${output}\n${this.pve.consoleLog(vmId).slice(-2000)}`, '');
    this.report.equal('what the clone says of itself', stdout.split('---\n').map((text) => text.trim()), ['clone', 'installed', '', '', '33', 'active']);
  }

  public async finish(): Promise<void> {
    this.report.equal('the second plan has no changes', (await this.deployment.plan()).status, 0);
    const before = this.isos;
    this.succeeded('destroy', await this.deployment.destroy());
    this.report.equal('no machine is left', this.pve.vms.map(({ name }) => name), []);
    this.report.equal('nor a volume but the ISO, which the next installation has need of', this.pve.volumes.map(({ volumeId }) => volumeId), before);
  }

  private get isos(): string[] {
    return this.pve.volumes.filter(({ content }) => content === 'iso').map(({ volumeId }) => volumeId);
  }

  private configOf(machine: string): { readonly [option: string]: string } {
    return this.pve.vms.find(({ name }) => name === machine)?.config ?? {};
  }

  private cdsOf(machine: string): string[] {
    return Object.entries(this.configOf(machine)).filter(([, value]) => value.includes('media=cdrom')).map(([slot, value]) => `${slot}: ${value}`);
  }

  private succeeded(what: string, { status, output }: { readonly status: number; readonly output: string }): void {
    this.report.equal(what, status === 0 ? '' : `${output.slice(-6000)}\n${this.pve.consoleLog(9001).slice(-3000)}`, '');
  }
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
