import { Problems, ValidationError } from '../../lib/core';

const cores = { code: 'cores', rule: 'There are 1 to 128 cores.', remedy: 'Choose fewer cores.', see: 'https://example.org/cores' };
const name = { code: 'name', rule: 'A name has letters.', remedy: 'Choose another name.' };

function thrownBy(make: () => unknown): ValidationError {
  try {
    make();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('nothing is thrown where nothing is wrong', () => {
  const problems = new Problems('Stack/Vm').check(true, cores, { property: 'cores', received: 4 });
  problems.throwIfAny();
  expect(problems.all).toEqual([]);
});

test('one mistake', () => {
  const error = thrownBy(() => new Problems('Stack/Vm').check(false, cores, { property: 'cores', received: 200 }).throwIfAny());
  expect(error.message).toBe('Stack/Vm: [cores] cores, got: 200\n  There are 1 to 128 cores.\n  Remedy: Choose fewer cores.');
  expect(error).toMatchObject({ name: 'ValidationError', code: 'cores', path: 'Stack/Vm', property: 'cores', rule: cores.rule, remedy: cores.remedy });
  expect(error.problems).toEqual([{ ...cores, property: 'cores', received: '200' }]);
  expect(error).toBeInstanceOf(Error);
});

test('several mistakes are told together, those of the first stand on the error', () => {
  const error = thrownBy(() => new Problems('Stack/Vm')
    .check(false, cores, { property: 'cores', rule: 'This node has 8 cores.', remedy: 'Choose 8.' })
    .report(name, { property: 'name', received: undefined })
    .throwIfAny());
  expect(error.message).toBe(`Stack/Vm: 2 mistakes
[cores] cores
  This node has 8 cores.
  Remedy: Choose 8.
[name] name, got: nothing
  A name has letters.
  Remedy: Choose another name.`);
  expect([error.code, error.rule, error.remedy]).toEqual(['cores', 'This node has 8 cores.', 'Choose 8.']);
  expect(error.problems.map((problem) => problem.code)).toEqual(['cores', 'name']);
});

test('mistakes of a part are told with where the part stands', () => {
  const problems = new Problems('Stack/Vm');
  const part = () => { new Problems('Disk').report(name, { property: 'storage' }).report(cores, { property: '' }).throwIfAny(); return 'disk'; };
  expect(problems.collect('disks[1]', part)).toBeUndefined();
  expect(problems.collect('', part)).toBeUndefined();
  expect(problems.collect('disks[2]', () => 'disk')).toBe('disk');
  expect(problems.all.map((problem) => problem.property)).toEqual(['disks[1].storage', 'disks[1]', 'storage', '']);
  expect(() => problems.collect('x', () => { throw new TypeError('a bug'); })).toThrow(new TypeError('a bug'));
});

test('the mistakes handed out are a copy', () => {
  const problems = new Problems('x');
  problems.all.push({ ...cores, property: 'cores' });
  problems.throwIfAny();
});

class Speaking { public toString() { return 'Speaking(1)'; } }
const unspeakable = { toJSON() { throw new Error('no'); } };

test.each<[string, any, string]>([
  ['text', 'a "b"\n', '"a \\"b\\"\\n"'],
  ['a number', 1.5, '1.5'],
  ['not a number', NaN, 'NaN'],
  ['a big integer', 5n, '5'],
  ['a boolean', false, 'false'],
  ['null', null, 'null'],
  ['undefined', undefined, 'nothing'],
  ['a list', ['a', 1], '["a",1]'],
  ['a map', { a: [1] }, '{"a":[1]}'],
  ['a function', () => 1, 'a function'],
  ['an object that speaks for itself', new Speaking(), 'Speaking(1)'],
  ['an object that cannot be shown', unspeakable, '[Object]'],
  ['long text', 'x'.repeat(200), `"${'x'.repeat(116)}...`],
  ['text of just the length', 'x'.repeat(118), `"${'x'.repeat(118)}"`],
  ['a Terraform reference', 'a ${TfToken[TOKEN.1]}', 'a Terraform reference (known only when Terraform runs)'],
])('%s is shown for reading', (_name, received, shown) => {
  expect(new Problems('x').report(cores, { property: 'p', received }).all[0].received).toBe(shown);
});

test('what is not to be shown is not', () => {
  expect(new Problems('x').report(cores, { property: 'p' }).all[0].received).toBeUndefined();
});
