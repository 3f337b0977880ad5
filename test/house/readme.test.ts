import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { CloudImageTemplate, GoldenImage, ProxmoxVe, ValidationError, guestos } from '../../lib';
import { SynthesizedStack } from '../../lib/assertions';

const ROOT = path.resolve(__dirname, '../..');
const PAGES = ['README.md', ...['lib', 'examples'].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}/README.md`))]
  .filter((page) => fs.existsSync(path.join(ROOT, page)));

interface Sample {
  readonly page: string;
  readonly index: number;
  readonly code: string;
}

const samples: Sample[] = PAGES.flatMap((page) => {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match, index) => ({ page, index, code: match[1] }));
});

/** Type errors of a sample, as a file beside its page would have them. */
function errorsOf({ page, index, code }: Sample): string[] {
  const file = path.join(ROOT, path.dirname(page), `sample-${index}.ts`);
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ extends: config.extends, compilerOptions: config.compilerOptions, files: [] }, ts.sys, ROOT);
  const compilerOptions = { ...options, noEmit: true, noUnusedLocals: false, skipLibCheck: true };
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.readFile = (name) => (name === file ? code : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) => (name === file
    ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2022, true)
    : getSourceFile.call(host, name, ...rest));
  const program = ts.createProgram([file], compilerOptions, host);
  const sourceFile = program.getSourceFile(file)!;
  return [...program.getSyntacticDiagnostics(sourceFile), ...program.getSemanticDiagnostics(sourceFile)]
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

test('there is code in the main README and in some of those of rooms and examples', () => {
  expect([...new Set(samples.map(({ page }) => page))]).toEqual(['README.md', 'lib/gpu/README.md', 'lib/simulator/README.md', 'examples/custom-os/README.md']);
});

test('the error in the main README is the one that is thrown', () => {
  const [, shown] = /^## Errors\n\n```\n(.*?)^```/ms.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8'))!;
  let thrown = '';
  SynthesizedStack.of({
    define: (stack) => {
      new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });
      const baseTemplate = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: 9100 });
      try {
        new GoldenImage(stack, 'Ubuntu', { baseTemplate, vmId: 9202, templateName: 'my_image' });
      } catch (error) {
        thrown = (error as ValidationError).message;
        stack.node.tryRemoveChild('Ubuntu');
      }
    },
  }, 'homelab');
  expect(`${thrown}\n`).toBe(shown);
});

test.each(PAGES)('code in %s is fenced, so that it is checked', (page) => {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8').replace(/^```.*?^```/gms, '');
  expect(text.split('\n').filter((line) => /^ {4,}\S.*[;{]$/.test(line))).toEqual([]);
});

test.each(samples.map((sample) => [`${sample.page} ${sample.index + 1}`, sample] as const))('the code compiles: %s', (_, sample) => {
  expect(errorsOf(sample)).toEqual([]);
}, 60_000);
