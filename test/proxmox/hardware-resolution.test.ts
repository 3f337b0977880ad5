import {
  CpuType, DiskBus, DiskCache, DiskFormat, NetworkModel, Problems, ScsiController, Size, VgaType, VmHardware, VmHardwareProps,
} from '../../lib';
import { freeScsiSlot, resolveHardware } from '../../lib/proxmox';
import { REFERENCES, cluster, existing, stackWithCluster } from '../support/fixtures';

const proxmoxVe = cluster();
const inherited: VmHardware = existing(stackWithCluster()).hardware;
const disk = { size: Size.gibibytes(8) };

function resolve(props: VmHardwareProps, from: Partial<VmHardware> = {}, terraformOnly = false) {
  const problems = new Problems('machine');
  const hardware = resolveHardware(proxmoxVe, props, { ...inherited, ...from }, problems, terraformOnly);
  return { hardware, mistakes: problems.all.map(({ code, property, received }) => `${code} ${property} ${received}`), problems };
}

test('where nothing is said, all is taken over', () => {
  expect(resolve({})).toMatchObject({ hardware: inherited, mistakes: [] });
});

test('a hardware address is not taken over: what is cloned has its own', () => {
  const networkDevices = [{ ...inherited.networkDevices[0], macAddress: 'BC:24:11:00:00:01', vlanTag: 7 }];
  expect(resolve({}, { networkDevices }).hardware.networkDevices).toEqual([{ ...inherited.networkDevices[0], macAddress: undefined, vlanTag: 7 }]);
});

test('what is said replaces what was', () => {
  const { hardware, mistakes } = resolve({
    cores: 128,
    sockets: 4,
    cpuType: CpuType.HOST,
    memory: Size.gibibytes(8),
    minimumMemory: Size.gibibytes(8),
    vga: VgaType.SERIAL0,
    disks: [{
      size: Size.gibibytes(20),
      storage: 'fast.nvme-1',
      bus: DiskBus.SCSI,
      discard: false,
      ssd: false,
      ioThread: false,
      cache: DiskCache.WRITEBACK,
      backup: false,
      replicate: false,
      format: DiskFormat.RAW,
    }],
    networkDevices: [{ bridge: 'vmbr1', model: NetworkModel.VIRTIO, vlanTag: 4094, firewall: true, macAddress: 'bc:24:11:00:00:0a', mtu: 9000 }],
  });
  expect(mistakes).toEqual([]);
  expect(hardware).toEqual({
    ...inherited,
    cores: 128,
    sockets: 4,
    cpuType: CpuType.HOST,
    memory: Size.gibibytes(8),
    minimumMemory: Size.gibibytes(8),
    vga: 'serial0',
    disks: [{
      slot: 'scsi0',
      bus: 'scsi',
      size: Size.gibibytes(20),
      storage: 'fast.nvme-1',
      discard: false,
      ssd: false,
      ioThread: false,
      cache: 'writeback',
      backup: false,
      replicate: false,
      format: 'raw',
    }],
    networkDevices: [{ bridge: 'vmbr1', model: 'virtio', vlanTag: 4094, firewall: true, macAddress: 'BC:24:11:00:00:0A', mtu: 9000 }],
  });
});

test('ballooning is taken over with the memory, and not without', () => {
  const minimumMemory = Size.gibibytes(1);
  expect(resolve({}, { minimumMemory }).hardware.minimumMemory).toBe(minimumMemory);
  expect(resolve({ memory: Size.mebibytes(512) }, { minimumMemory })).toMatchObject({ hardware: { minimumMemory: undefined }, mistakes: [] });
});

