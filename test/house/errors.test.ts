import { errorsPage } from '../../tools/build/errors-page';
import { ruleTables } from '../../tools/build/rule-tables';
import { filesBelow, isGenerated, read } from './sources';

const tables = ruleTables();
const rules = tables.flatMap((table) => table.rules);
const codes = rules.map(({ code }) => code);

test('docs/errors.md is what the tables say (npm run errors)', () => {
  expect(read('docs/errors.md')).toBe(errorsPage());
});

test('docs/errors.md has one heading for each code, and no other', () => {
  const headings = [...read('docs/errors.md').matchAll(/^#{2,} (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(codes);
});

test('every table of rules is found', () => {
  const made = filesBelow('lib').filter((file) => file.endsWith('.ts') && !isGenerated(file))
    .flatMap((file) => [...read(file).matchAll(/^(?:export )?const (\w+) = ruleTable\(/gm)].map(([, name]) => `${file} ${name}`));
  expect(tables.map(({ file, name }) => `${file} ${name}`).sort()).toEqual(made.sort());
});

test('no table of rules is part of the public API', () => {
  expect(tables.filter(({ file, name }) => !read(file).includes(` * @internal\n */\nexport const ${name} = `)).map(({ file }) => file)).toEqual([]);
});

test('a code stands for one rule, in all rooms', () => {
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test('codes are written in kebab-case', () => {
  expect(codes.filter((code) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code))).toEqual([]);
});

test('rules and remedies are sentences, and links are links', () => {
  const sentence = /^\S.*[.!?)"]$/s;
  expect(rules.filter(({ rule, remedy }) => !sentence.test(rule) || !sentence.test(remedy)).map(({ code }) => code)).toEqual([]);
  expect(rules.filter(({ see }) => see !== undefined && !URL.canParse(see)).map(({ code }) => code)).toEqual([]);
});

test('every rule is used by lib/', () => {
  const tableFiles = new Set(tables.map(({ file }) => file));
  const sources = filesBelow('lib').filter((file) => file.endsWith('.ts') && !isGenerated(file) && !tableFiles.has(file)).map(read).join('\n');
  expect(codes.filter((code) => !sources.includes(`'${code}'`) && !sources.includes(`ules.${code}`))).toEqual([]);
});

test('every rule is broken by a test', () => {
  const tested = new Set(filesBelow('test').filter((file) => file.endsWith('.ts') && !/^test\/(house|package|conformance)\//.test(file))
    .flatMap((file) => [...read(file).matchAll(/(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w-])/g)].map(([word]) => word)));
  expect(codes.filter((code) => !tested.has(code))).toEqual([]);
});
