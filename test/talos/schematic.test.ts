import { Schematic } from '../../lib/talos/schematic';
import { SchematicBootloader, SchematicProps, SecureBootEnrollment } from '../../lib/talos/schematic-props';
import { SystemExtension } from '../../lib/talos/system-extension';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';
import { PUBLISHED } from './published-schematics';

const AGENT_ID = 'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515';
const AGENT = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT] });

test.each(PUBLISHED.map(({ what, text, id }) => [what, text, id]))('published: %s', (_, text, id) => {
  expect(Schematic.fromYaml(text).schematicId).toBe(id);
});

test('nothing but Talos', () => {
  const schematic = new Schematic();
  expect([schematic.toYaml(), schematic.schematicId, `${schematic}`]).toEqual([
    'customization: {}\n', '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba', schematic.schematicId,
  ]);
  expect([schematic.systemExtensions, schematic.secureBoot, schematic.nvidiaDriver]).toEqual([[], false, undefined]);
});

test('everything that can be said, in the words and order of the factory', () => {
  const schematic = new Schematic({
    systemExtensions: [SystemExtension.UTIL_LINUX_TOOLS, SystemExtension.of('author/name'), SystemExtension.ISCSI_TOOLS, SystemExtension.UTIL_LINUX_TOOLS],
    extraKernelArgs: ['net.ifnames=0', 'console=ttyS0,115200', '-quiet', 'a: b', 'x="y z"', '0x10', ''.padEnd(100, 'long ') + '.'],
    meta: [{ key: 10, value: '{"a": 1}' }, { key: 12, value: 'two\nlines\n' }, { key: 13, value: '' }],
    overlay: {
      overlayName: 'rpi_generic',
      image: 'siderolabs/sbc-raspberrypi',
      options: { configTxtAppend: 'one\ntwo', b10: 1, b9: true, list: ['x', { z: -2 }], empty: [], none: {} } as { [name: string]: any },
    },
    secureBoot: { enrollKeys: SecureBootEnrollment.FORCE, includeWellKnownCertificates: true },
    bootloader: SchematicBootloader.SD_BOOT,
    sectorSize: 4096,
    embeddedMachineConfiguration: 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: stable',
    owner: 'someone@example.com',
  });
  expect(schematic.toYaml()).toBe(`owner: someone@example.com
overlay:
    image: siderolabs/sbc-raspberrypi
    name: rpi_generic
    options:
        b9: true
        b10: 1
        configTxtAppend: |-
            one
            two
        empty: []
        list:
            - x
            - z: -2
        none: {}
customization:
    embeddedMachineConfiguration: |-
        apiVersion: v1alpha1
        kind: HostnameConfig
        auto: stable
    extraKernelArgs:
        - net.ifnames=0
        - console=ttyS0,115200
        - -quiet
        - 'a: b'
        - x="y z"
        - "0x10"
        - long long long long long long long long long long long long long long long long long long long long .
    meta:
        - key: 10
          value: '{"a": 1}'
        - key: 12
          value: |
            two
            lines
        - key: 13
          value: ""
    systemExtensions:
        officialExtensions:
            - author/name
            - siderolabs/iscsi-tools
            - siderolabs/util-linux-tools
    bootloader: sd-boot
    secureboot:
        enrollKeys: force
        includeWellKnownCertificates: true
    diskImage:
        sectorSize: 4096
`);
  expect(schematic.schematicId).toBe('93fa08dd1c2ee1321d69f1f9eec56f26b2f5a506c6f865fb5aaf549b384c7564');
  expect(schematic.secureBoot).toBe(true);
  expect(schematic.systemExtensions.map(String)).toEqual(['author/name', 'siderolabs/iscsi-tools', 'siderolabs/util-linux-tools']);
  expect(Schematic.fromYaml(schematic.toYaml()).schematicId).toBe(schematic.schematicId);
});

