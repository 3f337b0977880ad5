import { SystemExtension } from './system-extension';

/**
 * The extensions that drive GPUs of AMD and Intel. Those of NVIDIA come in tracks: `NvidiaDriver`.
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/system-extensions/
 */
export class GpuExtensions {
  /** For AMD GPUs: `amdgpu` and the microcode of AMD processors. */
  public static amd(): SystemExtension[] {
    return [SystemExtension.AMD_UCODE, SystemExtension.AMDGPU];
  }

  /** For Intel GPUs with the driver `i915`, which is the older one, and the microcode of Intel processors. */
  public static intel(): SystemExtension[] {
    return [SystemExtension.I915, SystemExtension.INTEL_UCODE];
  }

  /** For Intel GPUs with the driver `xe` (Lunar Lake, Battlemage and newer), and the microcode of Intel processors. */
  public static intelXe(): SystemExtension[] {
    return [SystemExtension.INTEL_UCODE, SystemExtension.XE];
  }

  private constructor() {}
}
