import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { GoldenImage, ImageBuild, ProvisioningProfile, VirtualMachine, VmIdPlan, VmIdRange } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { cluster, existing, ubuntuBase } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';

function twoStacks(endpoints: [string, string] = ['https://pve.lan:8006', 'https://PVE.lan:8006/']): [TerraformStack, TerraformStack] {
  const app = newApp();
  return endpoints.map((endpoint, i) => {
    const stack = newStack(app, `stack${i + 1}`);
    cluster(stack, { endpoint });
    return stack;
  }) as [TerraformStack, TerraformStack];
}

test('an id is claimed once in a stack, whatever takes it', () => {
  const [stack] = twoStacks();
  const base = ubuntuBase(stack);
  expect(expectError(() => new GoldenImage(stack, 'Golden', { baseTemplate: base, vmId: 9100 })).message).toBe(
    `stack1/Golden: [vm-id-claimed-twice] vmId, got: 9100
  An id names one machine or template of a cluster. The VM id 9100 is claimed by stack1/Base already.
  Remedy: Give one of the two another vmId.`);
});

test('an id is claimed once on a cluster, also by different stacks and however its address is written', () => {
  const [one, two] = twoStacks();
  new VirtualMachine(one, 'A', { template: existing(one), vmId: 200 });
  expect(mistakes(() => new VirtualMachine(two, 'B', { template: existing(two), vmId: 200 }))).toEqual(['vm-id-claimed-twice vmId 200']);
  expect(mistakes(() => ubuntuBase(two, { vmId: 200 }))).toEqual(['vm-id-outside-plan vmId 200']);
});

test('two clusters have their own ids, and so have two apps', () => {
  const [one, two] = twoStacks(['https://one.lan:8006', 'https://two.lan:8006']);
  for (const stack of [one, two]) {
    const base = ubuntuBase(stack);
    new VirtualMachine(stack, 'A', { template: base, vmId: 200 });
  }
  const other = newStack();
  cluster(other, { endpoint: 'https://one.lan:8006' });
  new VirtualMachine(other, 'A', { template: ubuntuBase(other), vmId: 200 });
  expect([one, two].map((stack) => synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.A.vm_id)).toEqual([200, 200]);
  expect(synthesize(other).terraform.resource.proxmox_virtual_environment_vm.A.vm_id).toBe(200);
});

test('the same image on two clusters of one stack is downloaded to each, though their nodes have one name', () => {
  const stack = newStack();
  const one = cluster(stack, {}, 'One');
  const two = cluster(stack, { endpoint: 'https://two.lan:8006' }, 'Two');
  ubuntuBase(stack, { proxmoxVe: one }, 'BaseOne');
  ubuntuBase(stack, { proxmoxVe: two }, 'BaseTwo');
  const { terraform } = synthesize(stack);
  expect(Object.entries<any>(terraform.resource.proxmox_download_file).map(([id, file]) => [id, file.provider, file.file_name])).toEqual([
    ['pve-ubuntu-24-04-0a0a0a0a0a0a', undefined, 'homelab-ubuntu-24.04-0a0a0a0a0a0a.qcow2'],
    ['two-pve-ubuntu-24-04-0a0a0a0a0a0a', 'proxmox.Two', 'homelab-ubuntu-24.04-0a0a0a0a0a0a.qcow2'],
  ]);
  const { BaseOne, BaseTwo } = terraform.resource.proxmox_virtual_environment_vm;
  expect([BaseOne, BaseTwo].map((vm) => vm.disk[0].import_from)).toEqual([
    '${proxmox_download_file.pve-ubuntu-24-04-0a0a0a0a0a0a.id}', '${proxmox_download_file.two-pve-ubuntu-24-04-0a0a0a0a0a0a.id}',
  ]);
});

test('templates made of one image share its download, and two ProxmoxVe of one owner do not fight for it', () => {
  const stack = newStack();
  const vmIdPlan = new VmIdPlan({ cloudImages: VmIdRange.of(9100, 9199) });
  const one = cluster(stack, { vmIdPlan }, 'One');
  const two = cluster(stack, { vmIdPlan }, 'Two');
  ubuntuBase(stack, { proxmoxVe: one });
  ubuntuBase(stack, { proxmoxVe: one, vmId: 9101 }, 'Second');
  expect(expectError(() => ubuntuBase(stack, { proxmoxVe: two, vmId: 9102 }, 'Third')).message).toMatch(
    /^homelab\/Third: \[download-claimed-twice\] proxmoxVe, got: "pve\/local\/homelab-ubuntu-24\.04-0a0a0a0a0a0a\.qcow2"\n {2}A cloud image is downloaded .* is claimed by homelab\/One already\.\n {2}Remedy: Use one ProxmoxVe/,
  );
  expect(Object.keys(synthesize(stack).terraform.resource.proxmox_download_file)).toEqual(['pve-ubuntu-24-04-0a0a0a0a0a0a']);
});

test('two constructs whose tags would be one', () => {
  const [one, two] = twoStacks();
  const template = existing(one);
  new VirtualMachine(one, 'WebServer', { template });
  expect(expectError(() => new VirtualMachine(one, 'web-server', { template })).message).toBe(`stack1/web-server: [owner-claimed-twice] id, got: "stack1_web-server"
  Machines and templates are told apart on the server by a tag made of stack and construct path, and two constructs have the same one. The owner tag stack1_web-server is claimed by stack1/WebServer already.
  Remedy: Give one of the two an id that differs in more than capitals, hyphens and slashes, or set another \`owner\` on the ProxmoxVe of one stack.`);
  new VirtualMachine(two, 'WebServer', { template: existing(two) });

  const app = new App({ outdir: newApp().outdir });
  const [three, four] = ['three', 'four'].map((id) => newStack(app, id));
  [three, four].forEach((stack) => cluster(stack, { owner: 'house' }));
  new VirtualMachine(three, 'Web', { template: existing(three) });
  expect(mistakes(() => new VirtualMachine(four, 'Web', { template: existing(four) }))).toEqual(['owner-claimed-twice id "house_web"']);
});

test('a folder of an image is its own, also where two clusters keep the tags apart', () => {
  const stack = newStack();
  const scope = new Construct(stack, 'House');
  const [one, two] = ['https://one.lan:8006', 'https://two.lan:8006'].map((endpoint, i) => cluster(stack, { endpoint }, `Pve${i}`));
  const imageOf = (id: string, proxmoxVe: typeof one) => new GoldenImage(scope, id, {
    baseTemplate: existing(stack, { proxmoxVe, cloudInitSlot: 'scsi1' }, `Of${id}`), vmId: 9100, profile: ProvisioningProfile.minimal(), build: ImageBuild.EXTERNAL,
  });
  imageOf('WebServer', one);
  expect(expectError(() => imageOf('Web-server', two)).message).toBe(`homelab/House/Web-server: [packer-folder-taken] id, got: "Web-server"
  Each image of a stack has a folder of its own, named after its path in the stack. packer/house-web-server is that of homelab/House/WebServer.
  Remedy: Give one of the two images an id that differs in more than capitals, hyphens and slashes.`);
});
