/**
 * Shows a whole deployment without a server: `npm run demo`.
 *
 * A simulated Proxmox VE, whose machines really boot in QEMU; the real Packer and Terraform (or OpenTofu); the program in program/.
 * All of it runs in namespaces of its own, in which `pve.lan` is this machine, and ends with it.
 */
import * as path from 'node:path';
import { ToolUnavailable } from '..';
import { smallImage } from '../guests/image';
import { Deployment } from '../trial/deployment';
import { ImageServer } from '../trial/image-server';
import { isIsolated, runIsolated } from '../trial/isolation';
import { prepare } from '../trial/prepare';
import { bootingGuests, startTrialServer, trialHost } from '../trial/server';
import { SshKey } from '../trial/ssh';

const started = Date.now();

function say(text: string): void {
  console.log(`\n[${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s] ${text}`);
}

async function demo(image: string, folder: string): Promise<void> {
  say('A simulated Proxmox VE starts, and a server for the small cloud image');
  const images = await ImageServer.start(image);
  const pve = await startTrialServer({ engine: bootingGuests() });
  const key = await SshKey.make(folder);
  const deployment = new Deployment({
    program: path.join(__dirname, 'program'),
    folder,
    certificate: pve.certificate,
    apiToken: pve.apiToken,
    environment: { DEMO_IMAGE_URL: images.url, DEMO_IMAGE_SHA256: images.sha256, DEMO_SSH_KEY: key.publicKey },
    onOutput: (text) => process.stdout.write(text.replace(/^(?=.)/gm, '  | ')),
  });
  say('The program is synthesized: Packer templates and Terraform configuration');
  await deployment.synthesize();
  await must('Terraform takes its providers', deployment.init());
  await must('It is deployed: the image is downloaded and imported, Packer bakes the golden image, machines are cloned from it', deployment.apply());
  say('What stands on the server');
  console.table(pve.vms.map(({ vmId, name, template, running }) => ({
    id: vmId, name, kind: template ? 'template' : 'machine', running, address: running ? pve.guestAddress(vmId) : undefined,
  })));
  for (const { vmId, name } of pve.vms.filter(({ running }) => running)) {
    const address = pve.guestAddress(vmId)!;
    const { output } = await key.login('ops', address, 'hostname; cat /etc/motd; cat /etc/machine-id');
    say(`ssh ops@${address}, which is ${name}:\n${output.trim().replace(/^/gm, '  ')}`);
  }
  await must('A second plan', deployment.plan());
  await must('All is taken down', deployment.destroy());
  console.table(pve.vms);
  images.stop();
  await pve.stop();
  say('Done');
}

async function must(what: string, outcome: Promise<{ status: number }>): Promise<void> {
  say(what);
  const { status } = await outcome;
  if (status !== 0) throw new Error(`That failed with status ${status}.`);
}

async function main(): Promise<number> {
  if (!isIsolated()) await prepare(['packer', 'packer-plugins', 'provider-mirror', 'terraform', 'ansible-playbook', 'xorriso'], (line) => console.log(line));
  const { image } = await smallImage();
  if (!isIsolated()) return runIsolated([trialHost]);
  process.once('SIGINT', () => {
    console.log('\nInterrupted: everything ends with this.');
    process.exit(130);
  });
  await demo(image, path.join(process.env.TMPDIR!, 'demo'));
  return 0;
}

main().then((status) => process.exit(status), (error: Error) => {
  console.error(error instanceof ToolUnavailable ? error.message : error.stack);
  process.exit(1);
});
