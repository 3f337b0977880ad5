import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { CloudImageTemplate, guestos, ProxmoxVe, VirtualMachine } from 'proxmox-constructs';
import { PveSimulator } from 'proxmox-constructs/simulator';

let pve: PveSimulator;
let folder: string;

beforeAll(async () => {
  pve = await PveSimulator.start();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'deploy-'));
});
afterAll(async () => {
  await pve.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Runs Terraform in the folder of the stack, while the simulated server goes on in this process. */
async function terraform(...args: string[]): Promise<void> {
  const certificate = path.join(folder, 'authority.pem');
  fs.writeFileSync(certificate, pve.certificate);
  await new Promise<void>((resolve, reject) => {
    execFile(process.env.TERRAFORM ?? 'terraform', [`-chdir=${path.join(folder, 'stacks/homelab')}`, ...args, '-no-color'], {
      env: { ...process.env, SSL_CERT_FILE: certificate, TF_VAR_proxmox_api_token: pve.apiToken },
    }, (error, stdout, stderr) => error ? reject(new Error(`${error.message}\n${stdout}${stderr}`)) : resolve());
  });
}

function synthesize(): void {
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, 'homelab');
  new ProxmoxVe(stack, 'Pve', { endpoint: pve.endpoint, node: 'pve', storage: 'local-lvm' });
  const template = new CloudImageTemplate(stack, 'Ubuntu', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100 });
  new VirtualMachine(stack, 'Web', { template, vmId: 101 });
  app.synth();
  const { resource } = JSON.parse(fs.readFileSync(path.join(folder, 'stacks/homelab/cdk.tf.json'), 'utf8'));
  // Nobody need reach the vendor: the node downloads an image without content.
  for (const { url, checksum } of Object.values<any>(resource.proxmox_download_file)) {
    pve.addDownload({ url, bytes: 2 ** 20, diskBytes: 2 ** 31, digest: checksum });
  }
}

test('a deploy leaves the template and a machine, and takes them away again', async () => {
  synthesize();
  await terraform('init');
  await terraform('apply', '-auto-approve');
  expect(pve.vms.map(({ vmId, name, template, running }) => ({ vmId, name, template, running }))).toEqual([
    { vmId: 101, name: 'web', template: false, running: true },
    { vmId: 9100, name: expect.any(String), template: true, running: false },
  ]);
  await terraform('destroy', '-auto-approve');
  expect(pve.vms).toEqual([]);
});
