import {
  Bios, CpuType, DiskAsyncIo, DiskBus, DiskCache, DiskFormat, Duration, EfiType, MachineType, NetworkModel, OsType, ScsiController, Size,
  TpmVersion, VgaType,
} from '../../lib/core';
import { Expression } from '../../lib/hcl';
import * as packer from '../../lib/packer';

/** A reference to something sensitive, as passwords have to be. */
export const secret = (name: string): string => Expression.reference(`var.${name}`).toString();

/** A checksum of the right form. */
export const SHA256 = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What every source of Proxmox VE needs. */
export const CONNECTION = {
  proxmoxUrl: 'https://pve.lan:8006/api2/json',
  username: 'packer@pve!build',
  token: secret('proxmox_token'),
  node: 'pve',
};

/** The least that a clone says. */
export const MINIMAL_CLONE: packer.ProxmoxCloneSourceProps = {
  ...CONNECTION,
  cloneVmId: 9100,
  memory: Size.gibibytes(2),
  cores: 2,
  cpuType: CpuType.X86_64_V2_AES,
  os: OsType.LINUX,
  scsiController: ScsiController.VIRTIO_SCSI_SINGLE,
  communicator: packer.Communicator.ssh({ username: 'packer' }),
};

/** The least that an installation says. */
export const MINIMAL_ISO: packer.ProxmoxIsoSourceProps = {
  ...CONNECTION,
  bootIso: packer.IsoFile.fromStorage('local:iso/debian-12.7.0-amd64-netinst.iso'),
  communicator: packer.Communicator.ssh({ username: 'packer', password: secret('build_password'), timeout: Duration.minutes(30) }),
};

/** An SSH communicator with all properties but those that exclude each other. */
export const FULL_SSH: packer.SshCommunicatorProps = {
  username: 'packer',
  password: secret('build_password'),
  host: '192.168.1.50',
  port: 2222,
  privateKeyFile: '~/.ssh/id_ed25519',
  certificateFile: '~/.ssh/id_ed25519-cert.pub',
  agentAuth: true,
  timeout: Duration.minutes(30),
  handshakeAttempts: 20,
  pty: true,
  keepAliveInterval: Duration.seconds(10),
  readWriteTimeout: Duration.minutes(5),
  disableAgentForwarding: true,
  clearAuthorizedKeys: true,
  fileTransferMethod: packer.SshFileTransferMethod.SFTP,
  ciphers: ['aes256-gcm@openssh.com'],
  keyExchangeAlgorithms: ['curve25519-sha256'],
  bastion: {
    host: 'bastion.lan',
    port: 22,
    username: 'jump',
    password: secret('bastion_password'),
    interactive: true,
    agentAuth: true,
    privateKeyFile: '~/.ssh/bastion',
    certificateFile: '~/.ssh/bastion-cert.pub',
  },
  remoteTunnels: ['8080:mirror.lan:80'],
  localTunnels: ['9090:localhost:9090'],
};