test('empty lists and switches that are off say nothing', () => {
  const quiet = { systemExtensions: [], extraKernelArgs: [], meta: [], secureBoot: { includeWellKnownCertificates: false } };
  expect(new Schematic(quiet).toYaml()).toBe('customization: {}\n');
  expect(new Schematic({ overlay: { overlayName: 'a', image: 'b', options: {} } }).toYaml()).toBe('overlay:\n    image: b\n    name: a\ncustomization: {}\n');
});

test('extensions keep their order where that is asked for, and in a text', () => {
  const systemExtensions = [SystemExtension.QEMU_GUEST_AGENT, SystemExtension.ISCSI_TOOLS, SystemExtension.ISCSI_TOOLS];
  const kept = new Schematic({ systemExtensions, sortExtensions: false });
  expect(kept.systemExtensions).toEqual(systemExtensions);
  expect(Schematic.fromYaml(kept.toYaml()).schematicId).toBe(kept.schematicId);
  expect(new Schematic({ systemExtensions }).systemExtensions).toEqual([SystemExtension.ISCSI_TOOLS, SystemExtension.QEMU_GUEST_AGENT]);
});

test('what it has', () => {
  expect([AGENT.hasExtension(SystemExtension.QEMU_GUEST_AGENT), AGENT.hasExtension(SystemExtension.ZFS)]).toEqual([true, false]);
  expect(new Schematic({ systemExtensions: [SystemExtension.of('author/name')] }).hasExtension(SystemExtension.of('author/name'))).toBe(true);
  AGENT.systemExtensions.pop();
  expect(AGENT.systemExtensions).toEqual([SystemExtension.QEMU_GUEST_AGENT]);
});

test('installer and disk image', () => {
  expect([AGENT.installerImage('v1.13.9'), AGENT.installerImage('1.14.1', 'https://factory.lan:8443')]).toEqual([
    `factory.talos.dev/nocloud-installer/${AGENT_ID}:v1.13.9`, `factory.lan:8443/nocloud-installer/${AGENT_ID}:v1.14.1`,
  ]);
  expect([AGENT.diskImageUrl('v1.13.9'), AGENT.diskImageUrl('1.12.0', 'https://factory.lan')]).toEqual([
    `https://factory.talos.dev/image/${AGENT_ID}/v1.13.9/nocloud-amd64.qcow2`, `https://factory.lan/image/${AGENT_ID}/v1.12.0/nocloud-amd64.qcow2`,
  ]);
  const signed = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT], secureBoot: {} });
  expect([signed.installerImage('v1.14.0-rc.1'), signed.diskImageUrl('v1.14.0-rc.1')]).toEqual([
    `factory.talos.dev/nocloud-installer-secureboot/${AGENT_ID}:v1.14.0-rc.1`,
    `https://factory.talos.dev/image/${AGENT_ID}/v1.14.0-rc.1/nocloud-amd64-secureboot.qcow2`,
  ]);
});

test('images of a release that does not exist, is not supported, or lacks an extension', () => {
  expect(mistakes(() => AGENT.installerImage('latest'))).toEqual(['talos-version-form talosVersion "latest"']);
  expect(mistakes(() => AGENT.diskImageUrl('v1.11.5'))).toEqual(['talos-version-unsupported talosVersion "v1.11.5"']);
  expect(mistakes(() => AGENT.diskImageUrl('v1.13', 'factory.lan'))).toEqual(['talos-version-form talosVersion "v1.13"', 'image-factory-form imageFactory "factory.lan"']);
  expect(mistakes(() => AGENT.installerImage('v1.13.9', 'https://factory.lan/'))).toEqual(['image-factory-form imageFactory "https://factory.lan/"']);
  const emulator = new Schematic({ systemExtensions: [SystemExtension.QEMU, SystemExtension.INTEL_NPU] });
  expect(mistakes(() => emulator.installerImage('v1.12.11'))).toEqual([
    'system-extension-release systemExtensions "siderolabs/intel-npu"', 'system-extension-release systemExtensions "siderolabs/qemu"',
  ]);
  expect(emulator.diskImageUrl('v1.14.1')).toContain('/v1.14.1/');
});

