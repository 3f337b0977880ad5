import { Block, Body, HclRenderer } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { fullTemplate, MINIMAL_CLONE, MINIMAL_ISO } from './samples';

/** The lines that an override of the full template takes away (-) and adds (+). */
function change(path: string, value: any): string[] {
  const before = fullTemplate().toHcl().split('\n');
  const template = fullTemplate();
  template.addOverride(path, value);
  const after = template.toHcl().split('\n');
  return [...before.filter((line) => !after.includes(line)).map((line) => `-${line}`), ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`)];
}

test('an attribute of a source', () => {
  expect(change('source.proxmox-clone.ubuntu.memory', 4096)).toEqual(['-  memory                 = 2048', '+  memory                 = 4096']);
});

test('an attribute that the model has no property for', () => {
  expect(change('source.proxmox-clone.ubuntu.new_in_2_0', true)).toEqual(['+  new_in_2_0             = true']);
});

test('an attribute is removed by undefined', () => {
  expect(change('source.proxmox-clone.ubuntu.vm_id', undefined)).toEqual(['-  vm_id                  = 9102']);
});

test('a provisioner is chosen by number', () => {
  expect(change('build.provisioner.1.playbook_file', 'other.yml')).toEqual(['-    playbook_file = "${path.root}/files/site.yml"', '+    playbook_file = "other.yml"']);
  expect(change('build.provisioner[1].use_sftp', true)).toEqual(['+    use_sftp      = true']);
});

test('a block without labels that is there once needs no number', () => {
  expect(change('source.proxmox-iso.debian.boot_iso.unmount', true)).toEqual(['+    unmount  = true']);
});

test('a key of a map', () => {
  expect(change('packer.required_plugins.proxmox.version', '~> 1.2.4')).toEqual(['-      version = ">= 1.2.4"', '+      version = "~> 1.2.4"']);
  expect(change('variable.disk_sizes.default.root', 40)).toEqual(['-    root = 20', '+    root = 40']);
});

test('an item of a list', () => {
  expect(change('build.provisioner.0.inline.0', 'true')).toEqual([
    '-    inline = ["cloud-init status --wait", "echo ${data.http.release.body} \\"$${HOME}\\""]',
    '+    inline = ["true", "echo ${data.http.release.body} \\"$${HOME}\\""]',
  ]);
});

const toHcl = (source: packer.Source) => new HclRenderer().render(new Body({}, source.toBlock().body.blocks));

test('a nested block that is not there is made', () => {
  const source = new packer.ProxmoxCloneSource('ubuntu', MINIMAL_CLONE);
  source.addOverride('rng0.source', '/dev/random');
  expect(toHcl(source)).toBe('rng0 {\n  source = "/dev/random"\n}\n');
});

test('a block chosen by number, blocks replaced where they stood, and a block removed', () => {
  const source = new packer.ProxmoxIsoSource('debian', { ...MINIMAL_ISO, disks: [{ storagePool: 'a1' }, { storagePool: 'b1' }], vga: { type: 'std' as any } });
  source.addOverride('disks.1.disk_size', '40G');
  source.addOverride('boot_iso', [new Block('boot_iso', [], new Body({ iso_url: 'x' }))]);
  source.addOverride('disks.0', new Block('disks', [], new Body({ storage_pool: 'c1' })));
  source.addOverride('vga', undefined);
  expect(toHcl(source)).toBe(`boot_iso {
  iso_url = "x"
}

disks {
  storage_pool = "c1"
}

disks {
  disk_size    = "40G"
  storage_pool = "b1"
  type         = "scsi"
}
`);
});

test('a block may take the place of an attribute', () => {
  const source = packer.Source.custom('null', 'x', { attributes: { ssh: 'a' } });
  source.addOverride('ssh', new Block('ssh', [], new Body({ host: 'b' })));
  expect(new HclRenderer().render(source.toBlock().body)).toBe('ssh {\n  host = "b"\n}\n');
});

test('a block is added to the build', () => {
  expect(change('build.hcp_packer_registry', new Block('hcp_packer_registry', [], new Body({ bucket_name: 'images' })))).toEqual([
    '+  hcp_packer_registry {', '+    bucket_name = "images"',
  ]);
});

test.each([
  'source.proxmox-clone.none.memory', 'variables.x.y', 'build.provisioner.9.inline', 'source.memory', 'source.proxmox-clone.ubuntu.memory.size', 'build.provisioner.0',
])('the path %s leads nowhere', (path) => {
  const template = fullTemplate();
  template.addOverride(path, 1);
  expect(() => template.toBody()).toThrow('[packer-override-nothing-there] addOverride');
});

test('the last override of a path counts', () => {
  const source = packer.Source.custom('null', 'x');
  source.addOverride('a', 1);
  source.addOverride('a', 2);
  expect(source.toBlock().body.attributes).toEqual({ a: 2 });
});
