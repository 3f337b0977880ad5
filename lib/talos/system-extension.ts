import { Problems } from '../core';
import { schematicRules } from './schematic-rules';
import { TalosVersion } from './talos-version';

const FORM = /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/;

/** A registry is a host, so that it has a dot or a port. */
const REGISTRY = /^([^/]*[.:][^/]*|localhost)\/(?=.)/;

/** Names that the factory still takes, but for another extension; the id of a schematic is made of the name that is written. */
const RENAMED: Readonly<Record<string, string>> = {
  'siderolabs/amdgpu-firmware': 'siderolabs/amdgpu',
  'siderolabs/gasket': 'siderolabs/gasket-driver',
  'siderolabs/i915-ucode': 'siderolabs/i915',
  'siderolabs/nonfree-kmod-nvidia': 'siderolabs/nonfree-kmod-nvidia-lts',
  'siderolabs/nvidia-container-toolkit': 'siderolabs/nvidia-container-toolkit-lts',
  'siderolabs/nvidia-fabricmanager': 'siderolabs/nvidia-fabricmanager-lts',
  'siderolabs/nvidia-open-gpu-kernel-modules': 'siderolabs/nvidia-open-gpu-kernel-modules-lts',
  'siderolabs/talos-vmtoolsd': 'siderolabs/vmtoolsd-guest-agent',
  'siderolabs/usb-modem': 'siderolabs/usb-modem-drivers',
  'siderolabs/v4l-uvc': 'siderolabs/v4l-uvc-drivers',
  'siderolabs/xe-guest-utilities': 'siderolabs/xen-guest-agent',
};

/**
 * Something that is added to a Talos image: a driver, firmware, a service. Talos itself cannot be changed while it runs.
 *
 * The constants are those that the image factory has for Talos 1.12 to 1.14; `of` takes others, of a factory of one's own. Which
 * version of an extension is used, the factory decides by the version of Talos.
 *
 * @see https://github.com/siderolabs/extensions
 */
