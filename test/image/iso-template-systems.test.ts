import {
  AnswerServer, CpuType, DiskFormat, Duration, GoldenImage, ImageBuild, InstallationIso, IsoDownloader, IsoTemplate, IsoTemplateProps, NetworkModel,
  ProvisioningProfile, ProxmoxVe, Size, VgaType, VirtualMachine, guestos, packer,
} from '../../lib';
import { mistakes } from '../support/errors';
import { cluster, stackWithCluster } from '../support/fixtures';
import { PASSWORD, Tiny } from '../support/installable';
import { inProgramFolder } from '../support/program-folder';
import { newApp, newStack, synthesize, synthesized } from '../support/synth';

/*
 * Templates of systems of all kinds that are installed from an ISO, and what is made of them.
 */

const { AnswerDelivery, Checksum, GuestShell, InstallationBus, RemoteAccess } = guestos;
const MINIMAL = { vmId: 9001, profile: ProvisioningProfile.minimal() };
const DRIVERS = { url: 'https://vendor.example/virtio-win-0.1.285.iso', checksumList: 'https://vendor.example/CHECKSUM' };

/** What is written for a template: its Packer template of the JSON form, and the rest. */
function written(operatingSystem: guestos.IInstallable, props: Partial<IsoTemplateProps> = {}) {
  const stack = stackWithCluster({ isoStorage: 'isos' });
  const template = new IsoTemplate(stack, 'Base', { operatingSystem, ...MINIMAL, ...props });
  const { packer: files } = synthesize(stack);
  const { source, build, local } = JSON.parse(files[`base/json/${template.templateName}.pkr.json`]);
  const [machine] = Object.values<any>(source['proxmox-iso']);
  return { template, files, machine, build, local, deploy: JSON.parse(files['base/deploy/deploy.json']) };
}

/** The drives, each as its slot and what is in it. */
function drivesOf({ boot_iso: boot, additional_iso_files: more }: any): string[] {
  return [boot, more ?? []].flat().map((drive: any) => `${drive.type}${drive.index} ${drive.iso_file ?? drive.iso_url ?? Object.keys(drive.cd_content)}`);
}

const EVERYTHING = `source "proxmox-iso" "tiny-example" {
  ballooning_minimum                  = 3072
  bios                                = "ovmf"
  boot                                = "order=scsi0;scsi1"
  boot_command                        = ["e", "<wait1s>", "url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/answers", "<enter>"]
  boot_key_interval                   = "150ms"
  boot_wait                           = "5s"
  cloud_init                          = true
  cloud_init_disable_upgrade_packages = true
  cloud_init_disk_type                = "scsi"
  cloud_init_storage_pool             = "fast"
  communicator                        = "ssh"
  cores                               = 4
  cpu_type                            = "host"
  http_content = {
    "/answers" = <<-EOT
      host build-tiny-example
      user builder
      hash \${local.build_password_hash}
      locale de_AT
      keyboard de-latin1-nodeadkeys
      zone Europe/Vienna
      disk scsi0
    EOT
  }
  http_interface           = "eth0"
  http_port_max            = 8010
  http_port_min            = 8000
  insecure_skip_tls_verify = true
  machine                  = "q35"
  memory                   = 4096
  node                     = "pve2"
  numa                     = false
  onboot                   = false
  os                       = "l26"
  pool                     = "templates"
  proxmox_url              = "https://pve.lan:8006/api2/json"
  qemu_agent               = true
  scsi_controller          = "virtio-scsi-single"
  serials                  = ["socket"]
  sockets                  = 2
  ssh_handshake_attempts   = 10000
  ssh_password             = local.build_password
  ssh_timeout              = "25m"
  ssh_username             = "builder"
  tags                     = "a;b;homelab_base"
  task_timeout             = "5m"
  template_description     = "tiny.example 1.2: tiny-1, installed from tiny-1.0.iso. Content \${local.content_hash}"
  template_name            = "tiny.example"
  token                    = element(split("=", var.proxmox_api_token), 1)
  username                 = element(split("=", var.proxmox_api_token), 0)
  vm_id                    = 9099
  vm_name                  = "build-tiny.example"

  boot_iso {
    index    = "1"
    iso_file = "isos:iso/tiny-1.0.iso"
    type     = "scsi"
    unmount  = true
  }

  network_adapters {
    bridge   = "vmbr1"
    firewall = true
    model    = "e1000"
    vlan_tag = "7"
  }

  disks {
    cache_mode          = "none"
    discard             = true
    disk_size           = "12G"
    exclude_from_backup = false
    format              = "qcow2"
    io_thread           = true
    ssd                 = true
    storage_pool        = "fast"
    type                = "scsi"
  }

  vga {
    type = "std"
  }

  efi_config {
    efi_storage_pool  = "fast"
    efi_type          = "4m"
    pre_enrolled_keys = true
  }
}
`;

