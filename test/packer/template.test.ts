import { Block, Body, Expression } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { MINIMAL_CLONE } from './samples';

function template(props: Partial<packer.TemplateProps> = {}): packer.Template {
  const t = new packer.Template({ name: 'ubuntu', ...props });
  t.addVariable(new packer.Variable('proxmox_token', { sensitive: true }));
  t.addSource(new packer.ProxmoxCloneSource('ubuntu', MINIMAL_CLONE));
  return t;
}
const block = (body: Body, type: string) => body.blocks.find((b) => b.type === type)!;
const packerBlock = (t: packer.Template) => block(t.toBody(), 'packer').body;
const build = (t: packer.Template) => block(t.toBody(), 'build').body.blocks.map((b) => [b.type, ...b.labels].join(' '));
const shell = packer.Provisioner.shell({ inline: ['true'] });
const tell = packer.PostProcessor.shellLocal({ inline: ['true'] });

test('the least that can be built', () => {
  expect(template().toHcl()).toBe(`packer {
  required_version = ">= 1.10.0"

  required_plugins {
    proxmox = {
      source  = "github.com/hashicorp/proxmox"
      version = ">= 1.2.4"
    }
  }
}

variable "proxmox_token" {
  sensitive = true
  type      = string
}

source "proxmox-clone" "ubuntu" {
  clone_vm_id            = 9100
  communicator           = "ssh"
  cores                  = 2
  cpu_type               = "x86-64-v2-AES"
  memory                 = 2048
  node                   = "pve"
  os                     = "l26"
  proxmox_url            = "https://pve.lan:8006/api2/json"
  scsi_controller        = "virtio-scsi-single"
  ssh_handshake_attempts = 10
  ssh_timeout            = "5m"
  ssh_username           = "packer"
  token                  = var.proxmox_token
  username               = "packer@pve!build"
}

build {
  name    = "ubuntu"
  sources = ["source.proxmox-clone.ubuntu"]
}
`);
});

test('a template is written the same each time', () => {
  const t = template();
  t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'site.yml' }));
  expect(t.toHcl()).toBe(t.toHcl());
  expect(t.toJson()).toBe(t.toJson());
});

test('what is added later is known to provisioners that were added before', () => {
  const t = new packer.Template({ name: 'x' });
  t.addVariable(new packer.Variable('proxmox_token', { sensitive: true }));
  t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'site.yml' }));
  t.addSource(new packer.ProxmoxCloneSource('ubuntu', MINIMAL_CLONE));
  expect(block(block(t.toBody(), 'build').body, 'provisioner').body.attributes.user).toBe('packer');
});

test('the demanded version of Packer', () => {
  expect(packerBlock(template()).attributes.required_version).toBe('>= 1.10.0');
  expect(packerBlock(template({ requiredVersion: '~> 1.16' })).attributes.required_version).toBe('~> 1.16');
  const t = template();
  t.addProvisioners(packer.Provisioner.shell({ inline: ['true'], continueOnError: true }));
  expect(packerBlock(t).attributes.required_version).toBe('>= 1.16.0');
});

test.each<[string, string, packer.HcpSbomProps]>([
  ['is read', '>= 1.12.0', { source: '/tmp/sbom.json' }],
  ['is made', '>= 1.15.1', { autoGenerate: true }],
  ['is searched for as another user', '>= 1.15.1', { source: '/tmp/sbom.json', elevatedUser: 'a' }],
  ['may fail', '>= 1.16.0', { source: '/tmp/sbom.json', continueOnError: true }],
])('the version of Packer for a bill of materials that %s', (_, version, props) => {
  const t = template();
  t.addProvisioners(packer.Provisioner.hcpSbom(props));
  expect(packerBlock(t).attributes.required_version).toBe(version);
});

test('a source knows its own name and type', () => {
  const t = template();
  t.addSource(new packer.ProxmoxCloneSource('b', { ...MINIMAL_CLONE, templateDescription: `${Expression.reference('source.name')} ${Expression.reference('source.type')}` }));
  expect(t.toHcl()).toContain('template_description   = "${source.name} ${source.type}"');
});

test('a plugin that is added by hand is taken instead of the one that is brought along', () => {
  const t = template();
  t.addRequiredPlugin(new packer.RequiredPlugin({ name: 'proxmox', source: 'github.com/hashicorp/proxmox', version: '~> 1.2, >= 1.2.4' }));
  t.addData(packer.DataSource.custom('x', 'y', {}, { requiredPlugin: new packer.RequiredPlugin({ name: 'x', source: 'github.com/a/x', version: '1.0' }) }));
  t.addPostProcessors(packer.PostProcessor.manifest(), packer.PostProcessor.custom('z', {}, {
    requiredPlugin: new packer.RequiredPlugin({ name: 'z', source: 'github.com/a/z', version: '2.0' }),
  }));
  expect(block(packerBlock(t), 'required_plugins').body.attributes).toEqual({
    proxmox: { source: 'github.com/hashicorp/proxmox', version: '~> 1.2, >= 1.2.4' },
    x: { source: 'github.com/a/x', version: '1.0' },
    z: { source: 'github.com/a/z', version: '2.0' },
  });
});

