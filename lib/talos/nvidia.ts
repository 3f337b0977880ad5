import { Problems } from '../core';
import { GpuArchitecture, GpuVendor } from '../gpu';
import { Kinds, checkKinds, instanceOf, required } from '../proxmox/kinds';
import { schematicRules } from './schematic-rules';
import { SystemExtension } from './system-extension';
import { TalosVersion, checkTalosVersion } from './talos-version';

/** How long NVIDIA maintains the branch of a driver. */
export enum NvidiaTrack {
  /** The long-term branch: 580 for Talos 1.12 to 1.14. */
  LTS = 'lts',
  /** The production branch: 595 since Talos 1.13. In Talos 1.12 it is 570, which is older than the long-term one. */
  PRODUCTION = 'production',
}

/** Branch of the driver in each minor release of Talos. Patch releases move within it. */
const BRANCHES: Readonly<Record<string, Readonly<Record<NvidiaTrack, number>>>> = {
  'v1.12': { lts: 580, production: 570 },
  'v1.13': { lts: 580, production: 595 },
  'v1.14': { lts: 580, production: 595 },
};

/** First branch that no longer drives Maxwell, Pascal and Volta. */
const WITHOUT_OLD_ARCHITECTURES = 590;

/** Extensions that exist once in each track. */
const TRACKED = /^siderolabs\/(nvidia-open-gpu-kernel-modules|nonfree-kmod-nvidia|nvidia-container-toolkit|nvidia-fabricmanager)-(lts|production)$/;

const FOR_ARCHITECTURE: Kinds<{ architecture: GpuArchitecture }> = { architecture: required(instanceOf(GpuArchitecture, 'GpuArchitecture.TURING')) };

/**
 * A driver for NVIDIA GPUs in a Talos image: kernel modules, and the container toolkit of the same track.
 *
 *     new talos.Schematic({ systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions] });
 *
 * Such an image is for machines with an NVIDIA GPU: without one, its boot waits for a service that never starts. So a pool of GPU
 * machines has a schematic of its own.
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/nvidia-gpu/
 */
export class NvidiaDriver {
  /** Open kernel modules, long-term track: for Turing and newer. */
  public static readonly OPEN_LTS = new NvidiaDriver(true, NvidiaTrack.LTS, SystemExtension.NVIDIA_OPEN_GPU_KERNEL_MODULES_LTS,
    SystemExtension.NVIDIA_CONTAINER_TOOLKIT_LTS);
  /** Open kernel modules, production track: for Turing and newer. */
  public static readonly OPEN_PRODUCTION = new NvidiaDriver(true, NvidiaTrack.PRODUCTION,
    SystemExtension.NVIDIA_OPEN_GPU_KERNEL_MODULES_PRODUCTION, SystemExtension.NVIDIA_CONTAINER_TOOLKIT_PRODUCTION);
  /** Proprietary kernel modules, long-term track: for Maxwell to Hopper, and the only one for Maxwell, Pascal and Volta since Talos 1.13. */
  public static readonly PROPRIETARY_LTS = new NvidiaDriver(false, NvidiaTrack.LTS, SystemExtension.NONFREE_KMOD_NVIDIA_LTS,
    SystemExtension.NVIDIA_CONTAINER_TOOLKIT_LTS);
  /** Proprietary kernel modules, production track: for Turing to Hopper, with Talos 1.12 also for older ones. */
  public static readonly PROPRIETARY_PRODUCTION = new NvidiaDriver(false, NvidiaTrack.PRODUCTION,
    SystemExtension.NONFREE_KMOD_NVIDIA_PRODUCTION, SystemExtension.NVIDIA_CONTAINER_TOOLKIT_PRODUCTION);

  /**
   * The driver for an architecture of GPUs in all supported releases of Talos: `OPEN_LTS` for Turing and newer, `PROPRIETARY_LTS` before.
   * @param architecture one of NVIDIA
   */
  public static forArchitecture(architecture: GpuArchitecture): NvidiaDriver {
    const problems = new Problems('talos.NvidiaDriver.forArchitecture');
    checkKinds({ architecture }, FOR_ARCHITECTURE, problems);
    problems.throwIfAny();
    if (architecture.vendor !== GpuVendor.NVIDIA) reportVendor(problems, 'architecture', architecture, architecture);
    problems.throwIfAny();
    return architecture.hasOpenModules ? NvidiaDriver.OPEN_LTS : NvidiaDriver.PROPRIETARY_LTS;
  }

