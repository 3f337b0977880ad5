import { SystemExtension } from './system-extension';

/** How the keys of secure boot get into the firmware at the first boot. @see https://docs.siderolabs.com/talos/latest/platform-specific-installations/bare-metal-platforms/secureboot */
export enum SecureBootEnrollment {
  /** Never. The releases of the factory write this word in two ways: needs `schematicId`. */
  OFF = 'off',
  /** When chosen in the boot menu. */
  MANUAL = 'manual',
  /** By itself in a virtual machine whose firmware is in setup mode. */
  IF_SAFE = 'if-safe',
  /** By itself wherever the firmware is in setup mode. */
  FORCE = 'force',
}

/** What starts Talos from the disk. */
export enum SchematicBootloader {
  /** systemd-boot with UEFI, GRUB with BIOS. */
  DUAL_BOOT = 'dual-boot',
  /** systemd-boot, UEFI only. */
  SD_BOOT = 'sd-boot',
  /** GRUB. */
  GRUB = 'grub',
}

/** A value that the image has in its META partition from the beginning. */
export interface SchematicMetaValue {
  /** Key, 0 to 255; 0x0a is the network configuration of the platform, 0x0c to 0x0e are free for users. */
  readonly key: number;
  /** Value. It is no secret: everyone who knows the id of the schematic can read it. */
  readonly value: string;
}

/** What a board needs beyond the image for all. No virtual machine does. */
export interface SchematicOverlay {
  /** Name, such as `rpi_generic`. */
  readonly overlayName: string;
  /** Image of it, such as `siderolabs/sbc-raspberrypi`. */
  readonly image: string;
  /** Options of it. `Schematic.fromYaml` reads options that are no texts, too. @default - none */
  readonly options?: { readonly [name: string]: string };
}

/** Secure boot. An empty object has images signed, with nothing said about keys. */
export interface SchematicSecureBoot {
  /**
   * How the keys get into the firmware. Known to factories since version 1.4.
   * @default - as the factory does: SecureBootEnrollment.IF_SAFE
   */
  readonly enrollKeys?: SecureBootEnrollment;
  /** Whether Microsoft's keys are enrolled as well; some graphics cards need them for their firmware. @default false */
  readonly includeWellKnownCertificates?: boolean;
}

/** What a Talos image has beyond Talos itself; everything has a default. */
export interface SchematicProps {
  /** Drivers, firmware and services. Those of an NVIDIA driver that do not belong together are refused. @default - none */
  readonly systemExtensions?: SystemExtension[];
  /**
   * Whether the extensions are sorted and each is kept once, as the page of the factory does it: the id depends on the order.
   * @default true
   */
  readonly sortExtensions?: boolean;
  /** Arguments of the kernel, in this order. @default - only Talos' own */
  readonly extraKernelArgs?: string[];
  /** Values of the META partition, in this order. @default - none */
  readonly meta?: SchematicMetaValue[];
  /** For boards. @default - none */
  readonly overlay?: SchematicOverlay;
  /**
   * Images signed for secure boot. The machine needs OVMF without enrolled keys, and a TPM for encrypted disks.
   * @default - images without secure boot
   */
  readonly secureBoot?: SchematicSecureBoot;
  /** Bootloader. @default - as Talos chooses */
  readonly bootloader?: SchematicBootloader;
  /** Bytes in a sector of the disk image: 512 or 4096. @default - 512 */
  readonly sectorSize?: number;
  /**
   * Part of a machine configuration that is in the image from the beginning. Refused where it holds a secret, since everyone who
   * knows the id of the schematic can read it.
   * @default - none
   */
  readonly embeddedMachineConfiguration?: string;
  /** User of a private factory to whom the schematic belongs. @default - none; factory.talos.dev has no users */
  readonly owner?: string;
  /**
   * Id that the factory answered. Needed only where a value has no certain text, see `schematic-value-uncertain`; elsewhere it is
   * compared.
   * @default - computed
   */
  readonly schematicId?: string;
}

/** What is not said by the text of a schematic. */
export interface SchematicYamlOptions {
  /** Id that the factory answered, as in `SchematicProps`. @default - computed */
  readonly schematicId?: string;
  /** Whether images are signed for secure boot. @default - true if the text says something about secure boot */
  readonly secureBoot?: boolean;
}
