import {
  Bios, CpuType, DiskBus, Duration, MachineType, NetworkModel, Rule, ScsiController, Size, ValidationError, VgaType,
} from '../../lib/core';
import { Block, Expression } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { CONNECTION, MINIMAL_CLONE, MINIMAL_ISO, secret, SHA256 } from './samples';

const TABLES: { readonly [code: string]: Rule }[] = [
  packer.packerRules, packer.metaRules, packer.communicatorRules, packer.isoRules, packer.deviceRules, packer.bootCommandRules,
  packer.proxmoxSourceRules,
  packer.cloneRules, packer.installationRules, packer.provisionerRules, packer.postProcessorRules,
];

const clone = (props: { [name: string]: any }) => () => new packer.ProxmoxCloneSource('ubuntu', { ...MINIMAL_CLONE, ...props });
const iso = (props: { [name: string]: any }) => () => new packer.ProxmoxIsoSource('debian', { ...MINIMAL_ISO, ...props });
const ssh = (props: { [name: string]: any }) => () => packer.Communicator.ssh({ username: 'packer', ...props });
const winRm = (props: { [name: string]: any }) => () => packer.Communicator.winRm({ username: 'Administrator', ...props });
const variable = (props: packer.VariableProps) => () => new packer.Variable('x', props);
const typed = (...keys: string[]) => ({ bootCommand: keys, bootKeyInterval: Duration.milliseconds(50) });
const disk = (props: { [name: string]: any }) => ({ disks: [{ storagePool: 'tank', ...props }] });
const adapter = (props: { [name: string]: any }) => ({ networkAdapters: [{ bridge: 'vmbr0', model: NetworkModel.VIRTIO, ...props }] });
const pci = (props: { [name: string]: any }) => ({ pciDevices: [{ mapping: 'gpu', ...props }] });
const address = (props: packer.IpConfig) => ({ ...adapter({}), ipConfigs: [props] });
const plugin = (props: { [name: string]: any }) => () => new packer.RequiredPlugin({ name: 'x', source: 'github.com/a/x', version: '>= 1.0', ...props });

/** A template with one clone, and what else is done to it; refused when it is rendered. */
const template = (change: (t: packer.Template) => void, source: packer.Source | undefined = clone({ vmId: 9102 })()) => () => {
  const t = new packer.Template({ name: 't' });
  t.addVariable(new packer.Variable('proxmox_token', { sensitive: true }));
  if (source !== undefined) t.addSource(source);
  change(t);
  return t.toBody();
};
const login = (communicator: packer.Communicator) => clone({ communicator })();
const withPassword = packer.Communicator.ssh({ username: 'packer', password: Expression.call('uuidv4').toString() });
const withWinRm = packer.Communicator.winRm({ username: 'Administrator' });

