import { Precondition } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Problems, containsTerraformToken } from '../core';
import { FLAG, Kinds, TEXT, checkKinds, required, withMethods } from './kinds';
import { pciRules as rules } from './pci-rules';
import type { ProxmoxVe } from './proxmox-ve';
import { proxmoxRules } from './rules';
import { checkForm } from './text-forms';

/** How a device of the node is seen by the machine. */
export interface PciDeviceOptions {
  /** Whether it is on the PCI Express bus, which only the chipset q35 has. @default - true where the template has q35 */
  readonly pcie?: boolean;
  /** Whether the guest sees the ROM of the device; a graphics card shows nothing without. @default true */
  readonly romBar?: boolean;
  /** Another ROM: name of a file in /usr/share/kvm of the node. Only root@pam with its password may. @default - the device's own */
  readonly romFile?: string;
  /** Whether it is the first display of the machine (x-vga); the web console then shows nothing. @default false */
  readonly primaryGpu?: boolean;
  /** Type of the mediated device (vGPU) that is made of it, such as `nvidia-63`. @default - the device itself */
  readonly mdev?: string;
  /** Whether function 0 alone is meant where the address says so; there is a warning otherwise. @default false */
  readonly singleFunction?: boolean;
}

/** A machine that uses a device of a mapping. */
export interface PciDeviceUser {
  /** The machine. */
  readonly machine: Construct;
  /** Its node. */
  readonly node: string;
  /** The tag by which it is known on the server. */
  readonly ownerTag: string;
  /** Whether it is started. */
  readonly starts: boolean;
}

/** What a machine has to say to Terraform of a mapping. */
export interface PciBinding {
  /** Addresses that are done before the machine. */
  readonly dependsOn: string[];
  /** What must hold before the machine is planned. */
  readonly preconditions: Precondition[];
}

/** A PCI mapping of a cluster (Datacenter, Resource Mappings), whoever made it: a name for like devices of several nodes. */
export interface IPciMapping extends IConstruct {
  /** Name of the mapping. */
  readonly mappingName: string;
  /** The cluster. */
  readonly proxmoxVe: ProxmoxVe;
  /** Whether its devices give mediated ones. @default - not known */
  readonly mediatedDevices?: boolean;
  /** Vendor and device ids of its devices, such as `10de:2684`; empty where they are not known. */
  readonly deviceIds: string[];
  /**
   * How many machines on a node can have a device of it at once; undefined where that is not known.
   * @param node name of the node
   */
  devicesOn(node: string): number | undefined;
  /**
   * Addresses of its devices on a node; undefined where they are not known.
   * @param node name of the node
   */
  addressesOn(node: string): string[] | undefined;
  /**
   * Says what a machine has to wait for, and what must hold.
   * @param user the machine
   */
  bindPciDevice(user: PciDeviceUser): PciBinding;
}

/**
 * A device of the node that is passed through to a machine.
 *
 * By the name of a mapping it is one that several nodes have, and any API token with Mapping.Use can ask for it. By its address only
 * root@pam with its password may.
 *
 * @see https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_pci_passthrough
 */
export class PciDevice {
  /**
   * A device by the name of its mapping; one that this program makes or knows more of is better given with `fromPciMapping`.
   * @param mappingName name shown under Datacenter, Resource Mappings
   */
  public static fromMapping(mappingName: string, options: PciDeviceOptions = {}): PciDevice {
    const problems = new Problems('PciDevice.fromMapping');
    required(TEXT)(mappingName, 'mappingName', problems);
    problems.throwIfAny();
    checkMappingName(problems, mappingName, true);
    return new PciDevice(options, problems, mappingName);
  }

  /** A device of a mapping of this program, or of one that it was told of. */
  public static fromPciMapping(mapping: IPciMapping, options: PciDeviceOptions = {}): PciDevice {
    const problems = new Problems('PciDevice.fromPciMapping');
    required(PCI_MAPPING)(mapping, 'mapping', problems);
    problems.throwIfAny();
    return new PciDevice(options, problems, mapping.mappingName, mapping);
  }

