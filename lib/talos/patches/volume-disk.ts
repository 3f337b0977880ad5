import { Problems, Size } from '../../core';
import { patchRules as rules } from '../patch-rules';
import { checkText, isLine } from './form';

/**
 * Disks of a machine, picked by what Talos knows of them.
 *
 * @see https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/storage-and-disk-management/disk-management/common
 */
export class VolumeDisk {
  /** Any disk but the one on which Talos itself is. */
  public static nonSystem(): VolumeDisk {
    return new VolumeDisk('!system_disk');
  }

  /** The disk on which Talos itself is. The partition EPHEMERAL takes all of it, unless it was given a largest size before the first start. */
  public static system(): VolumeDisk {
    return new VolumeDisk('system_disk');
  }

  /** Disks other than that of Talos of at least a size. */
  public static nonSystemOfAtLeast(size: Size): VolumeDisk {
    return new VolumeDisk(`!system_disk && disk.size >= ${BigInt(size.toKibibytes()) * 1024n}u`);
  }

  /** The disk with a serial number, which Proxmox VE gives to a disk where it is told one. */
  public static withSerial(serial: string): VolumeDisk {
    const problems = new Problems('VolumeDisk.withSerial');
    checkText(problems, 'serial', serial, rules['patch-text-form'], isLine);
    problems.throwIfAny();
    return new VolumeDisk(`disk.serial == ${celText(serial)}`);
  }

  /**
   * Disks for which an expression in CEL is true, such as `disk.transport == "nvme"`. Talos reads the expression when the configuration is
   * applied; here it is only looked at whether it is on one line.
   */
  public static matching(expression: string): VolumeDisk {
    const problems = new Problems('VolumeDisk.matching');
    checkText(problems, 'expression', expression, rules['patch-text-form'], isLine);
    problems.throwIfAny();
    return new VolumeDisk(expression);
  }

  private constructor(
    /** The expression in CEL. */
    public readonly expression: string,
  ) {}
}

/** A text as CEL writes it. */
function celText(text: string): string {
  return `"${text.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
}
