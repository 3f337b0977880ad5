import * as fs from 'fs';
import * as path from 'path';
import { GoldenImage, GoldenImageProps, ProvisioningProfile, VmTemplate, packer } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { GUEST, existing, stackWithCluster } from '../support/fixtures';
import { inProgramFolder, writeFiles } from '../support/program-folder';
import { synthesize, temporaryFolder } from '../support/synth';

const { Provisioner } = packer;

function imageWith(provisioners: packer.IProvisioner[], props: Partial<GoldenImageProps> = {}): GoldenImage {
  const stack = stackWithCluster();
  return new GoldenImage(stack, 'Image', {
    baseTemplate: existing(stack, { cloudInitSlot: 'scsi1' }), vmId: 9100, profile: ProvisioningProfile.minimal(), provisioners, ...props,
  });
}

/** What the provisioners of the user say in the template, and the files that were copied. */
function written(image: GoldenImage): { readonly steps: any[]; readonly files: { [path: string]: string } } {
  const { packer: output } = synthesize(image.node.scope as any);
  const steps = JSON.parse(output['image/json/image.pkr.json']).build.provisioner.slice(1, -1).map((step: any) => Object.values(step)[0]);
  const files = Object.entries(output).filter(([name]) => name.startsWith('image/files/')).map(([name, text]) => [name.slice('image/files/'.length), text]);
  return { steps, files: Object.fromEntries(files) };
}

const root = (file: string) => `\${path.root}/../files/${file}`;

test('every path beside the program leads to a copy, whatever provisioner names it', () => {
  const files = ['a.sh', 'b.sh', 'local.sh', 'data/x', 'c.ps1', 'd.cmd', 'play/site.yml', 'play/vars.yml', 'galaxy.yml', 'inventory/hosts', 'local/one.yml', 'roles/r/tasks/main.yml'];
  inProgramFolder(Object.fromEntries(files.map((name) => [name, `${name}\n`])), () => {
    const { steps, files: copied } = written(imageWith([
      Provisioner.shellScript({ scripts: ['a.sh', './b.sh'] }),
      Provisioner.shellLocal({ scripts: ['local.sh'] }),
      Provisioner.file({ sources: ['data/x'], destination: '/tmp/x' }),
      Provisioner.file({ sources: ['data/', 'data'], destination: '/tmp/' }),
      Provisioner.powerShell({ scripts: ['c.ps1'], executeCommand: 'pwsh {{.Path}}' }),
      Provisioner.windowsShell({ scripts: ['d.cmd'], executeCommand: 'wine {{.Path}}' }),
      Provisioner.ansible({ playbookFile: 'play/site.yml', galaxyFile: 'galaxy.yml', inventoryDirectory: 'inventory', rolesPath: 'made/by/galaxy' }),
      Provisioner.ansibleLocal({ playbookFiles: ['local/one.yml'], rolePaths: ['roles/r'] }),
      Provisioner.ansibleLocal({ playbookFiles: ['play/site.yml', 'play/vars.yml'] }),
    ]));
    expect(steps.map(({ user: _, use_proxy: __, destination: ___, execute_command: ____, ...paths }) => paths)).toEqual([
      { scripts: [root('a.sh'), root('b.sh')] },
      { script: root('local.sh') },
      { source: root('data/x') },
      { sources: [root('data/'), root('data')] },
      { script: root('c.ps1') },
      { script: root('d.cmd') },
      { playbook_file: root('play/site.yml'), galaxy_file: root('galaxy.yml'), inventory_directory: root('inventory'), roles_path: root('made/by/galaxy') },
      { playbook_file: root('local/one.yml'), role_paths: [root('roles/r')] },
      { playbook_files: [root('play/site.yml'), root('play/vars.yml')] },
    ]);
    expect(Object.keys(copied)).toEqual([...files, 'generalize.sh'].sort());
    expect(files.every((name) => copied[name] === `${name}\n`)).toBe(true);
  });
});