test.each<[string, SchematicProps, string[]]>([
  ['kernel arguments', { extraKernelArgs: ['', 'a\nb', 'a\tb', 'a b'] }, [
    'schematic-kernel-arg-form extraKernelArgs[0] ""', 'schematic-kernel-arg-form extraKernelArgs[1] "a\\nb"', 'schematic-kernel-arg-form extraKernelArgs[2] "a\\tb"',
  ]],
  ['META keys', { meta: [{ key: 256, value: '' }, { key: -1, value: '' }, { key: 1.5, value: '' }] }, [
    'schematic-meta-key meta[0].key 256', 'schematic-meta-key meta[1].key -1', 'schematic-meta-key meta[2].key 1.5',
  ]],
  ['a META key twice', { meta: [{ key: 10, value: 'a' }, { key: 11, value: '' }, { key: 10, value: 'a' }] }, ['schematic-meta-twice meta[2].key 10']],
  ['an overlay without a name', { overlay: { overlayName: '', image: 'a b' } }, [
    'schematic-overlay-name overlay.overlayName ""', 'schematic-overlay-name overlay.image "a b"',
  ]],
  ['options of an overlay', { overlay: { overlayName: 'a', image: 'b', options: { 'half': 0.5, 'none': null, 'a b': 1, 'set': new Set(), '1': [undefined] } as any } }, [
    'schematic-overlay-option overlay.options.1[0] nothing', 'schematic-overlay-option overlay.options.a b',
    'schematic-overlay-option overlay.options.half 0.5', 'schematic-overlay-option overlay.options.none null', 'schematic-overlay-option overlay.options.set {}',
  ]],
  ['sectors', { sectorSize: 1024 }, ['schematic-sector-size sectorSize 1024']],
  ['an owner', { owner: ' ' }, ['schematic-owner-form owner " "']],
  ['an id', { schematicId: AGENT_ID.toUpperCase() }, [`schematic-id-form schematicId "${AGENT_ID.toUpperCase()}"`]],
  ['the id of something else', { schematicId: AGENT_ID }, [`schematic-id-mismatch schematicId "${AGENT_ID}"`]],
  ['words of YAML 1.1', { extraKernelArgs: ['off', 'yes', 'offline', 'y'] }, [
    'schematic-value-uncertain extraKernelArgs[0] "off"', 'schematic-value-uncertain extraKernelArgs[1] "yes"', 'schematic-value-uncertain extraKernelArgs[3] "y"',
  ]],
  ['numbers and dates of YAML 1.1', { meta: ['12:30:45', '<<', '2024-01-02', '0b+1', '.1_0', '12:30:4x'].map((value, key) => ({ key, value })) }, [
    'schematic-value-uncertain meta[0].value "12:30:45"', 'schematic-value-uncertain meta[1].value "<<"', 'schematic-value-uncertain meta[2].value "2024-01-02"',
    'schematic-value-uncertain meta[3].value "0b+1"', 'schematic-value-uncertain meta[4].value ".1_0"',
  ]],
  ['keys that are never enrolled', { secureBoot: { enrollKeys: SecureBootEnrollment.OFF } }, ['schematic-value-uncertain secureBoot.enrollKeys "off"']],
  ['texts that the factory damages', { meta: [' a\nb', '\ta\nb', 'a\u2028b', 'a\ud800b', ' a', 'a\n b'].map((value, key) => ({ key, value })) }, [
    'schematic-value-damaged meta[0].value " a\\nb"', 'schematic-value-damaged meta[1].value "\\ta\\nb"', 'schematic-value-damaged meta[2].value "a\u2028b"',
    'schematic-value-damaged meta[3].value "a\\ud800b"',
  ]],
])('refused: %s', (_, props, expected) => {
  expect(mistakes(() => new Schematic(props))).toEqual(expected);
});

