import { Aspects, IAspect, TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import {
  BuildAddress, CloneSource, GoldenImage, Guest, IVmTemplate, ProvisioningProfile, ProxmoxVe, VirtualMachine, VmHardware, hcl, packer,
} from '../../lib';
import { Alpine } from '../support/alpine';
import { mistakes } from '../support/errors';
import { GUEST, REFERENCES, existing, stackWithCluster, ubuntuBase } from '../support/fixtures';
import { inProgramFolder } from '../support/program-folder';
import { providerSchemaProblems } from '../support/provider-schema';
import { synthesize } from '../support/synth';

const MINIMAL = { profile: ProvisioningProfile.minimal() };

describe('an operating system of the user', () => {
  test('goes all the way: base, golden image over DHCP, machine', () => {
    const stack = stackWithCluster();
    const base = ubuntuBase(stack, { operatingSystem: new Alpine() });
    const image = new GoldenImage(stack, 'Edge', { baseTemplate: base, vmId: 9101, ...MINIMAL });
    new VirtualMachine(stack, 'Gateway', { template: image, cloudInit: { username: 'ops' } });
    const { terraform, packer: files } = synthesize(stack);
    expect(Object.values<any>(terraform.resource.proxmox_download_file)[0]).toMatchObject({
      checksum: 'a5'.repeat(64), checksum_algorithm: 'sha512', file_name: 'homelab-alpine-3.23-a5a5a5a5a5a5.qcow2',
    });
    const { source, build } = JSON.parse(files['edge/json/edge.pkr.json']);
    expect(source['proxmox-clone'].edge.additional_iso_files.cd_content['user-data']).toBe(`#cloud-config
users:
  - name: packer
    hashed_passwd: '\${local.build_password_hash}'
    lock_passwd: false
    doas: ['permit nopass packer']
ssh_pwauth: true
runcmd:
  - - sh
    - -euc
    - |
      apk add --no-cache qemu-guest-agent
      rc-service qemu-guest-agent start
`);
    expect(build.provisioner.map((step: any) => [step.shell.name, step.shell.execute_command, step.shell.inline ?? step.shell.script])).toEqual([
      [
        'guest agent and cloud-init',
        'chmod +x {{ .Path }}; doas env {{ .Vars }} {{ .Path }}',
        ['cloud-init status --wait >/dev/null || [ "$?" -eq 2 ]', 'apk add --no-cache qemu-guest-agent', 'rc-service qemu-guest-agent start'],
      ],
      ['generalize', 'chmod +x {{ .Path }}; doas env {{ .Vars }} {{ .Path }}', '${path.root}/../files/generalize.sh'],
    ]);
    expect(terraform.resource.proxmox_virtual_environment_vm.Gateway).toMatchObject({
      agent: [{ enabled: true, timeout: '3m', trim: true }], clone: [{ vm_id: 9101 }], disk: [{ size: 8 }], depends_on: ['terraform_data.Edge'],
    });
    expect(providerSchemaProblems(terraform)).toEqual([]);
  });

  test('at a fixed address', () => {
    const stack = stackWithCluster();
    const base = ubuntuBase(stack, { operatingSystem: new Alpine(), cloudInitDrive: true });
    new GoldenImage(stack, 'Edge', { baseTemplate: base, vmId: 9101, ...MINIMAL, buildAddress: BuildAddress.fixed({ address: '10.0.0.9/24', gateway: '10.0.0.1' }) });
    expect(synthesize(stack).packer['edge/hcl/edge.pkr.hcl']).toContain('\n  ssh_host                            = "10.0.0.9"\n');
  });

  test('with a script of its own that generalizes', () => {
    inProgramFolder({ 'alpine/generalize.sh': '#!/bin/sh\nrm -f /etc/machine-id\n' }, () => {
      const stack = stackWithCluster();
      new GoldenImage(stack, 'Edge', { baseTemplate: ubuntuBase(stack, { operatingSystem: new Alpine('alpine/generalize.sh') }), vmId: 9101, ...MINIMAL });
      expect(synthesize(stack).packer['edge/files/generalize.sh']).toBe('#!/bin/sh\nrm -f /etc/machine-id\n');
    });
  });

  test('not with the roles of the package', () => {
    const stack = stackWithCluster();
    const baseTemplate = ubuntuBase(stack, { operatingSystem: new Alpine() });
    expect(mistakes(() => new GoldenImage(stack, 'Edge', { baseTemplate, vmId: 9101 }))).toEqual(['standard-profile-unsupported profile "alpine-3.23"']);
  });

  test('a first line of its script that is indented, empty or a comment stays in the script', () => {
    const stack = stackWithCluster();
    const operatingSystem = new Alpine();
    (operatingSystem as any).guestSetup = { ...operatingSystem.guestSetup, installAgent: ['  if true; then', '    apk add x', '  fi', '', '# done: "yes"', "echo 'it''s' \\"] };
    new GoldenImage(stack, 'Edge', { baseTemplate: ubuntuBase(stack, { operatingSystem }), vmId: 9101, ...MINIMAL });
    const { source } = JSON.parse(synthesize(stack).packer['edge/json/edge.pkr.json']);
    const lines = source['proxmox-clone'].edge.additional_iso_files.cd_content['user-data'].split('\n');
    // YAML takes the indentation of a block from its first line, unless it is told.
    expect(lines.slice(lines.indexOf('runcmd:'))).toEqual([
      'runcmd:', '  - - sh', '    - -euc', '    - |2', '        if true; then', '          apk add x', '        fi', '', '      # done: "yes"', "      echo 'it''s' \\", '',
    ]);
  });
});

/** A template of a user's own class: one that a vendor ships as a VM, and that has a hash of its own. */
class Appliance extends Construct implements IVmTemplate {
  public readonly templateName = 'appliance';
  public readonly nodeName = 'pve3';
  public readonly hardware: VmHardware;
  public readonly guest: Guest = GUEST;
  public readonly cloudInitSlot = 'scsi1';
  public readonly contentHash = 'vendor 1.2.3';

  public constructor(scope: Construct, id: string, public readonly proxmoxVe: ProxmoxVe, public readonly vmId: number = 777) {
    super(scope, id);
    this.hardware = { ...existing(scope, {}, `${id}Like`).hardware, cores: 6 };
  }

  public bindClone(_scope: IConstruct): CloneSource {
    return { dependsOn: ['x_import.Appliance'], preconditions: [{ condition: '${true}', errorMessage: 'Never.' }], replaceTriggers: ['x_import.Appliance'] };
  }
}

describe('a template of the user', () => {
  test('is cloned and baked as any other', () => {
    const stack = stackWithCluster();
    const template = new Appliance(stack, 'Appliance', ProxmoxVe.of(stack));
    new VirtualMachine(stack, 'Web', { template, replaceOnImageChange: true });
    new GoldenImage(stack, 'Baked', { baseTemplate: template, vmId: 9100, ...MINIMAL });
    const { terraform, packer: files } = synthesize(stack);
    const { Web } = terraform.resource.proxmox_virtual_environment_vm;
    expect([Web.clone[0], Web.node_name, Web.cpu[0].cores, Web.depends_on, Web.lifecycle]).toEqual([
      { datastore_id: 'tank', full: true, node_name: 'pve3', vm_id: 777 }, 'pve3', 6, ['x_import.Appliance'],
      { precondition: [{ condition: '${true}', error_message: 'Never.' }], replace_triggered_by: ['x_import.Appliance'] },
    ]);
    expect(terraform.resource.terraform_data.Baked.depends_on).toEqual(['x_import.Appliance', 'terraform_data.Baked_Template']);
    expect(files['baked/hcl/baked.pkr.hcl']).toContain('base_content_hash = "vendor 1.2.3"');
    expect(files['baked/hcl/baked.pkr.hcl']).toContain('\n  node                                = "pve3"\n');
  });

  test('whose id only Terraform knows is cloned, and cannot be baked', () => {
    const stack = stackWithCluster();
    const template = new Appliance(stack, 'Appliance', ProxmoxVe.of(stack), REFERENCES.number);
    expect(() => new VirtualMachine(stack, 'Web', { template })).not.toThrow();
    expect(mistakes(() => new GoldenImage(stack, 'Baked', { baseTemplate: template, vmId: 9100, ...MINIMAL }))[0])
      .toMatch(/^(hcl-terraform-reference|packer-vm-id) .* a Terraform reference/);
  });
});

describe('the last doors', () => {
  test('anything in the Packer template can be said otherwise', () => {
    const stack = stackWithCluster();
    const image = new GoldenImage(stack, 'Image', { baseTemplate: existing(stack, { cloudInitSlot: 'scsi1' }), vmId: 9100, ...MINIMAL });
    image.addOverride('source.proxmox-clone.image.task_timeout', '2h');
    image.addOverride('source.proxmox-clone.image.ipconfig.0.ip6', 'auto');
    image.addOverride('packer.required_plugins.proxmox.version', '~> 1.2.4');
    image.addOverride('build.hcp_packer_registry', new hcl.Block('hcp_packer_registry', [], new hcl.Body({ bucket_name: 'x' })));
    image.addOverride('build.provisioner.1.skip_clean', undefined);
    image.addProvisioners(packer.Provisioner.custom('puppet', { manifest_file: 'site.pp' }));
    const { source, packer: settings, build } = JSON.parse(synthesize(stack).packer['image/json/image.pkr.json']);
    expect([source['proxmox-clone'].image.task_timeout, source['proxmox-clone'].image.ipconfig, settings.required_plugins.proxmox.version, build.hcp_packer_registry]).toEqual([
      '2h', { ip: 'dhcp', ip6: 'auto' }, '~> 1.2.4', { bucket_name: 'x' },
    ]);
    expect(build.provisioner.map((step: any) => Object.keys(step)[0])).toEqual(['shell', 'puppet', 'shell']);
  });

  test('aspects of the core reach every resource', () => {
    class Protect implements IAspect {
      public visit(node: IConstruct): void {
        if (node instanceof TerraformResource && node.terraformResourceType === 'proxmox_virtual_environment_vm') node.addOverride('protection', true);
      }
    }
    const stack = stackWithCluster();
    new VirtualMachine(stack, 'Web', { template: ubuntuBase(stack) });
    Aspects.of(stack).add(new Protect());
    const { Base, Web } = synthesize(stack).terraform.resource.proxmox_virtual_environment_vm;
    expect([Base.protection, Web.protection]).toEqual([true, true]);
  });
});