/** What both sources have in common, all of it that goes together. */
export const FULL_COMMON: packer.ProxmoxSourceProps = {
  ...CONNECTION,
  insecureSkipTlsVerify: true,
  pool: 'images',
  taskTimeout: Duration.minutes(30),
  vmName: 'build-ubuntu',
  vmId: 9102,
  templateName: 'ubuntu-24-04',
  templateDescription: 'Ubuntu {{ 24.04 }}, built by ${packer}',
  tags: ['ubuntu', 'golden'],
  bootOrder: ['scsi0', 'net0'],
  memory: Size.gibibytes(4),
  ballooningMinimum: Size.gibibytes(1),
  cores: 4,
  sockets: 2,
  cpuType: CpuType.X86_64_V2_AES,
  numa: true,
  onBoot: false,
  disableKvm: false,
  os: OsType.LINUX,
  bios: Bios.OVMF,
  machine: MachineType.Q35,
  scsiController: ScsiController.VIRTIO_SCSI_SINGLE,
  qemuAgent: true,
  serials: ['socket', '/dev/ttyS1'],
  vmInterface: 'ens18',
  qemuAdditionalArgs: '-rtc base=utc',
  skipConvertToTemplate: false,
  tpmConfig: { storagePool: 'tank', version: TpmVersion.V2_0 },
  vga: { type: VgaType.SERIAL0, memory: Size.mebibytes(32) },
  rng: { source: packer.RngSource.URANDOM, maxBytes: 2048, period: 500 },
  networkAdapters: [
    { bridge: 'vmbr0', model: NetworkModel.VIRTIO, packetQueues: 4, macAddress: 'BC:24:11:00:00:01', mtu: 9000, vlanTag: 20, firewall: true },
    { bridge: 'vmbr1', model: NetworkModel.VIRTIO },
  ],
  disks: [
    {
      storagePool: 'tank',
      type: DiskBus.SCSI,
      size: Size.gibibytes(40),
      format: DiskFormat.RAW,
      cacheMode: DiskCache.WRITEBACK,
      ioThread: true,
      asyncIo: DiskAsyncIo.IO_URING,
      excludeFromBackup: true,
      discard: true,
      ssd: true,
    },
    { storagePool: 'tank', size: Size.mebibytes(1536) },
  ],
  pciDevices: [
    { mapping: 'gpu', mdev: 'nvidia-259', pcie: true, hideRomBar: true, romFile: 'vbios.bin', primaryGpu: true, legacyIgd: false },
    { host: '0000:01:00.0', deviceId: '0x2204', vendorId: '0x10de', subDeviceId: '0x1467', subVendorId: '0x10de' },
  ],
  additionalIsoFiles: [
    packer.IsoFile.fromContent({
      content: { 'user-data': '#cloud-config\n# {{ ds.meta_data }}\n', 'meta-data': '' },
      files: [packer.fromRoot('files/seed/*')],
      label: 'cidata',
      storagePool: 'local',
      bus: packer.IsoBus.SCSI,
      index: 30,
      unmount: true,
      keepCdromDevice: false,
    }),
    packer.IsoFile.fromUrl({
      urls: ['https://example.com/drivers.iso'],
      checksum: SHA256,
      storagePool: 'local',
      downloadOnNode: true,
      targetExtension: 'iso',
      bus: packer.IsoBus.SATA,
      index: 5,
    }),
    packer.IsoFile.fromUrl({
      urls: ['https://example.com/a.iso', 'https://example.org/a.iso'], checksum: SHA256, storagePool: 'local', bus: packer.IsoBus.SATA, index: 4,
    }),
    packer.IsoFile.fromStorage('local:iso/tools.iso', { bus: packer.IsoBus.SCSI, index: 29 }),
  ],
  cloudInit: true,
  cloudInitStoragePool: 'tank',
  cloudInitDiskType: packer.CloudInitBus.SCSI,
  cloudInitDisableUpgradePackages: true,
  communicator: packer.Communicator.ssh(FULL_SSH),
  pauseBeforeConnecting: Duration.seconds(15),
  bootCommand: ['c', packer.BootKey.wait(Duration.seconds(2)), 'url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/preseed.cfg', packer.BootKey.ENTER],
  bootWait: Duration.seconds(20),
  bootKeyInterval: Duration.milliseconds(50),
  bootKeygroupInterval: Duration.milliseconds(100),
  httpContent: { '/preseed.cfg': 'd-i {{ x }}\n' },
  httpPortMin: 8000,
  httpPortMax: 8010,
  httpBindAddress: '192.168.1.2',
  httpNetworkProtocol: packer.HttpNetworkProtocol.TCP4,
  comment: 'All that can be said.',
};

/** A clone with all properties that go together. */
export const FULL_CLONE: packer.ProxmoxCloneSourceProps = {
  ...FULL_COMMON,
  cloneVmId: 9100,
  fullClone: false,
  nameservers: ['192.168.1.1', '2001:db8::1'],
  searchDomain: 'lan',
  ipConfigs: [
    { ip: '192.168.1.50/24', gateway: '192.168.1.1', ip6: '2001:db8::50/64', gateway6: '2001:db8::1' },
    { ip: 'dhcp', ip6: 'auto' },
  ],
};

/** An installation with all properties that go together. */
export const FULL_ISO: packer.ProxmoxIsoSourceProps = {
  ...FULL_COMMON,
  bootOrder: ['scsi0', 'sata0', 'net0'],
  bootIso: packer.IsoFile.fromStorage('local:iso/debian-12.7.0-amd64-netinst.iso', {
    bus: packer.IsoBus.SATA, index: 0, unmount: true, keepCdromDevice: true,
  }),
  efiConfig: { storagePool: 'tank', type: EfiType.EFI_4M, preEnrolledKeys: true, format: DiskFormat.RAW },
};

/** A WinRM communicator with all properties. */
export const FULL_WINRM: packer.WinRmCommunicatorProps = {
  username: 'Administrator',
  password: secret('build_password'),
  host: '192.168.1.51',
  port: 5986,
  timeout: Duration.hours(2),
  useSsl: true,
  insecure: true,
  useNtlm: true,
  noProxy: true,
};

