import * as fs from 'node:fs';
import * as path from 'node:path';
import { ESLint, loadESLint } from 'eslint';
import * as ts from 'typescript';
import { rooms, whyNot } from '../../projenrc/rooms';
import { filesBelow, isGenerated, read, root } from './sources';

const folders = fs.readdirSync(path.join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

test('every folder of lib/ is a room with a place in the order', () => {
  expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([]);
  expect(filesBelow('lib').filter((file) => !file.slice('lib/'.length).includes('/'))).toEqual(['lib/index.ts']);
});

test('every room says in a short README what belongs there', () => {
  for (const room of folders) {
    expect(filesBelow(`lib/${room}`)).toContain(`lib/${room}/README.md`);
    const text = read(`lib/${room}/README.md`);
    expect(text.split('\n')[0]).toBe(`# ${room}`);
    expect(text.length).toBeGreaterThan(200);
  }
});

test('the index of a room only exports, and so does that of the library', () => {
  for (const index of ['lib/index.ts', ...folders.map((room) => `lib/${room}/index.ts`)]) {
    const { statements } = ts.createSourceFile(index, read(index), ts.ScriptTarget.Latest);
    expect({ index, others: statements.filter((statement) => !ts.isExportDeclaration(statement)).length }).toEqual({ index, others: 0 });
    expect(statements.length).toBeGreaterThan(0);
  }
});

test('rooms import only what stands before them', () => {
  const wrong = filesBelow('lib').filter((file) => file.endsWith('.ts') && file !== 'lib/index.ts' && !isGenerated(file)).flatMap((file) => {
    const room = file.split('/')[1];
    return importsOf(file).filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => path.posix.join(path.posix.dirname(file), specifier).split('/'))
      .filter(([top, other]) => top !== 'lib' || other === undefined || !rooms.includes(other) || other !== room && whyNot(room, other) !== undefined)
      .map((target) => `${file} imports ${target.join('/')}`);
  });
  expect(wrong).toEqual([]);
});

test('core and hcl and packer know no construct tree', () => {
  const pure = ['core', 'hcl', 'packer'].flatMap((room) => filesBelow(`lib/${room}`)).filter((file) => file.endsWith('.ts'));
  expect(pure.filter((file) => importsOf(file).some((specifier) => /^(cdktf|cdktn|constructs)(\/|$)/.test(specifier)))).toEqual([]);
});

describe('the lint rule', () => {
  const present = rooms.filter((room) => folders.includes(room));
  let eslint: Pick<ESLint, 'lintText'>;

  beforeAll(async () => {
    const LegacyESLint = await loadESLint({ useFlatConfig: false });
    const { rules }: { rules: object } = await new LegacyESLint({ cwd: root }).calculateConfigForFile('lib/index.ts');
    const others = Object.keys(rules).filter((rule) => rule !== 'import/no-restricted-paths');
    eslint = new LegacyESLint({
      cwd: root,
      // Without the other rules, and without the types that only they need.
      overrideConfig: { parserOptions: { projectService: false }, rules: Object.fromEntries(others.map((rule) => [rule, 'off'])) },
    });
  });

  test.each(present)('lets %s import what stands before it, and says why it may not import what stands behind it', async (room) => {
    const [file] = filesBelow(`lib/${room}`).filter((name) => /^lib\/[^/]+\/[^/]+\.ts$/.test(name) && !name.endsWith('/index.ts'));
    const others = present.filter((other) => other !== room);
    const [{ messages }] = await eslint.lintText(others.map((other) => `import '../${other}';\n`).join(''), { filePath: file });
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    expect(messages.filter(({ ruleId }) => ruleId === 'import/no-restricted-paths').map(({ line, message, severity }) => ({ line, message, severity })))
      .toEqual(others.filter((other) => whyNot(room, other) !== undefined).map((other) => ({
        line: others.indexOf(other) + 1, message: `Unexpected path "../${other}" imported in restricted zone. ${whyNot(room, other)}`, severity: 2,
      })));
  });

  test('why a room may not import another', () => {
    expect([whyNot('vm', 'image'), whyNot('simulator', 'core'), whyNot('image', 'vm'), whyNot('core', 'simulator'), whyNot('simulator', 'vm')]).toEqual([
      undefined,
      undefined,
      `image/ may not import vm/: a room imports only rooms before it (${rooms.join(', ')}), so that it can be read, tested and changed without those behind it.`,
      `core/ may not import simulator/: a room imports only rooms before it (${rooms.join(', ')}), so that it can be read, tested and changed without those behind it.`,
      'simulator/ may import core/ only: it knows nothing of the constructs, so that what works on it is right by itself.',
    ]);
  });
});

/** What a file imports or exports, or asks for by `require` or `import()`. */
function importsOf(file: string): string[] {
  return ts.preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName);
}
