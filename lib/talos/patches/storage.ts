import { Problems, Size } from '../../core';
import { FLAG, Kinds, TEXT, checkKinds, instanceOf, memberOf } from '../../proxmox/kinds';
import { SIZE } from '../../proxmox/prop-kinds';
import { ConfigContract } from '../config-contract';
import { PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkText, document } from './form';
import { VolumeDisk } from './volume-disk';

/** How a user volume is formatted. */
export enum VolumeFilesystem {
  /** XFS, the default of Talos. */
  XFS = 'xfs',
  /** ext4. */
  EXT4 = 'ext4',
}

/** A partition for workloads. */
export interface UserVolumeOptions {
  /** The disks on which there may be room for it. Talos takes the first that has enough. @default VolumeDisk.nonSystem() */
  readonly disk?: VolumeDisk;
  /** Room it needs at least. @default 1 GiB */
  readonly minSize?: Size;
  /** Room it takes at most. @default - all that is free on the disk */
  readonly maxSize?: Size;
  /** Whether it takes more room when its disk has grown. @default false */
  readonly grow?: boolean;
  /** How it is formatted. @default VolumeFilesystem.XFS */
  readonly filesystem?: VolumeFilesystem;
}

/** What Talos installs itself as, and where. */
export interface InstallOptions {
  /** The disk, such as `/dev/vda`. A machine that runs from its disk image is installed already, and looks at no disk. @default '/dev/sda' */
  readonly disk?: string;
  /** Reference of the installer, with its tag. Changing it upgrades nothing by itself. @default - what the configuration was generated with */
  readonly image?: string;
  /** Whether the disk is wiped first. @default false */
  readonly wipe?: boolean;
}

const VOLUME: Kinds<UserVolumeOptions> = {
  disk: instanceOf(VolumeDisk, 'VolumeDisk.nonSystem()'),
  minSize: SIZE,
  maxSize: SIZE,
  grow: FLAG,
  filesystem: memberOf(VolumeFilesystem, 'VolumeFilesystem'),
};
const INSTALL: Kinds<InstallOptions> = { disk: TEXT, image: TEXT, wipe: FLAG };
/** The first disk of a machine as Talos generates its configuration; the document of contract 1.14 is refused without one. */
const FIRST_DISK = '/dev/sda';
const IMAGE = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[\w][\w.+-]{0,127}|@sha256:[0-9a-f]{64}|:[\w][\w.-]{0,127}@sha256:[0-9a-f]{64})$/;

/** @internal */
export function userVolume(name: string, options: UserVolumeOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.userVolume');
  checkText(problems, 'name', name, rules['volume-name-form'], (text) => /^[a-zA-Z0-9-]{1,34}$/.test(text));
  checkKinds(options, VOLUME, problems, 'options');
  problems.throwIfAny();
  const { disk = VolumeDisk.nonSystem(), minSize = Size.gibibytes(1), maxSize, grow, filesystem } = options;
  problems.check(maxSize === undefined || !maxSize.isSmallerThan(minSize), rules['volume-size-order'], { property: 'options.maxSize', received: maxSize });
  problems.throwIfAny();
  return () => [document('UserVolumeConfig', {
    name,
    provisioning: {
      diskSelector: { match: disk.expression },
      ...grow === undefined ? {} : { grow },
      minSize: inBytes(minSize),
      ...maxSize === undefined ? {} : { maxSize: inBytes(maxSize) },
    },
    ...filesystem === undefined ? {} : { filesystem: { type: filesystem } },
  })];
}

/** @internal */
export function extraDisk(device: string, mountPoint: string): PatchRenderer {
  const problems = new Problems('ConfigPatch.extraDisk');
  checkText(problems, 'device', device, rules['device-path-form'], isDevice);
  checkText(problems, 'mountPoint', mountPoint, rules['mount-point-form'], (text) => /^\/var(\/(?!\.{1,2}(\/|$))[\w.@:+-]+)+$/.test(text));
  problems.throwIfAny();
  return () => [{ machine: { disks: [{ device, partitions: [{ mountpoint: mountPoint }] }] } }];
}

/** @internal */
export function install(options: InstallOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.install');
  checkKinds(options, INSTALL, problems, 'options');
  problems.throwIfAny();
  const { disk = FIRST_DISK, image, wipe } = options;
  problems.check(options.disk !== undefined || image !== undefined || wipe !== undefined, rules['patch-empty'], { property: 'options' });
  checkText(problems, 'options.disk', disk, rules['device-path-form'], isDevice);
  if (image !== undefined) checkText(problems, 'options.image', image, rules['install-image-form'], (text) => IMAGE.test(text));
  problems.throwIfAny();
  const diskSelector = { match: `disk.dev_path == "${disk}"` };
  const provisioning = { diskSelector, ...wipe === undefined ? {} : { wipe } };
  const unattended = document('UnattendedInstallConfig', {
    ...image === undefined ? {} : { installer: { image } },
    provisioning,
  });
  const classic = { disk, ...image === undefined ? {} : { image }, ...wipe === undefined ? {} : { wipe } };
  // What is generated has the one or the other, and does not bear both.
  return ({ contract }) => [contract.isAtLeast(ConfigContract.V1_14) ? unattended : { machine: { install: classic } }];
}

function isDevice(text: string): boolean {
  return /^\/dev(\/(?!\.{1,2}(\/|$))[\w.@:+-]+)+$/.test(text);
}

/** As Talos reads a size, `10GiB`. */
function inBytes(size: Size): string {
  return size.toString().replace(' ', '');
}
