import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Credentials, ProxmoxVe, Secret, VirtualMachine, VmIdPlan, VmIdRange } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { cluster, existing, stackWithCluster } from '../support/fixtures';
import { providerSchemaProblems } from '../support/provider-schema';
import { newApp, newStack, synthesize, synthesized } from '../support/synth';

const TERRAFORM = {
  backend: { local: { path: '../../../terraform.homelab.tfstate' } },
  required_providers: { proxmox: { source: 'bpg/proxmox', version: '>= 0.112.0, < 1.0.0' } },
};

function secretVariable(name: string) {
  return { [name]: { description: `Secret, given as TF_VAR_${name}.`, nullable: false, sensitive: true, type: 'string' } };
}

test('with what is required: a provider that logs in by a token from the environment', () => {
  const stack = newStack();
  const pve = new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });
  const { terraform, packer } = synthesize(stack);
  expect(terraform).toEqual({
    provider: { proxmox: [{ api_token: '${var.proxmox_api_token}', endpoint: 'https://pve.lan:8006' }] },
    terraform: TERRAFORM,
    variable: secretVariable('proxmox_api_token'),
  });
  expect(providerSchemaProblems(terraform)).toEqual([]);
  expect(packer).toEqual({});
  const { endpoint, nodeName, storage, imageStorage, isoStorage, snippetStorage, bridge, pool, insecure, owner } = pve;
  expect({ endpoint, nodeName, storage, imageStorage, isoStorage, snippetStorage, bridge, pool, insecure, owner }).toEqual({
    endpoint: 'https://pve.lan:8006',
    nodeName: 'pve',
    storage: 'local-zfs',
    imageStorage: 'local',
    isoStorage: 'local',
    snippetStorage: 'local',
    bridge: 'vmbr0',
    pool: undefined,
    insecure: false,
    owner: 'homelab',
  });
});

test('with every property', () => {
  const stack = newStack();
  const pve = new ProxmoxVe(stack, 'Pve', {
    endpoint: 'https://[2001:DB8::1]:8006/',
    node: 'node-1',
    storage: 'tank',
    imageStorage: 'images',
    isoStorage: 'isos',
    snippetStorage: 'snippets',
    bridge: 'vmbr1',
    pool: 'lab',
    credentials: Credentials.userPassword('root@pam', Secret.fromEnvironment('pve_password')),
    insecure: true,
    ssh: { username: 'terraform', privateKey: Secret.fromFile('/run/secrets/key'), password: Secret.fromEnvironment('ssh_password') },
    vmIdPlan: new VmIdPlan({ cloudImages: VmIdRange.of(8000, 8099) }),
    owner: 'house',
  });
  const template = existing(stack, {}, 'Existing', 500);
  new VirtualMachine(stack, 'Web', { template, cloudInit: { userData: '#cloud-config\n' } });
  const { terraform } = synthesize(stack);
  expect(terraform.provider).toEqual({
    proxmox: [{
      endpoint: 'https://[2001:db8::1]:8006',
      insecure: true,
      username: 'root@pam',
      password: '${var.pve_password}',
      ssh: [{
        username: 'terraform',
        private_key: '${sensitive(trimspace(file(pathexpand("/run/secrets/key"))))}',
        password: '${var.ssh_password}',
      }],
    }],
  });
  expect(terraform.variable).toEqual({ ...secretVariable('pve_password'), ...secretVariable('ssh_password') });
  expect(terraform.resource.proxmox_virtual_environment_vm.Web).toMatchObject({
    node_name: 'node-1', pool_id: 'lab', tags: ['house_web'], network_device: [{ bridge: 'vmbr1' }], disk: [{ datastore_id: 'tank' }],
  });
  expect(Object.values(terraform.resource.proxmox_virtual_environment_file)).toEqual([{
    content_type: 'snippets',
    datastore_id: 'snippets',
    node_name: 'node-1',
    source_raw: [{ data: '#cloud-config\n', file_name: 'house_web.user-data.yaml' }],
  }]);
  expect(providerSchemaProblems(terraform)).toEqual([]);
  expect(pve.vmIdPlan.rangeFor('cloud images' as any)?.toString()).toBe('8000-8099');
});

