import { Problems } from '../core';
import { IPciMapping, PciDevice, PciDeviceOptions, normalizePciAddress } from '../proxmox';
import { FLAG, Kinds, TEXT, checkKinds, instanceOf, memberOf, required } from '../proxmox/kinds';
import { GpuArchitecture, GpuVendor, vendorOf } from './gpu-architecture';
import { gpuRules as rules } from './rules';

/** Which functions of a card a machine gets. */
export enum GpuFunctions {
  /** All: graphics, sound, and on some cards USB. They share an IOMMU group, so it is the only way that always works. */
  ALL = 'all',
  /** Graphics and sound (functions 0 and 1). */
  GRAPHICS_AND_AUDIO = 'graphics and audio',
  /** Graphics alone (function 0). The sound stays with the node, which works only where it has an IOMMU group of its own. */
  GRAPHICS = 'graphics',
}

/** What is known of a graphics card, and how the machine sees it. */
export interface GpuDeviceOptions {
  /** Who makes it. @default - by the ids of its mapping, or its architecture; else not known */
  readonly vendor?: GpuVendor;
  /** Its architecture, by which wrong drivers are refused. @default - by the ids of its mapping, for cards of NVIDIA; else not known */
  readonly architecture?: GpuArchitecture;
  /** Whether it is the machine's own display: a monitor at the card shows the machine, and the web console nothing. @default false */
  readonly primaryGpu?: boolean;
  /** Whether the guest sees the card's ROM; without it a card shows nothing under UEFI. @default true */
  readonly romBar?: boolean;
  /** Another ROM: name of a file in /usr/share/kvm of the node. Only root@pam with its password may. @default - the card's own */
  readonly romFile?: string;
  /** Whether it is on the PCI Express bus. @default - true where the template has q35, which a GpuPassthroughVm demands */
  readonly pcie?: boolean;
  /**
   * Type of the virtual GPU that is made of it (NVIDIA vGPU, Intel GVT-g), such as `nvidia-63`. The card can then serve several machines.
   * @default - the whole card
   */
  readonly mdev?: string;
  /** Which functions the machine gets. Of a mapped card that is said where it is mapped. @default GpuFunctions.ALL */
  readonly functions?: GpuFunctions;
}

/**
 * A graphics card of the node, or a virtual one made of it, for one machine.
 *
 * It is said by the name of a mapping, which any API token with Mapping.Use can ask for; by its address only root@pam with its password may.
 */
export class GpuDevice {
  /**
   * A card by the name of its mapping.
   * @param mappingName name shown under Datacenter, Resource Mappings
   */
  public static fromMapping(mappingName: string, options: GpuDeviceOptions = {}): GpuDevice {
    const problems = begin('GpuDevice.fromMapping', options);
    checkMapped(problems, options);
    return GpuDevice.finish(problems, options, () => PciDevice.fromMapping(mappingName, deviceOptions(options)));
  }

  /**
   * A card of a mapping of this program, or of one that the program was told of.
   * @param mapping a `PciMapping`, or `PciMapping.fromName(…)`
   */
  public static fromPciMapping(mapping: IPciMapping, options: GpuDeviceOptions = {}): GpuDevice {
    const problems = begin('GpuDevice.fromPciMapping', options);
    checkMapped(problems, options);
    return GpuDevice.finish(problems, options, () => PciDevice.fromPciMapping(mapping, deviceOptions(options)));
  }

  /**
   * A card by its address on the node. Refused with an API token.
   *
   * @param address as lspci writes it, such as `01:00`. It becomes `0000:01:00`, the whole card; so does `01:00.0`, unless `functions`
   *   or `mdev` says otherwise. Another function (`01:00.4`, a virtual function of SR-IOV) and the graphics of the board (`00:02.0`) stay
   *   what they are
   */
  public static fromAddress(address: string, options: GpuDeviceOptions = {}): GpuDevice {
    const problems = begin('GpuDevice.fromAddress', options);
    required(TEXT)(address, 'address', problems);
    problems.throwIfAny();
    const whole = gpuAddress(normalizePciAddress(problems, 'address', address), options, problems);
    problems.throwIfAny();
    return GpuDevice.finish(problems, options, () => PciDevice.fromAddress(whole, { ...deviceOptions(options), singleFunction: true }));
  }

  private static finish(problems: Problems, options: GpuDeviceOptions, make: () => PciDevice): GpuDevice {
    const device = problems.collect('', make);
    const gpu = device && problems.collect('', () => new GpuDevice(options, device));
    problems.throwIfAny();
    return gpu!;
  }

