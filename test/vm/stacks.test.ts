import { TerraformStack } from 'cdktf';
import { CloudImageTemplate, GoldenImage, ImageBuild, ProvisioningProfile, VirtualMachine, VmTemplate } from '../../lib';
import { Size } from '../../lib/core';
import { expectError, mistakes } from '../support/errors';
import { GUEST, cluster, existing, ubuntuBase } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { newApp, newStack, synthesize } from '../support/synth';

const MINIMAL = { profile: ProvisioningProfile.minimal() };

/** An image in one stack, and another stack beside it. */
function imageElsewhere(): {
  readonly images: TerraformStack; readonly machines: TerraformStack; readonly base: CloudImageTemplate; readonly image: GoldenImage;
} {
  const app = newApp();
  const images = newStack(app, 'images');
  cluster(images);
  const base = ubuntuBase(images);
  const image = new GoldenImage(images, 'Image', { baseTemplate: base, vmId: 9101, ...MINIMAL });
  return { images, machines: newStack(app, 'machines'), base, image };
}

test('a machine of another stack waits for the stack of its image, and its plan looks whether the template is there', () => {
  const { images, machines, image } = imageElsewhere();
  cluster(machines);
  new VirtualMachine(machines, 'Web', { template: image });
  const { terraform } = synthesize(machines);
  expect(machines.dependencies).toEqual([images]);
  const { Web } = terraform.resource.proxmox_virtual_environment_vm;
  expect([Web.depends_on, Web.clone, Web.lifecycle]).toEqual([
    undefined,
    [{ datastore_id: 'tank', full: true, node_name: 'pve', vm_id: 9101 }],
    {
      ignore_changes: ['clone'],
      precondition: [{
        condition: '${length([for v in data.proxmox_virtual_environment_vms.Pve_Vms.vms : v if v.vm_id == 9101 && v.template]) == 1}',
        error_message: 'There is not exactly one template image with VM id 9101 on https://pve.lan:8006 that these credentials may see. Build it, or correct the program.',
      }],
    },
  ]);
  expect(Object.keys(terraform.resource)).toEqual(['proxmox_virtual_environment_vm']);
  expect(JSON.stringify(terraform)).not.toContain('terraform_data');
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('the same of an imported template and of one that exists', () => {
  const { images, machines, base } = imageElsewhere();
  cluster(machines);
  new VirtualMachine(machines, 'One', { template: base });
  new VirtualMachine(machines, 'Two', { template: existing(images, {}, 'There') });
  const { One, Two } = synthesize(machines).terraform.resource.proxmox_virtual_environment_vm;
  expect([One, Two].map((vm) => /v\.vm_id == (\d+)/.exec(vm.lifecycle.precondition[0].condition)![1])).toEqual(['9100', '9150']);
  expect(machines.dependencies).toEqual([images]);
});

test('among several clusters a machine takes that of its template', () => {
  const { machines, image } = imageElsewhere();
  cluster(machines, { endpoint: 'https://other.lan:8006' }, 'Other');
  cluster(machines, { endpoint: 'https://PVE.lan:8006/' }, 'Same');
  new VirtualMachine(machines, 'Web', { template: image, vmId: 200 });
  const { Web } = synthesize(machines).terraform.resource.proxmox_virtual_environment_vm;
  expect(Web.provider).toBe('proxmox.Same');
  expect(Web.lifecycle.precondition.map((p: any) => /Pve_|Same_|Other_/.exec(p.condition)![0])).toEqual(['Same_', 'Same_', 'Same_']);
});

test('a cluster can have another address in another stack, where it is the only one', () => {
  const { machines, image } = imageElsewhere();
  cluster(machines, { endpoint: 'https://pve2.lan:8006' });
  expect(new VirtualMachine(machines, 'Web', { template: image }).proxmoxVe.endpoint).toBe('https://pve2.lan:8006');
});

test('no cluster, and several of which none is that of the template', () => {
  const { machines, image } = imageElsewhere();
  expect(mistakes(() => new VirtualMachine(machines, 'Web', { template: image }))).toEqual(['proxmox-ve-missing proxmoxVe nothing']);
  cluster(machines, { endpoint: 'https://a.lan:8006' }, 'A');
  cluster(machines, { endpoint: 'https://b.lan:8006' }, 'B');
  expect(expectError(() => new VirtualMachine(machines, 'Web2', { template: image })).message).toBe(`machines/Web2: [proxmox-ve-ambiguous] proxmoxVe, got: "machines/A, machines/B"
  The stack has several clusters, and nothing says which one is meant.
  Remedy: Let exactly one ProxmoxVe of the stack have the endpoint of images/Pve, https://pve.lan:8006.`);
});

test('a machine cannot follow an image of another stack', () => {
  const { machines, image } = imageElsewhere();
  cluster(machines);
  expect(expectError(() => new VirtualMachine(machines, 'Web', { template: image, replaceOnImageChange: true })).message).toBe(`machines/Web: [replace-across-stacks] replaceOnImageChange, got: true
  A machine can follow the image only in the stack of the image: Terraform cannot watch what another configuration holds.
  Remedy: Create both in one stack, or leave replaceOnImageChange out.`);
});

test('a template that is looked up by its name is looked up in the stack of the clone', () => {
  const { images, machines } = imageElsewhere();
  cluster(machines);
  const named = VmTemplate.fromName(images, 'Named', { templateName: 'debian', disks: [{ size: Size.gibibytes(8) }], guest: GUEST });
  expect(expectError(() => new VirtualMachine(machines, 'Web', { template: named })).message).toBe(`machines/Web: [template-by-name-across-stacks] template, got: "images/Named"
  A template that is found by its name has an id only in the configuration that looks it up, and another stack cannot refer to it.
  Remedy: Call VmTemplate.fromName in the stack of the clone as well, or use VmTemplate.fromVmId.`);
  expect(mistakes(() => new GoldenImage(machines, 'Image', { baseTemplate: named, vmId: 9105, build: ImageBuild.EXTERNAL, ...MINIMAL }))[0])
    .toMatch(/^template-by-name-across-stacks/);
});

test('a golden image of a base in another stack is built outside only', () => {
  const { images, machines, base } = imageElsewhere();
  cluster(machines);
  expect(expectError(() => new GoldenImage(machines, 'Second', { baseTemplate: base, vmId: 9105, ...MINIMAL })).message).toBe(
    `machines/Second: [linked-chain-across-stacks] baseTemplate, got: "images/Base"
  A golden image that is built during a deploy stands in the stack of its base template, so that Terraform builds the base first.
  Remedy: Create both in one stack, or build the image outside with build: ImageBuild.EXTERNAL.`);
  const outside = new GoldenImage(machines, 'Third', { baseTemplate: base, vmId: 9106, build: ImageBuild.EXTERNAL, ...MINIMAL });
  new VirtualMachine(machines, 'Web', { template: outside });
  const output = synthesize(machines);
  expect(output.packer['third/hcl/third.pkr.hcl']).toContain('clone_vm_id                         = 9100\n');
  expect(output.terraform.resource.terraform_data).toEqual({ Third: { triggers_replace: { content: outside.contentHash } } });
  expect(output.terraform.resource.proxmox_virtual_environment_vm.Web.lifecycle.precondition[0].error_message).toBe(
    'There is not exactly one template third with VM id 9106 on https://pve.lan:8006 that these credentials may see. Build it: cd packer/third/hcl && packer init . && packer build .',
  );
  expect(images.dependencies).toEqual([]);
});
