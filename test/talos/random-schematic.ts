import { stringify } from 'yaml';
import { SystemExtension } from '../../lib/talos/system-extension';
import { fc } from '../support/fast-check';

/** What has a meaning in YAML, to one of its versions, or to a shell, and characters from all over Unicode. */
const PIECES = [
  'a', 'b', 'y', 'N', 'x', 'e', 'o', '0', '1', '7', '9', '_', '.', '-', '+', ':', '#', '\'', '"', '\\', '/', '=', ',', '?', '!', '*', '&', '%', '@', '`',
  '[', ']', '{', '}', '|', '>', '<', '~', ' ', '  ', ': ', ' #', '- ', '\t', '\n', '\n\n', ' \n', '\n ', '\r', '\r\n', '\0', '\x07', '\x1b', '\x7f',
  '\x85', '\xa0', '\xad', 'é', '漢', '\u2028', '\u2029', '\ud7ff', '\ue000', '\ufeff', '\ufffd', '\uffff', '😀', '\u{10ffff}', '---', '...', 'true', 'null',
  'no', 'off', 'Yes', '.inf', '.nan', '0x', '0o', '0b', '1_000', '2024-01-02', '2024-1-2T', '12:30', '1e5', '-0', '+.5', '<<', 'console=ttyS0', '18446744073709551616',
];

const hostileText = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 7 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n')),
  fc.oneof(fc.integer(), fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }), fc.double()).map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

/** On one line, as all texts are that are no files. */
// eslint-disable-next-line no-control-regex
const hostileLine = fc.oneof({ weight: 9, arbitrary: hostileText.map((text) => text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, '') || ':') }, { weight: 1, arbitrary: hostileText });