/** What every provisioner may have, but for what excludes it. */
export const META: packer.ProvisionerOptions = {
  name: 'step',
  only: ['proxmox-clone.ubuntu'],
  override: { ubuntu: { inline: ['echo three'] } },
  pauseBefore: Duration.seconds(5),
  maxRetries: 2,
  continueOnError: true,
  comment: 'A step.',
};

/** Every provisioner, each with all of its properties; some of them more than once, for what excludes each other. */
export const PROVISIONERS: { readonly [type: string]: packer.IProvisioner[] } = {
  'shell': [
    packer.Provisioner.shell({
      ...META,
      inline: ['echo one', 'echo two'],
      inlineShebang: '/bin/bash -eu',
      environment: { DEBIAN_FRONTEND: 'noninteractive' },
      environmentFormat: "%s='%s' ",
      useEnvVarFile: true,
      executeCommand: "sudo sh -c '. {{.EnvVarFile}}; {{.Path}}'",
      expectDisconnect: true,
      skipClean: true,
      startRetryTimeout: Duration.minutes(10),
      pauseAfter: Duration.seconds(30),
      remoteFolder: '/var/tmp',
      remoteFile: 'step.sh',
      remotePath: '/var/tmp/step.sh',
      validExitCodes: [0, 2],
    }),
    packer.Provisioner.shellScript({ scripts: [packer.fromRoot('files/a.sh')], binary: true }),
    packer.Provisioner.shellScript({ scripts: [packer.fromRoot('files/a.sh'), packer.fromRoot('files/b.sh')] }),
  ],
  'shell-local': [
    packer.Provisioner.shellLocal({
      inline: ['echo x'],
      environment: { A: 'b' },
      environmentFormat: "%s='%s' ",
      executeCommand: ['/bin/sh', '-c', '{{.Vars}} {{.Script}}'],
      inlineShebang: '/bin/bash -e',
      onlyOn: [packer.LocalSystem.LINUX, packer.LocalSystem.DARWIN],
      tempfileExtension: '.sh',
      validExitCodes: [0],
    }),
    packer.Provisioner.shellLocal({ scripts: ['files/a.sh'], useLinuxPathing: true }),
    packer.Provisioner.shellLocal({ scripts: ['files/a.sh', 'files/b.sh'] }),
  ],
  'file': [
    packer.Provisioner.file({ sources: [packer.fromRoot('files/motd')], destination: '/tmp/motd', direction: packer.FileDirection.UPLOAD, generated: true }),
    packer.Provisioner.file({ sources: ['/etc/os-release', '/etc/hostname'], destination: 'out/', direction: packer.FileDirection.DOWNLOAD }),
    packer.Provisioner.fileContent({ content: '{{ x }} ${y}\n', destination: '/tmp/x' }),
  ],
  'ansible': [
    packer.Provisioner.ansible({
      playbookFile: packer.fromRoot('files/site.yml'),
      user: 'packer',
      useProxy: true,
      extraArguments: ['--tags=base', '-e', "greeting='hello'"],
      environment: { ANSIBLE_PIPELINING: 'True', ANSIBLE_FORCE_COLOR: '1' },
      groups: ['web'],
      emptyGroups: ['db'],
      hostAlias: 'ubuntu',
      inventoryDirectory: packer.fromRoot('files/inventory'),
      inventoryFile: packer.fromRoot('files/hosts'),
      inventoryFileTemplate: '{{ .HostAlias }} ansible_host={{ .Host }}\n',
      keepInventoryFile: true,
      galaxyFile: packer.fromRoot('files/requirements.yml'),
      galaxyCommand: 'ansible-galaxy',
      galaxyForceInstall: true,
      galaxyForceWithDeps: true,
      rolesPath: 'roles',
      collectionsPath: 'collections',
      command: 'ansible-playbook',
      skipVersionCheck: true,
      useSftp: true,
      sftpCommand: '/usr/lib/sftp-server',
      localPort: 2200,
      sshHostKeyFile: 'host-key',
      sshAuthorizedKeyFile: 'authorized-key',
      proxyKeyType: packer.AnsibleProxyKeyType.ECDSA,
      sshExtraArguments: ['-o ForwardAgent=no'],
      winRmUseHttp: false,
    }),
  ],
  'ansible-local': [
    packer.Provisioner.ansibleLocal({
      playbookFiles: [packer.fromRoot('files/site.yml')],
      playbookDir: 'files',
      playbookPaths: ['more'],
      rolePaths: ['roles'],
      collectionPaths: ['collections'],
      groupVars: 'group_vars',
      hostVars: 'host_vars',
      inventoryFile: 'hosts',
      inventoryGroups: ['web'],
      extraArguments: ['--diff'],
      command: 'ansible-playbook',
      galaxyFile: 'requirements.yml',
      galaxyCommand: 'ansible-galaxy',
      galaxyForceInstall: true,
      galaxyRolesPath: '/tmp/roles',
      galaxyCollectionsPath: '/tmp/collections',
      stagingDirectory: '/tmp/staging',
      cleanStagingDirectory: true,
    }),
    packer.Provisioner.ansibleLocal({ playbookFiles: ['a.yml', 'b.yml'] }),
  ],
  'powershell': [
    packer.Provisioner.powerShell({
      inline: ['Write-Output "{ x }"'],
      environment: { A: 'b' },
      environmentFormat: '$env:%s="%s"; ',
      elevatedEnvironmentFormat: '$env:%s="%s"; ',
      executeCommand: 'powershell -file {{.Path}}',
      elevatedExecuteCommand: 'powershell -file {{.Path}}',
      elevatedUser: 'Administrator',
      elevatedPassword: secret('build_password'),
      executionPolicy: packer.ExecutionPolicy.REMOTE_SIGNED,
      debugMode: 1,
      usePwsh: true,
      remotePath: 'c:/a.ps1',
      remoteEnvVarPath: 'c:/b.ps1',
      skipClean: true,
      startRetryTimeout: Duration.minutes(10),
      pauseAfter: Duration.seconds(30),
      validExitCodes: [0, 3010],
    }),
    packer.Provisioner.powerShell({ scripts: ['a.ps1'], binary: true }),
    packer.Provisioner.powerShell({ scripts: ['a.ps1', 'b.ps1'] }),
  ],
  'windows-shell': [
    packer.Provisioner.windowsShell({
      inline: ['ver'],
      environment: { A: 'b' },
      environmentFormat: 'set "%s=%s" && ',
      executeCommand: '{{.Vars}}"{{.Path}}"',
      remotePath: 'c:/a.bat',
      startRetryTimeout: Duration.minutes(10),
      validExitCodes: [0],
    }),
    packer.Provisioner.windowsShell({ scripts: ['a.bat'], binary: true }),
    packer.Provisioner.windowsShell({ scripts: ['a.bat', 'b.bat'] }),
  ],
  'windows-restart': [packer.Provisioner.windowsRestart({
    restartCommand: 'shutdown /r /t 0', restartCheckCommand: 'ver', restartTimeout: Duration.minutes(20), checkRegistry: true, registryKeys: ['HKLM:\\SOFTWARE\\X'],
  })],
  'windows-update': [packer.Provisioner.windowsUpdate({
    searchCriteria: 'IsInstalled=0',
    filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'],
    updateLimit: 25,
    updateMaxRetries: 3,
    restartTimeout: Duration.hours(2),
    username: 'Administrator',
    password: secret('build_password'),
  })],
  'breakpoint': [packer.Provisioner.breakpoint({ disable: true, note: 'look' }), packer.Provisioner.sleep({ duration: Duration.seconds(90) })],
  'hcp-sbom': [
    packer.Provisioner.hcpSbom({
      autoGenerate: true,
      destination: 'sbom.json',
      sbomName: 'ubuntu',
      scanPath: '/usr',
      scannerArguments: ['-o', 'spdx-json'],
      executeCommand: 'sudo {{.Path}} sbom-generate {{.Args}} {{.ScanPath}} > {{.Output}}',
      elevatedUser: 'Administrator',
      elevatedPassword: secret('build_password'),
    }),
    packer.Provisioner.hcpSbom({ source: '/tmp/sbom.json' }),
  ],
};

