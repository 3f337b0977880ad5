import { Bios, DiskBus, Duration, Problems } from '../core';
import { CommunicatorType } from './communicator';
import { installationRules as rules } from './installation-rules';
import { isoRules } from './iso-rules';
import { ProxmoxIsoSourceProps } from './proxmox-iso-source';
import { checkDownloadTimeout } from './proxmox-source-checks';
import { proxmoxSourceRules } from './proxmox-source-rules';
import { assignSlots, checkIdeOnQ35, SlotClaim } from './slots';
import { checkStorage } from './storage-check';

const DEFAULT_SSH_TIMEOUT = Duration.minutes(5);
/** Slot of the boot ISO where no bus is given. */
const DEFAULT_ISO_INDEX = 2;

/** Notes what is wrong with an installation from an ISO. */
export function checkInstallation(problems: Problems, props: ProxmoxIsoSourceProps): void {
  const { bootIso, communicator } = props;
  problems.check(bootIso.index === undefined || bootIso.bus !== undefined, isoRules['packer-iso-index-without-bus'], {
    property: 'bootIso.index', received: bootIso.index,
  });
  if (bootIso.downloadOnNode) checkDownloadTimeout(problems, props.taskTimeout);
  problems.check(communicator.type !== CommunicatorType.NONE, rules['packer-iso-without-communicator'], { property: 'communicator', received: 'none' });
  if (communicator.type === CommunicatorType.SSH) {
    problems
      .check(communicator.waitsLongerThan(DEFAULT_SSH_TIMEOUT.toMilliseconds()), rules['packer-iso-ssh-timeout'], {
        property: 'communicator.timeout', received: communicator.attributes.ssh_timeout,
      })
      .check(communicator.hasPassword || communicator.hasKey, rules['packer-iso-ssh-login'], { property: 'communicator.password' });
  }
  problems
    .check(props.bios !== Bios.OVMF || props.efiConfig !== undefined, rules['packer-ovmf-without-efi-disk'], { property: 'efiConfig' })
    .check(props.bios === Bios.OVMF || props.efiConfig === undefined, rules['packer-efi-disk-without-ovmf'], { property: 'bios', received: props.bios });
  checkStorage(problems, 'efiConfig.storagePool', props.efiConfig?.storagePool);
  checkDrives(problems, props);
}

function checkDrives(problems: Problems, props: ProxmoxIsoSourceProps): void {
  const { bootIso } = props;
  const claims: SlotClaim[] = [
    { property: 'bootIso', bus: bootIso.bus ?? DiskBus.IDE, index: bootIso.bus === undefined ? DEFAULT_ISO_INDEX : bootIso.index },
    ...(props.disks ?? []).map((disk, i) => ({ property: `disks[${i}]`, bus: disk.type ?? DiskBus.SCSI })),
    ...(props.additionalIsoFiles ?? []).map((iso, i) => ({ property: `additionalIsoFiles[${i}]`, bus: iso.bus ?? DiskBus.IDE, index: iso.index })),
  ];
  // Without an index the boot ISO comes after the disks, as all others do.
  const ordered = [...claims.filter((claim) => claim.property.startsWith('disks')), ...claims.filter((claim) => !claim.property.startsWith('disks'))];
  const slots = assignSlots(problems, ordered, false);
  checkIdeOnQ35(problems, ordered, slots, props.machine?.isQ35 === true);
  if (props.bootOrder === undefined) return;
  const devices = [
    ...slots,
    ...(props.networkAdapters ?? []).map((_, i) => `net${i}`),
    ...(props.pciDevices ?? []).map((_, i) => `hostpci${i}`),
  ];
  props.bootOrder.forEach((device, i) => problems.check(
    devices.includes(device) || /^usb/.test(device),
    proxmoxSourceRules['packer-boot-device-missing'],
    { property: `bootOrder[${i}]`, received: device },
  ));
  const drive = slots[ordered.findIndex((claim) => claim.property === 'bootIso')];
  problems.check(drive === undefined || props.bootOrder.includes(drive), rules['packer-boot-iso-not-in-order'], {
    property: 'bootOrder', received: props.bootOrder,
  });
}
