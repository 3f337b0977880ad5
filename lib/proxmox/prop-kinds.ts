import { CpuType, DiskBus, DiskCache, DiskFormat, NetworkModel, Size, VgaType } from '../core';
import { Disk, NetworkDevice, VmComputeProps, VmHardwareProps } from './hardware';
import { FLAG, Kinds, NUMBER, TEXT, instanceOf, listOf, memberOf, objectOf, required } from './kinds';

/** A size. */
export const SIZE = instanceOf(Size, 'Size.gibibytes(20)');

const DISK: Kinds<Disk> = {
  size: required(SIZE),
  storage: TEXT,
  bus: memberOf(DiskBus, 'DiskBus'),
  discard: FLAG,
  ssd: FLAG,
  ioThread: FLAG,
  cache: memberOf(DiskCache, 'DiskCache'),
  backup: FLAG,
  replicate: FLAG,
  format: memberOf(DiskFormat, 'DiskFormat'),
};

const NETWORK_DEVICE: Kinds<NetworkDevice> = {
  bridge: TEXT,
  model: memberOf(NetworkModel, 'NetworkModel'),
  vlanTag: NUMBER,
  firewall: FLAG,
  macAddress: TEXT,
  mtu: NUMBER,
};

/** Disks of a machine or template. */
export const DISKS = listOf(objectOf(DISK));

/** What a machine or template is made of, apart from its disks. */
export const COMPUTE_KINDS: Kinds<VmComputeProps> = {
  cores: NUMBER,
  sockets: NUMBER,
  cpuType: instanceOf(CpuType, 'CpuType.X86_64_V2_AES'),
  memory: SIZE,
  minimumMemory: SIZE,
  networkDevices: listOf(objectOf(NETWORK_DEVICE)),
  vga: memberOf(VgaType, 'VgaType'),
};

/** What a machine is made of. */
export const HARDWARE_KINDS: Kinds<VmHardwareProps> = { ...COMPUTE_KINDS, disks: DISKS };
