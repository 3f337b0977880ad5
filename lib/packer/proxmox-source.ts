import { Problems } from '../core';
import { Block, Body } from '../hcl';
import { once } from './plugin-text';
import {
  renderDisk, renderNetworkAdapter, renderPciDevice, renderRng, renderTpm, renderVga,
} from './proxmox-devices';
import { checkProxmoxSource } from './proxmox-source-checks';
import { ProxmoxSourceProps } from './proxmox-source-props';
import { RequiredPlugin } from './required-plugin';
import { Source } from './source';

/** What the two sources of Proxmox VE have in common. */
export abstract class ProxmoxSource extends Source {
  /** Name of the finished template; undefined where the plugin makes one up. */
  public readonly templateName?: string;
  /** Id of the machine and the template; undefined where the server chooses. */
  public readonly vmId?: number;
  protected readonly comment?: string;

  protected constructor(builderType: string, name: string, private readonly common: ProxmoxSourceProps) {
    super(builderType, name, common.communicator, RequiredPlugin.PROXMOX);
    this.templateName = common.templateName ?? common.vmName;
    this.vmId = common.vmId;
    this.comment = common.comment;
  }

  protected toBody(): Body {
    const { common: props } = this;
    return new Body(
      {
        ...props.communicator.attributes,
        ...once({
          proxmox_url: props.proxmoxUrl,
          username: props.username,
          password: props.password,
          token: props.token,
          insecure_skip_tls_verify: props.insecureSkipTlsVerify,
          node: props.node,
          pool: props.pool,
          task_timeout: props.taskTimeout?.toString(),
          vm_name: props.vmName,
          vm_id: props.vmId,
          template_name: props.templateName,
          template_description: props.templateDescription,
          tags: props.tags === undefined ? undefined : [...props.tags].sort().join(';'),
          boot: props.bootOrder === undefined ? undefined : `order=${props.bootOrder.join(';')}`,
          memory: props.memory?.toMebibytes(),
          ballooning_minimum: props.ballooningMinimum?.toMebibytes(),
          cores: props.cores,
          sockets: props.sockets,
          cpu_type: props.cpuType?.name,
          numa: props.numa,
          onboot: props.onBoot,
          disable_kvm: props.disableKvm,
          os: props.os?.name,
          bios: props.bios,
          machine: props.machine?.name,
          scsi_controller: props.scsiController,
          qemu_agent: props.qemuAgent,
          serials: props.serials,
          vm_interface: props.vmInterface,
          qemu_additional_args: props.qemuAdditionalArgs,
          skip_convert_to_template: props.skipConvertToTemplate,
          cloud_init: props.cloudInit,
          cloud_init_storage_pool: props.cloudInitStoragePool,
          cloud_init_disk_type: props.cloudInitDiskType,
          cloud_init_disable_upgrade_packages: props.cloudInitDisableUpgradePackages,
          pause_before_connecting: props.pauseBeforeConnecting?.toString(),
          boot_wait: props.bootWait?.toString(),
          boot_key_interval: props.bootKeyInterval?.toString(),
          boot_keygroup_interval: props.bootKeygroupInterval?.toString(),
          http_directory: props.httpDirectory,
          http_content: props.httpContent,
          http_port_min: props.httpPortMin,
          http_port_max: props.httpPortMax,
          http_bind_address: props.httpBindAddress,
          http_interface: props.httpInterface,
          http_network_protocol: props.httpNetworkProtocol,
        }),
        boot_command: props.bootCommand, // a template of the plugin: rendered when it is typed, and only then
      },
      this.renderCommonBlocks(),
    );
  }

  /**
   * Notes all mistakes, those of the subclass included, and refuses the source if there are any.
   * @internal
   */
  protected refuseMistakes(check: (problems: Problems) => void): void {
    const problems = new Problems(`packer.Source(${this.name})`);
    checkProxmoxSource(problems, this.common);
    check(problems);
    problems.collect('', () => this.toBody());
    problems.throwIfAny();
  }

  private renderCommonBlocks(): Block[] {
    const { common: props } = this;
    return [
      ...(props.networkAdapters ?? []).map(renderNetworkAdapter),
      ...(props.disks ?? []).map(renderDisk),
      ...(props.additionalIsoFiles ?? []).map((iso) => iso.toBlock('additional_iso_files')),
      ...optional(props.tpmConfig, renderTpm),
      ...optional(props.vga, renderVga),
      ...optional(props.rng, renderRng),
      ...(props.pciDevices ?? []).map(renderPciDevice),
    ];
  }
}

function optional<T>(value: T | undefined, render: (value: T) => Block): Block[] {
  return value === undefined ? [] : [render(value)];
}
