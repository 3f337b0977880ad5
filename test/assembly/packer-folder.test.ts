import * as fs from 'fs';
import * as path from 'path';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IPackerFolderSource, PackerFolder, PackerFolderContent } from '../../lib/assembly';
import { expectError } from '../support/errors';
import { cluster } from '../support/fixtures';
import { newApp, newStack, readFolder, synthesize, temporaryFolder } from '../support/synth';

class Source extends Construct implements IPackerFolderSource {
  public readonly folder: PackerFolder;

  public constructor(scope: Construct, id: string, private readonly files: { [path: string]: string } = { 'hcl/x.pkr.hcl': 'x\n' }, private readonly assets: string[] = []) {
    super(scope, id);
    this.folder = new PackerFolder(this);
  }

  public renderPackerFolder(): PackerFolderContent {
    return { files: this.files, assets: this.assets.map((source) => ({ source, target: path.basename(source) })) };
  }
}

function writeWith(outdir: string, define: (stack: TerraformStack) => void): { [path: string]: string } {
  const stack = newStack(newApp(outdir));
  define(stack);
  return synthesize(stack).packer;
}

test('texts and assets are written below the name of the image', () => {
  const script = path.join(temporaryFolder(), 'a.sh');
  fs.writeFileSync(script, 'echo\n');
  const stack = newStack();
  const source = new Source(new Construct(stack, 'House'), 'UbuntuBase', { 'README.md': '# x\n', 'json/x.pkr.json': '{}\n' }, [script]);
  expect([source.folder.folderName, source.folder.pathFromStack]).toEqual(['house-ubuntu-base', 'packer/house-ubuntu-base']);
  expect(synthesize(stack).packer).toEqual({
    'house-ubuntu-base/README.md': '# x\n', 'house-ubuntu-base/files/a.sh': 'echo\n', 'house-ubuntu-base/json/x.pkr.json': '{}\n',
  });
});

test('a folder is made anew, and what a former image left is gone', () => {
  const outdir = temporaryFolder();
  writeWith(outdir, (stack) => {
    new Source(stack, 'A', { 'a.txt': '1', 'old/b.txt': '1' });
    new Source(stack, 'B');
  });
  fs.writeFileSync(path.join(outdir, 'stacks/homelab/packer/a/manifest.json'), '{}');
  fs.writeFileSync(path.join(outdir, 'stacks/homelab/packer/stray.txt'), 'x');
  expect(writeWith(outdir, (stack) => new Source(stack, 'A', { 'a.txt': '2' }))).toEqual({ 'a/a.txt': '2' });
});

test('reports of a build stay while its image does', () => {
  const outdir = temporaryFolder();
  const write = (...names: string[]) => writeWith(outdir, (stack) => names.forEach((name) => new Source(stack, name)));
  write('A');
  const folder = path.join(outdir, 'stacks/homelab/packer/a');
  fs.mkdirSync(path.join(folder, 'openscap'));
  ['openscap/report.html', 'packer.log'].forEach((name) => fs.writeFileSync(path.join(folder, name), '1'));
  expect(write('A')).toEqual({ 'a/hcl/x.pkr.hcl': 'x\n', 'a/openscap/report.html': '1' });
  expect(write('B')).toEqual({ 'b/hcl/x.pkr.hcl': 'x\n' });
});

test('the last image takes its folder along where the stack has a cluster', () => {
  const outdir = temporaryFolder();
  const packer = path.join(outdir, 'stacks/homelab/packer');
  writeWith(outdir, (stack) => {
    cluster(stack);
    new Source(stack, 'A');
  });
  expect(readFolder(packer)).toEqual({ 'a/hcl/x.pkr.hcl': 'x\n' });
  writeWith(outdir, (stack) => cluster(stack));
  expect(fs.existsSync(packer)).toBe(false);
  expect(writeWith(outdir, (stack) => cluster(stack))).toEqual({});
});

test('stacks have folders of their own', () => {
  const app = newApp();
  const [a, b] = ['a', 'b'].map((id) => newStack(app, id));
  new Source(a, 'Image', { x: 'a' });
  new Source(b, 'Image', { x: 'b' });
  expect([a, b].map((stack) => synthesize(stack).packer)).toEqual([{ 'image/x': 'a' }, { 'image/x': 'b' }]);
});

test('two images of a stack have two folders', () => {
  const stack = newStack();
  new Source(stack, 'WebServer');
  expect(expectError(() => new Source(stack, 'web_server')).message).toBe(`homelab/web_server: [packer-folder-taken] id, got: "web_server"
  Each image of a stack has a folder of its own, named after its path in the stack. packer/web-server is that of homelab/WebServer.
  Remedy: Give one of the two images an id that differs in more than capitals, hyphens and slashes.`);
});