/** Code, property, a part of the message, and what is refused. */
const CASES: [code: string, property: string, message: string, make: () => unknown][] = [
  // what a template declares
  ['packer-path-not-below-root', 'relativePath', 'got: "../x"', () => packer.fromRoot('../x')],
  ['packer-path-not-below-root', 'relativePath', 'got: "/x"', () => packer.fromRoot('/x')],
  ['packer-path-not-below-root', 'relativePath', 'got: ""', () => packer.fromRoot('')],
  ['packer-template-braces', 'inline[1]', 'cannot be escaped', () => packer.Provisioner.shell({ inline: ['a', "docker ps --format '{{.ID}}'"] })],
  ['packer-template-braces', 'environment.A', 'got: "{{"', () => packer.Provisioner.windowsShell({ inline: ['ver'], environment: { A: '{{' } })],
  ['packer-template-braces', 'inline[1]', 'got: "Write-Output {{.Vars}}"', () => packer.Provisioner.powerShell({ inline: ['a', 'Write-Output {{.Vars}}'] })],
  ['packer-template-braces', 'environment.A', 'cannot be escaped', () => packer.Provisioner.powerShell({ inline: ['a'], environment: { A: '{{' } })],
  ['packer-template-braces', 'scripts[0]', 'cannot be escaped', () => packer.Provisioner.shellLocal({ scripts: ['{{.sh'] })],
  ['packer-template-braces', 'destination', 'cannot be escaped', () => packer.Provisioner.file({ sources: ['a'], destination: '/{{' })],
  ['packer-template-braces', 'destination', 'cannot be escaped', () => packer.Provisioner.fileContent({ content: '{{', destination: '/{{' })],
  ['packer-template-braces', 'extraArguments[0]', 'cannot be escaped', () => packer.Provisioner.ansible({ playbookFile: 'a', extraArguments: ['{{'] })],
  ['packer-template-braces', 'scanPath', 'cannot be escaped', () => packer.Provisioner.hcpSbom({ autoGenerate: true, scanPath: '{{' })],
  ['packer-template-braces', 'customData.a', 'cannot be escaped', () => packer.PostProcessor.manifest({ customData: { a: '{{' } })],
  ['packer-plugin-name', 'name', 'got: "Proxmox"', plugin({ name: 'Proxmox' })],
  ['packer-plugin-source', 'source', 'got: "hashicorp/proxmox"', plugin({ source: 'hashicorp/proxmox' })],
  ['packer-plugin-version', 'version', 'got: ">= 1.2.4-dev"', plugin({ version: '>= 1.2.4-dev' })],
  ['packer-plugin-version', 'version', 'got: "latest"', () => new packer.Template({ name: 't', requiredVersion: 'latest' })],
  ['packer-plugin-conflict', 'addRequiredPlugin', 'x: github.com/a/x >= 1.0, github.com/a/x >= 2.0', template((t) => {
    t.addRequiredPlugin(new packer.RequiredPlugin({ name: 'x', source: 'github.com/a/x', version: '>= 1.0' }));
    t.addRequiredPlugin(new packer.RequiredPlugin({ name: 'x', source: 'github.com/a/x', version: '>= 2.0' }));
  })],
  ['packer-plugin-conflict', 'addRequiredPlugin', 'x: github.com/a/x >= 1.0, github.com/b/x >= 1.0', template((t) => t.addProvisioners(
    packer.Provisioner.custom('x', {}, { requiredPlugin: new packer.RequiredPlugin({ name: 'x', source: 'github.com/a/x', version: '>= 1.0' }) }),
    packer.Provisioner.custom('x', {}, { requiredPlugin: new packer.RequiredPlugin({ name: 'x', source: 'github.com/b/x', version: '>= 1.0' }) }),
  ))],
  ['packer-variable-name', 'name', 'got: "proxmox-token"', () => new packer.Variable('proxmox-token')],
  ['packer-variable-two-defaults', 'default', 'one default at most', variable({ default: 'a', optional: true })],
  ['packer-variable-default-expression', 'default', 'nothing in the default', variable({ default: `a ${Expression.reference('local.b')}` })],
  ['packer-variable-default-type', 'default', 'type list(string) is a value of that type', variable({ type: packer.VariableType.list(packer.VariableType.STRING), default: ['a', 1] })],
  ['packer-variable-default-type', 'default', 'got: {"a":1}', variable({ type: packer.VariableType.object({ a: packer.VariableType.STRING }), default: { a: 1 } })],
  ['packer-variable-sensitive-default', 'default', 'in clear', variable({ sensitive: true, default: 'hunter2' })],
  ['packer-variable-type-attribute', 'attributes', 'got: "a b"', () => packer.VariableType.object({ 'a b': packer.VariableType.STRING })],
  ['packer-variable-validation-condition', 'validations[0].condition', 'got: "length(var.y) > 0"', variable({
    validations: [{ condition: Expression.raw('length(var.y) > 0'), errorMessage: 'No.' }],
  })],
  ['packer-variable-validation-condition', 'validations[0].condition', 'got: "true"', variable({ validations: [{ condition: Expression.raw('true'), errorMessage: 'No.' }] })],
  ['packer-variable-validation-message', 'validations[0].errorMessage', 'got: "too short"', variable({
    validations: [{ condition: Expression.raw('length(var.x) > 8'), errorMessage: 'too short' }],
  })],
  ['packer-local-name', 'name', 'got: "a b"', template((t) => t.addLocal('a b', 1))],
  ['packer-data-name', 'name', 'got: "1a"', () => packer.DataSource.nullSource('1a', 'x')],
  ['packer-data-name', 'type', 'got: "a.b"', () => packer.DataSource.custom('a.b', 'x')],
  ['packer-data-url', 'url', 'got: "example.com"', () => packer.DataSource.http('x', { url: 'example.com' })],
  ['packer-source-name', 'name', 'got: "24.04"', () => new packer.ProxmoxCloneSource('24.04', MINIMAL_CLONE)],
  ['packer-override-path', 'addOverride', 'got: "source..memory"', template((t) => t.addOverride('source..memory', 1))],
  ['packer-override-nothing-there', 'addOverride', 'got: "source.proxmox-clone.debian.memory"', template((t) => t.addOverride('source.proxmox-clone.debian.memory', 1))],
  ['packer-override-nothing-there', 'addOverride', 'got: "build.provisioner.0.inline"', template((t) => t.addOverride('build.provisioner.0.inline', []))],
  ['packer-template-name', 'name', 'got: "my image"', () => new packer.Template({ name: 'my image' })],
  ['packer-name-taken', 'variable', 'got: "proxmox_token"', template((t) => t.addVariable(new packer.Variable('proxmox_token')))],
  ['packer-name-taken', 'source', 'got: "proxmox-clone.ubuntu"', template((t) => t.addSource(clone({})()))],
  ['packer-name-taken', 'local', 'got: "a"', template((t) => [1, 2].forEach((value) => t.addLocal('a', value)))],
  ['packer-name-taken', 'data', 'got: "null.a"', template((t) => ['x', 'y'].forEach((input) => t.addData(packer.DataSource.nullSource('a', input))))],
  ['packer-source-missing', 'addSource', 'at least one source', () => new packer.Template({ name: 't' }).toBody()],
  ['packer-error-cleanup-twice', 'addErrorCleanupProvisioner', 'one provisioner', template((t) => [1, 2].forEach(() =>
    t.addErrorCleanupProvisioner(packer.Provisioner.shellLocal({ inline: ['a'] }))))],
  ['packer-vm-id-twice', 'source.proxmox-clone.b.vmId', 'got: 9102', template((t) => t.addSource(new packer.ProxmoxCloneSource('b', { ...MINIMAL_CLONE, vmId: 9102 })))],
  ['packer-clone-of-sibling', 'source.proxmox-clone.b', 'got: "proxmox-clone.ubuntu"', template((t) =>
    t.addSource(new packer.ProxmoxCloneSource('b', { ...MINIMAL_CLONE, cloneVmId: 9102 })))],
  ['packer-clone-of-sibling', 'source.proxmox-clone.b', 'got: "proxmox-clone.ubuntu"', template((t) =>
    t.addSource(new packer.ProxmoxCloneSource('b', { ...MINIMAL_CLONE, cloneVmId: undefined, cloneVm: 'golden' })), clone({ templateName: 'golden' })())],
  ['packer-provisioner-without-communicator', 'provisioners[0]', 'got: "proxmox-clone.ubuntu"', template((t) =>
    t.addProvisioners(packer.Provisioner.shell({ inline: ['a'] })), login(packer.Communicator.none()))],
  ['packer-unknown-source', 'provisioners[0].only', 'got: "t.proxmox-clone.ubuntu"', template((t) =>
    t.addProvisioners(packer.Provisioner.shell({ inline: ['a'], only: ['t.proxmox-clone.ubuntu'] })))],
  ['packer-unknown-source', 'provisioners[0].override', 'got: "debian"', template((t) =>
    t.addProvisioners(packer.Provisioner.shell({ inline: ['a'], override: { debian: { inline: ['b'] } } })))],
  ['packer-unknown-source', 'postProcessors[1].except', 'got: "debian"', template((t) => t.addPostProcessors(
    packer.PostProcessor.shellLocal({ inline: ['a'], except: ['debian'] }), packer.PostProcessor.manifest()))],
  ['packer-undeclared-reference', 'build.provisioner[0].inline[0]', 'got: "var.mirror"', template((t) =>
    t.addProvisioners(packer.Provisioner.shell({ inline: [`echo ${Expression.reference('var.mirror')}`] })))],
  ['packer-undeclared-reference', 'locals.a', 'got: "data.http.release"', template((t) => t.addLocal('a', Expression.raw('upper(data.http.release.body)')))],
  ['packer-build-reference', 'locals.a', 'got: "build.ID"', template((t) => t.addLocal('a', Expression.reference('build.ID')))],
  ['packer-build-reference', 'locals.a', 'got: "source.name"', template((t) => t.addLocal('a', Expression.reference('source.name')))],
  ...['build.Id', 'source.id', 'path.module', 'packer.build'].map((name): [string, string, string, () => unknown] =>
    ['packer-unknown-name', 'build.provisioner[0].inline[0]', `got: "${name}"`, template((t) =>
      t.addProvisioners(packer.Provisioner.shell({ inline: [`echo ${Expression.reference(name)}`] })))]),
  ['packer-env-outside-default', 'locals.a', 'defaults of variables only', template((t) => t.addLocal('a', Expression.call('env', 'HOME')))],
  ['packer-secret-not-sensitive', 'source.proxmox-clone.ubuntu.ssh_password', 'got: "local.pw"', template(
    (t) => t.addLocal('pw', Expression.call('uuidv4')), login(packer.Communicator.ssh({ username: 'packer', password: Expression.reference('local.pw').toString() })))],

  // what may be said of every step
  ['packer-only-and-except', 'except', 'got: ["b"]', () => packer.Provisioner.shell({ inline: ['a'], only: ['a'], except: ['b'] })],
  ['packer-only-and-except', 'except', 'got: ["b"]', () => packer.PostProcessor.manifest({ only: ['a'], except: ['b'] })],
  ['packer-timeout-with-pause', 'timeout', 'got: 1m', () => packer.Provisioner.shell({ inline: ['a'], timeout: Duration.minutes(1), pauseBefore: Duration.seconds(1) })],
  ['packer-override-meta-argument', 'override.ubuntu', 'got: "timeout"', () => packer.Provisioner.shell({ inline: ['a'], override: { ubuntu: { timeout: '1m' } } })],
  ['packer-max-retries', 'maxRetries', 'got: 0.5', () => packer.Provisioner.custom('shell', {}, { maxRetries: 0.5 })],

  // communicators
  ['packer-communicator-user-missing', 'username', 'got: ""', ssh({ username: '' })],
  ['packer-communicator-user-missing', 'username', 'got: ""', winRm({ username: '' })],
  ['packer-communicator-port', 'port', 'got: 0', ssh({ port: 0 })],
  ['packer-communicator-port', 'bastion.port', 'got: 65536', ssh({ bastion: { host: 'b', agentAuth: true, port: 65536 } })],
  ['packer-communicator-port', 'proxy.port', 'got: 1.5', ssh({ proxy: { host: 'p', port: 1.5 } })],
  ['packer-ssh-certificate-without-key', 'certificateFile', 'got: "a.pub"', ssh({ certificateFile: 'a.pub' })],
  ['packer-ssh-certificate-without-key', 'bastion.certificateFile', 'got: "a.pub"', ssh({ bastion: { host: 'b', agentAuth: true, certificateFile: 'a.pub' } })],
  ['packer-ssh-bastion-and-proxy', 'proxy', 'not through both', ssh({ bastion: { host: 'b', agentAuth: true }, proxy: { host: 'p' } })],
  ['packer-ssh-bastion-login', 'bastion', 'a way to log in', ssh({ bastion: { host: 'b' } })],
  ['packer-ssh-tunnel', 'localTunnels[0]', 'got: "8080:80"', ssh({ localTunnels: ['8080:80'] })],
  ['packer-ssh-tunnel', 'remoteTunnels[0]', 'got: "a:b:80"', ssh({ remoteTunnels: ['a:b:80'] })],
  ['packer-winrm-port-and-tls', 'port', 'got: 5985', winRm({ port: 5985, useSsl: true })],
  ['packer-winrm-port-and-tls', 'port', 'got: 5986', winRm({ port: 5986 })],
  ['packer-winrm-insecure-without-tls', 'insecure', 'only with TLS', winRm({ insecure: true })],
  ['packer-secret-in-template', 'password', 'in clear', ssh({ password: 'hunter2' })],
  ['packer-secret-in-template', 'password', 'in clear', winRm({ password: 'hunter2' })],
  ['packer-secret-in-template', 'bastion.password', 'in clear', ssh({ bastion: { host: 'b', password: 'hunter2' } })],
  ['packer-secret-in-template', 'token', 'in clear', clone({ token: 'hunter2' })],
  ['packer-secret-in-template', 'elevatedPassword', 'in clear', () => packer.Provisioner.powerShell({ inline: ['a'], elevatedUser: 'a', elevatedPassword: 'hunter2' })],
  ['packer-secret-in-template', 'password', 'in clear', () => packer.Provisioner.windowsUpdate({ password: 'hunter2' })],

  // ISO images
  ['packer-iso-volume', 'volume', 'got: "local:debian.iso"', () => packer.IsoFile.fromStorage('local:debian.iso')],
  ['packer-iso-url', 'urls', 'got: []', () => packer.IsoFile.fromUrl({ urls: [], checksum: SHA256, storagePool: 'local' })],
  ['packer-iso-checksum', 'checksum', 'got: "none"', () => packer.IsoFile.fromUrl({ urls: ['https://a/b.iso'], checksum: 'none', storagePool: 'local' })],
  ['packer-iso-checksum', 'checksum', 'got: "sha256:12"', () => packer.IsoFile.fromUrl({ urls: ['https://a/b.iso'], checksum: 'sha256:12', storagePool: 'local' })],
  ['packer-iso-checksum-on-node', 'checksum', 'refusing to override', () => packer.IsoFile.fromUrl({
    urls: ['https://a/b.iso'], checksum: 'file:https://a/SHA256SUMS', storagePool: 'local', downloadOnNode: true,
  })],
  ['packer-iso-url-on-node', 'urls[0]', 'got: "https://a/b.iso?token=1"', () => packer.IsoFile.fromUrl({
    urls: ['https://a/b.iso?token=1'], checksum: SHA256, storagePool: 'local', downloadOnNode: true,
  })],
  ['packer-iso-url-on-node', 'urls[1]', 'got: "/srv/b.iso"', () => packer.IsoFile.fromUrl({
    urls: ['https://a/b.iso', '/srv/b.iso'], checksum: SHA256, storagePool: 'local', downloadOnNode: true,
  })],
  ['packer-iso-content-empty', 'content', 'files or content', () => packer.IsoFile.fromContent({ storagePool: 'local' })],
  ['packer-iso-content-name', 'content', 'got: "/user-data"', () => packer.IsoFile.fromContent({ content: { '/user-data': '' }, storagePool: 'local' })],
  ['packer-iso-label', 'label', 'got: "my seed"', () => packer.IsoFile.fromContent({ content: { a: '' }, label: 'my seed', storagePool: 'local' })],
  ['packer-iso-index-range', 'index', 'got: 4', () => packer.IsoFile.fromStorage('local:iso/a.iso', { index: 4 })],
  ['packer-iso-index-range', 'index', 'got: 31', () => packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.SCSI, index: 31 })],
  ['packer-iso-index-range', 'index', 'got: 6', () => packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.SATA, index: 6 })],
  ['packer-iso-index-without-bus', 'bootIso.index', 'got: 0', iso({ bootIso: packer.IsoFile.fromStorage('local:iso/a.iso', { index: 0 }) })],
  ['packer-iso-keep-drive-without-unmount', 'keepCdromDevice', 'taken out', () => packer.IsoFile.fromStorage('local:iso/a.iso', { keepCdromDevice: true })],
  ['packer-iso-slot-on-clone', 'additionalIsoFiles[0]', 'overwrites the cloud-init drive', clone({ additionalIsoFiles: [packer.IsoFile.fromStorage('local:iso/a.iso')] })],
  ['packer-iso-slot-on-clone', 'additionalIsoFiles[0]', 'got: "sata"', clone({
    additionalIsoFiles: [packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.SATA })],
  })],

  // devices
  ['packer-storage-name', 'disks[0].storagePool', 'got: ""', clone(disk({ storagePool: '' }))],
  ['packer-storage-name', 'tpmConfig.storagePool', 'got: "a b"', clone({ tpmConfig: { storagePool: 'a b' } })],
  ['packer-storage-name', 'efiConfig.storagePool', 'got: ""', iso({ bios: Bios.OVMF, efiConfig: { storagePool: '' } })],
  ['packer-storage-name', 'storagePool', 'got: ""', () => packer.IsoFile.fromContent({ content: { a: '' }, storagePool: '' })],
  ['packer-bridge-missing', 'networkAdapters[0].bridge', 'got: ""', clone(adapter({ bridge: '' }))],
  ['packer-packet-queues', 'networkAdapters[0].packetQueues', 'got: 4', clone(adapter({ model: NetworkModel.E1000, packetQueues: 4 }))],
  ['packer-packet-queues', 'networkAdapters[0].packetQueues', 'got: 65', clone(adapter({ packetQueues: 65 }))],
  ['packer-mac-address', 'networkAdapters[0].macAddress', 'got: "BC-24-11-00-00-01"', clone(adapter({ macAddress: 'BC-24-11-00-00-01' }))],
  ['packer-mac-address', 'networkAdapters[0].macAddress', 'got: "01:00:5E:00:00:01"', clone(adapter({ macAddress: '01:00:5E:00:00:01' }))],
  ['packer-mtu', 'networkAdapters[0].mtu', 'got: 65521', clone(adapter({ mtu: 65521 }))],
  ['packer-vlan-tag', 'networkAdapters[0].vlanTag', 'got: 4095', clone(adapter({ vlanTag: 4095 }))],
  ['packer-too-many-adapters', 'networkAdapters', 'got: 33', clone({ networkAdapters: Array(33).fill({ bridge: 'vmbr0' }) })],
  ['packer-disk-size', 'disks[0].size', 'got: 4 MiB', clone(disk({ size: Size.mebibytes(4) }))],
  ['packer-io-thread', 'disks[0].ioThread', 'VIRTIO_SCSI_SINGLE', clone({ ...disk({ ioThread: true }), scsiController: ScsiController.VIRTIO_SCSI_PCI })],
  ['packer-io-thread', 'disks[0].ioThread', 'VIRTIO_SCSI_SINGLE', clone(disk({ type: DiskBus.SATA, ioThread: true }))],
  ['packer-ssd-on-virtio', 'disks[0].ssd', 'look like an SSD', clone(disk({ type: DiskBus.VIRTIO, ssd: true }))],
  ['packer-slot-taken', 'additionalIsoFiles[0].index', 'Slot ide2 is taken by bootIso', iso({
    additionalIsoFiles: [packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.IDE, index: 2 })],
  })],
  ['packer-slot-taken', 'additionalIsoFiles[1].index', 'Slot scsi1 is taken by additionalIsoFiles[0]', clone({
    additionalIsoFiles: [1, 1].map((index) => packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.SCSI, index })),
  })],
  ['packer-bus-full', 'disks[3]', 'ide has 4 slots', iso({ disks: Array(4).fill({ storagePool: 'tank', type: DiskBus.IDE }) })],
  ['packer-bus-full', 'disks[16]', 'virtio has 16 slots', clone({ disks: Array(17).fill({ storagePool: 'tank', type: DiskBus.VIRTIO }) })],
  ['packer-bus-full', 'additionalIsoFiles[0]', 'sata has 6 slots', iso({
    disks: Array(6).fill({ storagePool: 'tank', type: DiskBus.SATA }), additionalIsoFiles: [packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.SATA })],
  })],
  ['packer-ide-on-q35', 'additionalIsoFiles[0]', 'got: "ide3"', clone({
    machine: MachineType.Q35, additionalIsoFiles: [packer.IsoFile.fromStorage('local:iso/a.iso', { bus: packer.IsoBus.IDE, index: 3 })],
  })],
  ['packer-ide-on-q35', 'disks[1]', 'got: "ide1"', iso({ machine: MachineType.of('pc-q35-9.0'), disks: Array(2).fill({ storagePool: 'tank', type: DiskBus.IDE }) })],
  ['packer-rng-limit', 'rng.maxBytes', 'got: 0', clone({ rng: { source: packer.RngSource.URANDOM, maxBytes: 0 } })],
  ['packer-rng-limit', 'rng.period', 'got: -1', clone({ rng: { source: packer.RngSource.URANDOM, period: -1 } })],
  ['packer-vga-memory', 'vga.memory', 'got: 1 GiB', clone({ vga: { type: VgaType.STD, memory: Size.gibibytes(1) } })],
  ['packer-pci-host-or-mapping', 'pciDevices[0].mapping', 'got: ""', clone(pci({ mapping: '' }))],
  ['packer-pci-host-or-mapping', 'pciDevices[0].mapping', 'by one of them', clone(pci({ host: '0000:01:00.0' }))],
  ['packer-pci-host-or-mapping', 'pciDevices[0].mapping', 'got: nothing', clone(pci({ mapping: undefined }))],
  ['packer-pci-host', 'pciDevices[0].host', 'got: "01:00"', clone(pci({ mapping: undefined, host: '01:00' }))],
  ['packer-pci-id', 'pciDevices[0].vendorId', 'got: "10de"', clone(pci({ vendorId: '10de' }))],
  ['packer-pcie-without-q35', 'pciDevices[0].pcie', 'got: nothing', clone(pci({ pcie: true }))],
  ['packer-legacy-igd', 'pciDevices[0].legacyIgd', 'i440fx', clone({ ...pci({ legacyIgd: true }), machine: MachineType.Q35, vga: { type: VgaType.NONE } })],
  ['packer-legacy-igd', 'pciDevices[0].legacyIgd', 'without display', clone({ ...pci({ legacyIgd: true }), machine: MachineType.I440FX })],
  ['packer-too-many-pci-devices', 'pciDevices', 'got: 17', clone({ pciDevices: Array(17).fill({ mapping: 'gpu' }) })],

  // what is typed
  ['packer-boot-command-token', 'bootCommand', 'got: "<entr>"', iso(typed('<esc><entr>'))],
  ['packer-boot-command-token', 'bootCommand', 'got: "<Wait5>"', iso(typed('<Wait5>'))],
  ['packer-boot-command-token', 'bootCommand', 'got: "<f13>"', iso(typed('<f13>'))],
  ['packer-boot-command-token', 'number', 'got: 13', () => packer.BootKey.functionKey(13)],
  ['packer-boot-command-wait', 'bootCommand', 'got: "<wait0s>"', clone(typed('<wait0s>'))],
  ['packer-boot-command-wait', 'bootCommand', 'got: "<wait0>"', clone(typed('<wait0>'))],
  ['packer-boot-command-wait', 'bootCommand', 'got: "<wait-1s>"', clone(typed('<wait-1s>'))],
  ['packer-boot-command-wait', 'duration', 'longer than nothing', () => packer.BootKey.wait(Duration.seconds(0))],
  ['packer-boot-command-key', 'bootCommand', 'got: "<pageUp>"', iso(typed('<pageUp>'))],
  ['packer-boot-command-key', 'bootCommand', 'got: "<leftCommandOn>"', iso(typed('<leftCommandOn>'))],
  ['packer-boot-command-character', 'bootCommand', 'got: "ä"', iso(typed('ä'))],
  ['packer-boot-command-character', 'bootCommand', 'got: "\\n"', iso(typed('linux\n'))],
  ['packer-boot-command-held', 'bootCommand', 'got: "<AOn>"', iso(typed('<AOn>'))],
  ['packer-boot-command-held', 'bootCommand', 'got: "<:Off>"', iso(typed('<:Off>'))],
  ['packer-boot-command-held', 'key', 'got: "A"', () => packer.BootKey.hold('A')],
  ['packer-boot-command-template', 'bootCommand', 'got: "{{ .Name }}"', iso(typed('{{ .Name }}'))],
  ['packer-boot-command-template', 'bootCommand', 'got: "{{"', iso(typed('{{'))],
  ['packer-boot-command-http', 'bootCommand', 'the port is 0', iso(typed('http://{{ .HTTPIP }}:{{ .HTTPPort }}/'))],
  ['packer-boot-key-interval', 'bootKeyInterval', 'got: nothing', iso({ bootCommand: ['a'] })],
  ['packer-boot-key-interval', 'bootKeyInterval', 'got: 10ms', iso({ bootCommand: ['a'], bootKeyInterval: Duration.milliseconds(10) })],

  // both sources
  ['packer-proxmox-url', 'proxmoxUrl', 'got: "https://pve.lan:8006"', clone({ proxmoxUrl: 'https://pve.lan:8006' })],
  ['packer-proxmox-user', 'username', 'got: "packer@pve"', clone({ username: 'packer@pve' })],
  ['packer-proxmox-user', 'username', 'got: "root"', clone({ username: 'root', token: undefined, password: secret('p') })],
  ['packer-proxmox-login', 'token', 'by one of them', clone({ username: 'packer@pve', token: undefined })],
  ['packer-proxmox-login', 'token', 'by one of them', clone({ password: secret('p') })],
  ['packer-node-name', 'node', 'got: "pve.lan"', clone({ node: 'pve.lan' })],
  ['packer-pool-name', 'pool', 'got: "a/b"', clone({ pool: 'a/b' })],
  ['packer-vm-id', 'vmId', 'got: 99', clone({ vmId: 99 })],
  ['packer-vm-id', 'vmId', 'got: 1000000000', clone({ vmId: 1_000_000_000 })],
  ['packer-vm-id', 'cloneVmId', 'got: 0', clone({ cloneVmId: 0 })],
  ['packer-vm-name', 'vmName', 'got: "my_vm"', clone({ vmName: 'my_vm' })],
  ['packer-vm-name', 'templateName', 'got: "ubuntu 24.04"', clone({ templateName: 'ubuntu 24.04' })],
  ['packer-vm-name', 'cloneVm', 'got: "a_b"', clone({ cloneVmId: undefined, cloneVm: 'a_b' })],
  ['packer-description-empty', 'templateDescription', 'Packer ephemeral build VM', clone({ templateDescription: '' })],
  ['packer-tag', 'tags[0]', 'got: "v1.2"', clone({ tags: ['v1.2'] })],
  ['packer-tag', 'tags[0]', 'up to 124 characters', clone({ tags: ['a'.repeat(125)] })],
  ['packer-tag-twice', 'tags[1]', 'got: "Golden"', clone({ tags: ['golden', 'Golden'] })],
  ['packer-boot-device', 'bootOrder[0]', 'got: "disk"', clone({ bootOrder: ['disk'] })],
  ['packer-boot-device', 'bootOrder[0]', 'got: "scsi31"', clone({ bootOrder: ['scsi31'] })],
  ['packer-boot-device', 'bootOrder[1]', 'got: "scsi0"', clone({ bootOrder: ['scsi0', 'scsi0'] })],
  ['packer-boot-device-missing', 'bootOrder[0]', 'got: "scsi1"', iso({ ...disk({}), bootOrder: ['scsi1', 'ide2'] })],
  ['packer-boot-device-missing', 'bootOrder[1]', 'got: "net0"', iso({ bootOrder: ['ide2', 'net0'] })],
  ['packer-memory', 'memory', 'got: 8 MiB', clone({ memory: Size.mebibytes(8) })],
  ['packer-memory', 'memory', 'got: 1025 KiB', clone({ memory: Size.kibibytes(1025) })],
  ['packer-memory', 'memory', 'got: 4 TiB', clone({ memory: Size.tebibytes(4) })],
  ['packer-ballooning', 'ballooningMinimum', 'got: 4 GiB', clone({ ballooningMinimum: Size.gibibytes(4) })],
  ['packer-ballooning', 'ballooningMinimum', 'got: 1 GiB', iso({ ballooningMinimum: Size.gibibytes(1) })],
  ['packer-cores', 'cores', 'got: 129', clone({ cores: 129 })],
  ['packer-cores', 'cores', 'got: 0', clone({ cores: 0 })],
  ['packer-sockets', 'sockets', 'got: 5', clone({ sockets: 5 })],
  ['packer-serial', 'serials[0]', 'got: "ttyS0"', clone({ serials: ['ttyS0'] })],
  ['packer-serial', 'serials', '4 serial ports', clone({ serials: Array(5).fill('socket') })],
  ['packer-agent-without-address', 'qemuAgent', 'cannot learn the address', clone({ qemuAgent: false })],
  ['packer-cloud-init-storage', 'cloudInitStoragePool', 'the template is deleted', clone({ cloudInit: true })],
  ['packer-cloud-init-off', 'cloudInitStoragePool', 'got: "tank"', clone({ cloudInitStoragePool: 'tank' })],
  ['packer-cloud-init-off', 'cloudInitDiskType', 'got: "scsi"', clone({ cloudInitDiskType: packer.CloudInitBus.SCSI })],
  ['packer-download-timeout', 'taskTimeout', 'got: nothing', iso({
    bootIso: packer.IsoFile.fromUrl({ urls: ['https://a/b.iso'], checksum: SHA256, storagePool: 'local', downloadOnNode: true }),
  })],
  ['packer-download-timeout', 'taskTimeout', 'got: 1m', clone({
    taskTimeout: Duration.minutes(1),
    additionalIsoFiles: [packer.IsoFile.fromUrl({
      urls: ['https://a/b.iso'], checksum: SHA256, storagePool: 'local', downloadOnNode: true, bus: packer.IsoBus.SCSI, index: 30,
    })],
  })],
  ['packer-http-directory-and-content', 'httpDirectory', 'got: "http"', clone({ httpDirectory: 'http', httpContent: { '/a': '' } })],
  ['packer-http-path', 'httpContent', 'got: "user-data"', clone({ httpContent: { 'user-data': '' } })],
  ['packer-http-port', 'httpPortMin', 'got: [9500,9000]', clone({ httpPortMin: 9500 })],
  ['packer-http-address', 'httpInterface', 'got: "eth0"', clone({ httpInterface: 'eth0', httpBindAddress: '192.168.1.2' })],

  // clones
  ['packer-clone-template', 'cloneVmId', 'one template', clone({ cloneVm: 'base' })],
  ['packer-clone-template', 'cloneVmId', 'got: nothing', clone({ cloneVmId: undefined })],
  ['packer-clone-itself', 'vmId', 'got: 9100', clone({ vmId: 9100 })],
  ['packer-clone-itself', 'templateName', 'got: "base"', clone({ cloneVmId: undefined, cloneVm: 'base', vmName: 'base' })],
  ...(['memory', 'cores', 'cpuType', 'os', 'scsiController'] as const).map((property): [string, string, string, () => unknown] =>
    ['packer-clone-hardware', property, 'writes its own defaults', clone({ [property]: undefined })]),
  ['packer-clone-efi-disk', 'efiConfig', 'boot entries and keys are lost', clone({ efiConfig: { storagePool: 'tank' } })],
  ['packer-nameserver', 'nameservers[0]', 'got: "192.168.1.1 192.168.1.2"', clone({ nameservers: ['192.168.1.1 192.168.1.2'] })],
  ['packer-ip-config-count', 'ipConfigs', 'got: 1', clone({ ipConfigs: [{ ip: 'dhcp' }] })],
  ['packer-ip-address', 'ipConfigs[0].ip', 'got: "192.168.1.50"', clone(address({ ip: '192.168.1.50' }))],
  ['packer-ip-address', 'ipConfigs[0].ip', 'got: "2001:db8::50/64"', clone(address({ ip: '2001:db8::50/64' }))],
  ['packer-ip-address', 'ipConfigs[0].ip', 'got: "192.168.1.50/33"', clone(address({ ip: '192.168.1.50/33' }))],
  ['packer-ip-address', 'ipConfigs[0].ip6', 'got: "192.168.1.50/24"', clone(address({ ip6: '192.168.1.50/24' }))],
  ['packer-ip6-short', 'ipConfigs[0].ip6', 'got: "fd00::5/64"', clone(address({ ip6: 'fd00::5/64' }))],
  ['packer-ip6-short', 'ipConfigs[0].ip6', 'got: "fd00:0:0:0:0:0:0:5/64"', clone(address({ ip6: 'fd00:0:0:0:0:0:0:5/64' }))],
  ['packer-ip6-short', 'ipConfigs[0].ip6', 'no zone', clone(address({ ip6: '2001:db8::50%eth0/64' }))],
  ['packer-ip6-zone', 'ipConfigs[0].gateway6', 'got: "fe80::1%eth0"', clone(address({ ip6: '2001:db8::50/64', gateway6: 'fe80::1%eth0' }))],
  ['packer-ip-gateway', 'ipConfigs[0].gateway', 'not with dhcp', clone(address({ ip: 'dhcp', gateway: '192.168.1.1' }))],
  ['packer-ip-gateway', 'ipConfigs[0].gateway', 'got: "192.168.1.1/24"', clone(address({ ip: '192.168.1.50/24', gateway: '192.168.1.1/24' }))],
  ['packer-ip-gateway', 'ipConfigs[0].gateway6', 'got: "fe80::1"', clone(address({ ip6: 'auto', gateway6: 'fe80::1' }))],

  // installations
  ['packer-iso-without-communicator', 'communicator', 'in the middle of it', iso({ communicator: packer.Communicator.none() })],
  ['packer-iso-ssh-timeout', 'communicator.timeout', 'got: "5m"', iso({ communicator: packer.Communicator.ssh({ username: 'packer', password: secret('p') }) })],
  ['packer-iso-ssh-login', 'communicator.password', 'makes no key', iso({ communicator: packer.Communicator.ssh({ username: 'packer', timeout: Duration.minutes(30) }) })],
  ['packer-ovmf-without-efi-disk', 'efiConfig', 'forgets how to boot', iso({ bios: Bios.OVMF })],
  ['packer-efi-disk-without-ovmf', 'bios', 'got: nothing', iso({ efiConfig: { storagePool: 'tank' } })],
  ['packer-boot-iso-not-in-order', 'bootOrder', 'got: ["scsi0"]', iso({ ...disk({}), bootOrder: ['scsi0'] })],

  // provisioners
  ['packer-script-or-inline', 'inline', 'lines or as files', () => packer.Provisioner.powerShell({})],
  ['packer-script-or-inline', 'inline', 'lines or as files', () => packer.Provisioner.windowsShell({ inline: ['a'], scripts: ['b'] })],
  ['packer-script-empty', 'inline', 'got: []', () => packer.Provisioner.shell({ inline: [] })],
  ['packer-script-empty', 'scripts', 'got: [""]', () => packer.Provisioner.shellScript({ scripts: [''] })],
  ['packer-script-empty', 'sources', 'got: []', () => packer.Provisioner.file({ sources: [], destination: '/tmp/a' })],
  ['packer-environment-name', 'environment', 'got: "A=B"', () => packer.Provisioner.shell({ inline: ['a'], environment: { 'A=B': 'c' } })],
  ['packer-exit-code', 'validExitCodes[1]', 'got: -1', () => packer.Provisioner.shell({ inline: ['a'], validExitCodes: [0, -1] })],
  ['packer-linux-pathing-inline', 'useLinuxPathing', 'only script files', () => packer.PostProcessor.shellLocal({ inline: ['a'], useLinuxPathing: true })],
  ['packer-file-destination', 'destination', 'got: ""', () => packer.Provisioner.fileContent({ content: 'a', destination: '' })],
  ['packer-file-folder', 'destination', 'got: "/tmp"', () => packer.Provisioner.file({ sources: ['a', 'b'], destination: '/tmp' })],
  ['packer-file-content-empty', 'content', 'writes no file', () => packer.Provisioner.fileContent({ content: '', destination: '/tmp/a' })],
  ['packer-file-content-folder', 'destination', 'got: "/tmp/"', () => packer.Provisioner.fileContent({ content: 'a', destination: '/tmp/' })],
  ...['var.proxmox_token', 'build.Password'].map((name): [string, string, string, () => unknown] =>
    ['packer-file-content-secret', 'provisioners[0].content', `got: "${name}"`, template((t) =>
      t.addProvisioners(packer.Provisioner.fileContent({ content: `a=${Expression.reference(name)}`, destination: '/tmp/a' })))]),
  ['packer-ansible-playbook', 'playbookFile', 'got: ""', () => packer.Provisioner.ansible({ playbookFile: '' })],
  ['packer-ansible-playbook', 'playbookFiles', 'got: []', () => packer.Provisioner.ansibleLocal({ playbookFiles: [] })],
  ['packer-ansible-user', 'provisioners[0].user', 'got: ["packer","root"]', template((t) => {
    t.addSource(new packer.ProxmoxCloneSource('b', { ...MINIMAL_CLONE, communicator: packer.Communicator.ssh({ username: 'root' }) }));
    t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'a' }));
  })],
  ['packer-ansible-password', 'provisioners[0].useProxy', 'error in libcrypto', template((t) =>
    t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'a', useProxy: false })), login(withPassword))],
  ['packer-ansible-password', 'provisioners[0].useProxy', 'error in libcrypto', template((t) => t.addProvisioners(packer.Provisioner.ansible({
    playbookFile: 'a', useProxy: false, extraArguments: ['-e', `x=1 ansible_password=${Expression.reference('build.Password')}`],
  })), login(withPassword))],
  ['packer-ansible-secret', 'extraArguments[1]', 'in clear', () => packer.Provisioner.ansible({ playbookFile: 'a', extraArguments: ['-e', 'ansible_password=hunter2'] })],
  ['packer-ansible-secret', 'extraArguments[1]', 'in clear', () => packer.Provisioner.ansible({ playbookFile: 'a', extraArguments: ['-e', 'a=1 ansible_become_pass=hunter2'] })],
  ['packer-ansible-proxy-only', 'sshAuthorizedKeyFile', 'got: "a.pub"', () => packer.Provisioner.ansible({ playbookFile: 'a', useProxy: false, sshAuthorizedKeyFile: 'a.pub' })],
  ['packer-ansible-winrm-proxy', 'provisioners[0].useProxy', 'The proxy speaks SSH', template((t) =>
    t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'a', useProxy: true })), login(withWinRm))],
  ['packer-ansible-mixed', 'provisioners[0].useProxy', 'SSH and sources with WinRM', template((t) => {
    t.addSource(new packer.ProxmoxCloneSource('b', { ...MINIMAL_CLONE, communicator: withWinRm }));
    t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'a', user: 'x' }));
  })],
  ['packer-ansible-winrm-http', 'provisioners[0].winRmUseHttp', 'no source uses it', template((t) =>
    t.addProvisioners(packer.Provisioner.ansible({ playbookFile: 'a', winRmUseHttp: true })))],
  ['packer-elevated-user', 'elevatedPassword', 'goes with its user', () => packer.Provisioner.powerShell({ inline: ['a'], elevatedPassword: secret('p') })],
  ['packer-elevated-user', 'elevatedPassword', 'goes with its user', () => packer.Provisioner.hcpSbom({ source: 'a', elevatedPassword: secret('p') })],
  ['packer-debug-mode', 'debugMode', 'got: 3', () => packer.Provisioner.powerShell({ inline: ['a'], debugMode: 3 })],
  ['packer-execution-policy-none', 'executionPolicy', 'got: "none"', () => packer.Provisioner.powerShell({
    inline: ['a'], executionPolicy: packer.ExecutionPolicy.NONE,
  })],
  ['packer-windows-update-filter', 'filters[0]', 'got: "$true"', () => packer.Provisioner.windowsUpdate({ filters: ['$true'] })],
  ['packer-windows-update-number', 'updateLimit', 'got: 0', () => packer.Provisioner.windowsUpdate({ updateLimit: 0 })],
  ['packer-windows-update-number', 'updateMaxRetries', 'got: 0', () => packer.Provisioner.windowsUpdate({ updateMaxRetries: 0 })],
  ['packer-sbom-source', 'source', 'read from a file', () => packer.Provisioner.hcpSbom({})],
  ['packer-sbom-name', 'sbomName', 'got: "a"', () => packer.Provisioner.hcpSbom({ source: 'a', sbomName: 'a' })],

  // post-processors
  ['packer-compression-level', 'compressionLevel', 'got: 10', () => packer.PostProcessor.compress({ compressionLevel: 10 })],
  ['packer-artifice-files', 'files', 'got: []', () => packer.PostProcessor.artifice({ files: [] })],
  ['packer-manifest-missing', 'addPostProcessors', 'got: "proxmox-clone.ubuntu"', template((t) =>
    t.addPostProcessors(packer.PostProcessor.shellLocal({ inline: ['a'] })))],
  ['packer-manifest-missing', 'addPostProcessors', 'got: "proxmox-clone.b"', template((t) => {
    t.addSource(new packer.ProxmoxCloneSource('b', MINIMAL_CLONE));
    t.addPostProcessors(packer.PostProcessor.manifest({ only: ['proxmox-clone.ubuntu'] }));
  })],
];

