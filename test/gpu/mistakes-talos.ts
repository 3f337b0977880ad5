import { TerraformStack } from 'cdktf';
import { ScsiController, talos } from '../../lib';
import { GpuArchitecture } from '../../lib/gpu';
import { synthesize } from '../support/synth';
import { documentsOf, NVIDIA, PLAN, talosCluster, talosImage } from '../talos/clusters';
import { Mistake, ml, rendered, rtx, Severity } from './mistake';

const { NvidiaDriver, Schematic, SystemExtension } = talos;

/** Mistakes of which most are made with Talos, and what becomes of them where its images and machine configurations are. */
export const OF_TALOS: readonly Mistake[] = [
  {
    row: 22,
    severity: Severity.SOLVED,
    code: 'disks of Talos are on the controller on which every installation finds them',
    program: (stack) => {
      // @ts-expect-error there is no such property
      talosImage(stack, { scsiController: ScsiController.VIRTIO_SCSI_SINGLE });
      const { scsi_hardware: controller, disk } = rendered(stack, 'Talos');
      return [controller, disk.map(({ iothread }: any) => iothread)];
    },
    expected: ['virtio-scsi-pci', [false]],
  },
  {
    row: 28,
    severity: Severity.SOLVED,
    code: 'a template of Talos has no keys but those that its own image enrolls',
    program: (stack) => {
      talosImage(stack, { schematic: NVIDIA });
      talosImage(stack, { schematic: new Schematic({ secureBoot: {} }), vmId: 9001 }, 'Secure');
      return ['Talos', 'Secure'].map((name) => rendered(stack, name).efi_disk);
    },
    cluster: { vmIdPlan: PLAN },
    expected: Array(2).fill([{ datastore_id: 'tank', pre_enrolled_keys: false, type: '4m' }]),
  },
  {
    row: 28,
    severity: Severity.WARNING,
    code: 'gpu-secure-boot',
    program: (stack) => ml(stack, {}, { preEnrolledKeys: true }),
    expected: `[gpu-secure-boot] template, got: "existing with preEnrolledKeys"
  The firmware of this machine has the keys of Secure Boot, so that its kernel refuses modules that nobody it knows has signed: those of NVIDIA that are compiled in the guest (DKMS) do not load, and no GPU is found.
  Remedy: Clone a template without these keys (secureBoot, preEnrolledKeys); say the vendor of a card that is not of NVIDIA; where the modules are signed, as those that Ubuntu ships, acknowledge this warning.`,
  },
  {
    row: 35,
    severity: Severity.ERROR,
    code: 'nvidia-tracks-mixed',
    program: (stack) => talosImage(stack, {
      schematic: new Schematic({
        systemExtensions: [SystemExtension.NVIDIA_OPEN_GPU_KERNEL_MODULES_LTS, SystemExtension.NVIDIA_CONTAINER_TOOLKIT_PRODUCTION],
      }),
    }),
    expected: `talos.Schematic: [nvidia-tracks-mixed] systemExtensions, got: ["siderolabs/nvidia-container-toolkit-production","siderolabs/nvidia-open-gpu-kernel-modules-lts"]
  Kernel modules, container toolkit and fabric manager of NVIDIA are of one track: with two versions of the driver, no container sees a GPU.
  Remedy: Take all of the track lts, or all of production.`,
  },
  {
    row: 36,
    severity: Severity.ERROR,
    code: 'nvidia-architecture',
    program: (stack) => pool(stack, NvidiaDriver.PROPRIETARY_LTS, GpuArchitecture.BLACKWELL),
    cluster: { vmIdPlan: PLAN },
    expected: `homelab/K8s/Gpu: [nvidia-architecture] gpus[0], got: proprietary-lts
  Blackwell has open kernel modules only; with the proprietary ones no device is found.
  Remedy: Take NvidiaDriver.OPEN_LTS.`,
  },
  {
    row: 37,
    severity: Severity.SOLVED,
    code: 'a machine configuration loads the modules of the drivers in the image',
    program: (stack) => {
      pool(stack, NvidiaDriver.OPEN_LTS, GpuArchitecture.BLACKWELL);
      return documentsOf(synthesize(stack).terraform, 'k8s-gpu-21').flatMap((document) => document.machine?.kernel?.modules ?? []);
    },
    cluster: { vmIdPlan: PLAN },
    expected: ['nvidia', 'nvidia_uvm', 'nvidia_drm', 'nvidia_modeset'].map((name) => ({ name })),
  },
];

/** A pool of one node with a card. */
function pool(stack: TerraformStack, driver: talos.NvidiaDriver, architecture: GpuArchitecture): talos.NodePool {
  const schematic = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT, ...driver.systemExtensions] });
  const image = talosImage(stack, { schematic, vmId: 9001 }, 'Gpu');
  return talosCluster(stack).addPool('Gpu', { image, addresses: ['192.168.1.21'], gpus: rtx({ architecture }) });
}