test('SSH is configured only where something needs it, and asks the agent where no key is given', () => {
  const without = stackWithCluster({ ssh: {} });
  expect(synthesize(without).terraform.provider.proxmox[0].ssh).toBeUndefined();
  const needed = stackWithCluster({ ssh: {} });
  new VirtualMachine(needed, 'Web', { template: existing(needed), cloudInit: { userData: '#cloud-config\n' } });
  expect(synthesize(needed).terraform.provider.proxmox[0].ssh).toEqual([{ username: 'root', agent: true }]);
});

test('a token in a file', () => {
  const { terraform } = synthesized((stack) => cluster(stack, { credentials: Credentials.apiToken(Secret.fromFile('~/.pve "token" ${x}')) }));
  expect(terraform.provider.proxmox[0].api_token).toBe('${sensitive(trimspace(file(pathexpand("~/.pve \\"token\\" $${x}"))))}');
  expect(terraform.variable).toBeUndefined();
});

test('two clusters in one stack have a provider each, and what belongs to the second says so', () => {
  const stack = newStack();
  const one = cluster(stack, {}, 'One');
  const two = cluster(stack, { endpoint: 'https://two.lan:8006' }, 'Two');
  new VirtualMachine(stack, 'A', { template: existing(stack, { proxmoxVe: one }, 'TemplateOne'), vmId: 200 });
  new VirtualMachine(stack, 'B', { template: existing(stack, { proxmoxVe: two }, 'TemplateTwo'), vmId: 200 });
  const { terraform } = synthesize(stack);
  expect(terraform.provider.proxmox).toEqual([
    { api_token: '${var.proxmox_api_token}', endpoint: 'https://pve.lan:8006' },
    { alias: 'Two', api_token: '${var.proxmox_api_token}', endpoint: 'https://two.lan:8006' },
  ]);
  const { A, B } = terraform.resource.proxmox_virtual_environment_vm;
  expect([A.provider, B.provider]).toEqual([undefined, 'proxmox.Two']);
  expect(terraform.data).toEqual({
    proxmox_virtual_environment_containers: { One_Containers: {}, Two_Containers: { provider: 'proxmox.Two' } },
    proxmox_virtual_environment_vms: { One_Vms: {}, Two_Vms: { provider: 'proxmox.Two' } },
  });
  expect(B.lifecycle.precondition[0].condition).toContain('data.proxmox_virtual_environment_vms.Two_Vms.vms');
  expect(providerSchemaProblems(terraform)).toEqual([]);
});

test('the address is the same however it is written', () => {
  const endpoints = ['https://pve.lan:8006', 'https://pve.lan:8006/', 'https://PVE.lan:8006', 'https://10.0.0.1', 'https://10.0.0.1:443/'];
  expect(endpoints.map((endpoint) => cluster(newStack(), { endpoint }).endpoint)).toEqual([
    'https://pve.lan:8006', 'https://pve.lan:8006', 'https://pve.lan:8006', 'https://10.0.0.1', 'https://10.0.0.1',
  ]);
});

test('the owner is made of the stack\'s id', () => {
  expect(cluster(newStack(newApp(), 'HomeLab_2')).owner).toBe('home-lab-2');
  expect(cluster(newStack(newApp(), `a${'b'.repeat(60)}`)).owner).toHaveLength(40);
});

test('an owner tag is made of owner and path, and short enough however deep the path is', () => {
  const stack = stackWithCluster();
  const deep = ['First', 'Second', 'Third', 'Fourth', 'Fifth'].reduce((scope, id) => new Construct(scope, `${id}${'x'.repeat(30)}`), stack as Construct);
  new VirtualMachine(deep, 'Web', { template: existing(stack), machineName: 'web' });
  new VirtualMachine(deep, 'Web2', { template: existing(stack, {}, 'Other'), machineName: 'web2' });
  const { terraform } = synthesize(stack);
  const tags = Object.values<any>(terraform.resource.proxmox_virtual_environment_vm).flatMap((vm) => vm.tags);
  expect(tags.map((tag) => tag.length)).toEqual([124, 124]);
  expect(new Set(tags).size).toBe(2);
  expect(tags[0]).toMatch(/^homelab_firstx+-secondx+-thirdx+-[0-9a-f]{12}$/);
});

