import { bootDrives, driveKeys, freeUnusedKey, isCdrom, isCloudInit, isDriveKey, isUnusedKey, newDiskOf, parseDrive, printDrive } from '../../../lib/simulator/qemu/drive';

describe('line of a drive', () => {
  test.each([
    ['scsi0', 'local:6101/vm-6101-disk-1.qcow2,ssd=1,size=2G,iothread=on,discard=on', 'local:6101/vm-6101-disk-1.qcow2,discard=on,iothread=1,size=2G,ssd=1'],
    ['virtio0', 'file=thin:vm-100-disk-0,size=1048576K', 'thin:vm-100-disk-0,size=1G'],
    ['sata0', 'volume=thin:vm-100-disk-0,bps=1048576', 'thin:vm-100-disk-0,mbps=0.000'],
    ['ide2', 'none,media=cdrom', 'none,media=cdrom'],
    ['efidisk0', 'local:1,pre-enrolled-keys=0,efitype=4m,format=qcow2', 'local:1,efitype=4m,format=qcow2,pre-enrolled-keys=0'],
    ['scsi1', 'local:0,import-from=local:import/base.qcow2,size=1.5G', 'local:0,import-from=local:import/base.qcow2,size=1536M'],
    ['scsi1', 'thin:x,iops_rd_length=3,iops_rd_max=2,iops_rd=1', 'thin:x,iops_rd=1,iops_rd_max=2,iops_rd_max_length=3'],
    ['unused3', 'thin:vm-100-disk-0', 'thin:vm-100-disk-0'],
  ])('%s: %s', (key, line, printed) => {
    expect(printDrive(parseDrive(key, line)!)).toBe(printed);
  });

  test.each([
    ['scsi31', 'none'], ['net0', 'none'], ['unused256', 'thin:x'], ['scsi0', 'none,nosuch=1'], ['virtio0', 'none,media=cdrom'], ['ide0', 'none,media=cdrom,snapshot=1'],
    ['scsi0', 'thin:x,iops=1,iops_wr=1'], ['scsi0', 'thin:x,bps=1,mbps=1'], ['scsi0', 'thin:x,mbps_max=1'], ['scsi0', ''],
  ])('%s: %s is none', (key, line) => {
    expect(parseDrive(key, line)).toBeUndefined();
  });

  test('says what is in it', () => {
    expect(parseDrive('scsi0', 'local:100/vm-100-disk-0.raw,size=8G,cache=none')).toEqual({
      key: 'scsi0', kind: 'scsi', index: 0, file: 'local:100/vm-100-disk-0.raw', size: 8 * 1024 ** 3, options: { cache: 'none' },
    });
    const kinds = (line: string) => [isCdrom(parseDrive('ide2', line)!), isCdrom(parseDrive('ide2', line)!, true), isCloudInit(parseDrive('ide2', line)!)];
    expect(kinds('local:100/vm-100-cloudinit.qcow2,media=cdrom')).toEqual([true, false, true]);
    expect(kinds('thin:vm-100-cloudinit,media=cdrom')).toEqual([true, false, true]);
    expect(kinds('local:cloudinit')).toEqual([false, false, true]);
    expect(kinds('local:iso/cloudinit-x.iso,media=cdrom')).toEqual([true, true, false]);
  });

  test('asks for a new disk', () => {
    expect(['local:32', 'local:0.5', '7', 'local:x', 'none'].map((file) => newDiskOf({ key: 'scsi0', kind: 'scsi', index: 0, file, options: {} }))).toEqual([
      { storage: 'local', gibibytes: 32 }, { storage: 'local', gibibytes: 0.5 }, { gibibytes: 7 }, undefined, undefined,
    ]);
  });
});

describe('keys', () => {
  test('of drives, in the order of PVE', () => {
    expect(['ide3', 'ide4', 'scsi30', 'sata5', 'virtio15', 'efidisk0', 'tpmstate0', 'unused0', 'scsi01'].map(isDriveKey))
      .toEqual([true, false, true, true, true, true, true, false, false]);
    expect(['unused0', 'unused255', 'unused256'].map(isUnusedKey)).toEqual([true, true, false]);
    const config = new Map(['tpmstate0', 'sata1', 'virtio0', 'scsi2', 'net0', 'scsi10', 'ide0'].map((key) => [key, 'none']));
    expect(driveKeys(config)).toEqual(['ide0', 'scsi2', 'scsi10', 'virtio0', 'sata1', 'tpmstate0']);
  });

  test('of unused volumes', () => {
    expect(freeUnusedKey(new Map([['unused0', 'a'], ['unused2', 'b']]))).toBe('unused1');
    const full = new Map(Array.from({ length: 256 }, (_, i) => [`unused${i}`, 'a']));
    expect(() => freeUnusedKey(full)).toThrow('Too many unused volumes - please delete them first.');
  });

  test('of what is booted from', () => {
    expect(bootDrives(new Map([['boot', 'order=scsi0;net0;ide2']]))).toEqual(['scsi0', 'ide2']);
    expect(bootDrives(new Map([['boot', ' ']]))).toEqual([]);
    expect(bootDrives(new Map([['boot', 'cdn'], ['bootdisk', 'scsi0']]))).toEqual(['scsi0']);
    expect(bootDrives(new Map())).toEqual([]);
  });
});
