import { hardwareRules } from './hardware-rules';
import { Problems } from './problems';

const MACHINE_TYPE = /^(pc|q35|pc-(i440fx|q35)-\d+(\.\d+)+(\+pve\d+)?(\.pxe)?)$/;

/** The chipset of a virtual machine. @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_machine_type */
export class MachineType {
  /** Intel Q35 with PCI Express, newest version of the node; for UEFI, for passed-through devices, for everything new. */
  public static readonly Q35 = new MachineType('q35');
  /** Intel 440FX, newest version of the node; what Proxmox VE takes where nothing is said. */
  public static readonly I440FX = new MachineType('pc');

  /**
   * A machine type by its name, to stay on one version.
   *
   * @param name such as `pc-q35-9.0` or `pc-i440fx-8.1`
   */
  public static of(name: string): MachineType {
    new Problems('MachineType.of')
      .check(MACHINE_TYPE.test(name), hardwareRules['machine-type-unknown'], { property: 'name', received: name })
      .throwIfAny();
    return new MachineType(name);
  }

  private constructor(
    /** The name as Proxmox VE spells it. */
    public readonly name: string,
  ) {}

  /** Whether the machine has PCI Express, as passed-through devices with `pcie` need it. */
  public get isQ35(): boolean {
    return this.name === 'q35' || this.name.startsWith('pc-q35');
  }

  /** The name as Proxmox VE spells it. */
  public toString(): string {
    return this.name;
  }
}

const OS_TYPES = ['l24', 'l26', 'other', 'solaris', 'w2k', 'w2k3', 'w2k8', 'win7', 'win8', 'win10', 'win11', 'wvista', 'wxp'];

/** What Proxmox VE is told about the guest's operating system, so that it can tune the virtual hardware. */
export class OsType {
  /** Linux with kernel 2.6 to 6.x and newer. */
  public static readonly LINUX = new OsType('l26');
  /** Linux with kernel 2.4. */
  public static readonly LINUX_2_4 = new OsType('l24');
  /** Windows 11, Server 2022 and Server 2025. */
  public static readonly WINDOWS_11 = new OsType('win11');
  /** Windows 10, Server 2016 and Server 2019. */
  public static readonly WINDOWS_10 = new OsType('win10');
  /** Windows 8, Server 2012 and Server 2012 R2. */
  public static readonly WINDOWS_8 = new OsType('win8');
  /** Windows 7 and Server 2008 R2. */
  public static readonly WINDOWS_7 = new OsType('win7');
  /** Solaris, OpenSolaris and OpenIndiana. */
  public static readonly SOLARIS = new OsType('solaris');
  /** Anything else, such as BSD. */
  public static readonly OTHER = new OsType('other');

  /**
   * An operating system type by its word.
   *
   * @param name a word of Proxmox VE, such as `w2k8`
   */
  public static of(name: string): OsType {
    new Problems('OsType.of')
      .check(OS_TYPES.includes(name), hardwareRules['os-type-unknown'], { property: 'name', received: name })
      .throwIfAny();
    return new OsType(name);
  }

  private constructor(
    /** The word as Proxmox VE spells it. */
    public readonly name: string,
  ) {}

  /** Whether the guest is a Windows. */
  public get isWindows(): boolean {
    return this.name.startsWith('w');
  }

  /** The word as Proxmox VE spells it. */
  public toString(): string {
    return this.name;
  }
}
