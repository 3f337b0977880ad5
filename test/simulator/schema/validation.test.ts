import { choice, flag, integer, numbered, optional, Properties, PropertyString, text } from '../../../lib/simulator/schema/property';
import { checkParameters, inWordsOf, parseBoolean, parsePropertyString, printPropertyString } from '../../../lib/simulator/schema/validation';

const check = (property: Properties[string], value: string | string[]) => checkParameters({ it: property }, { it: value }).it;

test.each([
  ['a boolean', flag(''), 'yes', 'type check (\'boolean\') failed - got \'yes\''],
  ['an empty boolean', flag(''), '', 'type check (\'boolean\') failed - got \'\''],
  ['an integer', integer(''), '1.5', 'type check (\'integer\') failed - got \'1.5\''],
  ['a number', { type: 'number' } as const, 'x', 'type check (\'number\') failed - got \'x\''],
  ['several values', integer(''), ['1', '2'], 'type check (\'integer\') failed - got ARRAY'],
  ['several of a text', text(''), ['a', 'b'], 'type check (\'string\') failed - got ARRAY'],
  ['a list of nothing', { type: 'array', items: text('') } as const, '', 'type check (\'array\') failed'],
  ['a list of naught', { type: 'array', items: text('') } as const, '0', 'type check (\'array\') failed'],
  ['the least', integer('', 10), '9', 'value must have a minimum value of 10'],
  ['the most', integer('', 0, 10), '11', 'value must have a maximum value of 10'],
  ['too short', text('', { minLength: 3 }), 'ab', 'value must be at least 3 characters long'],
  ['too long', text('', { maxLength: 3 }), 'abcd', 'value may only be 3 characters long'],
  ['a pattern', text('', { pattern: 'a|b' }), 'ab', 'value does not match the regex pattern'],
  ['a choice', choice('', 'a', 'b'), 'c', 'value \'c\' does not have a value in the enumeration \'a, b\''],
  ['a format', text('', { format: 'pve-vmid' }), '1', 'invalid format - value does not look like a valid VM ID\n'],
  ['an entry of a list', text('', { format: 'pve-vmid-list' }), '100;1', 'invalid format - value does not look like a valid VM ID\n'],
])('refused: %s', (_, property, value, problem) => {
  expect(check(property, value)).toBe(problem);
});

test.each([
  [flag(''), '0'], [integer(''), '-1'], [integer(''), '+5'], [{ type: 'number' } as const, ' 1.5e3 '], [text('', { format: 'dns-name-opt' }), ''], [text('', { format: 'pve-vmid-list' }), '100, 101'],
  [text('', { format: 'pve-vmid-list' }), ['100', '101']], [{ type: 'array', items: integer('') } as const, ['1', '2']], [{ type: 'array', items: integer('') } as const, '1'],
])('accepted: %j %j', (property, value) => {
  expect(check(property, value)).toBeUndefined();
});

test('entries of a list are named by their number', () => {
  expect(checkParameters({ it: { type: 'array', items: integer('') } }, { it: ['1', 'x'] })).toEqual({ 'it[1]': 'type check (\'integer\') failed - got \'x\'' });
});

test('all that is wrong with a request is told, each by its parameter', () => {
  const table = { a: integer(''), b: optional(text('')), c: optional(text('', { requires: 'd' })), d: optional(text('')), ...numbered('net', 2, optional(integer(''))) };
  expect(checkParameters(table, { c: '1', net1: 'x', net2: '1', e: '1' })).toEqual({
    a: 'property is missing and it is not optional',
    d: 'missing property - \'c\' requires this property',
    net1: 'type check (\'integer\') failed - got \'x\'',
    net2: 'property is not defined in schema and the schema does not allow additional properties',
    e: 'property is not defined in schema and the schema does not allow additional properties',
  });
});

test('several mistakes about one parameter are joined as PVE joins them, without a line break', () => {
  const table = { a: optional(text('', { requires: 'c' })), b: optional(text('', { requires: 'c' })), c: optional(text('')) };
  expect(checkParameters(table, { a: '1', b: '1' })).toEqual({ c: 'missing property - \'a\' requires this property\\nmissing property - \'b\' requires this property' });
});

