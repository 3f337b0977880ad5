import * as fs from 'fs';
import { TerraformStack } from 'cdktf';
import { gpu, talos } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { cluster as pve, stackWithCluster } from '../support/fixtures';
import { newApp, newStack, synthesize } from '../support/synth';
import { NVIDIA, PLAN, talosCluster, talosImage } from './clusters';

const { GpuArchitecture, GpuDevice, GpuVendor } = gpu;
const { GpuExtensions, NvidiaDriver, Schematic, SystemExtension } = talos;

const AMD = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, ...GpuExtensions.amd()] });
const INTEL = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, ...GpuExtensions.intel()] });
const INTEL_XE = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, ...GpuExtensions.intelXe()] });
const NONE = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT] });
const PROPRIETARY = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, ...NvidiaDriver.PROPRIETARY_LTS.systemExtensions] });

/** A pool whose image has a schematic and whose nodes have cards. */
function poolOf(schematic: talos.Schematic, ...gpus: gpu.GpuDevice[]): () => unknown {
  const stack = newStack();
  pve(stack, { vmIdPlan: PLAN });
  const cluster = talosCluster(stack);
  const image = talosImage(stack, { schematic, vmId: 9001 }, 'Gpu');
  return () => cluster.addPool('Gpu', { image, count: 1, gpus });
}

const card = (options: gpu.GpuDeviceOptions = {}, name: string = 'card') => GpuDevice.fromMapping(name, options);

test.each<[string, talos.Schematic, gpu.GpuDevice[]]>([
  ['of NVIDIA with its driver', NVIDIA, [card({ vendor: GpuVendor.NVIDIA })]],
  ['of whoever with the driver of NVIDIA', NVIDIA, [card()]],
  ['of whoever without a driver', NONE, [card()]],
  ['of AMD with its driver', AMD, [card({ vendor: GpuVendor.AMD })]],
  ['of Intel with its older driver', INTEL, [card({ vendor: GpuVendor.INTEL })]],
  ['of Intel with its newer driver', INTEL_XE, [card({ vendor: GpuVendor.INTEL })]],
  ['of Intel, shared by GVT-g', INTEL, [card({ vendor: GpuVendor.INTEL, mdev: 'i915-GVTg_V5_4' })]],
  ['of Turing with the open modules', NVIDIA, [card({ architecture: GpuArchitecture.TURING })]],
  ['of Pascal with the proprietary modules', PROPRIETARY, [card({ architecture: GpuArchitecture.PASCAL })]],
])('a card %s', (_, schematic, gpus) => {
  expect(poolOf(schematic, ...gpus)).not.toThrow();
});

test.each<[string, talos.Schematic, gpu.GpuDevice[]]>([
  ['nvidia-without-gpu gpus "none"', NVIDIA, []],
  ['gpu-without-driver gpus[0] "card, of nvidia"', NONE, [card({ vendor: GpuVendor.NVIDIA })]],
  ['gpu-without-driver gpus[1] "two, of nvidia"', AMD, [card({ vendor: GpuVendor.AMD }), card({ architecture: GpuArchitecture.ADA_LOVELACE }, 'two')]],
  ['gpu-without-driver gpus[0] "card, of amd"', INTEL, [card({ vendor: GpuVendor.AMD })]],
  ['gpu-without-driver gpus[0] "card, of intel"', AMD, [card({ vendor: GpuVendor.INTEL })]],
  ['talos-vgpu gpus[0] "nvidia-63"', NVIDIA, [card({ vendor: GpuVendor.NVIDIA, mdev: 'nvidia-63' })]],
  ['nvidia-architecture gpus[0] open-lts', NVIDIA, [card({ architecture: GpuArchitecture.PASCAL })]],
  ['nvidia-architecture gpus[0] proprietary-lts', PROPRIETARY, [card({ architecture: GpuArchitecture.BLACKWELL })]],
])('%s', (mistake, schematic, gpus) => {
  expect(mistakes(poolOf(schematic, ...gpus))).toEqual([mistake]);
});

test('cards of one vendor with the driver of another: both are said', () => {
  expect(mistakes(poolOf(NVIDIA, card({ vendor: GpuVendor.AMD })))).toEqual(['nvidia-without-gpu gpus "card"', 'gpu-without-driver gpus[0] "card, of amd"']);
});