export class SystemExtension {
  /** Network driver for the Elastic Network Adapter of Amazon. */
  public static readonly AMAZON_ENA = new SystemExtension('siderolabs/amazon-ena');
  /** Microcode updates for AMD processors. */
  public static readonly AMD_UCODE = new SystemExtension('siderolabs/amd-ucode');
  /** Driver and firmware for AMD GPUs. */
  public static readonly AMDGPU = new SystemExtension('siderolabs/amdgpu');
  /** Kernel module that runs programs of other formats, such as those of another architecture. */
  public static readonly BINFMT_MISC = new SystemExtension('siderolabs/binfmt-misc');
  /** BIRD, a routing daemon. */
  public static readonly BIRD2 = new SystemExtension('siderolabs/bird2');
  /** Firmware for Broadcom NetXtreme II network cards. */
  public static readonly BNX2_BNX2X = new SystemExtension('siderolabs/bnx2-bnx2x');
  /** Kernel module and tools of the Btrfs file system. */
  public static readonly BTRFS = new SystemExtension('siderolabs/btrfs');
  /** Drivers for Chelsio network cards. */
  public static readonly CHELSIO_DRIVERS = new SystemExtension('siderolabs/chelsio-drivers');
  /** Firmware for Chelsio network cards. */
  public static readonly CHELSIO_FIRMWARE = new SystemExtension('siderolabs/chelsio-firmware');
  /** Tunnel client of Cloudflare. */
  public static readonly CLOUDFLARED = new SystemExtension('siderolabs/cloudflared');
  /** crun, a container runtime written in C. */
  public static readonly CRUN = new SystemExtension('siderolabs/crun');
  /** ctr, the command-line client of containerd. */
  public static readonly CTR = new SystemExtension('siderolabs/ctr');
  /** Kernel module for block devices replicated over the network (LINSTOR, Piraeus). */
  public static readonly DRBD = new SystemExtension('siderolabs/drbd');
  /** Kernel modules for the TV tuner Hauppauge WinTV-quadHD. */
  public static readonly DVB_CX23885 = new SystemExtension('siderolabs/dvb-cx23885');
  /** Firmware for satellite TV cards such as DVBSky S952. */
  public static readonly DVB_M88DS3103 = new SystemExtension('siderolabs/dvb-m88ds3103');
  /** Credentials for the kubelet at the Elastic Container Registry of Amazon. */
  public static readonly ECR_CREDENTIAL_PROVIDER = new SystemExtension('siderolabs/ecr-credential-provider');
  /** File systems in user space. */
  public static readonly FUSE3 = new SystemExtension('siderolabs/fuse3');
  /** Driver for Google Coral accelerators on PCIe. */
  public static readonly GASKET_DRIVER = new SystemExtension('siderolabs/gasket-driver');
  /** The GNU C library, for other extensions. */
  public static readonly GLIBC = new SystemExtension('siderolabs/glibc');
  /** GPIO drivers for Intel Apollo Lake. */
  public static readonly GPIO_PINCTRL = new SystemExtension('siderolabs/gpio-pinctrl');
  /** gVisor, a container runtime with a kernel in user space. */
  public static readonly GVISOR = new SystemExtension('siderolabs/gvisor');
  /** Debug logging of gVisor. */
  public static readonly GVISOR_DEBUG = new SystemExtension('siderolabs/gvisor-debug');
  /** Driver for Hailo AI accelerators. */
  public static readonly HAILORT = new SystemExtension('siderolabs/hailort');
  /** Credentials for the kubelet at a Harbor registry. Since Talos 1.14. */
  public static readonly HARBOR_CREDENTIAL_PROVIDER = new SystemExtension('siderolabs/harbor-credential-provider', 14);
  /** An example of a service. */
  public static readonly HELLO_WORLD_SERVICE = new SystemExtension('siderolabs/hello-world-service');
  /** Guest services of Hyper-V. Since Talos 1.14. */
  public static readonly HYPERV_GUEST_AGENT = new SystemExtension('siderolabs/hyperv-guest-agent', 14);
  /** Driver and firmware for Intel GPUs before Xe. */
  public static readonly I915 = new SystemExtension('siderolabs/i915');
  /** Firmware for Intel E800 network cards. */
  public static readonly INTEL_ICE_FIRMWARE = new SystemExtension('siderolabs/intel-ice-firmware');
  /** Driver and firmware for the neural processing unit of Intel processors. Since Talos 1.13. */
  public static readonly INTEL_NPU = new SystemExtension('siderolabs/intel-npu', 13);
  /** Microcode updates for Intel processors. */
  public static readonly INTEL_UCODE = new SystemExtension('siderolabs/intel-ucode');
  /** iSCSI initiator; Longhorn and many storage drivers need it. */
  public static readonly ISCSI_TOOLS = new SystemExtension('siderolabs/iscsi-tools');
  /** Kernel module for joysticks. Since Talos 1.13. */
  public static readonly JOYDEV = new SystemExtension('siderolabs/joydev', 13);
  /** Kata Containers, a runtime with a virtual machine for each pod. */
  public static readonly KATA_CONTAINERS = new SystemExtension('siderolabs/kata-containers');
  /** Confidential virtual machines (AMD SEV-SNP) for Kata Containers, which it needs. Since Talos 1.14. */
  public static readonly KATA_CONTAINERS_SNP = new SystemExtension('siderolabs/kata-containers-snp', 14);
  /** Link Layer Discovery Protocol daemon. */
  public static readonly LLDPD = new SystemExtension('siderolabs/lldpd');
  /** Tools for Linux software RAID. */
  public static readonly MDADM = new SystemExtension('siderolabs/mdadm');
  /** Drivers for the Intel Management Engine. */
  public static readonly MEI = new SystemExtension('siderolabs/mei');
  /** Firmware tools for Mellanox network cards. */
  public static readonly MELLANOX_MSTFLINT = new SystemExtension('siderolabs/mellanox-mstflint');
  /** Agent with which Omni manages bare machines. */
  public static readonly METAL_AGENT = new SystemExtension('siderolabs/metal-agent');
  /** Several paths to one block device. */
  public static readonly MULTIPATH_TOOLS = new SystemExtension('siderolabs/multipath-tools');
  /** Nebula overlay network. */
  public static readonly NEBULA = new SystemExtension('siderolabs/nebula');
  /** NetBird overlay network. */
  public static readonly NETBIRD = new SystemExtension('siderolabs/netbird');
  /** Tunnel client of Pangolin. */
  public static readonly NEWT = new SystemExtension('siderolabs/newt');
  /** Locks for NFS version 3 mounts. */
  public static readonly NFS_UTILS = new SystemExtension('siderolabs/nfs-utils');
  /** Kernel modules of an NFS server. */
  public static readonly NFSD = new SystemExtension('siderolabs/nfsd');
  /** Read-ahead of NFS mounts. */
  public static readonly NFSRAHEAD = new SystemExtension('siderolabs/nfsrahead');
  /** NVIDIA's proprietary kernel modules, long-term track; `NvidiaDriver` gives what belongs together. */
  public static readonly NONFREE_KMOD_NVIDIA_LTS = new SystemExtension('siderolabs/nonfree-kmod-nvidia-lts');
  /** NVIDIA's proprietary kernel modules, production track; `NvidiaDriver` gives what belongs together. */
  public static readonly NONFREE_KMOD_NVIDIA_PRODUCTION = new SystemExtension('siderolabs/nonfree-kmod-nvidia-production');
  /** Client of Network UPS Tools: shuts down when the battery ends. */
  public static readonly NUT_CLIENT = new SystemExtension('siderolabs/nut-client');
  /** NVIDIA's libraries for containers, long-term track; `NvidiaDriver` gives what belongs together. */
  public static readonly NVIDIA_CONTAINER_TOOLKIT_LTS = new SystemExtension('siderolabs/nvidia-container-toolkit-lts');
  /** NVIDIA's libraries for containers, production track; `NvidiaDriver` gives what belongs together. */
  public static readonly NVIDIA_CONTAINER_TOOLKIT_PRODUCTION = new SystemExtension('siderolabs/nvidia-container-toolkit-production');
  /** Manager of NVLink switches, long-term track. */
  public static readonly NVIDIA_FABRICMANAGER_LTS = new SystemExtension('siderolabs/nvidia-fabricmanager-lts');
  /** Manager of NVLink switches, production track. */
  public static readonly NVIDIA_FABRICMANAGER_PRODUCTION = new SystemExtension('siderolabs/nvidia-fabricmanager-production');
  /** Device of NVIDIA GPUDirect RDMA. */
  public static readonly NVIDIA_GDRDRV_DEVICE = new SystemExtension('siderolabs/nvidia-gdrdrv-device');
  /** NVIDIA's open kernel modules, long-term track; `NvidiaDriver` gives what belongs together. */
  public static readonly NVIDIA_OPEN_GPU_KERNEL_MODULES_LTS = new SystemExtension('siderolabs/nvidia-open-gpu-kernel-modules-lts');
  /** NVIDIA's open kernel modules, production track; `NvidiaDriver` gives what belongs together. */
  public static readonly NVIDIA_OPEN_GPU_KERNEL_MODULES_PRODUCTION = new SystemExtension('siderolabs/nvidia-open-gpu-kernel-modules-production');
  /** Tools for NVMe disks. */
  public static readonly NVME_CLI = new SystemExtension('siderolabs/nvme-cli');
  /** Driver for ARM Mali GPUs, of boards. */
  public static readonly PANFROST = new SystemExtension('siderolabs/panfrost');
  /** Kernel module of Portworx. Since Talos 1.13. */
  public static readonly PX_FUSE = new SystemExtension('siderolabs/px-fuse', 13);
  /** QEMU, to run virtual machines inside. Since Talos 1.14. */
  public static readonly QEMU = new SystemExtension('siderolabs/qemu', 14);
  /** Guest agent: Proxmox VE sees the addresses of the machine and shuts it down cleanly. */
  public static readonly QEMU_GUEST_AGENT = new SystemExtension('siderolabs/qemu-guest-agent');
  /** Firmware for QLogic devices. */
  public static readonly QLOGIC_FIRMWARE = new SystemExtension('siderolabs/qlogic-firmware');
  /** Firmware for Realtek network cards. */
  public static readonly REALTEK_FIRMWARE = new SystemExtension('siderolabs/realtek-firmware');
  /** Tools for the boards of Revolution Pi. */
  public static readonly REVPI_FIRMWARE = new SystemExtension('siderolabs/revpi-firmware');
  /** Driver for the neural processing unit of Rockchip boards. Since Talos 1.13. */
  public static readonly ROCKCHIP_RKNN = new SystemExtension('siderolabs/rockchip-rknn', 13);
  /** Snapshotter that starts containers before their image is there (SOCI). */
  public static readonly SOCI_SNAPSHOTTER = new SystemExtension('siderolabs/soci-snapshotter');
  /** Spin, a runtime for WebAssembly. */
  public static readonly SPIN = new SystemExtension('siderolabs/spin');
  /** Snapshotter that starts containers before their image is there (eStargz). */
  public static readonly STARGZ_SNAPSHOTTER = new SystemExtension('siderolabs/stargz-snapshotter');
  /** Tailscale overlay network. */
  public static readonly TAILSCALE = new SystemExtension('siderolabs/tailscale');
  /** Driver for Tenstorrent AI accelerators. */
  public static readonly TENSTORRENT = new SystemExtension('siderolabs/tenstorrent');
  /** Drivers for Thunderbolt and USB4. */
  public static readonly THUNDERBOLT = new SystemExtension('siderolabs/thunderbolt');
  /** iSCSI tools for NetApp Trident. */
  public static readonly TRIDENT_ISCSI_TOOLS = new SystemExtension('siderolabs/trident-iscsi-tools');
  /** Kernel module for input devices in user space. Since Talos 1.13. */
  public static readonly UHID = new SystemExtension('siderolabs/uhid', 13);
  /** Kernel module for input events from user space. */
  public static readonly UINPUT = new SystemExtension('siderolabs/uinput');
  /** Drivers for USB sound cards. */
  public static readonly USB_AUDIO_DRIVERS = new SystemExtension('siderolabs/usb-audio-drivers');
  /** Drivers for USB modems. */
  public static readonly USB_MODEM_DRIVERS = new SystemExtension('siderolabs/usb-modem-drivers');
  /** Tools such as fstrim and nsenter; Longhorn needs them. */
  public static readonly UTIL_LINUX_TOOLS = new SystemExtension('siderolabs/util-linux-tools');
  /** Drivers for USB cameras. */
  public static readonly V4L_UVC_DRIVERS = new SystemExtension('siderolabs/v4l-uvc-drivers');
  /** Driver for the GPU of Raspberry Pi boards. */
  public static readonly VC4 = new SystemExtension('siderolabs/vc4');
  /** Guest agent for VMware. */
  public static readonly VMTOOLSD_GUEST_AGENT = new SystemExtension('siderolabs/vmtoolsd-guest-agent');
  /** WasmEdge, a runtime for WebAssembly. */
  public static readonly WASMEDGE = new SystemExtension('siderolabs/wasmedge');
  /** Driver for Xilinx DMA. */
  public static readonly XDMA_DRIVER = new SystemExtension('siderolabs/xdma-driver');
  /** Driver and firmware for Intel GPUs since Xe. */
  public static readonly XE = new SystemExtension('siderolabs/xe');
  /** Guest agent for Xen. */
  public static readonly XEN_GUEST_AGENT = new SystemExtension('siderolabs/xen-guest-agent');
  /** youki, a container runtime written in Rust. */
  public static readonly YOUKI = new SystemExtension('siderolabs/youki');
  /** ZeroTier overlay network. */
  public static readonly ZEROTIER = new SystemExtension('siderolabs/zerotier');
  /** Kernel module and tools of the ZFS file system. */
  public static readonly ZFS = new SystemExtension('siderolabs/zfs');