const kernelArgument = fc.oneof(
  fc.constantFrom('console=ttyS0', 'console=tty0', 'net.ifnames=0', 'mitigations=off', 'talos.platform=nocloud', 'intel_iommu=on', 'iommu=pt', 'quiet',
    'ip=10.0.0.2::10.0.0.1:255.255.255.0:cp1:eth0:off', 'talos.config=https://lan/c?h=${hostname}&m=${mac}', 'module_blacklist=a,b', 'vga=791', '-init_on_alloc',
    'siderolink.api=grpc://10.0.0.1:8090?jointoken=abc', 'foo="a b"', 'hugepages=4', 'a'.repeat(200), Array(60).fill('word').join(' ')),
  fc.stringMatching(/^[a-z][a-z0-9_.]{0,8}(=[A-Za-z0-9_.,:/?&*'"{}#@ -]{0,16})?$/),
);
const metaText = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.constantFrom('{}', 'foo', 'machine:\n  install: {}\n', 'version: v1alpha1\nkind: LinkConfig\nname: eth0\n---\nkind: x\n', '1', ''),
  kernelArgument,
);

/** A schematic in the shape of the factory, of likely or of hostile texts. */
function schematicOf(text: { argument: fc.Arbitrary<string>; meta: fc.Arbitrary<string>; name: fc.Arbitrary<string> }): fc.Arbitrary<object> {
  const some = { requiredKeys: [] };
  const names = SystemExtension.official().map(({ extensionName }) => extensionName).filter((name) => !name.includes('nvidia'));
  const option = fc.oneof(text.argument, fc.boolean(), fc.integer(), fc.array(text.argument, { maxLength: 2 }));
  const key = fc.oneof(fc.stringMatching(/^[a-z][A-Za-z0-9_.-]{0,6}$/), fc.stringMatching(/^[a-c][0-9]{1,3}[a-c]?[0-9]{0,2}$/));
  const options = fc.dictionary(key, fc.oneof(option, fc.dictionary(key, option, { maxKeys: 3 })), { maxKeys: 6 });
  return fc.record({
    owner: text.name,
    overlay: fc.record({ name: fc.constantFrom('rpi_generic', 'rock4'), image: fc.constantFrom('siderolabs/sbc-raspberrypi', 'siderolabs/sbc-rockchip'), options }, { requiredKeys: ['name', 'image'] }),
    customization: fc.record({
      embeddedMachineConfiguration: text.meta,
      extraKernelArgs: fc.array(text.argument, { maxLength: 4 }),
      meta: fc.uniqueArray(fc.record({ key: fc.integer({ min: 0, max: 255 }), value: text.meta }), { maxLength: 3, selector: ({ key: k }) => k }),
      systemExtensions: fc.record({
        officialExtensions: fc.oneof(
          fc.subarray(names, { maxLength: 6 }),
          fc.shuffledSubarray(names, { maxLength: 6 }),
          fc.constantFrom('lts', 'production').chain((track) => fc.shuffledSubarray([
            ...names.slice(0, 3), `siderolabs/nvidia-open-gpu-kernel-modules-${track}`, `siderolabs/nvidia-container-toolkit-${track}`,
            `siderolabs/nvidia-fabricmanager-${track}`,
          ], { minLength: 5 })),
        ),
      }, some),
      bootloader: fc.constantFrom('none', 'dual-boot', 'sd-boot', 'grub'),
      secureboot: fc.record({ enrollKeys: fc.constantFrom('manual', 'if-safe', 'if-safe', 'force', 'force', 'force', 'off'), includeWellKnownCertificates: fc.boolean() }, some),
      diskImage: fc.record({ sectorSize: fc.constantFrom(0, 512, 4096) }, some),
    }, some),
  }, some);
}

/** A text for an object: JSON, which is YAML, or YAML in one of its many ways to write the same. */
function written(schematic: fc.Arbitrary<object>): fc.Arbitrary<string> {
  const style = fc.record({
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 40, 80),
  });
  return fc.oneof(
    schematic.map((value) => JSON.stringify(value).replace(/[\x7f-\u{10ffff}]/gu, escaped)),
    fc.tuple(schematic, style).map(([value, options]) => stringify(value, options as object)),
  );
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Schematics as people write them. */
export const likelySchematic = written(schematicOf({ argument: kernelArgument, meta: metaText, name: fc.constantFrom('someone', 'user@example.com') }));

/** Schematics with texts that nobody writes. */
export const hostileSchematic = written(schematicOf({ argument: hostileLine, meta: hostileText, name: hostileLine }));

/** Texts in which fields stand where they do not belong, or have values of any kind, in any spelling. */
export const mistakenSchematic: fc.Arbitrary<string> = (() => {
  const word = fc.constantFrom('~', 'null', 'NULL', '', '""', '"x"', "'10'", 'word', 'siderolabs/zfs', '[siderolabs/zfs, ~]', '[siderolabs/gasket]', '10', '0x0A', '010', '0o12', '1_0', '10.0', '1e1', '-1', '256', '-0',
    'true', 'True', 'yes', 'y', '"true"', 'off', '[]', '{}', '[a, ~, b]', '[a, , b]', '[10, 0x10, true, 1.50]', '[[a]]', '[{a: b}]', '!!str 5', '!!int 5', '!!binary aGk=', '!own word', '2024-01-01',
    'GRUB', 'Sd-Boot', 'none', 'force', 'FORCE', '512', '4096', '1024', '[{key: 1, value: x}, ~]', '[{key: 1}]', '[{value: 7}]', '[{key: 0x1f, value: ~}, {key: 0x1f, value: x}]', '&a word', '*a',
    '"a\\n  b"', "'a\n\n   b'", 'a\n   b', '# remark\n  word', '{a: 1, b: [true, x, -5], c: {d: ~}}', '{b10: a, b9: 0x1, 1: 2}', '{yes: no}', '{"1": "2", "010": b}');
  const field = (name: string, value: fc.Arbitrary<string>) => fc.oneof({ weight: 9, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: fc.constantFrom('other', 'Key', name.toUpperCase(), '<<', '"' + name + '"') })
    .chain((key) => value.map((text) => `${key}: ${text}`));
  const fields = (kinds: Record<string, fc.Arbitrary<string>>) => fc.subarray(Object.entries(kinds), { maxLength: Math.min(3, Object.keys(kinds).length) })
    .chain((chosen) => fc.tuple(...chosen.map(([name, value]) => field(name, fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: word })))))
    .map((members) => `{${members.join(', ')}}`);
  const customization = fields({
    embeddedMachineConfiguration: word,
    extraKernelArgs: word,
    meta: word,
    systemExtensions: fields({ officialExtensions: word }),
    bootloader: word,
    secureboot: fields({ enrollKeys: word, includeWellKnownCertificates: word }),
    diskImage: fields({ sectorSize: word }),
  });
  const document = fields({ owner: word, overlay: fields({ name: word, image: word, options: word }), customization });
  const around = fc.constantFrom(['', ''], ['', ''], ['', ''], ['', ''], ['# remark\n', '\n'], ['---\n', '\n...\n'], ['%YAML 1.1\n---\n', ''], ['', '\n---\nsecond: 2\n']);
  return fc.tuple(document, around).map(([text, [before, after]]) => `${before}${text}${after}`);
})();
