import { hardwareRules } from './hardware-rules';
import { Problems } from './problems';

/*
 * Models that the client inside of the Packer plugin and the Terraform provider both take, spelt as Proxmox VE does.
 * The client has more, but writes them wrongly to the API (Cascadelake-Server-V2, Nahalem, Penrym) or never finds them
 * (IvyBridge-IBRS); the provider has more that the client lacks (EPYC-Genoa, EPYC-v4, EPYC-Rome-v3).
 */
const CPU_TYPES = new Set([
  '486', 'athlon', 'core2duo', 'coreduo', 'host', 'kvm32', 'kvm64', 'max', 'pentium', 'pentium2', 'pentium3', 'phenom',
  'qemu32', 'qemu64', 'x86-64-v2', 'x86-64-v2-AES', 'x86-64-v3', 'x86-64-v4',
  'EPYC', 'EPYC-IBPB', 'EPYC-Milan', 'EPYC-Rome', 'EPYC-Rome-v2', 'EPYC-v3',
  'Opteron_G1', 'Opteron_G2', 'Opteron_G3', 'Opteron_G4', 'Opteron_G5',
  'Broadwell', 'Broadwell-IBRS', 'Broadwell-noTSX', 'Broadwell-noTSX-IBRS', 'Cascadelake-Server', 'Cascadelake-Server-noTSX',
  'Conroe', 'Cooperlake', 'Haswell', 'Haswell-IBRS', 'Haswell-noTSX', 'Haswell-noTSX-IBRS',
  'Icelake-Client', 'Icelake-Client-noTSX', 'Icelake-Server', 'Icelake-Server-noTSX', 'Icelake-Server-v3', 'Icelake-Server-v4',
  'Icelake-Server-v5', 'Icelake-Server-v6', 'IvyBridge', 'KnightsMill', 'SandyBridge', 'SandyBridge-IBRS', 'SapphireRapids',
  'Skylake-Client', 'Skylake-Client-IBRS', 'Skylake-Client-noTSX-IBRS', 'Skylake-Client-v4',
  'Skylake-Server', 'Skylake-Server-IBRS', 'Skylake-Server-noTSX-IBRS', 'Skylake-Server-v4', 'Skylake-Server-v5',
  'Westmere', 'Westmere-IBRS',
]);

/* Models without SSSE3 and SSE4, or older: less than x86-64-v2, which systems and drivers of today are built for. */
const OLDER_THAN_V2 = new Set([
  '486', 'athlon', 'core2duo', 'coreduo', 'kvm32', 'kvm64', 'pentium', 'pentium2', 'pentium3', 'phenom', 'qemu32', 'qemu64',
  'Conroe', 'Opteron_G1', 'Opteron_G2', 'Opteron_G3',
]);

/** The CPU model that a guest sees. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cpu */
export class CpuType {
  /** The CPU of the host with all it can: fastest; a running machine can only move to a host with the same CPU. */
  public static readonly HOST = new CpuType('host');
  /** All that QEMU can offer on the host; for tests, and for nodes without hardware virtualization. */
  public static readonly MAX = new CpuType('max');
  /** The common ground of x86-64 CPUs since about 2009 (Nehalem). Proxmox VE 8 and newer. */
  public static readonly X86_64_V2 = new CpuType('x86-64-v2');
  /** As `X86_64_V2`, with AES instructions (since about 2010, Westmere); Proxmox VE's own default. Proxmox VE 8 and newer. */
  public static readonly X86_64_V2_AES = new CpuType('x86-64-v2-AES');
  /** With AVX2 (since about 2013, Haswell). Proxmox VE 8 and newer. */
  public static readonly X86_64_V3 = new CpuType('x86-64-v3');
  /** With AVX-512 (server CPUs since about 2017, Skylake). Proxmox VE 8 and newer. */
  public static readonly X86_64_V4 = new CpuType('x86-64-v4');
  /** A Pentium 4 lookalike, the default of Packer's plugin: distributions of today no longer run on it. */
  public static readonly KVM64 = new CpuType('kvm64');
  /** QEMU's own minimum, the default of the Terraform provider: distributions of today no longer run on it. */
  public static readonly QEMU64 = new CpuType('qemu64');
  /** AMD EPYC, first generation. */
  public static readonly EPYC = new CpuType('EPYC');
  /** AMD EPYC, second generation. */
  public static readonly EPYC_ROME = new CpuType('EPYC-Rome');
  /** AMD EPYC, third generation. */
  public static readonly EPYC_MILAN = new CpuType('EPYC-Milan');
  /** Intel Xeon Scalable, first generation. */
  public static readonly SKYLAKE_SERVER = new CpuType('Skylake-Server');
  /** Intel Xeon Scalable, second generation. */
  public static readonly CASCADELAKE_SERVER = new CpuType('Cascadelake-Server');
  /** Intel Xeon Scalable, third generation. */
  public static readonly ICELAKE_SERVER = new CpuType('Icelake-Server');
  /** Intel Xeon Scalable, fourth generation. Proxmox VE 8 and newer. */
  public static readonly SAPPHIRE_RAPIDS = new CpuType('SapphireRapids');

  /**
   * A CPU model by its name.
   *
   * @param name as Proxmox VE spells it, such as `Haswell-noTSX`. Refused: flags, custom models, and models that only one
   *   of the two tools knows (`EPYC-Genoa`).
   */
  public static of(name: string): CpuType {
    new Problems('CpuType.of')
      .check(CPU_TYPES.has(name), hardwareRules['cpu-type-unknown'], { property: 'name', received: name })
      .throwIfAny();
    return new CpuType(name);
  }

  private constructor(
    /** The model as Proxmox VE spells it. */
    public readonly name: string,
  ) {}

  /**
   * Whether it has the instructions of x86-64-v2; of `HOST` and `MAX` that is taken for granted.
   * @internal
   */
  public get isX86_64V2(): boolean {
    return !OLDER_THAN_V2.has(this.name);
  }

  /**
   * Whether it has the instructions of x86-64-v3 (AVX2 among them); of `HOST` and `MAX` that is taken for granted.
   * @internal
   */
  public get isX86_64V3(): boolean {
    return /^(host|max|x86-64-v[34]|EPYC|Haswell|Broadwell|Skylake|Cascadelake|Cooperlake|Icelake|SapphireRapids|KnightsMill)/.test(this.name);
  }

  /** The model as Proxmox VE spells it. */
  public toString(): string {
    return this.name;
  }
}
