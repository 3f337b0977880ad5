import * as fs from 'fs';
import * as path from 'path';
import { CloudImageTemplate, GoldenImage, ProvisioningProfile, ProxmoxVe, guestos } from '../../lib';
import { SynthesizedStack } from '../../lib/assertions';

const RUNNER = path.resolve(__dirname, '../../lib/assembly/runner');

const written = SynthesizedStack.of({
  define: (stack) => {
    new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' });
    const base = new CloudImageTemplate(stack, 'Base', { operatingSystem: guestos.Debian.V12, vmId: 9100 });
    new GoldenImage(stack, 'Small', { baseTemplate: base, vmId: 9101, profile: ProvisioningProfile.minimal() });
  },
}, 'lab');

test('the configuration is that of the stack', () => {
  expect(written.configuration.resource.proxmox_virtual_environment_vm.Base.vm_id).toBe(9100);
});

test('every image has its folder and both forms', () => {
  expect(written.images).toEqual(['small']);
  expect(written.packerTemplate('small').source['proxmox-clone'].small.clone_vm_id).toBe(9100);
  expect(written.packerHcl('small')).toContain('source "proxmox-clone" "small" {');
});

test('all files are there by their path', () => {
  expect(Object.keys(written.files)).toEqual([
    'cdk.tf.json',
    'packer/small/README.md',
    ...['deploy.json', ...fs.readdirSync(RUNNER).filter((name) => name.endsWith('.mjs'))].sort().map((name) => `packer/small/deploy/${name}`),
    'packer/small/files/generalize.sh',
    'packer/small/hcl/small.pkr.hcl',
    'packer/small/json/small.pkr.json',
  ]);
});

test('an image that is not there is named, with those that are', () => {
  expect(() => written.packerTemplate('large')).toThrow('There is no packer/large/json/*.pkr.json; the stack has images: small.');
});