test('Proxmox VE 9 has other words for some mistakes', () => {
  const errors = { d: 'missing property - \'c\' requires this property', s: 'invalid format - storage ID \'a\' contains illegal characters\n', t: 'invalid format - storage ID \'a/\' contains illegal characters\n' };
  expect(inWordsOf('8.4', errors)).toEqual(errors);
  expect(inWordsOf('9.1', errors)).toEqual({ ...errors, d: 'missing property required by \'c\'', s: 'invalid format - storage ID \'a\' cannot be shorter than 2 characters\n' });
});

const network: PropertyString = {
  properties: {
    model: { ...choice('', 'virtio', 'e1000'), defaultKey: true },
    macaddr: optional(text('', { format: 'mac-addr' })),
    virtio: { type: 'string', alias: 'macaddr', keyAlias: 'model' },
    e1000: { type: 'string', alias: 'macaddr', keyAlias: 'model' },
    firewall: optional(flag('')),
    tag: optional(integer('', 1, 4094)),
    trunks: optional(text('', { requires: 'tag' })),
  },
  verify: ({ tag }) => {
    if (tag === '13') throw new Error('unlucky');
  },
};

test.each([
  ['virtio,tag=5', { model: 'virtio', tag: '5' }],
  ['tag=5,,virtio, ', { model: 'virtio', tag: '5' }],
  ['virtio=BC:24:11:00:00:01,firewall=yes', { model: 'virtio', macaddr: 'BC:24:11:00:00:01', firewall: '1' }],
  ['model=e1000,firewall=off', { model: 'e1000', firewall: '0' }],
])('a property string: %s', (string, values) => {
  expect(parsePropertyString(network, string)).toEqual(values);
});

test.each([
  ['virtio,tag=1,tag=2', 'duplicate key in comma-separated list property: tag\n'],
  ['virtio,e1000', 'duplicate key in comma-separated list property: model\n'],
  ['model=virtio,e1000', 'duplicate key in comma-separated list property: model\n'],
  ['virtio,e1000=BC:24:11:00:00:01', 'key alias \'model\' is already defined\n'],
  ['virtio,=5', 'missing key in comma-separated list property\n'],
  ['virtio,tag=', 'missing key in comma-separated list property\n'],
  ['tag=5', 'format error\nnet0.model: property is missing and it is not optional\n'],
  ['rtl,tag=0', 'format error\nnet0.model: value \'rtl\' does not have a value in the enumeration \'virtio, e1000\'\nnet0.tag: value must have a minimum value of 1\n'],
  ['virtio,nonsense=1', 'format error\nnet0.nonsense: property is not defined in schema and the schema does not allow additional properties\n'],
  ['virtio,trunks=1;2', 'format error\nnet0.tag: missing property - \'net0.trunks\' requires this property\n'],
])('a property string that is refused: %s', (string, report) => {
  expect(checkParameters({ net0: text('', { format: network }) }, { net0: string })).toEqual({ net0: `invalid format - ${report}` });
});

test('a property string without a default key wants keys, and a check of the whole comes last', () => {
  expect(() => parsePropertyString({ properties: { a: optional(text('')) } }, 'x')).toThrow('value without key, but schema does not define a default key');
  expect(() => parsePropertyString(network, 'virtio,tag=13')).toThrow('unlucky');
});

test('a property string is printed with the default key first, and an alias for two', () => {
  expect(printPropertyString(network, { tag: 5, firewall: '1', model: 'virtio' })).toBe('virtio,firewall=1,tag=5');
  expect(printPropertyString(network, { tag: undefined, macaddr: 'BC:24:11:00:00:01', model: 'virtio' })).toBe('virtio=BC:24:11:00:00:01');
});

test('booleans in words', () => {
  expect(['1', 'on', 'YES', 'true', '0', 'off', 'No', 'false', 'x', ''].map(parseBoolean)).toEqual(['1', '1', '1', '1', '0', '0', '0', '0', undefined, undefined]);
});