describe('every property', () => {
  const mirror = new packer.Variable('mirror', { default: 'https://mirror.example' });
  const props: IsoTemplateProps = {
    operatingSystem: new Tiny({ supportsSecureBoot: true }),
    vmId: 9099,
    templateName: 'tiny.example',
    node: 'pve2',
    storage: 'fast',
    diskFormat: DiskFormat.QCOW2,
    diskSize: Size.gibibytes(12),
    secureBoot: true,
    iso: InstallationIso.fromStorage('isos:iso/tiny-1.0.iso'),
    additionalIsos: [],
    cores: 4,
    sockets: 2,
    cpuType: CpuType.HOST,
    memory: Size.gibibytes(4),
    minimumMemory: Size.gibibytes(3),
    networkDevices: [{ bridge: 'vmbr1', vlanTag: 7, model: NetworkModel.E1000, firewall: true }],
    vga: VgaType.SERIAL0,
    profile: ProvisioningProfile.minimal(),
    provisioners: [packer.Provisioner.shell({ inline: [`echo ${mirror}`] })],
    variables: [mirror],
    buildUser: 'builder',
    taskTimeout: Duration.minutes(5),
    build: ImageBuild.EXTERNAL,
    version: '1.2',
    tags: ['b', 'a'],
    locale: 'de_AT',
    keyboardLayout: 'de-latin1-nodeadkeys',
    timeZone: 'Europe/Vienna',
    answerDelivery: AnswerDelivery.HTTP,
    answerServer: { interface: 'eth0', firstPort: 8000, lastPort: 8010 },
    bootCommand: ['e', packer.BootKey.wait(Duration.seconds(1)), 'url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/answers', packer.BootKey.ENTER],
    bootWait: Duration.seconds(5),
    bootKeyInterval: Duration.milliseconds(150),
    installTimeout: Duration.minutes(25),
  };
  const define = () => {
    const stack = stackWithCluster({ pool: 'templates', insecure: true });
    const template = new IsoTemplate(stack, 'Base', { ...props, proxmoxVe: ProxmoxVe.of(stack) });
    return { template, output: synthesize(stack) };
  };

  test('the machine, in both forms', () => {
    const { packer: files } = define().output;
    expect(/^source [^]*?^\}\n/m.exec(files['base/hcl/tiny.example.pkr.hcl'])![0]).toBe(EVERYTHING);
    const [source] = Object.values<any>(JSON.parse(files['base/json/tiny.example.pkr.json']).source['proxmox-iso']);
    const names = [...EVERYTHING.matchAll(/^ {2}(\w+)(?: +=| \{)/gm)].map(([, name]) => name);
    expect(Object.keys(source).sort()).toEqual(names.sort());
    for (const [, name, value] of EVERYTHING.matchAll(/^ {2}(\w+) += (["\d[tf].*)$/gm)) {
      expect([name, source[name]]).toEqual([name, JSON.parse(value)]);
    }
    expect([source.http_content, source.ssh_password, source.token]).toEqual([
      {
        '/answers': 'host build-tiny-example\nuser builder\nhash ${local.build_password_hash}\nlocale de_AT\nkeyboard de-latin1-nodeadkeys\nzone Europe/Vienna\ndisk scsi0\n',
      },
      '${local.build_password}',
      '${element(split("=", var.proxmox_api_token), 1)}',
    ]);
  });

  test('somebody else builds it: Terraform is told only what it is', () => {
    const { template, output } = define();
    expect(Object.keys(output.packer)).toEqual([
      'base/README.md', 'base/files/generalize.sh', 'base/hcl/tiny.example.pkr.hcl', 'base/json/tiny.example.pkr.json',
    ]);
    expect(output.terraform.resource).toEqual({ terraform_data: { Base: { triggers_replace: { content: template.contentHash } } } });
    expect(output.packer['base/README.md']).toContain(`
The installer fetches the answer file from Packer: the machine has an address from DHCP, and reaches this one on a TCP port from 8000 to 8010. It lets Packer in with a password made for this one build; the guest agent tells the address that the machine has from DHCP. The installation may take 25m, and shows itself on the console of the machine.

\`tiny-1.0.iso\` is on the node already.
`);
  });

  test('what the system is asked, and what the template says of itself', () => {
    const { template: { hardware, guest, cloudInitSlot } } = define();
    expect((props.operatingSystem as Tiny).request).toEqual({
      hostName: 'build-tiny-example',
      buildUser: 'builder',
      buildPassword: expect.any(String),
      buildPasswordHash: expect.any(String),
      locale: 'de_AT',
      keyboardLayout: 'de-latin1-nodeadkeys',
      timeZone: 'Europe/Vienna',
      diskSlot: 'scsi0',
      answerDelivery: 'http',
    });
    expect([cloudInitSlot, guest.hasGuestAgent, guest.hasCloudInit, hardware.preEnrolledKeys, hardware.disks.length, `${hardware.memory}`]).toEqual(['scsi2', true, true, true, 1, '4 GiB']);
  });
});

describe('what the system is asked', () => {
  test('where nothing is said', () => {
    const os = new Tiny();
    written(os);
    expect(os.request).toMatchObject({ hostName: 'build-tiny-1-base', buildUser: 'packer', locale: 'en_US', keyboardLayout: 'us', timeZone: 'UTC', diskSlot: 'scsi0' });
    expect(os.request!.answerDelivery).toBeUndefined();
  });

  test('a name of the machine of one part, of at most 63 characters', () => {
    const hostNameOf = (templateName: string) => {
      const os = new Tiny();
      written(os, { templateName });
      return os.request!.hostName;
    };
    expect([hostNameOf('a.b.c'), hostNameOf('x'.repeat(63)), hostNameOf(`${'x'.repeat(56)}.${'y'.repeat(40)}`)]).toEqual([
      'build-a-b-c', `build-${'x'.repeat(57)}`, `build-${'x'.repeat(56)}`,
    ]);
  });
});

describe('answer files', () => {
  const TEXT = 'umlaut ü, "quotes" \'and\' \\ backslash\n\t{{ .Name }} {{x ${y} %{z} $${} ]]> # <<EOT\nEOT\n no newline at the end';

  test.each([AnswerDelivery.CD, AnswerDelivery.HTTP])('any text arrives as it is, by %s', (answerDelivery) => {
    const { machine } = written(new Tiny({ answerDelivery, answerFiles: { 'folder/answers': TEXT, 'password': PASSWORD } }), { answerDelivery });
    const content = answerDelivery === AnswerDelivery.CD ? machine.additional_iso_files.cd_content : machine.http_content;
    const [[name, text]] = Object.entries<string>(content);
    expect(name).toBe(answerDelivery === AnswerDelivery.CD ? 'folder/answers' : '/folder/answers');
    // What HCL and then Packer's templates make of it.
    expect(text.replace(/([$%])\1\{/g, '$1{').replaceAll('{{ "{{" }}', '{{')).toBe(TEXT);
    expect(text.replaceAll('{{ "{{" }}', '')).not.toContain('{{');
  });

  test('the hash is made only where an answer file holds it', () => {
    const plain = new Tiny();
    const original = plain.bindInstallation.bind(plain);
    plain.bindInstallation = (request) => ({ ...original(request), answerFiles: { answers: `password ${request.buildPassword}` } });
    const { machine, local } = written(plain);
    expect(machine.additional_iso_files.cd_content).toEqual({ answers: 'password ${local.build_password}' });
    expect(Object.keys(local)).toEqual(['build_password']);
    expect(Object.keys(written(new Tiny()).local)).toEqual(['build_password', 'build_password_hash']);
  });

  test('by HTTP without more: ports and addresses of Packer, and nothing to make a CD of', () => {
    const { machine, deploy, template } = written(new Tiny(), { answerDelivery: AnswerDelivery.HTTP, iso: InstallationIso.fromStorage('local:iso/a.iso') });
    expect([machine.http_port_min, machine.http_port_max, machine.http_bind_address, machine.http_interface]).toEqual([8000, 9000, undefined, undefined]);
    expect(machine.additional_iso_files).toBeUndefined();
    expect([machine.boot_command, machine.boot, deploy.isoStorage, deploy.downloadStorage, deploy.readStorages, template.cloudInitSlot]).toEqual([
      ['c url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/answers', '<enter>'], 'order=scsi0;scsi1', null, null, ['local'], 'scsi2',
    ]);
  });

  test('ports and address of the server', () => {
    const portsOf = (answerServer: any) => {
      const { machine } = written(new Tiny(), { answerDelivery: AnswerDelivery.HTTP, answerServer });
      return [machine.http_port_min, machine.http_port_max, machine.http_bind_address];
    };
    expect([portsOf({ firstPort: 8100 }), portsOf({ lastPort: 8002 }), portsOf({ bindAddress: '192.168.1.10' })]).toEqual([
      [8100, 8100, undefined], [8000, 8002, undefined], [8000, 9000, '192.168.1.10'],
    ]);
  });
});

describe('drives', () => {
  test('on SATA, where the installer has no driver for VirtIO: the CD with the answers is the last', () => {
    const { machine, template, deploy } = written(new Tiny({ cdBus: InstallationBus.SATA, additionalIsos: [DRIVERS] }));
    expect(drivesOf(machine)).toEqual(['sata0 https://vendor.example/tiny-1.0.iso', `sata1 ${DRIVERS.url}`, 'sata2 answers']);
    expect([machine.boot, machine.disks.type, template.cloudInitSlot]).toEqual(['order=scsi0;sata0;sata1;sata2', 'scsi', 'scsi1']);
    expect([machine.boot_iso, machine.additional_iso_files].flat().map(({ unmount, iso_storage_pool: pool }: any) => [unmount, pool])).toEqual([
      [true, 'isos'], [true, 'isos'], [true, 'isos'],
    ]);
    expect([deploy.isoStorage, deploy.downloadStorage, deploy.readStorages]).toEqual(['isos', 'isos', []]);
  });

  test('on SCSI, after the disk', () => {
    const { machine, template } = written(new Tiny({ additionalIsos: [DRIVERS] }), { answerDelivery: AnswerDelivery.HTTP });
    expect([drivesOf(machine), machine.boot, template.cloudInitSlot]).toEqual([
      ['scsi1 https://vendor.example/tiny-1.0.iso', `scsi2 ${DRIVERS.url}`], 'order=scsi0;scsi1;scsi2', 'scsi3',
    ]);
  });

  test('as many as there are slots', () => {
    const isos = (count: number) => Array.from({ length: count }, (_, i) => ({ ...DRIVERS, url: `https://vendor.example/part-${i}.iso` }));
    const sata = written(new Tiny({ cdBus: InstallationBus.SATA, additionalIsos: isos(4) }));
    const scsi = written(new Tiny({ additionalIsos: isos(28) }), { answerDelivery: AnswerDelivery.HTTP });
    expect([drivesOf(sata.machine).at(-1), sata.template.cloudInitSlot]).toEqual(['sata5 answers', 'scsi1']);
    expect([drivesOf(scsi.machine).at(-1), scsi.template.cloudInitSlot]).toEqual(['scsi29 https://vendor.example/part-27.iso', 'scsi30']);
  });

  test('ISOs of the user, by where they come from', () => {
    const { machine, deploy, files } = written(new Tiny({ additionalIsos: [DRIVERS] }), {
      iso: InstallationIso.fromUrl({ url: 'http://mirror.example/own.iso', checksum: Checksum.sha512('c3'.repeat(64)), downloader: IsoDownloader.PACKER }),
      additionalIsos: [InstallationIso.fromStorage('nas:iso/drivers.iso')],
    });
    expect(machine.boot_iso).toEqual({
      index: '1', iso_checksum: `sha512:${'c3'.repeat(64)}`, iso_storage_pool: 'isos', iso_url: 'http://mirror.example/own.iso', type: 'scsi', unmount: true,
    });
    expect(machine.additional_iso_files[0]).toEqual({ index: '2', iso_file: 'nas:iso/drivers.iso', type: 'scsi', unmount: true });
    expect([deploy.isoStorage, deploy.downloadStorage, deploy.readStorages]).toEqual(['isos', null, ['nas']]);
    expect(files['base/README.md']).toContain('\n`own.iso` is downloaded here, and uploaded to the node at every build. `drivers.iso` is on the node already.\n');
  });
});

describe('a system that is reached otherwise', () => {
  test('by WinRM, with PowerShell in the guest', () => {
    const setup = { shell: GuestShell.POWERSHELL, installAgent: ['msiexec /i agent.msi'] };
    const { machine, build } = written(new Tiny({ remoteAccess: RemoteAccess.WINRM, bootCommand: undefined }, setup), { buildUser: 'Administrator' });
    expect(Object.fromEntries(Object.entries(machine).filter(([name]) => /^(winrm|ssh|communicator|boot_)/.test(name) && name !== 'boot_iso'))).toEqual({
      boot_wait: '10s', communicator: 'winrm', winrm_insecure: true, winrm_password: '${local.build_password}', winrm_timeout: '1h', winrm_use_ssl: true, winrm_username: 'Administrator',
    });
    expect(build.provisioner).toEqual([
      { powershell: { '//': 'Profile minimal: what a template needs, and nothing more.', 'inline': ['msiexec /i agent.msi'], 'name': 'guest agent and cloud-init' } },
      {
        powershell: {
          '//': 'Always last: removes all that makes the machine itself, and the user Administrator that Packer is logged in as.',
          'env': { BUILD_USER: 'Administrator' },
          'name': 'generalize',
          'script': '${path.root}/../files/generalize.ps1',
          'skip_clean': true,
        },
      },
    ]);
  });

  test('with PowerShell and nothing to install: no step that does nothing', () => {
    const { build } = written(new Tiny({}, { shell: GuestShell.POWERSHELL, installAgent: [] }));
    expect([build.provisioner].flat().map(({ powershell }: any) => powershell.name)).toEqual(['generalize']);
  });

  test('a serial console is no display: keys are typed at another one', () => {
    expect([VgaType.SERIAL0, VgaType.NONE, VgaType.QXL].map((vga) => written(new Tiny(), { vga }).machine.vga)).toEqual([{ type: 'std' }, { type: 'std' }, { type: 'qxl' }]);
  });
});

describe('provisioners', () => {
  test('those of the system come first, and their files are copied', () => {
    inProgramFolder({ 'tiny/first.sh': '#!/bin/sh\nfirst\n', 'tiny/clean.sh': '#!/bin/sh\nclean\n', 'own.sh': '#!/bin/sh\nown\n' }, () => {
      const system = new Tiny({ provisioners: [packer.Provisioner.shellScript({ scripts: ['tiny/first.sh'] })] }, { generalizeScript: 'tiny/clean.sh' });
      const { files, build } = written(system, { provisioners: [packer.Provisioner.shellScript({ scripts: ['own.sh'] })] });
      expect(build.provisioner.map(({ shell }: any) => shell.script ?? shell.inline)).toEqual([
        '${path.root}/../files/tiny/first.sh', ['cloud-init status --wait >/dev/null || [ "$?" -eq 2 ]', 'pkg install agent'], '${path.root}/../files/own.sh', '${path.root}/../files/generalize.sh',
      ]);
      expect([files['base/files/tiny/first.sh'], files['base/files/own.sh'], files['base/files/generalize.sh']]).toEqual(['#!/bin/sh\nfirst\n', '#!/bin/sh\nown\n', '#!/bin/sh\nclean\n']);
    });
  });

  test('a script of the system that has changed is another content', () => {
    const hashWith = (text: string) => inProgramFolder({ 'first.sh': text }, () => (
      written(new Tiny({ provisioners: [packer.Provisioner.shellScript({ scripts: ['first.sh'] })] })).template.contentHash));
    expect(hashWith('#!/bin/sh\none\n')).not.toBe(hashWith('#!/bin/sh\ntwo\n'));
    expect(hashWith('#!/bin/sh\none\n')).toBe(hashWith('#!/bin/sh\none\n'));
  });
});

describe('what is made of it', () => {
  test('a golden image and machines, in the same stack', () => {
    const stack = stackWithCluster();
    const template = new IsoTemplate(stack, 'Base', { operatingSystem: new Tiny(), ...MINIMAL });
    const golden = new GoldenImage(stack, 'Golden', { baseTemplate: template, vmId: 9101, profile: ProvisioningProfile.minimal() });
    new VirtualMachine(stack, 'Direct', { template });
    new VirtualMachine(stack, 'Web', { template: golden });
    const { terraform, packer: files } = synthesize(stack);
    const { Direct, Web } = terraform.resource.proxmox_virtual_environment_vm;
    const facts = ({ clone, depends_on: waitsFor, initialization, disk }: any) => [clone[0].vm_id, waitsFor, initialization[0].interface, disk[0].interface];
    expect([Direct, Web].map(facts)).toEqual([
      [9001, ['terraform_data.Base'], 'scsi3', 'scsi0'], [9101, ['terraform_data.Golden'], 'scsi1', 'scsi0'],
    ]);
    expect(terraform.resource.terraform_data.Golden.depends_on).toEqual(['terraform_data.Base', 'terraform_data.Golden_Template']);
    const { source, build } = JSON.parse(files['golden/json/golden.pkr.json']);
    // It is reached by the agent of its base, and cloud-init lets Packer's key in: no CD is needed.
    expect(source['proxmox-clone'].golden).toMatchObject({ clone_vm_id: 9001, ipconfig: { ip: 'dhcp' }, ssh_username: 'packer', cloud_init: true });
    expect(source['proxmox-clone'].golden.additional_iso_files).toBeUndefined();
    expect(build['post-processor'][0].manifest.custom_data).toMatchObject({ base_template: 'tiny-1-base', base_content_hash: template.contentHash });
  });

  test('no golden image of what is reached by WinRM, which knows no key', () => {
    const stack = stackWithCluster();
    const installed = { remoteAccess: RemoteAccess.WINRM };
    const baseTemplate = new IsoTemplate(stack, 'Base', { operatingSystem: new Tiny(installed, { shell: GuestShell.POWERSHELL }), ...MINIMAL });
    expect(mistakes(() => new GoldenImage(stack, 'Golden', { baseTemplate, vmId: 9101, profile: ProvisioningProfile.minimal() })).map((line) => line.split(' ')[0])).toEqual([
      'base-not-bakeable',
    ]);
    new VirtualMachine(stack, 'Direct', { template: baseTemplate });
    expect(synthesize(stack).terraform.resource.proxmox_virtual_environment_vm.Direct.clone[0].vm_id).toBe(9001);
  });

  test('machines of another stack, which has to find it there', () => {
    const app = newApp();
    const images = newStack(app, 'images');
    cluster(images);
    const template = new IsoTemplate(images, 'Base', { operatingSystem: new Tiny(), ...MINIMAL });
    const machines = newStack(app, 'machines');
    cluster(machines);
    new VirtualMachine(machines, 'Web', { template });
    const { Web } = synthesize(machines).terraform.resource.proxmox_virtual_environment_vm;
    expect([Web.clone[0].vm_id, Web.initialization[0].interface, Web.depends_on, Web.lifecycle.precondition.length]).toEqual([9001, 'scsi3', undefined, 1]);
    expect(Web.lifecycle.precondition[0].error_message).toMatch(/^There is not exactly one template tiny-1-base with VM id 9001 on /);
  });
});

test('the same bytes twice, and another content for another system', () => {
  const files = () => written(new Tiny()).files;
  expect(files()).toEqual(files());
  const hashes = [new Tiny(), new Tiny({ bootCommand: ['v'] }), new Tiny({ iso: DRIVERS }), new Tiny({ answerFiles: { answers: PASSWORD } }), new Tiny({}, { installAgent: ['x'] })]
    .map((system) => written(system).template.contentHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('nothing secret is written, and nothing of how it is filled in', () => {
  const before = process.env.TF_VAR_proxmox_api_token;
  process.env.TF_VAR_proxmox_api_token = 'root@pam!x=planted-1f2e3d4c';
  try {
    const { files } = written(new Tiny());
    const { text } = synthesized((stack) => {
      cluster(stack);
      new IsoTemplate(stack, 'Base', { operatingSystem: new Tiny(), ...MINIMAL });
    });
    const all = [...Object.values(files), text].join('\n');
    expect(all).not.toMatch(/planted|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|[\ue000-\uf8ff]/);
    expect(all).toContain('local.build_password_hash');
  } finally {
    if (before === undefined) delete process.env.TF_VAR_proxmox_api_token;
    else process.env.TF_VAR_proxmox_api_token = before;
  }
});

test('anything in the Packer template can be said otherwise', () => {
  const stack = stackWithCluster();
  const template = new IsoTemplate(stack, 'Base', { operatingSystem: new Tiny(), ...MINIMAL });
  template.addOverride('source.proxmox-iso.tiny-1-base.task_timeout', '2h');
  template.addProvisioners(packer.Provisioner.custom('puppet', { manifest_file: 'site.pp' }));
  const { source, build } = JSON.parse(synthesize(stack).packer['base/json/tiny-1-base.pkr.json']);
  expect(source['proxmox-iso']['tiny-1-base'].task_timeout).toBe('2h');
  expect(build.provisioner.map((step: any) => Object.keys(step)[0])).toEqual(['shell', 'puppet', 'shell']);
});

test('where the machine that builds is reached is no part of the content', () => {
  const hashOf = (answerServer?: AnswerServer, timeZone?: string) => new IsoTemplate(stackWithCluster(), 'Image', {
    operatingSystem: new Tiny(), vmId: 9001, profile: ProvisioningProfile.minimal(), answerDelivery: AnswerDelivery.HTTP, answerServer, timeZone,
  }).contentHash;
  expect(hashOf({ bindAddress: '10.0.0.9', firstPort: 8100 })).toBe(hashOf());
  expect(hashOf(undefined, 'Europe/Vienna')).not.toBe(hashOf());
});