test('what is not known before Terraform runs has no id', () => {
  expect(mistakes(() => new Schematic({ extraKernelArgs: [REFERENCES.text], owner: REFERENCES.text }))).toEqual([
    'not-known-at-synth owner a Terraform reference (known only when Terraform runs)',
    'not-known-at-synth extraKernelArgs[0] a Terraform reference (known only when Terraform runs)',
  ]);
});

test('values of the wrong kind', () => {
  const props = {
    systemExtensions: ['siderolabs/zfs'],
    sortExtensions: 1,
    extraKernelArgs: [1],
    meta: [{ key: '10', value: 1 }, {}],
    overlay: { overlayName: 1, image: 2 },
    bootloader: 'lilo',
    secureBoot: { enrollKeys: 'maybe', includeWellKnownCertificates: 'yes' },
    sectorSize: '512',
    embeddedMachineConfiguration: {},
    owner: 1,
    schematicId: 1,
  };
  expect(mistakes(() => new Schematic(props as any))).toEqual([
    'value-kind systemExtensions[0] "siderolabs/zfs"', 'value-kind sortExtensions 1', 'value-kind extraKernelArgs[0] 1', 'value-kind meta[0].key "10"',
    'value-kind meta[0].value 1', 'value-missing meta[1].key', 'value-missing meta[1].value', 'value-kind overlay.overlayName 1', 'value-kind overlay.image 2',
    'value-kind secureBoot.enrollKeys "maybe"', 'value-kind secureBoot.includeWellKnownCertificates "yes"', 'value-kind bootloader "lilo"', 'value-kind sectorSize "512"',
    'value-kind embeddedMachineConfiguration {}', 'value-kind owner 1', 'value-kind schematicId 1',
  ]);
});

test.each([
  ['a token', 'cluster:\n  token: abc.def'],
  ['a private key', 'machine:\n  ca:\n    key: LS0tLS1CRUdJTiBFRDI1NTE5IFBSSVZBVEUgS0VZLS0tLS0='],
  ['a private key in plain text', 'files: "-----BEGIN EC PRIVATE KEY-----"'],
  ['a token in JSON', '{"machine": {"type": "worker", "token": "abc"}}'],
])('an embedded configuration with a secret is refused and not shown: %s', (_, embeddedMachineConfiguration) => {
  expect(mistakes(() => new Schematic({ embeddedMachineConfiguration }))).toEqual(['schematic-embedded-secret embeddedMachineConfiguration']);
});

test('an embedded configuration with a certificate', () => {
  const embeddedMachineConfiguration = 'kind: TrustedRootsConfig\nname: lan\ncertificates: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t';
  expect(new Schematic({ embeddedMachineConfiguration }).toYaml()).toContain(embeddedMachineConfiguration.replace(/^/gm, '        '));
});

test('with the id that the factory answered, an uncertain value is taken', () => {
  const schematicId = '0'.repeat(64);
  const schematic = new Schematic({ extraKernelArgs: ['off'], schematicId });
  expect([schematic.schematicId, schematic.toYaml()]).toEqual([schematicId, 'customization:\n    extraKernelArgs:\n        - "off"\n']);
  expect(Schematic.fromYaml('customization: {extraKernelArgs: [off]}', { schematicId }).schematicId).toBe(schematicId);
  expect(new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT], schematicId: AGENT_ID }).schematicId).toBe(AGENT_ID);
});

test('the whole message says where the doubt comes from', () => {
  expect(expectError(() => new Schematic({ extraKernelArgs: ['off'] })).message).toBe(`talos.Schematic: [schematic-value-uncertain] extraKernelArgs[0], got: "off"
  The id of a schematic is made of its text as the factory writes it, and with this value that differs from one release of the factory to the next: it was a truth value in YAML 1.1.
  Remedy: Choose another value, or give the id that the factory answered as schematicId.`);
});
