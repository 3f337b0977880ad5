import { DiskBus, Problems, Secret, Size } from '../../lib';
import {
  FLAG, Kind, NUMBER, SECRET, TEXT, checkKinds, instanceOf, listOf, memberOf, objectOf, required, withMethods,
} from '../../lib/proxmox/kinds';

function mistakesOf(kind: Kind, value: unknown): string[] {
  const problems = new Problems('x');
  kind(value, 'p', problems);
  return problems.all.map(({ code, property, received, rule, remedy }) => `${code} ${property} ${received}: ${rule} ${remedy}`);
}

const size = instanceOf(Size, 'Size.gibibytes(1)');
const bus = memberOf(DiskBus, 'DiskBus');
const template = withMethods('a template', 'VmTemplate.fromVmId(…)', 'bindClone');

test.each<[string, Kind, unknown[]]>([
  ['text', TEXT, ['', 'a', undefined]],
  ['number', NUMBER, [0, NaN, -1, undefined]],
  ['flag', FLAG, [true, false, undefined]],
  ['size', size, [Size.gibibytes(1), undefined]],
  ['member', bus, ['scsi', DiskBus.VIRTIO, undefined]],
  ['methods', template, [{ bindClone() {} }, undefined]],
  ['list', listOf(TEXT), [[], ['a'], undefined]],
  ['object', objectOf<{ a?: string }>({ a: TEXT }), [{}, { a: 'x' }, { a: undefined }, undefined]],
  ['secret', SECRET, [Secret.fromEnvironment('x'), undefined]],
])('%s: what is of the kind, and nothing at all', (_, kind, values) => {
  expect(values.flatMap((value) => mistakesOf(kind, value))).toEqual([]);
});

test.each<[string, Kind, unknown, string]>([
  ['text', TEXT, 1, 'value-kind p 1: `p` is a text. Write for example \'…\'.'],
  ['text', TEXT, null, 'value-kind p null: `p` is a text. Write for example \'…\'.'],
  ['number', NUMBER, '2', 'value-kind p "2": `p` is a number. Write for example 1.'],
  ['flag', FLAG, 'false', 'value-kind p "false": `p` is true or false. Write for example true.'],
  ['flag', FLAG, 0, 'value-kind p 0: `p` is true or false. Write for example true.'],
  ['size', size, '20G', 'value-kind p "20G": `p` is a Size. Write for example Size.gibibytes(1).'],
  ['member', bus, 'nvme', 'value-kind p "nvme": `p` is a member of DiskBus. Write for example DiskBus.IDE.'],
  ['methods', template, { vmId: 1 }, 'value-kind p {"vmId":1}: `p` is a template. Write for example VmTemplate.fromVmId(…).'],
  ['methods', template, null, 'value-kind p null: `p` is a template. Write for example VmTemplate.fromVmId(…).'],
  ['list', listOf(TEXT), 'a', 'value-kind p "a": `p` is a list. Write for example […].'],
  ['list', listOf(TEXT), ['a', 1], 'value-kind p[1] 1: `p[1]` is a text. Write for example \'…\'.'],
  ['object', objectOf({ a: TEXT }), 'a', 'value-kind p "a": `p` is an object with the properties of its interface. Give a value of that kind.'],
  ['object', objectOf({ a: TEXT }), ['a'], 'value-kind p ["a"]: `p` is an object with the properties of its interface. Give a value of that kind.'],
  ['object', objectOf({ a: TEXT }), Size.gibibytes(1), 'value-kind p 1 GiB: `p` is an object with the properties of its interface. Give a value of that kind.'],
  ['object', objectOf({ a: TEXT, b: TEXT }), { a: 'x', c: 1 }, 'property-unknown p.c undefined: The interface has no property of this name. Write one of: a, b.'],
  ['object', objectOf({ a: TEXT }), { a: 1 }, 'value-kind p.a 1: `p.a` is a text. Write for example \'…\'.'],
])('%s: %#', (_, kind, value, mistake) => {
  expect(mistakesOf(kind, value)).toEqual([mistake]);
});

test('what is needed is there', () => {
  const missing = 'The property is needed, and nothing was given. Give it; where it comes from an environment variable or another program, look whether that is there.';
  expect(mistakesOf(required(TEXT), undefined)).toEqual([`value-missing p undefined: ${missing}`]);
  expect(mistakesOf(listOf(TEXT), ['a', undefined])).toEqual([`value-missing p[1] undefined: ${missing}`]);
});

test('what may be a secret is not shown', () => {
  expect(mistakesOf(SECRET, 'hunter22')).toEqual([
    'value-kind p undefined: `p` is a Secret. Write for example Secret.fromEnvironment(\'proxmox_api_token\').',
  ]);
});

test('all properties of an object, in the order of the interface', () => {
  const problems = new Problems('x');
  checkKinds({ b: 1, a: 1 } as any, { a: TEXT, b: FLAG, c: required(NUMBER) }, problems);
  expect(problems.all.map((p) => `${p.code} ${p.property}`)).toEqual(['value-kind a', 'value-kind b', 'value-missing c']);
});
