import { Aspects, TerraformElement, TerraformVariable } from 'cdktf';
import { IConstruct } from 'constructs';
import { VirtualMachine } from '../../lib';
import { cluster, existing } from '../support/fixtures';
import { newApp, newStack, synthesize, synthesized } from '../support/synth';

test('a reference to another stack is seen in time to be handed over', () => {
  const app = newApp();
  const [network, machines] = [newStack(app, 'network'), newStack(app, 'machines')];
  const zone = new TerraformVariable(network, 'Zone', { type: 'string' });
  cluster(machines);
  new VirtualMachine(machines, 'Web', { template: existing(machines), description: `in ${zone.stringValue}` });
  const { Web } = synthesize(machines).terraform.resource.proxmox_virtual_environment_vm;
  expect(Web.description).toMatch(/^in \$\{data\.terraform_remote_state\.\S+\.outputs\.\S+\}$/);
  expect(machines.dependencies).toEqual([network]);
});

test('overrides of elements reach the output, also those that an aspect makes after the core has looked for references', () => {
  const { terraform } = synthesized((stack) => {
    cluster(stack);
    const web = new VirtualMachine(stack, 'Web', { template: existing(stack) });
    (web.node.defaultChild as TerraformElement).addOverride('description', new TerraformVariable(stack, 'Note', { type: 'string' }).stringValue);
    Aspects.of(web).add({
      visit: (construct: IConstruct) => construct === web.node.defaultChild && (construct as TerraformElement).addOverride('keyboard_layout', 'de'),
    });
  });
  const { Web } = terraform.resource.proxmox_virtual_environment_vm;
  expect([Web.description, Web.keyboard_layout]).toEqual(['${var.Note}', 'de']);
});

test('an override of the stack changes one machine, and not what machines share', () => {
  const dnsServers = ['10.0.0.53'];
  const { terraform } = synthesized((stack) => {
    cluster(stack);
    const template = existing(stack);
    ['One', 'Two'].forEach((id) => new VirtualMachine(stack, id, { template, cloudInit: { dnsServers } }));
    stack.addOverride('resource.proxmox_virtual_environment_vm.One.initialization.0.dns.0.servers.0', '10.0.0.54');
    stack.addOverride('resource.proxmox_virtual_environment_vm.One.name', 'other');
  });
  const { One, Two } = terraform.resource.proxmox_virtual_environment_vm;
  expect([One.name, One.initialization[0].dns, Two.name, Two.initialization[0].dns]).toEqual([
    'other', [{ servers: ['10.0.0.54'] }], 'two', [{ servers: ['10.0.0.53'] }],
  ]);
  expect(dnsServers).toEqual(['10.0.0.53']);
});

test('what an element leaves out takes nothing away from what another has', () => {
  const { terraform } = synthesized((stack) => {
    cluster(stack);
    const template = existing(stack);
    (new VirtualMachine(stack, 'One', { template }).node.defaultChild as any).toTerraform = () => ({ moved: [{ from: 'a.b', to: 'a.c' }] });
    new VirtualMachine(stack, 'Two', { template });
  });
  expect(terraform.moved).toEqual([{ from: 'a.b', to: 'a.c' }]);
});