  /**
   * An extension by its name.
   *
   * @param name as the factory spells it, such as `siderolabs/zfs` or `author/name`. Refused: names with a registry or a version
   *   (`ghcr.io/siderolabs/zfs`), and those that the factory keeps for an extension that has another name now, since they make another image
   *   id.
   */
  public static of(name: string): SystemExtension {
    const problems = new Problems('talos.SystemExtension.of');
    checkExtensionName(problems, 'name', name);
    problems.throwIfAny();
    return OFFICIAL.get(name) ?? new SystemExtension(name);
  }

  /**
   * All that the image factory has.
   * @internal
   */
  public static official(): SystemExtension[] {
    return Object.values(SystemExtension).filter((value) => value instanceof SystemExtension);
  }

  /** @param sinceMinor the first release 1.x of Talos that has it, of those that are supported */
  private constructor(
    /** The name, as the factory spells it. */
    public readonly extensionName: string,
    private readonly sinceMinor: number = 12,
  ) {}

  /**
   * Whether the public image factory has it, in one of the supported releases.
   * @internal
   */
  public get isKnown(): boolean {
    return OFFICIAL.has(this.extensionName);
  }

  /**
   * The name that was perhaps meant by one that is not known; undefined where none is like it.
   * @internal
   */
  public get closestName(): string | undefined {
    const [, name] = this.extensionName.split(/\/(?=[^/]*$)/);
    const [best] = [...OFFICIAL.keys()]
      .map((official) => ({ official, distance: distance(name, official.replace('siderolabs/', '')) }))
      .sort((a, b) => a.distance - b.distance);
    return best.distance <= Math.max(1, Math.floor(name.length / 4)) ? best.official : undefined;
  }