test('what is no path beside the program stays as it is', () => {
  inProgramFolder({}, () => {
    const script = new packer.Variable('script');
    const { steps, files } = written(imageWith([
      Provisioner.shellScript({ scripts: [`${script}`, `${packer.fromRoot('x.sh')}`] }),
      Provisioner.file({ sources: ['/var/log/x'], destination: 'x', direction: packer.FileDirection.DOWNLOAD }),
      Provisioner.file({ sources: ['built/later'], destination: '/x', generated: true }),
      Provisioner.fileContent({ content: 'x', destination: '/x' }),
      Provisioner.custom('puppet', { manifest_file: 'site.pp' }),
    ], { variables: [script] }));
    expect(steps).toEqual([
      { scripts: ['${var.script}', '${path.root}/x.sh'] },
      { source: '/var/log/x', destination: 'x', direction: 'download' },
      { source: 'built/later', destination: '/x', generated: true },
      { content: 'x', destination: '/x' },
      { manifest_file: 'site.pp' },
    ]);
    expect(Object.keys(files)).toEqual(['generalize.sh']);
  });
});

test('a playbook beside the program comes alone, one in a folder with all that is beside it', () => {
  inProgramFolder({ 'site.yml': 'a', 'secret.txt': 'x', 'play/site.yml': 'b', 'play/group_vars/all.yml': 'c' }, () => {
    expect(Object.keys(written(imageWith([Provisioner.ansible({ playbookFile: 'site.yml' })])).files)).toEqual(['generalize.sh', 'site.yml']);
    expect(Object.keys(written(imageWith([Provisioner.ansible({ playbookFile: 'play/site.yml' })])).files)).toEqual([
      'generalize.sh', 'play/group_vars/all.yml', 'play/site.yml',
    ]);
  });
});

test('a folder of the user named like one of the package\'s own does not mix with it', () => {
  inProgramFolder({ 'ansible/playbook.yml': 'mine', 'ansible-variables.json': 'mine', 'generalize.sh': 'mine' }, () => {
    const { steps, files } = written(imageWith([
      Provisioner.ansible({ playbookFile: 'ansible/playbook.yml' }),
      Provisioner.file({ sources: ['ansible-variables.json'], destination: '/x' }),
      Provisioner.shellScript({ scripts: ['generalize.sh'] }),
    ], { profile: ProvisioningProfile.standard() }));
    expect([steps[0].playbook_file, steps[1].source, steps[2].script]).toEqual([
      root('own/ansible/playbook.yml'), root('own/ansible-variables.json'), root('own/generalize.sh'),
    ]);
    expect([files['own/ansible/playbook.yml'], files['own/ansible-variables.json'], files['own/generalize.sh']]).toEqual(['mine', 'mine', 'mine']);
    expect([files['ansible/playbook.yml'], files['ansible-variables.json']].map((text) => text.length > 10)).toEqual([true, true]);
  });
});

test('files of one name from different folders stand beside each other', () => {
  const elsewhere = temporaryFolder();
  writeFiles(elsewhere, { 'one/setup.sh': '1', 'two/setup.sh': '2', 'scripts/x.sh': '3' });
  inProgramFolder({ 'setup.sh': '0', 'scripts/y.sh': '4' }, () => {
    const { steps, files } = written(imageWith([
      Provisioner.shellScript({ scripts: [path.join(elsewhere, 'one/setup.sh'), path.join(elsewhere, 'two/setup.sh'), 'setup.sh', path.join(elsewhere, 'one/setup.sh')] }),
      Provisioner.file({ sources: ['scripts/y.sh', path.join(elsewhere, 'scripts')], destination: '/x/' }),
    ]));
    expect(steps[0].scripts).toEqual(['setup.sh', 'own/setup.sh', 'own2/setup.sh', 'setup.sh'].map(root));
    expect(steps[1].sources).toEqual(['scripts/y.sh', 'own/scripts'].map(root));
    expect(files).toMatchObject({ 'setup.sh': '1', 'own/setup.sh': '2', 'own2/setup.sh': '0', 'scripts/y.sh': '4', 'own/scripts/x.sh': '3' });
  });
});

test('a folder and a file in it are copied to where both are found', () => {
  inProgramFolder({ 'data/a': '1', 'data/b': '2' }, () => {
    const { steps, files } = written(imageWith([Provisioner.file({ sources: ['data/a', 'data'], destination: '/x/' })]));
    expect(steps[0].sources).toEqual([root('data/a'), root('data')]);
    expect(Object.keys(files)).toEqual(['data/a', 'data/b', 'generalize.sh']);
  });
});

