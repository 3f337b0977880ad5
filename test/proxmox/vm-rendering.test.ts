import { Bios, DiskBus, DiskFormat, EfiType, MachineType, Size, VmHardware } from '../../lib';
import { renderHardware } from '../../lib/proxmox';
import { existing, stackWithCluster } from '../support/fixtures';

const hardware: VmHardware = existing(stackWithCluster()).hardware;
const NO_MORE = { disconnected: null, enabled: null, queues: null, rate_limit: null, trunks: null };

test('all that the provider would otherwise fill with defaults of its own', () => {
  expect(renderHardware(hardware, 'tank')).toEqual({
    bios: 'ovmf',
    machine: 'q35',
    scsi_hardware: 'virtio-scsi-single',
    boot_order: ['scsi0'],
    operating_system: [{ type: 'l26' }],
    cpu: [{ type: 'x86-64-v2-AES', cores: 2, sockets: 1, numa: false }],
    memory: [{ dedicated: 2048, floating: 0 }],
    efi_disk: [{ datastore_id: 'tank', type: '4m', pre_enrolled_keys: false }],
    disk: [{
      interface: 'scsi0',
      datastore_id: 'tank',
      size: 8,
      file_format: undefined,
      discard: 'on',
      ssd: true,
      iothread: true,
      cache: 'none',
      backup: true,
      replicate: true,
    }],
    network_device: [{ bridge: 'vmbr0', model: 'virtio', firewall: false, vlan_id: null, mac_address: null, mtu: null, ...NO_MORE }],
    serial_device: [{ device: 'socket' }],
    vga: [{ type: 'std' }],
  });
});

test('what is not there is not written, and what a bus does not know is not sent', () => {
  const disks = existing(stackWithCluster(), {
    disks: [DiskBus.VIRTIO, DiskBus.SATA, DiskBus.SCSI].map((bus) => ({ size: Size.gibibytes(1), bus, discard: false, format: DiskFormat.QCOW2 })),
  }).hardware.disks;
  const rendered = renderHardware({
    ...hardware,
    bios: Bios.SEABIOS,
    machine: MachineType.I440FX,
    efiType: EfiType.EFI_2M,
    serialConsole: false,
    minimumMemory: Size.gibibytes(1),
    disks,
    networkDevices: [{ bridge: 'vmbr1', model: 'e1000' as any, firewall: true, vlanTag: 7, macAddress: 'BC:24:11:00:00:01', mtu: 1 }],
  }, 'tank');
  expect([rendered.efi_disk, rendered.serial_device, rendered.memory, rendered.boot_order]).toEqual([
    undefined, undefined, [{ dedicated: 2048, floating: 1024 }], ['virtio0'],
  ]);
  expect(rendered.disk.map((disk: any) => [disk.interface, disk.discard, disk.ssd, disk.iothread, disk.file_format])).toEqual([
    ['virtio0', 'ignore', undefined, true, 'qcow2'], ['sata0', 'ignore', true, undefined, 'qcow2'], ['scsi0', 'ignore', true, true, 'qcow2'],
  ]);
  expect(rendered.network_device).toEqual([{
    bridge: 'vmbr1', model: 'e1000', firewall: true, vlan_id: 7, mac_address: 'BC:24:11:00:00:01', mtu: 1, ...NO_MORE,
  }]);
});
