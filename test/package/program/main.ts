// A stranger's program: everything that can be imported, used once. It is written as TypeScript for either kind of module.
import { App, LocalBackend, TerraformStack } from 'cdktf';
import * as library from 'proxmox-constructs';
import { CloudImageTemplate, GoldenImage, IpConfig, ProxmoxVe, Size, ValidationError, VirtualMachine, guestos, packer } from 'proxmox-constructs';
import { CloudImageContract } from 'proxmox-constructs/assertions';
import { VirtualEnvironmentPool } from 'proxmox-constructs/bindings/proxmox/virtual-environment-pool';
import { MachineSecrets } from 'proxmox-constructs/bindings/talos/machine-secrets';
import { TalosProvider } from 'proxmox-constructs/bindings/talos/provider';
import { PveSimulator } from 'proxmox-constructs/simulator';

const app = new App();
const stack = new TerraformStack(app, 'homelab');
new LocalBackend(stack, { path: '../../../terraform.homelab.tfstate' });
new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });

const base = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100 });
const golden = new GoldenImage(stack, 'Ubuntu', {
  baseTemplate: base,
  vmId: 9102,
  provisioners: [packer.Provisioner.shell({ inline: ['echo "${USER} %{1}"'] })],
});
const vm = new VirtualMachine(stack, 'Web', {
  template: golden,
  memory: Size.gibibytes(8),
  cloudInit: { username: 'ops', ipConfigs: [IpConfig.fixed('192.168.1.20/24', '192.168.1.1')] },
});
// The bindings stand beside the constructs, in one stack and on one core.
new VirtualEnvironmentPool(stack, 'Pool', { poolId: 'web', comment: `for ${vm.node.id}` });
new TalosProvider(stack, 'Talos');
new MachineSecrets(stack, 'Secrets');
app.synth();

PveSimulator.start().then(async (pve) => {
  await pve.call('POST', '/nodes/pve/qemu', { vmid: '100', name: 'web' });
  console.error(pve.vms.map(({ vmId, name }) => `${vmId} ${name}`).join());
  await pve.stop();
}, (error) => {
  throw error;
});

for (const check of new CloudImageContract(guestos.Debian.V12).checks) check.run();

try {
  new VirtualMachine(stack, 'Tiny', { template: golden, memory: Size.mebibytes(32) });
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  const { code, path, remedy } = error;
  const names = Object.keys(library).filter((name) => !['default', 'module.exports', '__esModule'].includes(name)).sort();
  console.log(JSON.stringify({ code, path, remedy, names }, undefined, 1));
}