  /** The name. */
  public toString(): string {
    return this.extensionName;
  }

  /**
   * Notes that a release of Talos does not have it yet.
   * @internal
   */
  public checkRelease(problems: Problems, property: string, version: TalosVersion): void {
    problems.check(version.minor >= this.sinceMinor, schematicRules['system-extension-release'], {
      property, received: this.extensionName, rule: `The extension ${this.extensionName} exists since Talos 1.${this.sinceMinor}; this is ${version.text}.`,
    });
  }
}

const OFFICIAL = new Map(SystemExtension.official().map((extension) => [extension.extensionName, extension]));

/** Notes what is not the name of an extension, or no longer. */
function checkExtensionName(problems: Problems, property: string, name: string): void {
  const replacement = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
  problems.check(replacement === undefined, schematicRules['system-extension-renamed'], { property, received: name, remedy: `Write ${replacement}.` });
  const isText = typeof name === 'string';
  const short = isText ? name.replace(REGISTRY, '').replace(/[:@].*$/, '') : '';
  problems.check(isText && FORM.test(name) && !REGISTRY.test(name), schematicRules['system-extension-form'], {
    property, received: name, remedy: FORM.test(short) ? `Write ${Object.hasOwn(RENAMED, short) ? RENAMED[short] : short}.` : undefined,
  });
}

/** How many letters have to be added, left out or changed to make one text of another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