test('slots are counted for each bus, and a disk has what its bus can', () => {
  const buses = [DiskBus.SCSI, DiskBus.VIRTIO, DiskBus.IDE, DiskBus.SATA, DiskBus.SCSI, DiskBus.IDE, undefined];
  expect(resolve({ disks: buses.map((bus) => ({ ...disk, bus })) }).hardware.disks.map((d) => `${d.slot} ssd=${d.ssd} iothread=${d.ioThread} ${d.storage}`)).toEqual([
    'scsi0 ssd=true iothread=true tank',
    'virtio0 ssd=false iothread=true tank',
    'ide0 ssd=true iothread=false tank',
    'sata0 ssd=true iothread=false tank',
    'scsi1 ssd=true iothread=true tank',
    'ide2 ssd=true iothread=false tank',
    'scsi2 ssd=true iothread=true tank',
  ]);
  expect(resolve({ disks: [disk] }, { scsiController: ScsiController.VIRTIO_SCSI_PCI }).hardware.disks[0].ioThread).toBe(false);
});

test('the first free slot', () => {
  expect([freeScsiSlot([]), freeScsiSlot(['scsi0', 'scsi2', 'sata1']), freeScsiSlot(['scsi1', 'scsi0'])]).toEqual(['scsi0', 'scsi1', 'scsi2']);
});

const REFUSED: [VmHardwareProps, string][] = [
  [{ cores: 0 }, 'cores-out-of-range cores 0'],
  [{ cores: 129 }, 'cores-out-of-range cores 129'],
  [{ cores: 1.5 }, 'cores-out-of-range cores 1.5'],
  [{ cores: NaN }, 'cores-out-of-range cores NaN'],
  [{ cores: -4 }, 'cores-out-of-range cores -4'],
  [{ sockets: 0 }, 'sockets-out-of-range sockets 0'],
  [{ sockets: 5 }, 'sockets-out-of-range sockets 5'],
  [{ memory: Size.mebibytes(63) }, 'memory-out-of-range memory 63 MiB'],
  [{ memory: Size.kibibytes(1_048_577) }, 'memory-out-of-range memory 1048577 KiB'],
  [{ memory: Size.tebibytes(4) }, 'memory-out-of-range memory 4 TiB'],
  [{ minimumMemory: Size.gibibytes(3) }, 'minimum-memory-too-large minimumMemory 3 GiB'],
  [{ minimumMemory: Size.kibibytes(1) }, 'minimum-memory-too-large minimumMemory 1 KiB'],
  [{ disks: [] }, 'no-disk disks []'],
  [{ disks: [{ size: Size.mebibytes(1536) }] }, 'disk-size disks[0].size 1536 MiB'],
  [{ disks: [{ ...disk, storage: '' }] }, 'storage-name disks[0].storage ""'],
  [{ disks: [{ ...disk, storage: 'a/b' }] }, 'storage-name disks[0].storage "a/b"'],
  [{ disks: [{ ...disk, bus: DiskBus.VIRTIO, ssd: true }] }, 'ssd-on-virtio disks[0].ssd true'],
  [{ disks: [{ ...disk, bus: DiskBus.SATA, ioThread: true }] }, 'io-thread disks[0].ioThread "true on sata"'],
  [{ disks: [0, 1, 2].map(() => ({ ...disk, bus: DiskBus.IDE })) }, 'bus-full disks[2].bus "ide"'],
  [{ disks: [...'0123456'].map(() => ({ ...disk, bus: DiskBus.SATA })) }, 'bus-full disks[6].bus "sata"'],
  [{ disks: [...'0123456789abcdefg'].map(() => ({ ...disk, bus: DiskBus.VIRTIO })) }, 'bus-full disks[16].bus "virtio"'],
  [{ disks: Array.from({ length: 32 }, () => disk) }, 'bus-full disks[31].bus "scsi"'],
  [{ networkDevices: [{ bridge: '' }] }, 'bridge-name networkDevices[0].bridge ""'],
  [{ networkDevices: [{ bridge: 'vmbr0,firewall=0' }] }, 'bridge-name networkDevices[0].bridge "vmbr0,firewall=0"'],
  [{ networkDevices: [{ vlanTag: 0 }] }, 'vlan-tag networkDevices[0].vlanTag 0'],
  [{ networkDevices: [{}, { vlanTag: 4095 }] }, 'vlan-tag networkDevices[1].vlanTag 4095'],
  [{ networkDevices: [{ macAddress: '01:00:00:00:00:00' }] }, 'mac-address networkDevices[0].macAddress "01:00:00:00:00:00"'],
  [{ networkDevices: [{ macAddress: 'BC-24-11-00-00-01' }] }, 'mac-address networkDevices[0].macAddress "BC-24-11-00-00-01"'],
  [{ networkDevices: [{ macAddress: '' }] }, 'mac-address networkDevices[0].macAddress ""'],
  [{ networkDevices: [{ mtu: 575 }] }, 'mtu networkDevices[0].mtu 575'],
  [{ networkDevices: [{ mtu: 65521 }] }, 'mtu networkDevices[0].mtu 65521'],
  [{ networkDevices: [{ mtu: 1500, model: NetworkModel.E1000 }] }, 'mtu networkDevices[0].mtu "1500 with e1000"'],
];

