import { App, Fn, TerraformStack } from 'cdktf';
import { parse } from 'yaml';
import {
  CloudImageTemplate, GoldenImage, IsoTemplate, K3sAgentProps, K3sComponent, K3sNode, K3sRelease, K3sServerProps, ProvisioningProfile, Secret, ValidationError,
  VirtualMachine, VirtualMachineProps, VmTemplate, guestos, packer,
} from '../../lib';
import { ANY_VALUES, withEvery, withValue } from '../support/any-value';
import { expectError, mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { GUEST, REFERENCES, SSH_KEY, cluster, existing } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';

const token = Secret.fromEnvironment('k3s_token');
const SERVER: K3sServerProps = { hostname: 'server', token };
const AGENT: K3sAgentProps = { hostname: 'agent', token, serverUrl: 'https://192.168.1.20:6443' };

/** What the machine gets: the user data, and in it the configuration of k3s. The reference to the token is cut out. */
function read(text: string): { user: any; config: any } {
  expect(text.startsWith('#cloud-config\n')).toBe(true);
  const user = parse(text);
  const [secret, file] = user.write_files;
  expect(secret).toEqual({ path: '/etc/rancher/k3s/cluster-token', permissions: '0600', encoding: 'b64', content: expect.stringMatching(/^\$\{TfToken\[TOKEN\.\d+\]\}$/) });
  expect(file).toEqual({ path: '/etc/rancher/k3s/config.yaml', permissions: '0600', content: expect.any(String) });
  return { user: { ...user, write_files: undefined }, config: parse(file.content) };
}

/** The user data in the configuration of Terraform. */
function synthesized(make: (scope: TerraformStack) => string): { data: string; variables: any } {
  const stack = newStack();
  cluster(stack, { ssh: {} });
  new VirtualMachine(stack, 'Node', { template: existing(stack), cloudInit: { userData: make(stack) } });
  const { terraform } = synthesize(stack);
  const [file] = Object.values<any>(terraform.resource.proxmox_virtual_environment_file);
  return { data: file.source_raw[0].data, variables: terraform.variable };
}

test('a server, with what it needs', () => {
  const { data, variables } = synthesized(() => K3sNode.server(SERVER));
  expect(data).toBe(`#cloud-config
hostname: "server"
manage_etc_hosts: true
users:
  - "default"
write_files:
  - path: "/etc/rancher/k3s/cluster-token"
    permissions: "0600"
    encoding: "b64"
    content: "\${base64encode(var.k3s_token)}"
  - path: "/etc/rancher/k3s/config.yaml"
    permissions: "0600"
    content: |
      token-file: "/etc/rancher/k3s/cluster-token"
      write-kubeconfig-mode: "0600"
runcmd:
  - - "systemctl"
    - "enable"
    - "--now"
    - "--no-block"
    - "k3s.service"
`);
  expect(variables.k3s_token).toEqual({ description: 'Secret, given as TF_VAR_k3s_token.', nullable: false, sensitive: true, type: 'string' });
});

test('a server, with all there is', () => {
  const { data } = synthesized(() => K3sNode.server({
    ...SERVER,
    token: Secret.fromFile('~/a "token" of ${x}'),
    username: 'ops',
    sshKeys: [`${SSH_KEY} ünï\u0085 \u{1f600} $\{x} {{ y }}\n`],
    nodeLabels: { 'zone': 'rack-1', 'example.com/empty': '', 'topology.kubernetes.io/zone': '1.0', 'node.kubernetes.io/x': 'true' },
    nodeTaints: ['CriticalAddonsOnly=true:NoExecute', 'example.com/a:NoSchedule', 'b=:PreferNoSchedule'],
    clusterInit: true,
    tlsSans: ['k3s.home.arpa', '192.168.1.20', '2001:db8::1'],
    disabledComponents: [K3sComponent.TRAEFIK, K3sComponent.SERVICELB],
  }));
  expect(data).toBe(`#cloud-config
hostname: "server"
manage_etc_hosts: true
users:
  - "default"
user: "ops"
ssh_authorized_keys:
  - "${SSH_KEY} \\u00fcn\\u00ef\\u0085 \\U0001f600 $\${x} {{ y }}"
write_files:
  - path: "/etc/rancher/k3s/cluster-token"
    permissions: "0600"
    encoding: "b64"
    content: "\${base64encode(sensitive(trimspace(file(pathexpand("~/a \\"token\\" of $\${x}")))))}"
  - path: "/etc/rancher/k3s/config.yaml"
    permissions: "0600"
    content: |
      token-file: "/etc/rancher/k3s/cluster-token"
      cluster-init: true
      write-kubeconfig-mode: "0600"
      tls-san:
        - "k3s.home.arpa"
        - "192.168.1.20"
        - "2001:db8::1"
      disable:
        - "traefik"
        - "servicelb"
      node-label:
        - "example.com/empty="
        - "node.kubernetes.io/x=true"
        - "topology.kubernetes.io/zone=1.0"
        - "zone=rack-1"
      node-taint:
        - "CriticalAddonsOnly=true:NoExecute"
        - "example.com/a:NoSchedule"
        - "b=:PreferNoSchedule"
runcmd:
  - - "systemctl"
    - "enable"
    - "--now"
    - "--no-block"
    - "k3s.service"
`);
});

test('an agent joins by a reference to the address of a server', () => {
  const { data } = synthesized((stack) => {
    const server = new VirtualMachine(stack, 'Server', { template: existing(stack, {}, 'Another') });
    return K3sNode.agent({ ...AGENT, serverUrl: `https://${Fn.element(server.ipv4Addresses, 0)}:6443` });
  });
  expect(data).toContain(
    '\n      server: "https://${element([for a in flatten(proxmox_virtual_environment_vm.Server.ipv4_addresses) : a if !startswith(a, "127.")], 0)}:6443"\n',
  );
  expect(data).toContain('    - "k3s-agent.service"\n');
  const { user, config } = read(K3sNode.agent(AGENT));
  expect(user).toEqual({ hostname: 'agent', manage_etc_hosts: true, users: ['default'], runcmd: [['systemctl', 'enable', '--now', '--no-block', 'k3s-agent.service']] });
  expect(config).toEqual({ 'token-file': '/etc/rancher/k3s/cluster-token', 'server': AGENT.serverUrl });
});

test('the token is in no file, and each stack has a variable for it', () => {
  process.env.TF_VAR_k3s_token = 'PlantedToken';
  try {
    const app = newApp();
    const userData = K3sNode.server({ ...SERVER, serverUrl: 'https://[2001:db8::1]' });
    const other = K3sNode.agent(AGENT);
    const stacks = ['one', 'two'].map((id) => newStack(app, id));
    stacks.forEach((stack, i) => {
      cluster(stack, { endpoint: `https://pve${i}.lan:8006`, ssh: {} });
      new VirtualMachine(stack, 'Node', { template: existing(stack), cloudInit: { userData } });
      new VirtualMachine(stack, 'Other', { template: existing(stack, {}, 'Another'), cloudInit: { userData: other } });
    });
    for (const stack of stacks) {
      const { terraform, text } = synthesize(stack);
      expect(text).not.toContain('PlantedToken');
      expect(Object.keys(terraform.variable)).toEqual(['k3s_token', 'proxmox_api_token']);
      expect(text.match(/base64encode\(var\.k3s_token\)/g)).toHaveLength(2);
    }
  } finally {
    delete process.env.TF_VAR_k3s_token;
  }
});

test.each<[object, string[]]>([
  [{ hostname: 'Server' }, ['k3s-hostname-form hostname "Server"']],
  [{ hostname: 'server.home.arpa' }, ['k3s-hostname-form hostname "server.home.arpa"']],
  [{ hostname: 'a'.repeat(64) }, [`k3s-hostname-form hostname "${'a'.repeat(64)}"`]],
  [{ hostname: 'server\n' }, ['k3s-hostname-form hostname "server\\n"']],
  [{ hostname: undefined, token: undefined }, ['value-missing hostname', 'value-missing token']],
  [{ token: 'K10secret' }, ['value-kind token']],
  [{ username: 'Ops', sshKeys: ['ssh-rsa', `${SSH_KEY} ${new packer.Variable('x')}`] }, [
    'cloud-init-username username "Ops"', 'ssh-key-form sshKeys[0]', 'packer-expression-out-of-place sshKeys[1]',
  ]],
  [{ clusterInit: true, serverUrl: 'https://first:6443' }, ['k3s-cluster-init-and-join clusterInit true']],
  [{ serverUrl: 'http://server:6443' }, ['k3s-server-url-form serverUrl "http://server:6443"']],
  [{ serverUrl: 'https://server:99999' }, ['k3s-server-url-form serverUrl "https://server:99999"']],
  [{ serverUrl: 'https://ops:secret@server' }, ['k3s-server-url-form serverUrl "https://ops:secret@server"']],
  [{ serverUrl: 'https://[fe80::1%eth0]:6443' }, ['k3s-server-url-form serverUrl "https://[fe80::1%eth0]:6443"']],
  [{ serverUrl: 'https://[1.2.3.4]:6443' }, ['k3s-server-url-form serverUrl "https://[1.2.3.4]:6443"']],
  [{ serverUrl: 'https://192.168.1.300:6443' }, ['k3s-server-url-form serverUrl "https://192.168.1.300:6443"']],
  ...['localhost', 'LocalHost:6443', '127.0.0.1:6443', '127.1.2.3', '0.0.0.0:6443', '[::1]:6443', '[0:0:0:0:0:0:0:1]', '[::]:6443', 'server:6443', 'SERVER/'].map(
    (host): [object, string[]] => [{ serverUrl: `https://${host}` }, [`k3s-server-url-self serverUrl "https://${host}"`]],
  ),
  [{ tlsSans: ['192.168.1.20', '192.168.1.300'] }, ['k3s-tls-san-form tlsSans[1] "192.168.1.300"']],
  [{ username: 'root' }, ['k3s-user-root username "root"']],
  [{ hostName: 'a' } as any, ['property-unknown hostName']],
  [{ serverUrl: 'https://a"b' }, ['k3s-server-url-form serverUrl "https://a\\"b"']],
  [{ tlsSans: ['ok.lan', 'https://k3s.lan', ''] }, ['k3s-tls-san-form tlsSans[1] "https://k3s.lan"', 'k3s-tls-san-form tlsSans[2] ""']],
  [{ disabledComponents: ['ingress'] }, ['value-kind disabledComponents[0] "ingress"']],
  [{ nodeLabels: { 'a b': 'c' } }, ['k3s-node-label-form nodeLabels "a b=c"']],
  [{ nodeLabels: { a: 'b=c' } }, ['k3s-node-label-form nodeLabels "a=b=c"']],
  [{ nodeLabels: { 'a/b/c': '' } }, ['k3s-node-label-form nodeLabels "a/b/c="']],
  [{ nodeLabels: { 'Example.com/a': '' } }, ['k3s-node-label-form nodeLabels "Example.com/a="']],
  [{ nodeLabels: { 'node-role.kubernetes.io/worker': 'true' } }, ['k3s-node-label-reserved nodeLabels "node-role.kubernetes.io/worker=true"']],
  [{ nodeLabels: { a: 1 } }, ['value-kind nodeLabels["a"] 1']],
  [{ nodeLabels: ['a'] }, ['value-kind nodeLabels ["a"]']],
  [{ nodeTaints: ['a:Never', 'a b:NoSchedule', 'a=b=c:NoSchedule', ':NoSchedule'] }, [
    'k3s-node-taint-form nodeTaints[0] "a:Never"', 'k3s-node-taint-form nodeTaints[1] "a b:NoSchedule"',
    'k3s-node-taint-form nodeTaints[2] "a=b=c:NoSchedule"', 'k3s-node-taint-form nodeTaints[3] ":NoSchedule"',
  ]],
  [{ nodeTaints: ['a=b:NoSchedule', 'a=b:NoExecute', 'x.io/a=b:NoSchedule', 'a=c:NoSchedule', 'a:NoSchedule', 'a b:NoSchedule', 'a b:NoSchedule'] }, [
    'k3s-node-taint-twice nodeTaints[3] "a=c:NoSchedule"', 'k3s-node-taint-twice nodeTaints[4] "a:NoSchedule"',
    'k3s-node-taint-form nodeTaints[5] "a b:NoSchedule"', 'k3s-node-taint-form nodeTaints[6] "a b:NoSchedule"',
  ]],
])('no server with %j', (own, expected) => {
  expect(mistakes(() => K3sNode.server({ ...SERVER, ...own }))).toEqual(expected);
});

test('no agent without a server', () => {
  expect(mistakes(() => K3sNode.agent({ hostname: 'agent', token } as any))).toEqual(['value-missing serverUrl']);
  expect(expectError(() => K3sNode.agent({ ...AGENT, hostname: 'Agent', serverUrl: '192.168.1.20' })).message).toBe(`K3sNode.agent: 2 mistakes
[k3s-hostname-form] hostname, got: "Agent"
  A node has a host name of 1 to 63 lower-case letters, digits and hyphens, not beginning or ending with a hyphen. No two nodes of a cluster have the same.
  Remedy: Choose a name such as k3s-server-1; it may be that of the machine.
[k3s-server-url-form] serverUrl, got: "192.168.1.20"
  A node joins by the https address of a server, of which only the port may follow.
  Remedy: Write it as https://192.168.1.20:6443.`);
});

test('an agent joins by no address of its own', () => {
  expect(mistakes(() => K3sNode.agent({ ...AGENT, serverUrl: 'https://agent:6443' }))).toEqual(['k3s-server-url-self serverUrl "https://agent:6443"']);
  const urls = ['127.0.0.1:7443', 'agent.lan:6443', 'agent-1', 'localhost.lan', '128.0.0.1', '[::2]:6443', '[fd00::1]'].map((host) => `https://${host}`);
  expect(urls.map((serverUrl) => read(K3sNode.agent({ ...AGENT, serverUrl })).config.server)).toEqual(urls);
});

/** Text that means something to YAML, to Terraform or to a shell, in places where it may pass the checks. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('a', '1', '0', ':', '-', '.', '_', '/', '"', "'", '\\', '\n', '\r', '\t', ' ', '#', '${', '%{', '{{', '&', '*', '!', '|', 'ü', '\u0085', '\u2028', '\ud800', '\u{1f600}') }),
  fc.constantFrom('true', 'null', '1e3', '0x1f', '012', '2026-01-01', '1:30', 'on', '~', 'NaN', '-', '---', '...', 'a', 'a.b', '1.0'),
);

test('whatever is taken comes out as it was, and the rest is refused', () => {
  let taken = 0;
  fc.assert(fc.property(hostile, hostile, hostile, hostile, hostile, (hostname, comment, label, value, host) => {
    const key = `${SSH_KEY} ${comment}`;
    const props: K3sServerProps = {
      hostname, token, sshKeys: [key], nodeLabels: { [label]: value }, nodeTaints: [`${label}=${value}:NoExecute`], serverUrl: `https://${host}`, tlsSans: [host],
    };
    const each: K3sServerProps[] = [props, ...(Object.keys(props) as (keyof K3sServerProps)[]).map((name) => ({ ...SERVER, [name]: props[name] }))];
    for (const some of each) {
      let text: string;
      try {
        text = K3sNode.server(some);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        continue;
      }
      taken += 1;
      // eslint-disable-next-line no-control-regex
      expect(text).toMatch(/^[\n -~]*$/);
      const { user, config } = read(text);
      expect(user.hostname).toBe(some.hostname);
      expect(user.ssh_authorized_keys).toEqual(some.sshKeys?.map((k) => k.trim()));
      expect(config).toEqual({
        'token-file': '/etc/rancher/k3s/cluster-token',
        'write-kubeconfig-mode': '0600',
        ...(some.serverUrl === undefined ? {} : { server: some.serverUrl }),
        ...(some.tlsSans === undefined ? {} : { 'tls-san': some.tlsSans }),
        ...(some.nodeLabels === undefined ? {} : { 'node-label': Object.entries(some.nodeLabels).map(([n, v]) => `${n}=${v}`) }),
        ...(some.nodeTaints === undefined ? {} : { 'node-taint': some.nodeTaints }),
      });
    }
  }), { numRuns: 150 });
  expect(taken).toBeGreaterThan(150);
});

test('a token from a file of any path', () => {
  fc.assert(fc.property(hostile, (name) => {
    let secret: Secret;
    try {
      secret = Secret.fromFile(`~/${name}`);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return;
    }
    const { data } = synthesized(() => K3sNode.server({ ...SERVER, token: secret }));
    const [, argument] = /content: "\$\{base64encode\(sensitive\(trimspace\(file\(pathexpand\((".*")\)\)\)\)\)\}"\n/s.exec(data) ?? [];
    expect(JSON.parse(argument).replace(/([$%])\1\{/g, '$1{')).toBe(`~/${name}`);
  }), { numRuns: 25 });
});

test('any value is taken or refused', () => {
  const values = [...ANY_VALUES, REFERENCES.text, REFERENCES.number, REFERENCES.list, `${new packer.Variable('x')}`];
  const { thrown, taken } = withEvery([
    'hostname', 'token', 'username', 'sshKeys', 'sshKeys.0', 'nodeLabels', 'nodeLabels.a', 'nodeTaints', 'nodeTaints.0', 'clusterInit', 'serverUrl', 'tlsSans',
    'tlsSans.0', 'disabledComponents', 'disabledComponents.0',
  ], values, (property, value) => {
    K3sNode.server(withValue(SERVER, property, value));
    if (!/^(clusterInit|tlsSans|disabled)/.test(property)) K3sNode.agent(withValue(AGENT, property, value));
  });
  expect(thrown).toEqual([]);
  expect(taken).toBeGreaterThan(0);
});

test('a node needs a template with k3s', () => {
  const { V1_37_1: release } = K3sRelease;
  const stack = newStack();
  cluster(stack, { ssh: {} });
  const cloudInit = { userData: K3sNode.server(SERVER) };
  const published = new CloudImageTemplate(stack, 'Published', { operatingSystem: guestos.Debian.V13, vmId: 9109 });
  expect(mistakes(() => new VirtualMachine(stack, 'Bare', { template: published, cloudInit }))).toEqual(['k3s-not-installed template "homelab/Published"']);
  const named = existing(stack, { guest: { ...GUEST, hasK3s: false } });
  expect(mistakes(() => new VirtualMachine(stack, 'Named', { template: named, cloudInit }))).toEqual(['k3s-not-installed template "homelab/Existing"']);

  const windows = new IsoTemplate(stack, 'Windows', { operatingSystem: guestos.WindowsServer.V2025, vmId: 9002 });
  const iis = new GoldenImage(stack, 'Iis', { baseTemplate: windows, vmId: 9113 });
  expect([windows, iis].map((template, i) => mistakes(() => new VirtualMachine(stack, `Windows${i}`, { template, cloudInit })))).toEqual([
    ['k3s-not-installed template "homelab/Windows"'], ['k3s-not-installed template "homelab/Iis"'],
  ]);

  const baked = new GoldenImage(stack, 'Baked', { baseTemplate: published, vmId: 9110, profile: ProvisioningProfile.standard({ k3s: { release } }) });
  const again = new GoldenImage(stack, 'Again', { baseTemplate: baked, vmId: 9111, profile: ProvisioningProfile.minimal() });
  const bySteps = new GoldenImage(stack, 'BySteps', { baseTemplate: published, vmId: 9112, profile: ProvisioningProfile.minimal() });
  const installed = new IsoTemplate(stack, 'Installed', { operatingSystem: guestos.AlmaLinux.V9, vmId: 9001, profile: ProvisioningProfile.standard({ k3s: { release } }) });
  expect([baked, again, bySteps, installed].map(({ guest }) => guest.hasK3s)).toEqual([true, true, undefined, true]);
  [baked, again, bySteps, installed].forEach((template, i) => new VirtualMachine(stack, `Node${i}`, { template, cloudInit }));
  new VirtualMachine(stack, 'Other', { template: published, cloudInit: { userData: '#cloud-config\n' } });
});

test('two nodes of one name in a cluster', () => {
  const stack = newStack();
  cluster(stack, { ssh: {} });
  const template = existing(stack);
  const add = (id: string, userData: string, on = template) => new VirtualMachine(TerraformStack.of(on), id, { template: on, cloudInit: { userData } });
  const agent = K3sNode.agent(AGENT);
  const server = K3sNode.server({ ...SERVER, serverUrl: AGENT.serverUrl });
  add('Agent1', agent);
  add('Server1', server);
  expect(mistakes(() => add('Server2', server))).toEqual(['k3s-node-twice cloudInit.userData "server"']);
  expect(expectError(() => add('Agent2', agent)).message).toBe(`homelab/Agent2: [k3s-node-twice] cloudInit.userData, got: "agent"
  A node has the cluster to itself under its host name: the servers refuse another of the same name. homelab/Agent1 is agent already.
  Remedy: Call K3sNode.server or K3sNode.agent for each machine, with a hostname of its own. Another cluster has another token.`);

  add('Agent3', K3sNode.agent({ ...AGENT, hostname: 'agent3' }));
  // Each of these is a cluster of its own.
  const alone = K3sNode.server({ ...SERVER, hostname: 'alone' });
  ['Alone1', 'Alone2'].forEach((id) => add(id, alone));
  // Another site may have the same addresses.
  const elsewhere = newStack(App.of(stack), 'elsewhere');
  cluster(elsewhere, { endpoint: 'https://elsewhere.lan:8006', ssh: {} });
  add('Agent1', agent, existing(elsewhere));
});

const server = (own: Partial<K3sServerProps> = {}) => K3sNode.server({ ...SERVER, hostname: 'node', ...own });
const agent = (own: Partial<K3sAgentProps> = {}) => K3sNode.agent({ ...AGENT, hostname: 'node', ...own });
const { serverUrl } = AGENT;
const BY_HAND = '#cloud-config\nwrite_files:\n  - path: /etc/rancher/k3s/cluster-token\n    content: secret\n';

/** What is said of the second of two machines with this user data. */
function second(first: string, other: string): string[] {
  const stack = newStack();
  cluster(stack, { ssh: {} });
  const template = existing(stack);
  new VirtualMachine(stack, 'One', { template, cloudInit: { userData: first } });
  try {
    new VirtualMachine(stack, 'Two', { template, cloudInit: { userData: other } });
    return [];
  } catch (error) {
    return mistakes(() => { throw error; });
  }
}

test.each<[string, string, string]>([
  ['agents, of two calls', agent(), agent()],
  ['agents, with another token of the same variable', agent(), agent({ token: Secret.fromEnvironment('k3s_token') })],
  ['agents, with a token of the same file', agent({ token: Secret.fromFile('~/token') }), agent({ token: Secret.fromFile('~/token') })],
  ['agents that have little in common', agent(), agent({ username: 'ops', sshKeys: [SSH_KEY], nodeLabels: { zone: 'a' }, nodeTaints: ['a:NoSchedule'] })],
  ['agents, one with more user data', agent(), `${agent()}packages: [htop]\n`],
  ['servers that join', server({ serverUrl }), server({ serverUrl, tlsSans: ['k3s.lan'] })],
  ['a server that joins and an agent', server({ serverUrl }), agent()],
  ['a server alone and an agent', server(), agent()],
  ['an agent and a server alone', agent(), server()],
  ['a server alone and one that joins', server(), server({ serverUrl })],
  ['a server that begins a cluster and an agent', server({ clusterInit: true }), agent()],
  ['servers that begin a cluster', server({ clusterInit: true }), server({ clusterInit: true })],
  ['a server alone and one that begins a cluster', server(), server({ clusterInit: true })],
])('not with the same name: %s', (_, first, other) => {
  expect(second(first, other)).toEqual(['k3s-node-twice cloudInit.userData "node"']);
});

test.each<[string, string, string]>([
  ['servers alone', server(), server({ disabledComponents: [K3sComponent.TRAEFIK] })],
  ['nodes that join by different addresses', agent(), server({ serverUrl: 'https://192.168.1.30:6443' })],
  ['tokens of different variables', agent(), agent({ token: Secret.fromEnvironment('other_token') })],
  ['tokens of a variable and a file', agent(), agent({ token: Secret.fromFile('~/k3s_token') })],
  ['user data by hand, which is not looked into', BY_HAND, BY_HAND],
])('with the same name: %s', (_, first, other) => {
  expect(second(first, other)).toEqual([]);
});

test('the same name in other stacks and networks, and of one that does not run', () => {
  const stack = newStack();
  cluster(stack, { ssh: {} });
  const add = (id: string, props: Partial<VirtualMachineProps> = {}, of = stack) => new VirtualMachine(of, id, {
    template: of.node.tryFindChild('Existing') as VmTemplate ?? existing(of), cloudInit: { userData: agent() }, ...props,
  });
  add('Node');
  add('Spare', { started: false, startOnBoot: false });
  add('InVlan', { networkDevices: [{ vlanTag: 7 }] });
  const other = newStack(App.of(stack), 'other');
  cluster(other, { ssh: {} });
  add('Node', {}, other);
  expect(mistakes(() => add('Twin'))).toEqual(['k3s-node-twice cloudInit.userData "node"']);
  expect(mistakes(() => add('TwinInVlan', { networkDevices: [{ vlanTag: 7 }] }))).toEqual(['k3s-node-twice cloudInit.userData "node"']);
});
