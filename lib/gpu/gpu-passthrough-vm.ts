import { Construct } from 'constructs';
import { Bios, CpuType, Problems, VgaType } from '../core';
import { PciDevice } from '../proxmox';
import { instanceOf, listOf, required } from '../proxmox/kinds';
import { warn, inform } from '../proxmox/notices';
import { VirtualMachine, VirtualMachineProps } from '../vm';
import { GpuVendor } from './gpu-architecture';
import { GpuDevice, isBoardGraphics } from './gpu-device';
import { gpuRules as rules } from './rules';

/** A machine with graphics cards, or virtual ones, of its node. */
export interface GpuPassthroughVmProps extends VirtualMachineProps {
  /** Its GPUs, at least one; they come before other `pciDevices`. */
  readonly gpus: GpuDevice[];
}

/**
 * A virtual machine with GPUs of its node, cloned from any template with q35 and OVMF, also one of Windows.
 *
 * Beside what a VirtualMachine does: the CPU is that of the host, all memory is the machine's own from the start, and there is a console that
 * works. For computing that is the display of the template beside a serial console; a GPU that is the display (`primaryGpu`) takes the place of
 * the virtual one. It does not move while it runs, and has half an hour to start, more with much memory.
 *
 * @see https://pve.proxmox.com/wiki/PCI_Passthrough
 */
export class GpuPassthroughVm extends VirtualMachine {
  /** The GPUs. */
  public readonly gpus: GpuDevice[];

  public constructor(scope: Construct, id: string, props: GpuPassthroughVmProps) {
    super(scope, id, machineProps(`${scope.node.path}/${id}`, props));
    this.gpus = [...props.gpus];
    this.note(props);
  }

  /** @internal */
  protected override pciDeviceProperty(index: number, props: VirtualMachineProps): string {
    const own = (props as GpuPassthroughVmProps).gpus.length;
    return index < own ? `gpus[${index}]` : `pciDevices[${index - own}]`;
  }

  /** @internal */
  protected override validateMore(props: VirtualMachineProps, problems: Problems): void {
    const { template, cpuType } = props;
    const { bios, machine, efiType } = this.hardware;
    problems
      .check((props as GpuPassthroughVmProps).gpus.length > 0, rules['gpu-missing'], { property: 'gpus', received: [] })
      .check(machine.isQ35, rules['gpu-without-q35'], { property: 'template', received: `${template.templateName} with ${machine}` })
      .check(bios === Bios.OVMF, rules['gpu-without-ovmf'], { property: 'template', received: `${template.templateName} with ${bios}` })
      .check(bios !== Bios.OVMF || efiType !== undefined, rules['gpu-efi-type'], { property: 'template', received: template.templateName })
      .check(this.hardware.cpuType.isX86_64V2, rules['gpu-cpu-type'], { property: 'cpuType', received: cpuType });
  }

  private note({ gpus, template, disks = [] }: GpuPassthroughVmProps): void {
    const { cpuType, serialConsole, vga, osType, preEnrolledKeys } = this.hardware;
    const perhapsNvidia = gpus.some(({ vendor }) => vendor === undefined || vendor === GpuVendor.NVIDIA);
    if (preEnrolledKeys && perhapsNvidia && !osType.isWindows) {
      warn(this, rules['gpu-secure-boot'], { property: 'template', received: `${template.templateName} with preEnrolledKeys` });
    }
    if (/^x86-64-/.test(cpuType.name)) warn(this, rules['gpu-cpu-addresses'], { property: 'cpuType', received: cpuType });
    const primary = gpus.findIndex((gpu) => gpu.primaryGpu);
    if (primary >= 0 && !serialConsole && !osType.isWindows) {
      warn(this, rules['primary-gpu-without-serial'], { property: `gpus[${primary}].primaryGpu`, received: true });
    }
    if (primary < 0 && vga === VgaType.NONE && !serialConsole) warn(this, rules['gpu-without-console'], { property: 'vga', received: vga });
    gpus.forEach(({ pciDevice }, i) => {
      const ofBoard = isBoardGraphics(pciDevice.address ?? '') && pciDevice.mdev === undefined;
      if (ofBoard) warn(this, rules['gpu-of-node-display'], { property: `gpus[${i}]`, received: pciDevice.address });
    });
    const saved = disks.findIndex(({ backup }, i) => i > 0 && backup === undefined);
    if (saved > 0) inform(this, rules['gpu-data-disk-backup'], { property: `disks[${saved}].backup`, received: `nothing, for ${disks[saved].size}` });
  }
}

/** The machine without its GPUs, which it has as devices; checked first, since a VirtualMachine does not know of them. */
function machineProps(path: string, props: GpuPassthroughVmProps): VirtualMachineProps {
  const problems = new Problems(path.replace(/^\//, ''));
  required(listOf(instanceOf(GpuDevice, "GpuDevice.fromMapping('rtx4000')")))(props?.gpus, 'gpus', problems);
  listOf(instanceOf(PciDevice, "PciDevice.fromMapping('nic')"))(props?.pciDevices, 'pciDevices', problems);
  problems.throwIfAny();
  const isWindows = props.template?.guest?.osType?.isWindows ?? false;
  return {
    ...props,
    cpuType: props.cpuType ?? CpuType.HOST,
    vga: props.vga ?? (props.gpus.some((gpu) => gpu.primaryGpu) ? VgaType.NONE : undefined),
    serialConsole: props.serialConsole ?? (isWindows ? undefined : true),
    pciDevices: [...props.gpus.map((gpu) => gpu.pciDevice), ...props.pciDevices ?? []],
  };
}
