import { Problems } from '../core';
import { GpuVendor } from '../gpu';
import { informOnce, warn } from '../proxmox/notices';
import { clusterRules as rules } from './cluster-rules';
import { ConfigContract } from './config-contract';
import type { NodePool } from './node-pool';
import { nvidiaHint } from './patches/nvidia';
import { SystemExtension } from './system-extension';

/** Extensions of which one drives the cards of a vendor. */
const DRIVERS: { readonly [vendor in GpuVendor]: SystemExtension[] } = {
  [GpuVendor.NVIDIA]: [
    SystemExtension.NVIDIA_OPEN_GPU_KERNEL_MODULES_LTS, SystemExtension.NVIDIA_OPEN_GPU_KERNEL_MODULES_PRODUCTION,
    SystemExtension.NONFREE_KMOD_NVIDIA_LTS, SystemExtension.NONFREE_KMOD_NVIDIA_PRODUCTION,
  ],
  [GpuVendor.AMD]: [SystemExtension.AMDGPU],
  [GpuVendor.INTEL]: [SystemExtension.I915, SystemExtension.XE],
};

/**
 * Notes cards and drivers that do not belong together, and says what is left to do in Kubernetes.
 * @internal
 */
export function checkPoolGpus(pool: NodePool, problems: Problems): void {
  const { image: { schematic, release }, props: { gpus = [] } } = pool;
  const driver = schematic.nvidiaDriver;
  const perhapsNvidia = gpus.some(({ vendor }) => vendor === undefined || vendor === GpuVendor.NVIDIA);
  problems.check(driver === undefined || perhapsNvidia, rules['nvidia-without-gpu'], { property: 'gpus', received: gpus.join(', ') || 'none' });
  gpus.forEach((device, i) => {
    const property = `gpus[${i}]`;
    const drivers = device.vendor === undefined ? undefined : DRIVERS[device.vendor];
    problems
      .check(drivers === undefined || drivers.some((extension) => schematic.hasExtension(extension)), rules['gpu-without-driver'], {
        property, received: `${device}, of ${device.vendor}`,
      })
      .check(device.vendor !== GpuVendor.NVIDIA || device.pciDevice.mdev === undefined, rules['talos-vgpu'], { property, received: device.pciDevice.mdev });
    if (driver !== undefined && device.architecture?.vendor === GpuVendor.NVIDIA) driver.checkArchitecture(problems, property, device.architecture, release);
  });
  if (driver !== undefined && perhapsNvidia) {
    // What runs decides, and not what the configuration was made for.
    informOnce(pool, rules['nvidia-in-kubernetes'], { property: 'gpus', remedy: nvidiaHint(ConfigContract.ofRelease(release)) });
  }
  const hasDriver = Object.values(DRIVERS).flat().some((extension) => schematic.hasExtension(extension));
  const unknown = gpus.findIndex(({ vendor }) => vendor === undefined);
  if (unknown >= 0 && !hasDriver) warn(pool, rules['gpu-driver-unknown'], { property: `gpus[${unknown}]`, received: `${gpus[unknown]}` });
}
