import { ConfigContract } from '../config-contract';
import { PatchRenderer } from '../patch-document';
import { kernelModules, sysctls } from './kernel';
import { inlineManifest } from './manifest';

/** Talos loads none of them by itself. */
const MODULES = ['nvidia', 'nvidia_uvm', 'nvidia_drm', 'nvidia_modeset'];

/** @internal */
export function nvidiaDriver(): PatchRenderer {
  const modules = kernelModules(MODULES);
  const hardening = sysctls({ 'net.core.bpf_jit_harden': '1' });
  return (context) => [...modules(context), ...context.contract.isAtLeast(ConfigContract.V1_13) ? [] : hardening(context)];
}

/** @internal */
export function nvidiaRuntimeClass(): PatchRenderer {
  const object = { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'nvidia' }, handler: 'nvidia' };
  const manifest = inlineManifest('nvidia-runtime-class', `${JSON.stringify(object)}\n`);
  return (context) => context.contract.isAtLeast(ConfigContract.V1_13) ? [] : manifest(context);
}

/**
 * What is left to do in Kubernetes before a pod can use an NVIDIA card, by contract; for people to read.
 * @internal
 */
export function nvidiaHint(contract: ConfigContract): string {
  const page = `https://docs.siderolabs.com/talos/${contract}/configure-your-talos-cluster/hardware-and-drivers/nvidia-gpu`;
  return contract.isAtLeast(ConfigContract.V1_13)
    ? 'NVIDIA cards are given to pods by the GPU Operator (v26.3.1 or newer) through CDI. Install it into a namespace that admits privileged pods, with '
      + 'driver.enabled=false, toolkit.enabled=false, hostPaths.driverInstallDir=/usr/local: driver and toolkit are extensions of Talos. Remove an old device '
      + `plugin and the RuntimeClass nvidia first. See ${page}`
    : 'NVIDIA cards are given to pods by the device plugin (chart nvidia-device-plugin, with runtimeClassName=nvidia); a pod that uses one has runtimeClassName: nvidia. '
      + `The RuntimeClass comes with ConfigPatch.nvidiaRuntimeClass(). See ${page}`;
}