function refusal(make: () => unknown): ValidationError {
  try {
    make();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.each(CASES)('%s: %s (%s)', (code, property, message, make) => {
  const error = refusal(make);
  expect(error.problems.map((problem) => [problem.code, problem.property])).toEqual([[code, property]]);
  expect(error.message).toContain(`[${code}] ${property}`);
  expect(error.message).toContain(message);
  expect(error.message).toContain(`Remedy: ${error.remedy}`);
});

test('every rule has a case, and every case a rule', () => {
  const codes = TABLES.flatMap((table) => Object.keys(table));
  expect([...new Set(CASES.map(([code]) => code))].sort()).toEqual([...codes].sort());
  expect(new Set(codes).size).toBe(codes.length);
});

test('no value of a secret stands in an error', () => {
  const errors = CASES.map(([, , , make]) => refusal(make).message);
  expect(errors.filter((message) => message.includes('hunter2'))).toEqual([]);
});

test('all mistakes of a source are reported together', () => {
  const error = refusal(clone({ ...CONNECTION, node: 'a b', cores: 0, cpuType: undefined, templateName: 'a_b', ...disk({ ssd: true, type: DiskBus.VIRTIO }) }));
  expect(error.message).toBe([
    'packer.Source(ubuntu): 5 mistakes',
    '[packer-node-name] node, got: "a b"',
    '  The name of a node is a DNS label: letters, digits and hyphens.',
    '  Remedy: Give the name as the web interface shows it, such as pve, without a domain.',
    '[packer-vm-name] templateName, got: "a_b"',
    '  The name of a machine or template is a DNS name: letters, digits and hyphens between dots, without _ and without spaces.',
    '  Remedy: Replace other characters by hyphens, such as ubuntu-24-04.',
    '[packer-cores] cores, got: 0',
    '  A socket has 1 to 128 cores.',
    '  Remedy: Give a whole number within these bounds.',
    '[packer-ssd-on-virtio] disks[0].ssd, got: true',
    '  A VirtIO disk cannot look like an SSD.',
    '  Remedy: Use DiskBus.SCSI, or leave out ssd.',
    '[packer-clone-hardware] cpuType',
    "  A clone says its hardware: the plugin writes its own defaults (512 MiB, 1 core, kvm64, other, lsi) over the template's.",
    '  Remedy: Give memory, cores, cpuType, os and scsiController, as the template has them.',
  ].join('\n'));
});

test.each<[string, () => unknown]>([
  ['a text', clone({ templateDescription: 'by ${TfToken[TOKEN.7]}' })],
  ['a text with a form', clone({ node: '${TfToken[TOKEN.7]}', templateName: '${TfToken[TOKEN.8]}' })],
  ['a secret', clone({ token: '${TfToken[TOKEN.7]}' })],
  ['a number', clone({ vmId: -1.8881545897087626e+289 })],
  ['a step', () => packer.Provisioner.shell({ inline: ['echo ${TfToken[TOKEN.7]}'], environment: { A: '${TfToken[TOKEN.8]}' } })],
  ['Ansible', () => packer.Provisioner.ansible({ playbookFile: 'a', extraArguments: ['--tags=${TfToken[TOKEN.7]}'] })],
  ['a post-processor', () => packer.PostProcessor.manifest({ customData: { id: '${TfToken[TOKEN.7]}' } })],
  ['a seed', clone({
    additionalIsoFiles: [packer.IsoFile.fromContent({
      content: { 'user-data': '${TfToken[TOKEN.7]}' }, storagePool: 'local', bus: packer.IsoBus.SCSI, index: 30,
    })],
  })],
])('a reference of Terraform is refused as such in %s, since Packer runs before Terraform', (_, make) => {
  expect([...new Set(refusal(make).problems.map(({ code }) => code))]).toEqual(['hcl-terraform-reference']);
});

test('what holds an expression is not measured by the rules of literal text', () => {
  const any = Expression.reference('var.any').toString();
  const source = new packer.ProxmoxCloneSource('ubuntu', {
    ...MINIMAL_CLONE,
    proxmoxUrl: `${any}/api2/json`,
    username: any,
    node: any,
    pool: any,
    templateName: `a_${any}`,
    tags: [any],
    serials: [any],
    networkAdapters: [{ bridge: any, macAddress: any }],
    ipConfigs: [{ ip: any, gateway: any, ip6: any, gateway6: any }],
    nameservers: [any],
    disks: [{ storagePool: any }],
    cpuType: CpuType.HOST,
  });
  expect(source.toBlock().body.attributes).toMatchObject({ node: any, pool: any, tags: any });
});

test('a block of an override takes no part in the rules', () => {
  const body = template((t) => t.addOverride('source.proxmox-clone.ubuntu.ipconfig', new Block('ipconfig')))();
  expect(body.blocks.find((block) => block.type === 'source')!.body.blocks.map((block) => block.type)).toEqual(['ipconfig']);
});