/** Every post-processor, each with all of its properties. */
export const POST_PROCESSORS: { readonly [type: string]: packer.IPostProcessor[] } = {
  'manifest': [packer.PostProcessor.manifest({
    output: packer.fromRoot('manifest.json'),
    stripPath: true,
    stripTime: true,
    customData: { node: 'pve', id: Expression.reference('build.ID').toString() },
    name: 'manifest',
    comment: 'What was built.',
  })],
  'shell-local': [
    packer.PostProcessor.shellLocal({
      inline: ['echo done'],
      environment: { A: 'b' },
      environmentFormat: "%s='%s' ",
      executeCommand: ['/bin/sh', '-c', '{{.Vars}} {{.Script}}'],
      inlineShebang: '/bin/bash -e',
      onlyOn: [packer.LocalSystem.LINUX],
      tempfileExtension: '.sh',
      validExitCodes: [0],
      name: 'tell',
      except: ['proxmox-iso.debian'],
      keepInputArtifact: true,
    }),
    packer.PostProcessor.shellLocal({ scripts: ['a.sh'], useLinuxPathing: true }),
    packer.PostProcessor.shellLocal({ scripts: ['a.sh', 'b.sh'] }),
  ],
  'checksum': [packer.PostProcessor.checksum({ checksumTypes: [packer.ChecksumType.SHA256], output: '{{.BuildName}}.{{.ChecksumType}}' })],
  'compress': [packer.PostProcessor.compress({
    output: '{{.BuildName}}.tar.gz', format: 'tar.gz', archive: 'tar', algorithm: 'pgzip', compressionLevel: 6, keepInputArtifact: true,
  })],
  'artifice': [packer.PostProcessor.artifice({ files: ['a'], keepInputArtifact: true })],
};

