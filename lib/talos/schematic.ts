import { createHash } from 'node:crypto';
import { Problems, containsTerraformToken } from '../core';
import { FLAG, Kinds, NUMBER, TEXT, checkKinds, instanceOf, listOf, memberOf, objectOf, required } from '../proxmox/kinds';
import { proxmoxRules } from '../proxmox/rules';
import { CanonicalObject, CanonicalValue, canonicalYaml, damageTo, doubtAbout } from './canonical-yaml';
import { clusterRules } from './cluster-rules';
import { NvidiaDriver, checkNvidiaExtensions } from './nvidia';
import { overlayOptions } from './overlay-options';
import {
  SchematicBootloader, SchematicMetaValue, SchematicOverlay, SchematicProps, SchematicSecureBoot, SchematicYamlOptions, SecureBootEnrollment,
} from './schematic-props';
import { schematicRules as rules } from './schematic-rules';
import { readSchematic } from './schematic-yaml';
import { SystemExtension } from './system-extension';
import { TalosVersion, checkTalosVersion } from './talos-version';

/**
 * The public image factory.
 * @internal
 */
export const DEFAULT_IMAGE_FACTORY = 'https://factory.talos.dev';

const PLATFORM = 'nocloud';

const EXTENSION = instanceOf(SystemExtension, "SystemExtension.of('siderolabs/zfs')");
const META: Kinds<SchematicMetaValue> = { key: required(NUMBER), value: required(TEXT) };
const OVERLAY: Kinds<SchematicOverlay> = { overlayName: required(TEXT), image: required(TEXT), options: () => undefined };
const SECURE_BOOT: Kinds<SchematicSecureBoot> = {
  enrollKeys: memberOf(SecureBootEnrollment, 'SecureBootEnrollment'), includeWellKnownCertificates: FLAG,
};
const KINDS: Kinds<SchematicProps> = {
  systemExtensions: listOf(EXTENSION),
  sortExtensions: FLAG,
  extraKernelArgs: listOf(TEXT),
  meta: listOf(objectOf(META)),
  overlay: objectOf(OVERLAY),
  secureBoot: objectOf(SECURE_BOOT),
  bootloader: memberOf(SchematicBootloader, 'SchematicBootloader'),
  sectorSize: NUMBER,
  embeddedMachineConfiguration: TEXT,
  owner: TEXT,
  schematicId: TEXT,
};
const YAML_KINDS: Kinds<SchematicYamlOptions> = { schematicId: TEXT, secureBoot: FLAG };