describe('refused', () => {
  const needed = { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' };
  const reference = () => new TerraformVariable(newStack(), 'x', { type: 'string' }).stringValue;

  test.each<[string, object, string]>([
    ['http', { endpoint: 'http://pve.lan:8006' }, 'endpoint-form endpoint "http://pve.lan:8006"'],
    ['a path', { endpoint: 'https://pve.lan:8006/api2/json' }, 'endpoint-form endpoint "https://pve.lan:8006/api2/json"'],
    ['a port that does not exist', { endpoint: 'https://pve.lan:80061' }, 'endpoint-form endpoint "https://pve.lan:80061"'],
    ['a user', { endpoint: 'https://root@pve.lan' }, 'endpoint-form endpoint "https://root@pve.lan"'],
    ['no host', { endpoint: 'https://:8006' }, 'endpoint-form endpoint "https://:8006"'],
    ['a broken IPv6 address', { endpoint: 'https://[1:2:3]:8006' }, 'endpoint-form endpoint "https://[1:2:3]:8006"'],
    ['a template', { endpoint: 'https://${x}' }, 'endpoint-form endpoint "https://${x}"'],
    ['a line break', { endpoint: 'https://pve.lan:8006\n' }, 'endpoint-form endpoint "https://pve.lan:8006\\n"'],
    ['nothing', { endpoint: '' }, 'endpoint-form endpoint ""'],
    ['nothing', { node: '' }, 'node-name node ""'],
    ['a domain', { node: 'pve.lan' }, 'node-name node "pve.lan"'],
    ['unicode', { node: 'pvé' }, 'node-name node "pvé"'],
    ['a volume', { storage: 'local:iso' }, 'storage-name storage "local:iso"'],
    ['one letter', { storage: 'a' }, 'storage-name storage "a"'],
    ['a template', { imageStorage: '${x}' }, 'storage-name imageStorage "${x}"'],
    ['white space', { isoStorage: 'my isos' }, 'storage-name isoStorage "my isos"'],
    ['nothing', { snippetStorage: '' }, 'storage-name snippetStorage ""'],
    ['too long', { bridge: 'vmbr-0123456789x' }, 'bridge-name bridge "vmbr-0123456789x"'],
    ['a digit first', { bridge: '0vmbr' }, 'bridge-name bridge "0vmbr"'],
    ['nested', { pool: 'a/b' }, 'pool-name pool "a/b"'],
    ['capitals', { owner: 'House' }, 'owner-name owner "House"'],
    ['too long', { owner: 'x'.repeat(41) }, `owner-name owner "${'x'.repeat(41)}"`],
    ['a realm', { ssh: { username: 'root@pam' } }, 'ssh-user ssh.username "root@pam"'],
    ['a template', { ssh: { username: '${x}' } }, 'ssh-user ssh.username "${x}"'],
  ])('%s: %j', (_, props, mistake) => {
    expect(mistakes(() => new ProxmoxVe(newStack(), 'Pve', { ...needed, ...props }))).toEqual([mistake]);
  });

  test.each(['endpoint', 'node', 'storage', 'imageStorage', 'isoStorage', 'bridge', 'pool', 'owner'])('a reference to Terraform as %s, which Packer has to know', (property) => {
    expect(mistakes(() => new ProxmoxVe(newStack(), 'Pve', { ...needed, [property]: reference() })))
      .toEqual([`not-known-at-synth ${property} a Terraform reference (known only when Terraform runs)`]);
  });

  test('a reference is taken where only Terraform reads it', () => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, 'storage_of_snippets', { type: 'string' });
    cluster(stack, { snippetStorage: variable.stringValue, ssh: { username: variable.stringValue } });
    new VirtualMachine(stack, 'Web', { template: existing(stack), cloudInit: { userData: '#cloud-config\n' } });
    const { terraform } = synthesize(stack);
    expect(terraform.provider.proxmox[0].ssh[0].username).toBe('${var.storage_of_snippets}');
    expect(Object.values<any>(terraform.resource.proxmox_virtual_environment_file)[0].datastore_id).toBe('${var.storage_of_snippets}');
  });

  test('values of another kind, in plain JavaScript', () => {
    expect(mistakes(() => new ProxmoxVe(newStack(), 'Pve', {
      node: 1,
      storage: null,
      imageStorage: {},
      isoStorage: [],
      snippetStorage: false,
      bridge: 0,
      pool: () => 1,
      credentials: 'root@pam!t=0123-4567',
      insecure: 'false',
      ssh: 'root',
      vmIdPlan: {},
      owner: 7,
    } as any))).toEqual([
      'value-missing endpoint',
      'value-kind node 1',
      'value-kind storage null',
      'value-kind imageStorage {}',
      'value-kind isoStorage []',
      'value-kind snippetStorage false',
      'value-kind bridge 0',
      'value-kind pool a function',
      'value-kind credentials',
      'value-kind insecure "false"',
      'value-kind ssh "root"',
      'value-kind vmIdPlan {}',
      'value-kind owner 7',
    ]);
    expect(mistakes(() => new (ProxmoxVe as any)(newStack(), 'Pve'))).toEqual(['value-kind props nothing']);
    expect(mistakes(() => new ProxmoxVe(newStack(), 'Pve', { ...needed, ssh: { username: 1, privateKey: '-----BEGIN', password: 'hunter22' } } as any))).toEqual([
      'value-kind ssh.username 1', 'value-kind ssh.privateKey', 'value-kind ssh.password',
    ]);
  });

  test('all mistakes together, each with its remedy', () => {
    const error = expectError(() => new ProxmoxVe(newStack(), 'Pve', { endpoint: 'pve.lan', node: 'pve_1', storage: 'tank', pool: 'a/b' }));
    expect(error.message).toBe(`homelab/Pve: 3 mistakes
[endpoint-form] endpoint, got: "pve.lan"
  The endpoint is the https address of the Proxmox VE API without a path, such as https://pve.lan:8006.
  Remedy: Write scheme, host and port only; \`/api2/json\` is added where a tool needs it.
[node-name] node, got: "pve_1"
  A node has a host name: letters, digits and hyphens, at most 63 characters.
  Remedy: Write the name shown in the web interface under Datacenter, such as pve.
[pool-name] pool, got: "a/b"
  Packer can put a machine only into a resource pool whose name has letters, digits, \`-\` and \`_\`; nested pools (a/b) it cannot name.
  Remedy: Choose a pool on the top level.`);
  });

  test('no cluster in the stack, several, one of another stack, and none at all', () => {
    expect(expectError(() => existing(newStack())).message).toMatch(
      /^homelab\/Existing: \[proxmox-ve-missing\] proxmoxVe, got: nothing\n {2}Images and machines belong to a cluster\.\n {2}Remedy: Create a ProxmoxVe in the same stack first/,
    );
    const several = newStack();
    cluster(several, {}, 'One');
    const two = cluster(several, {}, 'Two');
    expect(expectError(() => existing(several)).message).toMatch(
      /\[proxmox-ve-ambiguous\] proxmoxVe, got: "homelab\/One, homelab\/Two"\n {2}The stack has several clusters, and nothing says which one is meant\./,
    );
    const other = newStack(newApp(), 'other');
    cluster(other);
    expect(expectError(() => existing(other, { proxmoxVe: two })).message).toMatch(
      /\[proxmox-ve-in-another-stack\] proxmoxVe, got: "homelab\/Two"\n {2}A construct uses a ProxmoxVe of its own stack/,
    );
    expect(mistakes(() => existing(several, { proxmoxVe: {} as any }, 'Other'))).toEqual(['value-kind proxmoxVe {}']);
  });

  test('own user data without a way to upload it', () => {
    const stack = stackWithCluster();
    const error = expectError(() => new VirtualMachine(stack, 'Web', { template: existing(stack), cloudInit: { userData: '#cloud-config\n' } }));
    expect(error.message).toBe(`homelab/Web: [ssh-missing] cloudInit.userData
  Proxmox VE takes snippets only over SSH, so the provider has to reach the node by it. (homelab/Pve)
  Remedy: Give ProxmoxVe an \`ssh\`, or do without the snippet.`);
  });

  test('an id of which no name can be made', () => {
    const stack = stackWithCluster();
    expect(mistakes(() => new VirtualMachine(stack, '東京', { template: existing(stack) }))).toEqual(['not-a-name id "東京"']);
  });
});