test('a template without plugins demands none', () => {
  const t = new packer.Template({ name: 'x' });
  t.addSource(packer.Source.custom('null', 'x'));
  expect(packerBlock(t).blocks).toEqual([]);
});

test('a manifest is put first, wherever it was added', () => {
  const t = template();
  t.addPostProcessorSequence(packer.PostProcessor.artifice({ files: ['a'] }), tell);
  t.addPostProcessors(tell, packer.PostProcessor.manifest(), tell);
  t.addProvisioners(shell);
  t.addErrorCleanupProvisioner(packer.Provisioner.shellLocal({ inline: ['true'] }));
  expect(build(t)).toEqual([
    'provisioner shell', 'error-cleanup-provisioner shell-local', 'post-processor manifest', 'post-processor shell-local', 'post-processor shell-local', 'post-processors',
  ]);
});

test('manifests may share the sources among them', () => {
  const t = template();
  t.addSource(new packer.ProxmoxCloneSource('b', MINIMAL_CLONE));
  t.addPostProcessors(
    tell,
    packer.PostProcessor.manifest({ output: 'a.json', only: ['proxmox-clone.ubuntu'] }),
    packer.PostProcessor.manifest({ output: 'b.json', except: ['proxmox-clone.ubuntu'] }),
  );
  expect(build(t)).toEqual(['post-processor manifest', 'post-processor manifest', 'post-processor shell-local']);
});

test('lists are handed out as copies', () => {
  const t = template();
  t.sources.pop();
  t.variables.pop();
  expect([t.sources.length, t.variables.length]).toEqual([1, 1]);
});

test('what is added is handed back', () => {
  const t = template();
  const variable = new packer.Variable('x');
  const data = packer.DataSource.nullSource('x', 'y');
  const source = packer.Source.custom('null', 'x');
  expect([t.addVariable(variable), t.addData(data), t.addSource(source)]).toEqual([variable, data, source]);
  expect(t.addLocal('x', 1).text).toBe('local.x');
});

test('mistakes in all parts are reported together', () => {
  const t = template();
  t.addLocal('a', Expression.reference('var.b'));
  t.addProvisioners(packer.Provisioner.shell({ inline: ['true'], only: ['x'] }), packer.Provisioner.ansible({ playbookFile: 'a', winRmUseHttp: true }));
  t.addPostProcessors(tell);
  expect(() => t.toBody()).toThrow(new RegExp([
    'packer.Template\\(ubuntu\\): 4 mistakes', '\\[packer-ansible-winrm-http\\] provisioners\\[1\\].winRmUseHttp', '\\[packer-unknown-source\\] provisioners\\[0\\].only',
    '\\[packer-manifest-missing\\]', '\\[packer-undeclared-reference\\] locals.a',
  ].join('[^]*')));
});

test('references in all parts are checked, and none is invented', () => {
  const t = template();
  t.addLocal('a', { 'k': [Expression.raw('"var.none ${var.proxmox_token}"')], 'literal var.none': 'var.none ${var.none}' });
  t.addLocal('b', Expression.raw('[for v in local.a : v.var.x]'));
  t.addProvisioners(packer.Provisioner.shell({ inline: [`echo ${Expression.reference('build.ID')} ${Expression.reference('source.name')} ${Expression.reference('path.root')}`] }));
  expect(() => t.toBody()).not.toThrow();
});

test('a source of any builder', () => {
  const t = new packer.Template({ name: 'x' });
  const requiredPlugin = new packer.RequiredPlugin({ name: 'qemu', source: 'github.com/hashicorp/qemu', version: '>= 1.1' });
  t.addSource(packer.Source.custom('qemu', 'x', {
    attributes: { iso_url: '{{ x }}' }, blocks: [new Block('vtpm')], communicator: packer.Communicator.none(), requiredPlugin, comment: 'QEMU.',
  }));
  expect(t.toHcl()).toBe(`packer {
  required_version = ">= 1.10.0"

  required_plugins {
    qemu = {
      source  = "github.com/hashicorp/qemu"
      version = ">= 1.1"
    }
  }
}

# QEMU.
source "qemu" "x" {
  communicator = "none"
  iso_url      = "{{ x }}"

  vtpm {}
}

build {
  name    = "x"
  sources = ["source.qemu.x"]
}
`);
});