  /**
   * The driver among extensions, or undefined.
   * @internal
   */
  public static among(extensions: readonly SystemExtension[]): NvidiaDriver | undefined {
    return [this.OPEN_LTS, this.OPEN_PRODUCTION, this.PROPRIETARY_LTS, this.PROPRIETARY_PRODUCTION].find((driver) => extensions.includes(driver.modules));
  }

  private constructor(
    /** Whether the kernel modules are the open ones. */
    public readonly open: boolean,
    /** The track. */
    public readonly track: NvidiaTrack,
    private readonly modules: SystemExtension,
    private readonly toolkit: SystemExtension,
  ) {}

  /** The two extensions, in the order of their names. */
  public get systemExtensions(): SystemExtension[] {
    return [this.modules, this.toolkit].sort((a, b) => (a.extensionName < b.extensionName ? -1 : 1));
  }

  /**
   * The branch of the driver in a release of Talos, such as 580.
   *
   * @param talosVersion such as `v1.13.9`; 1.12 to 1.14
   */
  public driverBranch(talosVersion: string): number {
    const problems = new Problems('talos.NvidiaDriver.driverBranch');
    const version = checkTalosVersion(problems, 'talosVersion', talosVersion);
    problems.throwIfAny();
    return this.branchIn(version!);
  }

  /** Such as `open-lts`. */
  public toString(): string {
    return `${this.open ? 'open' : 'proprietary'}-${this.track}`;
  }

  /**
   * Notes an architecture of GPUs which this driver does not drive.
   * @internal
   */
  public checkArchitecture(problems: Problems, property: string, architecture: GpuArchitecture, version: TalosVersion): void {
    if (architecture.vendor !== GpuVendor.NVIDIA) {
      reportVendor(problems, property, `${this} for ${architecture}`, architecture);
      return;
    }
    const remedy = `Take NvidiaDriver.${architecture.hasOpenModules ? 'OPEN_LTS' : 'PROPRIETARY_LTS'}.`;
    const report = (why: string) => problems.report(schematicRules['nvidia-architecture'], { property, received: this, rule: why, remedy });
    if (!this.open && !architecture.hasProprietaryModules) {
      report(`${architecture} has open kernel modules only; with the proprietary ones no device is found.`);
    } else if (this.open && !architecture.hasOpenModules) {
      report(`${architecture} has proprietary kernel modules only; the open ones begin with Turing.`);
    } else if (!architecture.hasOpenModules && this.branchIn(version) >= WITHOUT_OLD_ARCHITECTURES) {
      report(`Talos ${version.minorName} has driver ${this.branchIn(version)} in the ${this.track} track, and ${architecture} was dropped with ${WITHOUT_OLD_ARCHITECTURES}.`);
    }
  }

  private branchIn(version: TalosVersion): number {
    return BRANCHES[version.minorName][this.track];
  }
}

/** Notes a card that no driver of NVIDIA drives, and says which extensions do. */
function reportVendor(problems: Problems, property: string, received: unknown, { vendor }: GpuArchitecture): void {
  const extensions = vendor === GpuVendor.AMD ? 'GpuExtensions.amd()' : 'GpuExtensions.intel(), or GpuExtensions.intelXe() for Lunar Lake, Battlemage and newer';
  problems.report(schematicRules['nvidia-architecture'], { property, received, rule: 'Drivers of NVIDIA are for cards of NVIDIA.', remedy: `Take ${extensions}.` });
}

/** Notes NVIDIA extensions that do not belong together. */
export function checkNvidiaExtensions(problems: Problems, property: string, extensions: readonly SystemExtension[]): void {
  const tracked = [...new Set(extensions.map(({ extensionName }) => extensionName))].flatMap((name) => {
    const match = TRACKED.exec(name);
    return match ? [{ name, kind: match[1], track: match[2] }] : [];
  });
  if (tracked.length === 0) return;
  const received = tracked.map(({ name }) => name);
  const modules = tracked.filter(({ kind }) => kind === 'nvidia-open-gpu-kernel-modules' || kind === 'nonfree-kmod-nvidia');
  const toolkits = tracked.filter(({ kind }) => kind === 'nvidia-container-toolkit');
  problems
    .check(modules.length <= 1, schematicRules['nvidia-kernel-modules-twice'], { property, received })
    .check(modules.length > 0 && toolkits.length > 0, schematicRules['nvidia-extension-missing'], { property, received })
    .check(new Set(tracked.map(({ track }) => track)).size === 1, schematicRules['nvidia-tracks-mixed'], { property, received });
}