/** Line breaks and control characters. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** Fields of a machine configuration that hold secrets, and private keys in plain text and in base64; a certificate is no secret. */
const SECRET_FIELD = /(^|[\s{,])["']?(token|bootstrapToken|secret|aescbcEncryptionSecret|secretboxEncryptionSecret|password|auth|identityToken)["']?\s*:\s*\S|PRIVATE KEY|LS0tLS1CRUdJTi(?!BDRVJU)/m;

/**
 * What a Talos image is made of beyond Talos itself. The image factory knows it by an id, which is computed here as there.
 *
 *     const schematic = new talos.Schematic({
 *       systemExtensions: [talos.SystemExtension.QEMU_GUEST_AGENT, ...talos.NvidiaDriver.OPEN_LTS.systemExtensions],
 *       extraKernelArgs: ['net.ifnames=0'],
 *     });
 *     schematic.schematicId; // 64 hexadecimal digits
 *
 * An image and the installer image for its upgrades belong to one schematic. The factory makes images only of schematics that it was
 * told once: `TalosImport` does that. What is in a schematic is no secret.
 *
 * @see https://docs.siderolabs.com/talos/latest/learn-more/image-factory
 */
export class Schematic {
  /**
   * The schematic of a text as the factory takes it, such as the one that its page shows. Extensions keep the order of the text.
   *
   * @param text YAML. Refused, as by the factory: unknown fields, values of the wrong kind. Refused beyond that: several documents,
   *   numbers and truth values in odd spellings, and what `new Schematic` refuses.
   */
  public static fromYaml(text: string, options: SchematicYamlOptions = {}): Schematic {
    const problems = new Problems('talos.Schematic.fromYaml');
    checkKinds(options, YAML_KINDS, problems, 'options');
    problems.throwIfAny();
    const props = readSchematic(problems, text);
    problems.throwIfAny();
    const secureBoot = options.secureBoot === true ? { ...props!.secureBoot } : props!.secureBoot;
    return new Schematic({ ...props, secureBoot, schematicId: options.schematicId });
  }

  /** The id by which the factory knows it: 64 hexadecimal digits. */
  public readonly schematicId: string;
  /** Whether its images are signed for secure boot. */
  public readonly secureBoot: boolean;
  private readonly extensions: readonly SystemExtension[];
  private readonly canonical: string;

  public constructor(props: SchematicProps = {}) {
    const problems = new Problems('talos.Schematic');
    checkKinds(props, KINDS, problems);
    problems.throwIfAny();

    const extensions = props.systemExtensions ?? [];
    this.extensions = props.sortExtensions === false ? [...extensions] : sorted(extensions);
    this.secureBoot = props.secureBoot !== undefined;
    checkNvidiaExtensions(problems, 'systemExtensions', this.extensions);
    checkProps(problems, props);

    const texts: [string, string][] = [];
    const document = this.document(problems, props, (property, text) => texts.push([property, text]));
    for (const [property, received] of texts) {
      problems.check(!containsTerraformToken(received), proxmoxRules['not-known-at-synth'], {
        property, received, rule: 'The id of a schematic is computed now, before Terraform runs, so this value cannot be a reference to Terraform.',
      });
      const damage = damageTo(received);
      problems.check(damage === undefined, rules['schematic-value-damaged'], {
        property, received, rule: `The factory keeps a schematic as a text, and reads this value from it as another one: ${damage}.`,
      });
    }
    problems.throwIfAny();
    this.canonical = canonicalYaml(document);
    this.schematicId = idOf(problems, this.canonical, texts, props.schematicId);
    problems.throwIfAny();
  }

  /** The extensions, in the order in which the factory is told them. */
  public get systemExtensions(): SystemExtension[] {
    return [...this.extensions];
  }

  /** The NVIDIA driver of its images. @default - none */
  public get nvidiaDriver(): NvidiaDriver | undefined {
    return NvidiaDriver.among(this.extensions);
  }

  /** Whether its images have an extension. */
  public hasExtension(extension: SystemExtension): boolean {
    return this.extensions.some(({ extensionName }) => extensionName === extension.extensionName);
  }

  /** The text as the factory keeps it, of which the id is made. */
  public toYaml(): string {
    return this.canonical;
  }

  /**
   * The installer image by which machines of this schematic are upgraded, such as `factory.talos.dev/nocloud-installer/<id>:v1.13.9`.
   *
   * @param talosVersion such as `v1.13.9`; 1.12 to 1.14
   * @param imageFactory address of the factory, `https` and host; `https://factory.talos.dev` if it is left out
   */
  public installerImage(talosVersion: string, imageFactory: string = DEFAULT_IMAGE_FACTORY): string {
    const version = this.release('installerImage', talosVersion, imageFactory);
    return `${imageFactory.replace(/^https:\/\//, '')}/${PLATFORM}-installer${this.secureBoot ? '-secureboot' : ''}/${this.schematicId}:${version.text}`;
  }

  /**
   * Address of the disk image for Proxmox VE: platform `nocloud`, x86-64, qcow2.
   *
   * @param talosVersion such as `v1.13.9`; 1.12 to 1.14
   * @param imageFactory address of the factory, `https` and host; `https://factory.talos.dev` if it is left out
   */
  public diskImageUrl(talosVersion: string, imageFactory: string = DEFAULT_IMAGE_FACTORY): string {
    const version = this.release('diskImageUrl', talosVersion, imageFactory);
    return `${imageFactory}/image/${this.schematicId}/${version.text}/${PLATFORM}-amd64${this.secureBoot ? '-secureboot' : ''}.qcow2`;
  }

  /** The id. */
  public toString(): string {
    return this.schematicId;
  }

  /**
   * Refuses a release of Talos for which an extension does not exist.
   * @internal
   */
  public validateFor(version: TalosVersion): void {
    const problems = new Problems('talos.Schematic');
    for (const extension of this.extensions) extension.checkRelease(problems, 'systemExtensions', version);
    problems.throwIfAny();
  }

  private release(method: string, talosVersion: string, imageFactory: string): TalosVersion {
    const problems = new Problems(`talos.Schematic.${method}`);
    const version = checkTalosVersion(problems, 'talosVersion', talosVersion);
    if (version !== undefined) problems.collect('', () => this.validateFor(version));
    problems.check(/^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(imageFactory), clusterRules['image-factory-form'], { property: 'imageFactory', received: imageFactory });
    problems.throwIfAny();
    return version!;
  }

  /** The fields in the order of the factory. */
  private document(problems: Problems, props: SchematicProps, say: (property: string, text: string) => void): CanonicalObject {
    const said = (property: string, text?: string) => {
      if (text !== undefined) say(property, text);
      return text;
    };
    const filled = <T extends CanonicalValue>(list: readonly T[] | undefined) => list === undefined || list.length === 0 ? undefined : list;
    const { overlay, secureBoot } = props;
    return {
      owner: said('owner', props.owner),
      overlay: overlay && {
        image: said('overlay.image', overlay.image),
        name: said('overlay.overlayName', overlay.overlayName),
        options: someOf(overlay.options === undefined ? {} : overlayOptions(problems, 'overlay.options', overlay.options, say)),
      },
      customization: {
        embeddedMachineConfiguration: said('embeddedMachineConfiguration', props.embeddedMachineConfiguration) || undefined,
        extraKernelArgs: filled(props.extraKernelArgs?.map((text, i) => said(`extraKernelArgs[${i}]`, text)!)),
        meta: filled(props.meta?.map(({ key, value }, i) => ({ key, value: said(`meta[${i}].value`, value) }))),
        systemExtensions: this.extensions.length === 0 ? undefined : { officialExtensions: this.extensions.map(({ extensionName }) => extensionName) },
        bootloader: props.bootloader,
        secureboot: someOf({
          enrollKeys: said('secureBoot.enrollKeys', secureBoot?.enrollKeys),
          includeWellKnownCertificates: secureBoot?.includeWellKnownCertificates || undefined,
        }),
        diskImage: someOf({ sectorSize: props.sectorSize }),
      },
    };
  }
}

/** As the page of the factory does it: in the order of the names, each once. */
function sorted(extensions: readonly SystemExtension[]): SystemExtension[] {
  const byName = new Map(extensions.map((extension) => [extension.extensionName, extension]));
  return [...byName.keys()].sort().map((name) => byName.get(name)!);
}

function checkProps(problems: Problems, props: SchematicProps): void {
  props.extraKernelArgs?.forEach((received, i) => problems.check(received !== '' && !CONTROL.test(received), rules['schematic-kernel-arg-form'], {
    property: `extraKernelArgs[${i}]`, received,
  }));
  props.meta?.forEach(({ key }, i) => problems
    .check(Number.isInteger(key) && key >= 0 && key <= 255, rules['schematic-meta-key'], { property: `meta[${i}].key`, received: key })
    .check(props.meta!.findIndex((other) => other.key === key) === i, rules['schematic-meta-twice'], { property: `meta[${i}].key`, received: key }));
  if (props.overlay !== undefined) {
    for (const name of ['overlayName', 'image'] as const) {
      const received = props.overlay[name];
      problems.check(/^[^\s]+$/.test(received) && !CONTROL.test(received), rules['schematic-overlay-name'], { property: `overlay.${name}`, received });
    }
  }
  const { owner, sectorSize, embeddedMachineConfiguration: embedded } = props;
  problems
    .check(owner === undefined || (owner.trim() !== '' && !CONTROL.test(owner)), rules['schematic-owner-form'], { property: 'owner', received: owner })
    .check(sectorSize === undefined || [512, 4096].includes(sectorSize), rules['schematic-sector-size'], { property: 'sectorSize', received: sectorSize })
    .check(embedded === undefined || !SECRET_FIELD.test(embedded), rules['schematic-embedded-secret'], { property: 'embeddedMachineConfiguration' })
    .check(props.schematicId === undefined || /^[0-9a-f]{64}$/.test(props.schematicId), rules['schematic-id-form'], {
      property: 'schematicId', received: props.schematicId,
    });
}

/** The id of a text: computed where it is certain, else the one given. */
function idOf(problems: Problems, canonical: string, texts: readonly [string, string][], given: string | undefined): string {
  const doubts = texts.flatMap(([property, received]) => {
    const doubt = doubtAbout(received);
    return doubt === undefined ? [] : [{ property, received, doubt }];
  });
  if (doubts.length > 0) {
    if (given !== undefined) return given;
    for (const { property, received, doubt } of doubts) {
      problems.report(rules['schematic-value-uncertain'], {
        property,
        received,
        rule: `The id of a schematic is made of its text as the factory writes it, and with this value that differs from one release of the factory to the next: ${doubt}.`,
      });
    }
  }
  const id = createHash('sha256').update(canonical).digest('hex');
  problems.check(given === undefined || given === id, rules['schematic-id-mismatch'], { property: 'schematicId', received: given, rule: `The id of this schematic is ${id}.` });
  return id;
}

/** An object, or undefined where nothing is in it. */
function someOf<T extends CanonicalValue>(value: T): T | undefined {
  const members = value instanceof Map ? [...value.values()] : Object.values(value as object);
  return members.every((member) => member === undefined) ? undefined : value;
}