/** A template with one of everything. Packer asks the address when it inspects or builds. */
export function fullTemplate(releaseUrl = 'https://example.com/release.json'): packer.Template {
  const template = new packer.Template({ name: 'homelab', description: 'Images for ${everybody}.', comment: 'Written by a program.', requiredVersion: '>= 1.16.0' });
  template.addVariable(new packer.Variable('proxmox_token', {
    description: 'Secret of the ${token}.',
    sensitive: true,
    validations: [{ condition: Expression.raw('length(var.proxmox_token) > 0'), errorMessage: 'The token must not be empty.' }],
    comment: 'Given as PKR_VAR_proxmox_token.',
  }));
  template.addVariable(new packer.Variable('disk_sizes', { type: packer.VariableType.map(packer.VariableType.NUMBER), default: { root: 20, data: 100 } }));
  template.addVariable(new packer.Variable('commit', { defaultFromEnvironment: 'GIT_COMMIT' }));
  template.addVariable(new packer.Variable('mirror', { optional: true }));
  template.addVariable(new packer.Variable('features', {
    type: packer.VariableType.list(packer.VariableType.object({ name: packer.VariableType.STRING, on: packer.VariableType.BOOL })),
    default: [{ name: 'a', on: true }],
  }));
  template.addLocal('stamp', Expression.call('formatdate', 'YYYYMMDD', Expression.raw('timestamp()')));
  template.addLocal('literal', 'no ${expression}');
  const password = template.addLocal('build_password', Expression.raw('uuidv4()'), { sensitive: true, comment: 'A secret for one build.' });
  const release = template.addData(packer.DataSource.http('release', {
    url: releaseUrl, method: packer.HttpMethod.GET, requestHeaders: { Accept: 'application/json' }, requestBody: '', comment: 'Newest release.',
  }));
  template.addData(packer.DataSource.nullSource('echo', 'x'));
  const login = packer.Communicator.ssh({ username: 'packer', password: password.toString(), timeout: Duration.minutes(30) });
  template.addSource(new packer.ProxmoxCloneSource('ubuntu', { ...MINIMAL_CLONE, vmId: 9102, communicator: login, comment: 'Baked from the cloud image.' }));
  template.addSource(new packer.ProxmoxIsoSource('debian', { ...MINIMAL_ISO, vmId: 9001, communicator: login }));
  template.addSource(packer.Source.custom('null', 'nothing', { communicator: packer.Communicator.none(), comment: 'Builds nothing.' }));
  const except = ['null.nothing'];
  template.addProvisioners(
    packer.Provisioner.shell({ inline: ['cloud-init status --wait', `echo ${release.attribute('body')} "\${HOME}"`], except, comment: 'Wait.' }),
    packer.Provisioner.ansible({ playbookFile: packer.fromRoot('files/site.yml'), except }),
    packer.Provisioner.shell({ inline: ['sync'], only: ['proxmox-clone.ubuntu'], override: { ubuntu: { inline: ['sync', 'sync'] } }, maxRetries: 1 }),
    packer.Provisioner.custom('breakpoint', { disable: true }, { needsCommunicator: false }),
  );
  template.addErrorCleanupProvisioner(packer.Provisioner.shellLocal({ inline: ['echo failed'] }));
  template.addPostProcessors(
    packer.PostProcessor.shellLocal({ inline: [`echo ${Expression.reference('build.ID')}`], name: 'tell' }),
    packer.PostProcessor.manifest({ output: packer.fromRoot('manifest.json'), customData: { commit: secret('commit') } }),
  );
  template.addPostProcessorSequence(packer.PostProcessor.artifice({ files: ['a'] }), packer.PostProcessor.checksum());
  return template;
}
