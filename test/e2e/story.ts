import * as path from 'node:path';
import { PveSimulator, SimulatedVm } from '../../lib/simulator';
import { smallImage } from '../../tools/guests/image';
import { Deployment } from '../../tools/trial/deployment';
import { ImageServer } from '../../tools/trial/image-server';
import { bootingGuests, startTrialServer } from '../../tools/trial/server';
import { SshKey } from '../../tools/trial/ssh';
import { type Report } from '../support/report';

/**
 * From a vendor's image to machines that boot: both ways to reach a build machine, clones with identities of their own, a second plan
 * without changes, a changed provisioner that rebuilds one image, and nothing left at the end.
 */
export async function story(report: Report): Promise<void> {
  const folder = path.join(process.env.TMPDIR!, 'story');
  const images = await ImageServer.start((await smallImage()).image);
  const pve = await startTrialServer({ engine: bootingGuests() });
  try {
    const key = await SshKey.make(folder);
    const environment = { DEMO_IMAGE_URL: images.url, DEMO_IMAGE_SHA256: images.sha256, DEMO_SSH_KEY: key.publicKey };
    const props = { program: path.join(__dirname, 'programs/story'), folder, certificate: pve.certificate, apiToken: pve.apiToken, environment };
    const teller = new Story(report, pve, key);
    await teller.deploy(new Deployment(props));
    await teller.rebuild(new Deployment({ ...props, environment: { ...environment, STORY_GREETING: 'second' } }));
  } finally {
    images.stop();
    await pve.stop();
  }
}

class Story {
  public constructor(private readonly report: Report, private readonly pve: PveSimulator, private readonly key: SshKey) {}

  public async deploy(deployment: Deployment): Promise<void> {
    await deployment.synthesize();
    this.succeeded('init', await deployment.init());
    this.succeeded('apply', await timed('apply', deployment.apply()));
    this.report.equal('templates', this.pve.vms.filter(({ template }) => template).map(({ vmId, name }) => `${vmId} ${name}`),
      ['9100 seeded-base', '9101 seeded', '9110 fixed-base', '9111 fixed']);
    this.report.equal('machines that run', this.machines.map(({ name, running }) => ({ name, running })),
      ['one', 'three', 'two'].map((name) => ({ name, running: true })));
    this.report.equal('no ISO file is left', this.pve.volumes.filter(({ content }) => content === 'iso'), []);
    await this.identities();
    this.report.equal('the second plan has no changes', (await deployment.plan()).status, 0);
  }

  public async rebuild(deployment: Deployment): Promise<void> {
    await deployment.synthesize();
    const { status, output } = await deployment.plan();
    this.report.equal('a changed provisioner is a change', status, 2);
    const changed = [...output.matchAll(/^ {2}# (\S+) (?:must be|will be) (\w+)/gm)].map(([, address, how]) => `${address} ${how}`);
    this.report.equal('of exactly that image', changed, ['terraform_data.Seeded replaced']);
    const before = this.describe();
    this.succeeded('apply', await timed('rebuild', deployment.apply()));
    this.report.equal('everything else is as it was', this.describe().filter((text) => !text.startsWith('9101 ')), before.filter((text) => !text.startsWith('9101 ')));
    this.report.equal('the image is another one', this.describe().find((text) => text.startsWith('9101 ')) !== before.find((text) => text.startsWith('9101 ')), true);
    this.report.equal('the plan after it has no changes', (await deployment.plan()).status, 0);
    this.succeeded('destroy', await timed('destroy', deployment.destroy()));
    this.report.equal('no machine is left', this.pve.vms.map(({ name }) => name), []);
    this.report.equal('no volume is left', this.pve.volumes, []);
  }

  private get machines(): SimulatedVm[] {
    return this.pve.vms.filter(({ template }) => !template).sort((a, b) => a.name < b.name ? -1 : 1);
  }

  /** What guests say of themselves: each is somebody, and nobody else. */
  private async identities(): Promise<void> {
    const questions = ['cat /etc/machine-id', 'cat /etc/ssh/ssh_host_ed25519_key.pub', 'hostname', 'getent passwd packer || true', "sudo -n sh -c 'ls /etc/sudoers.d | grep -c 90-cloud-init-users; grep -rl packer /etc/sudoers.d; true'", 'systemctl is-active qemu-guest-agent'];
    const answers: string[][] = [];
    for (const machine of this.machines) {
      const address = this.pve.guestAddress(machine.vmId)!;
      const { status, stdout, output } = await this.key.login('ops', address, questions.join('; echo ---; '));
      this.report.equal(`ssh to ${machine.name} by the key of cloud-init`, status === 0 ? '' : `${output}\n${this.pve.consoleLog(machine.vmId).slice(-2000)}`, '');
      answers.push(stdout.split('---\n').map((text) => text.trim()));
      const agent = await this.pve.call('GET', `/nodes/pve/qemu/${machine.vmId}/agent/network-get-interfaces`);
      this.report.equal(`the agent of ${machine.name} tells its address`, JSON.stringify(agent).includes(`"${address}"`), true);
    }
    this.report.equal('machine ids are different', new Set(answers.map(([id]) => id)).size, 3);
    this.report.equal('host keys are different', new Set(answers.map(([, hostKey]) => hostKey)).size, 3);
    this.report.equal('host names are those of the machines', answers.map(([,, name]) => name), this.machines.map(({ name }) => name));
    this.report.equal('the build user is gone', answers.map(([,,, user]) => user), ['', '', '']);
    this.report.equal('and its rule for sudo, while those who log in have theirs', answers.map(([,,,, rules]) => rules), ['1', '1', '1']);
    this.report.equal('the agent runs', answers.map(([,,,,, agent]) => agent), ['active', 'active', 'active']);
  }

  private describe(): string[] {
    return this.pve.vms.map(({ vmId, name, config }) => `${vmId} ${name} ${JSON.stringify(config)}`);
  }

  private succeeded(what: string, { status, output }: { status: number; output: string }): void {
    this.report.equal(what, status === 0 ? '' : output.slice(-6000), '');
  }
}

async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work;
  console.log(`     ${what}: ${Math.round((Date.now() - start) / 1000)} s`);
  return result;
}
