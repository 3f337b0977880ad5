import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { PlainDataSource, PlainOutput, PlainProvider, PlainResource, TerraformData, addressOf, inSameStack } from '../../lib/assembly';
import { PROVIDERS } from '../../lib/bindings';
import { newApp, newStack, synthesizeAny as synthesize } from '../support/synth';

test('elements are written by the names of the provider, and nothing else is in them', () => {
  const stack = newStack();
  const provider = new PlainProvider(stack, 'Provider', { requirement: PROVIDERS.proxmox, attributes: () => ({ endpoint: 'x', ssh: undefined }) });
  const vms = new PlainDataSource(stack, 'Vms', { type: 'proxmox_virtual_environment_vms', provider, attributes: () => ({ tags: ['a'] }) });
  const vm = new PlainResource(stack, 'Vm', {
    type: 'proxmox_virtual_environment_vm',
    provider,
    attributes: () => ({ node_name: 'pve', disk: [{ interface: 'scsi0', size: undefined }], name: undefined, agent: [] }),
    dependsOn: () => [addressOf(vms), addressOf(vms)],
    lifecycle: () => ({ replaceTriggeredBy: ['terraform_data.X'], ignoreChanges: ['clone'], preconditions: [{ condition: '${true}', errorMessage: 'No.' }] }),
  });
  new TerraformData(stack, 'X', { attributes: () => ({ input: 1 }), lifecycle: () => ({ replaceTriggeredBy: [], ignoreChanges: [], preconditions: [] }) });
  new PlainOutput(stack, 'Out', { value: { id: `\${${addressOf(vm)}.vm_id}` } });
  expect(synthesize(stack).terraform).toEqual({
    data: { proxmox_virtual_environment_vms: { Vms: { tags: ['a'] } } },
    output: { Out: { value: { id: '${proxmox_virtual_environment_vm.Vm.vm_id}' } } },
    provider: { proxmox: [{ endpoint: 'x' }] },
    resource: {
      proxmox_virtual_environment_vm: {
        Vm: {
          agent: [],
          depends_on: ['data.proxmox_virtual_environment_vms.Vms'],
          disk: [{ interface: 'scsi0' }],
          lifecycle: { ignore_changes: ['clone'], precondition: [{ condition: '${true}', error_message: 'No.' }], replace_triggered_by: ['terraform_data.X'] },
          node_name: 'pve',
        },
      },
      terraform_data: { X: { input: 1 } },
    },
    terraform: {
      backend: { local: { path: '../../../terraform.homelab.tfstate' } },
      required_providers: { proxmox: { source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' } },
    },
  });
});

test('a second provider is named by what belongs to it', () => {
  const stack = newStack();
  const provider = new PlainProvider(stack, 'Second', { requirement: PROVIDERS.proxmox, alias: 'second', attributes: () => ({}) });
  new PlainResource(stack, 'Vm', { type: 'proxmox_virtual_environment_vm', provider, attributes: () => ({}) });
  const { terraform } = synthesize(stack);
  expect([terraform.provider.proxmox, terraform.resource.proxmox_virtual_environment_vm.Vm]).toEqual([[{ alias: 'second' }], { provider: 'proxmox.second' }]);
});

test('what a user says of the lifecycle stands beside ours', () => {
  const stack = newStack();
  const resource = (id: string, lifecycle: object) => {
    const made: TerraformResource = new PlainResource(stack, id, {
      type: 'x_y',
      attributes: () => ({}),
      dependsOn: () => ['x_y.b'],
      lifecycle: () => ({ replaceTriggeredBy: ['x_y.r'], ignoreChanges: ['clone'], preconditions: [{ condition: '${a}', errorMessage: 'A.' }] }),
    });
    made.lifecycle = lifecycle;
    made.dependsOn = ['x_y.c', 'x_y.b'];
  };
  resource('Some', {
    createBeforeDestroy: true,
    ignoreChanges: ['tags'],
    replaceTriggeredBy: ['x_y.s'],
    precondition: [{ condition: '${b}', errorMessage: 'B.' }],
    postcondition: [{ condition: '${c}', errorMessage: 'C.' }],
  });
  resource('All', { ignoreChanges: 'all' });
  const { Some, All } = synthesize(stack).terraform.resource.x_y;
  expect(Some).toEqual({
    depends_on: ['x_y.b', 'x_y.c'],
    lifecycle: {
      create_before_destroy: true,
      ignore_changes: ['clone', 'tags'],
      postcondition: [{ condition: '${c}', error_message: 'C.' }],
      precondition: [{ condition: '${a}', error_message: 'A.' }, { condition: '${b}', error_message: 'B.' }],
      replace_triggered_by: ['x_y.r', 'x_y.s'],
    },
  });
  expect(All.lifecycle).toEqual({
    ignore_changes: 'all', precondition: [{ condition: '${a}', error_message: 'A.' }], replace_triggered_by: ['x_y.r'],
  });
});

test('stacks', () => {
  const app = newApp();
  const [a, b] = ['a', 'b'].map((id) => newStack(app, id));
  const nested = new Construct(a, 'Nested');
  expect([inSameStack(a, nested), inSameStack(nested, b)]).toEqual([true, false]);
  expect(() => inSameStack(app, a)).toThrow(/No stack could be identified/);
});