  /** Who makes it; undefined where that is not known. @default - not known */
  public readonly vendor?: GpuVendor;
  /** Its architecture; undefined where that is not known. @default - not known */
  public readonly architecture?: GpuArchitecture;

  private constructor(
    options: GpuDeviceOptions,
    /** The device, as any machine takes it in `pciDevices`. */
    public readonly pciDevice: PciDevice,
  ) {
    const ids = pciDevice.pciMapping?.deviceIds ?? [];
    const known = ids.map(GpuArchitecture.byDeviceId);
    this.architecture = options.architecture ?? (known.every((one) => one === known[0]) ? known[0] : undefined);
    this.vendor = options.vendor ?? this.architecture?.vendor ?? vendorOf(ids[0] ?? '');
    const problems = new Problems('GpuDevice');
    const ofMapping = new Set(ids.map((id) => id.split(':')[0]));
    const vendors = [...ids.map(vendorOf), this.architecture?.vendor].filter((vendor) => vendor !== undefined);
    problems.check(vendors.every((vendor) => vendor === this.vendor), rules['gpu-vendor-differs'], {
      property: 'vendor',
      received: this.vendor,
      rule: `${rules['gpu-vendor-differs'].rule} Ids and architecture say ${[...new Set(vendors)].join(', ')}.`,
      remedy: ofMapping.size > 1 ? 'Make a mapping for each vendor: a machine may be given any card of a mapping.' : undefined,
    });
    problems.throwIfAny();
  }

  /** Whether it is the display of its machine. */
  public get primaryGpu(): boolean {
    return this.pciDevice.primaryGpu;
  }

  /** Whether several machines can have it at the same time, as a virtual GPU each. */
  public get isShareable(): boolean {
    return this.pciDevice.mdev !== undefined;
  }

  /**
   * How many machines on a node can have such a card at once: 1 by address, as many as the mapping has there; undefined where that is not
   * known, and of virtual GPUs.
   * @param node name of the node
   */
  public devicesOn(node: string): number | undefined {
    if (this.isShareable) return undefined;
    return this.pciDevice.address === undefined ? this.pciDevice.pciMapping?.devicesOn(node) : 1;
  }

  /** The card as a reader knows it: the name of its mapping, or its address. */
  public toString(): string {
    return this.pciDevice.toString();
  }
}

/**
 * The address of a card: all of it, where nothing says otherwise.
 * @internal
 */
export function gpuAddress(address: string, { functions, mdev }: Pick<GpuDeviceOptions, 'functions' | 'mdev'>, problems: Problems): string {
  const device = address.replace(/\.[0-7].*$/, '');
  const isFirst = address === device || address === `${device}.0`;
  problems.check(functions === undefined || functions === GpuFunctions.ALL || isFirst && mdev === undefined, rules['gpu-functions-of-function'], {
    property: 'functions', received: functions,
  });
  // A list of functions, one of SR-IOV, or the graphics of the board.
  if (!isFirst || mdev !== undefined || device.endsWith(':00:02')) return address;
  if (functions === GpuFunctions.GRAPHICS) return `${device}.0`;
  return functions === GpuFunctions.GRAPHICS_AND_AUDIO ? `${device}.0;${device}.1` : device;
}

/**
 * Whether an address is that of the graphics of the board, which is mostly the display of the node.
 * @internal
 */
export function isBoardGraphics(address: string): boolean {
  return /^0000:00:02(\.0)?$/.test(address);
}

const OPTIONS: Kinds<GpuDeviceOptions> = {
  vendor: memberOf(GpuVendor, 'GpuVendor'),
  architecture: instanceOf(GpuArchitecture, 'GpuArchitecture.BLACKWELL'),
  primaryGpu: FLAG,
  romBar: FLAG,
  romFile: TEXT,
  pcie: FLAG,
  mdev: TEXT,
  functions: memberOf(GpuFunctions, 'GpuFunctions'),
};

function begin(name: string, options: GpuDeviceOptions): Problems {
  const problems = new Problems(name);
  checkKinds(options, OPTIONS, problems);
  problems.throwIfAny();
  return problems;
}

function checkMapped(problems: Problems, { functions }: GpuDeviceOptions): void {
  problems.check(functions === undefined || functions === GpuFunctions.ALL, rules['gpu-functions-of-mapping'], { property: 'functions', received: functions });
}

function deviceOptions({ primaryGpu, romBar, romFile, pcie, mdev }: GpuDeviceOptions): PciDeviceOptions {
  return { primaryGpu, romBar, romFile, pcie, mdev };
}