test('an absolute path and a relative one to the same file are one', () => {
  inProgramFolder({ 'a/x.sh': '1' }, (folder) => {
    expect(written(imageWith([Provisioner.shellScript({ scripts: ['a/x.sh', path.join(folder, 'a/../a/x.sh')] })])).steps[0].scripts).toEqual([root('a/x.sh'), root('a/x.sh')]);
  });
});

describe('refused', () => {
  test('all files that are missing, together, and by the names under which the program gave them', () => {
    inProgramFolder({ 'play/site.yml': '' }, () => {
      expect(mistakes(() => imageWith([
        Provisioner.shellScript({ scripts: ['a.sh'] }),
        Provisioner.shellScript({ scripts: ['a.sh', 'b.sh'] }),
        Provisioner.file({ sources: ['x/'], destination: '/x/' }),
        Provisioner.ansible({ playbookFile: 'play/other.yml', galaxyFile: 'galaxy.yml' }),
        Provisioner.ansibleLocal({ playbookFiles: ['one.yml'], playbookDir: 'play2' }),
      ]))).toEqual([
        'asset-missing provisioners[0].scripts[0] "a.sh"',
        'asset-missing provisioners[1].scripts[0] "a.sh"',
        'asset-missing provisioners[1].scripts[1] "b.sh"',
        'asset-missing provisioners[2].sources[0] "x/"',
        'asset-missing provisioners[3].playbookFile "play/other.yml"',
        'asset-missing provisioners[3].galaxyFile "galaxy.yml"',
        'asset-missing provisioners[4].playbookFiles[0] "one.yml"',
        'asset-missing provisioners[4].playbookDir "play2"',
      ]);
    });
  });

  test('also beside other mistakes of the image', () => {
    expect(mistakes(() => imageWith([Provisioner.shellScript({ scripts: ['no/such.sh'] })], { buildUser: 'root' }))).toEqual([
      'build-user-form buildUser "root"', 'asset-missing provisioners[0].scripts[0] "no/such.sh"',
    ]);
  });

  test('the folder of the program, and one around it', () => {
    inProgramFolder({ 'site.yml': '', 'program/main.ts': '' }, () => {
      process.chdir('program');
      expect(mistakes(() => imageWith([
        Provisioner.file({ sources: ['.', '..'], destination: '/x/' }),
        Provisioner.ansible({ playbookFile: '../site.yml' }),
      ]))).toEqual([
        'asset-around-program provisioners[0].sources[0] "."', 'asset-around-program provisioners[0].sources[1] ".."',
        'asset-around-program provisioners[1].playbookFile ".."',
      ]);
    });
  });

  test('an empty folder', () => {
    inProgramFolder({}, () => {
      fs.mkdirSync('empty');
      expect(mistakes(() => imageWith([Provisioner.file({ sources: ['empty'], destination: '/x' })]))).toEqual(['asset-content provisioners[0].sources[0] "empty"']);
    });
  });

  test('a script that generalizes and is not there', () => {
    const stack = stackWithCluster();
    const setup = { ...GUEST.setup!, generalizeScript: 'no/such.sh' };
    const base: VmTemplate = existing(stack, { cloudInitSlot: 'scsi1', guest: { ...GUEST, setup } });
    expect(mistakes(() => new GoldenImage(stack, 'Image', { baseTemplate: base, vmId: 9100, profile: ProvisioningProfile.minimal() }))).toEqual([
      'asset-missing baseTemplate.guest.setup.generalizeScript "no/such.sh"',
    ]);
  });

  test('what is added later is refused when the stack is written, under the path of the image', () => {
    const image = imageWith([]);
    image.addProvisioners(Provisioner.shellScript({ scripts: ['no/such.sh'] }));
    expect(expectError(() => synthesize(image.node.scope as any)).message).toBe(`homelab/Image: [asset-missing] provisioners[0].scripts[0], got: "no/such.sh"
  A file or folder that goes into an image exists when the program synthesizes.
  Remedy: Correct the path; a relative path starts at the folder in which the program runs.`);
    const other = imageWith([]);
    other.addProvisioners(Provisioner.windowsRestart());
    expect(mistakes(() => synthesize(other.node.scope as any))).toEqual(['provisioner-of-other-system provisioners[0].type "windows-restart"']);
  });
});
