import { Problems } from '../core';
import { gpuRules as rules } from './rules';

/** Who makes a graphics card. */
export enum GpuVendor {
  /** NVIDIA (PCI vendor 10de). */
  NVIDIA = 'nvidia',
  /** AMD (PCI vendor 1002). */
  AMD = 'amd',
  /** Intel (PCI vendor 8086). */
  INTEL = 'intel',
}

const VENDORS: { readonly [id: string]: GpuVendor } = { '10de': GpuVendor.NVIDIA, '1002': GpuVendor.AMD, '8086': GpuVendor.INTEL };

/**
 * The architecture of a graphics card, where a driver asks for it.
 *
 * NVIDIA's open kernel modules drive Turing and newer, the proprietary ones everything but Blackwell and newer.
 *
 * @see https://github.com/NVIDIA/open-gpu-kernel-modules
 */
export class GpuArchitecture {
  /** NVIDIA Maxwell: GeForce 900, Tesla M40. */
  public static readonly MAXWELL = new GpuArchitecture(GpuVendor.NVIDIA, 'Maxwell', false, true);
  /** NVIDIA Pascal: GeForce 10, Tesla P40. */
  public static readonly PASCAL = new GpuArchitecture(GpuVendor.NVIDIA, 'Pascal', false, true);
  /** NVIDIA Volta: Titan V, V100. */
  public static readonly VOLTA = new GpuArchitecture(GpuVendor.NVIDIA, 'Volta', false, true);
  /** NVIDIA Turing: GeForce 16 and 20, T4, Quadro RTX. */
  public static readonly TURING = new GpuArchitecture(GpuVendor.NVIDIA, 'Turing', true, true);
  /** NVIDIA Ampere: GeForce 30, A100, RTX A series. */
  public static readonly AMPERE = new GpuArchitecture(GpuVendor.NVIDIA, 'Ampere', true, true);
  /** NVIDIA Ada Lovelace: GeForce 40, L4, L40, RTX Ada. */
  public static readonly ADA_LOVELACE = new GpuArchitecture(GpuVendor.NVIDIA, 'Ada Lovelace', true, true);
  /** NVIDIA Hopper: H100, H200. */
  public static readonly HOPPER = new GpuArchitecture(GpuVendor.NVIDIA, 'Hopper', true, true);
  /** NVIDIA Blackwell: GeForce 50, B200, RTX PRO; only by the open modules. */
  public static readonly BLACKWELL = new GpuArchitecture(GpuVendor.NVIDIA, 'Blackwell', true, false);

  /**
   * An architecture that has no member here, such as one of AMD or Intel. NVIDIA's newer ones are taken to need the open modules.
   * @param name as the vendor says it, such as `RDNA 3`
   */
  public static of(vendor: GpuVendor, name: string): GpuArchitecture {
    new Problems('GpuArchitecture.of')
      .check(Object.values(GpuVendor).includes(vendor), rules['gpu-architecture-form'], { property: 'vendor', received: vendor })
      .check(typeof name === 'string' && /\S/.test(name), rules['gpu-architecture-form'], { property: 'name', received: name })
      .throwIfAny();
    return new GpuArchitecture(vendor, name, vendor === GpuVendor.NVIDIA, false);
  }

  /**
   * The architecture of a card of NVIDIA by its PCI ids; undefined for what is not known here.
   * @param deviceId vendor and device, such as `10de:2684`
   * @internal
   */
  public static byDeviceId(deviceId: string): GpuArchitecture | undefined {
    const [vendor, device] = deviceId.split(':');
    if (vendor !== '10de') return undefined;
    const number = parseInt(device, 16);
    return FIRST_IDS.find(([first]) => number >= first)?.[1];
  }

  private constructor(
    /** Who makes it. */
    public readonly vendor: GpuVendor,
    /** Name as the vendor says it. */
    public readonly name: string,
    /** Whether NVIDIA's open kernel modules drive it; false for other vendors. */
    public readonly hasOpenModules: boolean,
    /** Whether NVIDIA's proprietary kernel modules drive it; false for other vendors. */
    public readonly hasProprietaryModules: boolean,
  ) {}

  /** Name as the vendor says it. */
  public toString(): string {
    return this.name;
  }
}

/** The first device id from which NVIDIA numbers an architecture, newest first. */
const FIRST_IDS: readonly (readonly [number, GpuArchitecture | undefined])[] = [
  [0x3200, undefined],
  [0x2900, GpuArchitecture.BLACKWELL],
  [0x2680, GpuArchitecture.ADA_LOVELACE],
  [0x2400, GpuArchitecture.AMPERE],
  [0x2300, GpuArchitecture.HOPPER],
  [0x2200, GpuArchitecture.AMPERE],
  [0x2180, GpuArchitecture.TURING],
  [0x2080, GpuArchitecture.AMPERE],
  [0x1e00, GpuArchitecture.TURING],
  [0x1d80, GpuArchitecture.VOLTA],
  [0x1b00, GpuArchitecture.PASCAL],
  [0x1600, GpuArchitecture.MAXWELL],
  [0x15f0, GpuArchitecture.PASCAL],
  [0x1340, GpuArchitecture.MAXWELL],
  [0, undefined],
];

/**
 * Notes what are no PCI ids; nothing given is none.
 * @internal
 */
export function checkPciIds(problems: Problems, property: string, ids: string | undefined): void {
  problems.check(ids === undefined || /^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(ids), rules['pci-id-form'], { property, received: ids });
}

/**
 * Who makes a card, by its PCI ids; undefined for others.
 * @internal
 */
export function vendorOf(deviceId: string): GpuVendor | undefined {
  return VENDORS[deviceId.split(':')[0]];
}
