import { Schematic } from '../../lib/talos/schematic';
import { mistakes } from '../support/errors';

/** The canonical text that the factory makes of a text. */
function canonical(text: string): string {
  return Schematic.fromYaml(text).toYaml();
}

test('YAML in all its forms', () => {
  const expected = 'customization:\n    extraKernelArgs:\n        - a=1\n        - "10"\n        - b c\n    systemExtensions:\n        officialExtensions:\n            - siderolabs/zfs\n';
  for (const text of [
    expected,
    '{"customization": {"systemExtensions": {"officialExtensions": ["siderolabs/zfs"]}, "extraKernelArgs": ["a=1", "10", "b c"]}}',
    '\ufeff# remark\n---\ncustomization:\n  systemExtensions: {officialExtensions: [siderolabs/zfs]} # remark\n  extraKernelArgs:\n  - a=1\n  - 10\n  - b\n    c\n...\n',
    'customization:\r\n  extraKernelArgs: [a=1, !!str 10, "b\\x20c"]\r\n  systemExtensions: {officialExtensions: [\'siderolabs/zfs\']}\r\n',
    'customization: {extraKernelArgs: [&first a=1, ~, 10, b c], systemExtensions: {officialExtensions: [siderolabs/zfs, null]}}',
  ]) {
    expect(canonical(text)).toBe(expected);
  }
});

test('what says nothing is left out', () => {
  for (const text of [
    'customization: ~', 'owner: ""', 'overlay: {}', 'overlay: {options: {}}',
    'customization: {extraKernelArgs: null, meta: [], systemExtensions: ~, bootloader: none, secureboot: {enrollKeys: ~, includeWellKnownCertificates: false}, diskImage: {sectorSize: 0}}',
  ]) {
    expect(canonical(text)).toBe('customization: {}\n');
  }
});

test('spellings that the factory takes', () => {
  const text = `customization:
  meta: [{key: 0x0A, value: 010}, {key: 12, value: true}, {key: 13}]
  bootloader: GRUB
  secureboot: {includeWellKnownCertificates: TRUE}
  diskImage: {sectorSize: 0x1000}
overlay: {name: 1.50, image: i, options: {a: 010b, b: True, c: -5, d: "5", e: &list [x], f: *list}}`;
  expect(canonical(text)).toBe(`overlay:
    image: i
    name: "1.50"
    options:
        a: 010b
        b: true
        c: -5
        d: "5"
        e:
            - x
        f:
            - x
customization:
    meta:
        - key: 10
          value: "010"
        - key: 12
          value: "true"
        - key: 13
          value: ""
    bootloader: grub
    secureboot:
        includeWellKnownCertificates: true
    diskImage:
        sectorSize: 4096
`);
});

test('secure boot is what the text says, or the options', () => {
  expect(Schematic.fromYaml('customization: {}').secureBoot).toBe(false);
  expect(Schematic.fromYaml('customization: {secureboot: {enrollKeys: force}}').secureBoot).toBe(true);
  const signed = Schematic.fromYaml('customization: {}', { secureBoot: true });
  expect([signed.secureBoot, signed.toYaml()]).toEqual([true, 'customization: {}\n']);
});

test.each([
  ['nothing', '', ['schematic-yaml-form text ""']],
  ['a list', '[]', ['schematic-yaml-form text "[]"']],
  ['no YAML', 'customization: {', ['schematic-yaml-form text']],
  ['two documents', 'customization: {}\n---\ncustomization: {}\n', ['schematic-yaml-form text']],
  ['a field twice', 'owner: a\nowner: b', ['schematic-yaml-form text']],
  ['a line break of YAML 1.1', 'owner: a\x85b', ['schematic-yaml-form text']],
  ['a control character', 'owner: "a\x7fb"', ['schematic-yaml-form text']],
  ['unknown fields', 'Owner: a\ncustomization: {extraKernelArguments: [], secureboot: {keys: force}, meta: [{key: 1, name: x}]}\n<<: {}', [
    'schematic-field-unknown Owner', 'schematic-field-unknown <<', 'schematic-field-unknown customization.extraKernelArguments', 'schematic-field-unknown customization.secureboot.keys',
    'schematic-field-unknown customization.meta[0].name',
  ]],
  ['values of the wrong kind', 'owner: []\noverlay: text\ncustomization: {extraKernelArgs: text, meta: [{key: "10", value: {}}, {key: 010, value: x}], bootloader: lilo, secureboot: {enrollKeys: maybe, includeWellKnownCertificates: "true"}, diskImage: {sectorSize: 4_096}}', [
    'schematic-field-kind overlay "text"', 'schematic-field-kind customization.secureboot.enrollKeys "maybe"',
    'schematic-field-kind customization.secureboot.includeWellKnownCertificates "true"', 'schematic-field-kind customization.bootloader "lilo"',
    'schematic-field-kind owner', 'schematic-field-kind customization.extraKernelArgs "text"', 'schematic-field-kind customization.meta[0].key "10"',
    'schematic-field-kind customization.meta[0].value', 'schematic-field-kind customization.meta[1].key "010"', 'schematic-field-kind customization.diskImage.sectorSize "4_096"',
  ]],
  ['options that are no JSON', 'overlay: {name: a, image: b, options: {a: 0.5, b: ~, c: 2024-01-02, 1: x, d: 0x10}}', [
    'schematic-field-kind overlay.options.a "0.5"', 'schematic-field-kind overlay.options.b "~"', 'schematic-field-kind overlay.options.c "2024-01-02"',
    'schematic-field-kind overlay.options', 'schematic-field-kind overlay.options.d "0x10"',
  ]],
  ['extensions', 'customization: {systemExtensions: {officialExtensions: [zfs, siderolabs/i915-ucode, siderolabs/zfs]}}', [
    'system-extension-form customization.systemExtensions.officialExtensions[0].name "zfs"',
    'system-extension-renamed customization.systemExtensions.officialExtensions[1].name "siderolabs/i915-ucode"',
  ]],
  ['half an overlay', 'overlay: {name: a}', ['schematic-overlay-name overlay.image ""']],
])('refused: %s', (_, text, expected) => {
  expect(mistakes(() => Schematic.fromYaml(text))).toEqual(expected);
});

test('what is no text', () => {
  expect(mistakes(() => Schematic.fromYaml(undefined as any))).toEqual(['schematic-yaml-form text nothing']);
  expect(mistakes(() => Schematic.fromYaml('{}', { secureBoot: 'yes', schematicId: 1 } as any))).toEqual(['value-kind options.schematicId 1', 'value-kind options.secureBoot "yes"']);
});