test('with rule and remedy', () => {
  expect(expectError(poolOf(NVIDIA)).message).toBe(`homelab/K8s/Gpu: [nvidia-without-gpu] gpus, got: "none"
  A node whose image has NVIDIA extensions waits at boot for a GPU, for ever.
  Remedy: Give the pool its gpus, or an image without these extensions: one schematic for each kind of pool.`);
  expect(expectError(poolOf(NONE, card({ vendor: GpuVendor.NVIDIA }))).message).toBe(`homelab/K8s/Gpu: [gpu-without-driver] gpus[0], got: "card, of nvidia"
  Talos loads drivers only from extensions of its image, and the schematic of this pool has none for its GPU.
  Remedy: Give the pool an image whose schematic has the driver, such as talos.NvidiaDriver.OPEN_LTS.`);
  expect(expectError(poolOf(NVIDIA, card({ vendor: GpuVendor.NVIDIA, mdev: 'nvidia-63' }))).message).toBe(`homelab/K8s/Gpu: [talos-vgpu] gpus[0], got: "nvidia-63"
  A virtual GPU of NVIDIA needs its licensed guest driver, for which Talos has no extension.
  Remedy: Pass a whole card through: leave mdev out.`);
});

describe('what is left to do in Kubernetes', () => {
  /** Notices that are shown of a stack, without those of devices in general. */
  function notices(define: (stack: TerraformStack) => void, acknowledged: string[] = []): any[] {
    const app = newApp();
    app.node.setContext('proxmox-constructs:acknowledged', ['pci-host-checklist', ...acknowledged]);
    const stack = newStack(app);
    pve(stack);
    define(stack);
    return JSON.parse(fs.readFileSync(`${synthesize(stack).outdir}/manifest.json`, 'utf8')).stacks.homelab.annotations;
  }

  const withCard = (talosVersion: string, configContract: talos.ConfigContract) => (stack: TerraformStack) => {
    const image = talosImage(stack, { schematic: NVIDIA, talosVersion });
    const cluster = talosCluster(stack, { image, configContract, kubernetesVersion: '1.34.2', controlPlane: { addresses: ['192.168.1.11'], gpus: [card()] } });
    cluster.addPool('Gpu', { image, count: 1, gpus: [card({}, 'other')] });
  };

  test.each<[string, talos.ConfigContract, RegExp]>([
    ['v1.12.8', talos.ConfigContract.V1_12, /device plugin .*runtimeClassName: nvidia.*\/talos\/v1\.12\//],
    ['v1.13.9', talos.ConfigContract.V1_13, /GPU Operator .*driver\.enabled=false.*\/talos\/v1\.13\//],
    ['v1.14.1', talos.ConfigContract.V1_14, /GPU Operator .*driver\.enabled=false.*\/talos\/v1\.14\//],
  ])('is said once, of Talos %s', (release, contract, hint) => {
    const [notice, ...others] = notices(withCard(release, contract));
    expect(others).toEqual([]);
    expect(notice).toEqual({ constructPath: 'homelab/K8s/ControlPlane', level: '@cdktf/info', message: expect.stringMatching(hint) });
    expect(notice.message).toMatch(/^\[nvidia-in-kubernetes\] gpus\n {2}The driver is in the image; a pod gets a card from something that runs in Kubernetes\.\n {2}Remedy: /);
  });

  test('is not said when it is acknowledged, or there is nothing to do', () => {
    expect(notices(withCard('v1.13.9', talos.ConfigContract.V1_13), ['nvidia-in-kubernetes'])).toEqual([]);
    expect(notices((stack) => talosCluster(stack))).toEqual([]);
    const controlPlane = { addresses: ['192.168.1.11'], gpus: [card({ vendor: GpuVendor.AMD })] };
    expect(notices((stack) => talosCluster(stack, { image: talosImage(stack, { schematic: AMD }), controlPlane }))).toEqual([]);
  });
});

test('a card that no two nodes can have at once', () => {
  const stack = stackWithCluster();
  const image = talosImage(stack, { schematic: NVIDIA });
  const mapping = new gpu.PciMapping(stack, 'Card', { mappingName: 'card', devices: [{ node: 'pve', path: '0000:01:00', deviceId: '10de:2684', iommuGroup: 1 }] });
  const cluster = talosCluster(stack, { image, controlPlane: { addresses: ['192.168.1.11'], gpus: [GpuDevice.fromPciMapping(mapping)] } });
  expect(mistakes(() => cluster.addPool('Gpu', { image, addresses: ['192.168.1.21'], gpus: [GpuDevice.fromPciMapping(mapping)] }))).toEqual([
    expect.stringMatching(/^pci-mapping-exhausted gpus\[0\]/),
  ]);
});