  /**
   * A device by its address on the node. Needs `Credentials.userPassword('root@pam', …)`.
   *
   * @param address as lspci writes it; without a domain it is in domain 0000, without a function all functions are meant; several functions
   *   of one device are joined by semicolons
   */
  public static fromAddress(address: string, options: PciDeviceOptions = {}): PciDevice {
    const problems = new Problems('PciDevice.fromAddress');
    required(TEXT)(address, 'address', problems);
    problems.throwIfAny();
    const normal = normalizePciAddress(problems, 'address', address);
    return new PciDevice(options, problems, undefined, undefined, normal);
  }

  /** Whether it is on the PCI Express bus. @default - true where the template has q35 */
  public readonly pcie?: boolean;
  /** Whether the guest sees the ROM of the device. */
  public readonly romBar: boolean;
  /** Name of the file with another ROM. @default - the device's own */
  public readonly romFile?: string;
  /** Whether it is the first display of the machine. */
  public readonly primaryGpu: boolean;
  /** Type of the mediated device. @default - the device itself */
  public readonly mdev?: string;
  /** Whether function 0 alone is meant. */
  public readonly singleFunction: boolean;

  private constructor(
    options: PciDeviceOptions,
    problems: Problems,
    /** Name of the mapping. @default - it is named by its address */
    public readonly mappingName?: string,
    /** The mapping, where more than its name is known. @default - nothing more is known */
    public readonly pciMapping?: IPciMapping,
    /** Address with domain, in lower case. @default - it is named by a mapping */
    public readonly address?: string,
  ) {
    checkKinds(options, OPTIONS, problems);
    problems.throwIfAny();
    this.pcie = options.pcie;
    this.romBar = options.romBar ?? true;
    this.romFile = options.romFile;
    this.primaryGpu = options.primaryGpu ?? false;
    this.mdev = options.mdev;
    this.singleFunction = options.singleFunction ?? false;
    checkForm(problems, 'mdev', this.mdev, /^[^/.:\s,;"'\\]+$/, rules['mdev-type-form'], true);
    checkForm(problems, 'romFile', this.romFile, /^(?!\.{1,2}$)[^,;/\s"'\\]+$/, rules['rom-file-form'], true);
    const whole = this.mdev !== undefined && this.address !== undefined && !/\.[0-7]$/.test(this.address);
    problems.check(!whole, rules['mdev-without-function'], { property: 'address', received: this.address });
    problems.throwIfAny();
  }

  /** The device as a reader knows it: the name of its mapping, or its address. */
  public toString(): string {
    return this.mappingName ?? this.address!;
  }
}

/**
 * An object that can be taken for a mapping.
 * @internal
 */
export const PCI_MAPPING = withMethods('a PCI mapping', 'PciMapping.fromName(…)', 'bindPciDevice', 'devicesOn');

const OPTIONS: Kinds<PciDeviceOptions> = { pcie: FLAG, romBar: FLAG, romFile: TEXT, primaryGpu: FLAG, mdev: TEXT, singleFunction: FLAG };

const ADDRESS = /^(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}:[01][0-9a-f])(\.[0-7])?$/;

/**
 * An address of a device as Proxmox VE and the provider both keep it: in lower case, with its domain. What is none is noted.
 * @internal
 */
export function normalizePciAddress(problems: Problems, property: string, address: string): string {
  if (containsTerraformToken(address)) {
    problems.report(proxmoxRules['not-known-at-synth'], {
      property, received: address, rule: 'Which machines share a device is settled when the program synthesizes, so an address cannot be a reference to Terraform.',
    });
    return address;
  }
  const functions = address.split(';').map((one) => ADDRESS.exec(one.trim().toLowerCase()));
  const devices = new Set(functions.map((match) => match && `${match[1] ?? '0000'}:${match[2]}`));
  const one = functions.length === 1 || functions.every((match) => match?.[3] !== undefined);
  const ok = functions.every((match) => match !== null) && devices.size === 1 && one;
  problems.check(ok, rules['pci-address-form'], { property, received: address });
  return ok ? functions.map((match) => `${match![1] ?? '0000'}:${match![2]}${match![3] ?? ''}`).join(';') : address;
}

/**
 * Notes what is not the name of a mapping.
 * @internal
 */
export function checkMappingName(problems: Problems, mappingName: string, terraformOnly: boolean = false): void {
  checkForm(problems, 'mappingName', mappingName, /^[a-z][a-z0-9_-]+$/i, rules['pci-mapping-name'], terraformOnly);
}