test.each(REFUSED.map(([props, mistake]) => [mistake, props] as const))('%s', (mistake, props) => {
  expect(resolve(props).mistakes).toEqual([mistake]);
});

test.each<[VmHardwareProps]>([
  [{ cores: 1 }], [{ cores: 128 }], [{ sockets: 4 }], [{ memory: Size.mebibytes(64) }], [{ memory: Size.mebibytes(4_178_944) }],
  [{ networkDevices: [] }], [{ networkDevices: [{ mtu: 1 }] }], [{ networkDevices: [{ mtu: 576 }] }], [{ networkDevices: [{ vlanTag: 1 }] }],
  [{ disks: Array.from({ length: 31 }, () => disk) }],
])('at the edge, and taken: %#', (props) => {
  expect(resolve(props).mistakes).toEqual([]);
});

test('every message says rule and remedy', () => {
  const { problems } = resolve({ cores: 0, memory: Size.mebibytes(1), networkDevices: [{ mtu: 0 }], disks: [{ ...disk, bus: DiskBus.IDE, ioThread: true }] });
  expect(() => problems.throwIfAny()).toThrow(`machine: 4 mistakes
[cores-out-of-range] cores, got: 0
  A socket has 1 to 128 cores.
  Remedy: Choose a whole number of cores from 1 to 128; more CPUs come from more sockets.
[memory-out-of-range] memory, got: 1 MiB
  Memory is a whole number of MiB, from 64 MiB to 4178944 MiB.
  Remedy: Choose the memory in MiB or GiB, for example Size.gibibytes(4).
[io-thread] disks[0].ioThread, got: "true on ide"
  An I/O thread needs the SCSI bus with the controller virtio-scsi-single, or the VirtIO bus.
  Remedy: Leave ioThread out, or attach the disk to DiskBus.SCSI.
[mtu] networkDevices[0].mtu, got: 0
  The MTU is 576 to 65520 bytes, or 1 to take that of the bridge, and needs the model virtio.
  Remedy: Choose such an MTU with NetworkModel.VIRTIO, or leave it out for 1500.`);
});

test('references to Terraform: refused for what Packer reads, taken as they are for what only Terraform reads', () => {
  const { text, number } = REFERENCES;
  const props: VmHardwareProps = {
    cores: number, sockets: number, disks: [{ ...disk, storage: text }], networkDevices: [{ bridge: text, vlanTag: number, macAddress: text, mtu: number }],
  };
  expect(resolve(props).mistakes.map((mistake) => mistake.replace(' a Terraform reference (known only when Terraform runs)', ''))).toEqual([
    'not-known-at-synth cores',
    'not-known-at-synth sockets',
    'not-known-at-synth disks[0].storage',
    'not-known-at-synth networkDevices[0].bridge',
    'not-known-at-synth networkDevices[0].vlanTag',
    'not-known-at-synth networkDevices[0].macAddress',
    'not-known-at-synth networkDevices[0].mtu',
  ]);
  const { hardware, mistakes } = resolve(props, {}, true);
  expect(mistakes).toEqual([]);
  expect([hardware.cores, hardware.sockets, hardware.disks[0].storage, hardware.networkDevices[0]]).toEqual([
    number, number, text, { bridge: text, vlanTag: number, macAddress: text, mtu: number, model: 'virtio', firewall: false },
  ]);
});
