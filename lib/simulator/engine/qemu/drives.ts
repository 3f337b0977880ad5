import { GuestHardware } from '../engine';
import { isOn, propertiesOf } from '../property-string';


const DISK_SLOT = /^(scsi|virtio|sata|ide)(\d+)$/;
/** First boot index; as PVE, which leaves room before it. */
const FIRST_BOOT_INDEX = 100;

/** The slots of disks and CDs that a configuration names, sorted as PVE lists them. @internal */
export function diskSlots(guest: GuestHardware): string[] {
  const slots = new Set([...Object.keys(guest.config), ...(guest.cloudInit ? [guest.cloudInit.slot] : [])].filter((slot) => DISK_SLOT.test(slot)));
  const kinds = ['ide', 'sata', 'scsi', 'virtio'];
  const rank = (slot: string) => { const [, kind, index] = DISK_SLOT.exec(slot)!; return kinds.indexOf(kind) * 100 + Number(index); };
  return [...slots].sort((a, b) => rank(a) - rank(b));
}

/** Whether a slot holds a CD. */
function isCd(guest: GuestHardware, slot: string): boolean {
  return guest.cloudInit?.slot === slot || propertiesOf(guest.config[slot], 'file').media === 'cdrom';
}

/** Which devices are tried at boot, in their order: device → boot index. @internal */
export function bootIndexes(guest: GuestHardware): { readonly [device: string]: number } {
  const { order, legacy = 'cdn' } = propertiesOf(guest.config.boot, 'legacy');
  const devices = order === undefined ? legacyOrder(guest, legacy) : order.split(';').filter(Boolean);
  return Object.fromEntries(devices.map((device, index) => [device, FIRST_BOOT_INDEX + index]));
}

function legacyOrder(guest: GuestHardware, letters: string): string[] {
  const slots = diskSlots(guest);
  const disk = guest.config.bootdisk ?? slots.find((slot) => !isCd(guest, slot));
  const byLetter: { readonly [letter: string]: readonly string[] } = {
    c: disk === undefined ? [] : [disk],
    d: slots.filter((slot) => isCd(guest, slot)),
    n: Object.keys(guest.config).filter((key) => /^net\d+$/.test(key)).sort(),
  };
  return [...letters].flatMap((letter) => byLetter[letter] ?? []);
}

/**
 * All disks and CDs with their controllers.
 *
 * @param fileOf the file of a slot, undefined for an empty CD drive
 * @internal
 */
export function driveArguments(guest: GuestHardware, fileOf: (slot: string) => string | undefined): string[] {
  const indexes = bootIndexes(guest);
  const controllers = new Set<string>();
  return diskSlots(guest).flatMap((slot) => {
    const properties = propertiesOf(guest.config[slot], 'file');
    const cd = isCd(guest, slot);
    const file = fileOf(slot);
    if (!cd && file === undefined) return [];
    const boot = slot in indexes ? `,bootindex=${indexes[slot]}` : '';
    const serial = properties.serial === undefined ? '' : `,serial=${commas(properties.serial)}`;
    const { controller, device } = placed(guest, slot, cd, isOn(properties.iothread), properties.ssd);
    const fresh = controller.filter((argument) => argument.length > 0 && !controllers.has(argument));
    fresh.forEach((argument) => controllers.add(argument));
    return [
      ...fresh.flatMap((argument) => argument.startsWith('iothread,') ? ['-object', argument] : ['-device', argument]),
      '-drive', driveOf(slot, file, cd, properties),
      '-device', `${device},drive=drive-${slot},id=${slot}${boot}${serial}`,
    ];
  });
}

function driveOf(slot: string, file: string | undefined, cd: boolean, properties: { readonly [key: string]: string }): string {
  const what = cd ? 'media=cdrom,readonly=on' : `cache=unsafe,discard=${properties.discard === 'on' ? 'unmap' : 'ignore'},detect-zeroes=on`;
  const content = file === undefined ? '' : `,file=${commas(file)},format=${cd ? 'raw' : 'qcow2'}`;
  const readonly = !cd && isOn(properties.ro) ? ',readonly=on' : '';
  return `if=none,id=drive-${slot}${content},${what}${readonly}`;
}

interface Placed {
  readonly controller: readonly string[];
  readonly device: string;
}

function placed(guest: GuestHardware, slot: string, cd: boolean, iothread: boolean, ssd: string | undefined): Placed {
  const [, kind, number] = DISK_SLOT.exec(slot)!;
  const index = Number(number);
  const kindOf = cd ? 'cd' : 'hd';
  const rotation = !cd && isOn(ssd) ? ',rotation_rate=1' : '';
  switch (kind) {
    case 'virtio': return {
      controller: iothread ? [`iothread,id=iothread-${slot}`] : [],
      device: `virtio-blk-pci${iothread ? `,iothread=iothread-${slot}` : ''}`,
    };
    case 'sata': {
      const ahci = Math.floor(index / 6);
      return { controller: [`ahci,id=ahci${ahci},multifunction=on`], device: `ide-${kindOf},bus=ahci${ahci}.${index % 6}${rotation}` };
    }
    case 'ide': return { controller: [], device: `ide-${kindOf},bus=ide.${Math.floor(index / 2)},unit=${index % 2}${rotation}` };
    default: return scsi(guest.config.scsihw ?? 'lsi', index, kindOf, iothread, rotation);
  }
}

function scsi(hardware: string, index: number, kind: string, iothread: boolean, rotation: string): Placed {
  if (hardware === 'virtio-scsi-single') {
    const thread = iothread ? `,iothread=iothread-virtioscsi${index}` : '';
    return {
      controller: [iothread ? `iothread,id=iothread-virtioscsi${index}` : '', `virtio-scsi-pci,id=virtioscsi${index}${thread}`],
      device: `scsi-${kind},bus=virtioscsi${index}.0,channel=0,scsi-id=0,lun=${index}${rotation}`,
    };
  }
  // An LSI controller takes seven drives, the others as many as PVE has slots.
  const perController = hardware.startsWith('lsi') ? 7 : 256;
  const controller = Math.floor(index / perController);
  const unit = index % perController;
  const address = hardware.startsWith('lsi') || hardware === 'pvscsi' ? `scsi-id=${unit}` : `channel=0,scsi-id=0,lun=${unit}`;
  return { controller: [`${hardware},id=scsihw${controller}`], device: `scsi-${kind},bus=scsihw${controller}.0,${address}${rotation}` };
}

/** A value in an option of QEMU: commas are doubled. @internal */
export function commas(value: string): string {
  return value.replaceAll(',', ',,');
}
