import type { Document, Node, Pair, Scalar } from 'yaml';
import { Problems } from '../core';
import { plainOption } from './overlay-options';
import { SchematicBootloader, SchematicProps, SecureBootEnrollment } from './schematic-props';
import { schematicRules as rules } from './schematic-rules';
import { SystemExtension } from './system-extension';

/**
 * What YAML 1.1, which the factory reads, has for a line break and YAML 1.2 has not, and characters that it refuses unless they are
 * written as escapes.
 */
// eslint-disable-next-line no-control-regex
const NOT_AS_IT_IS = /\r(?!\n)|[\x85\u2028\u2029]|(?!^)\ufeff|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/u;

/** Reads the value of a field; undefined where it says nothing, as `null` does, or is refused. */
type Reader<T> = (node: Node, property: string) => T | undefined;

/**
 * What the text of a schematic says. It is read as the factory reads it: a number in the place of a text is a text, `null` is
 * nothing, and what it would refuse is refused here.
 */
export function readSchematic(problems: Problems, text: string): SchematicProps | undefined {
  const document = parse(problems, text);
  return document === undefined ? undefined : new SchematicReader(problems, document).read();
}

function parse(problems: Problems, text: string): Document | undefined {
  if (typeof text !== 'string') {
    problems.report(rules['schematic-yaml-form'], { property: 'text', received: text });
    return undefined;
  }
  const odd = NOT_AS_IT_IS.exec(text)?.[0];
  if (odd !== undefined) {
    const code = odd.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    problems.report(rules['schematic-yaml-form'], {
      property: 'text', rule: `The factory reads the character U+${code} otherwise than the versions of YAML agree, or not at all.`, remedy: `Write it in double quotes as \\u${code}.`,
    });
    return undefined;
  }
  // Loaded where it is needed only: most programs never read YAML.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { isMap, parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(text, { schema: 'failsafe', merge: false, prettyErrors: true });
  const fault = [...document.errors, ...document.warnings][0];
  if (fault !== undefined) {
    problems.report(rules['schematic-yaml-form'], { property: 'text', rule: `The text is not one YAML document: ${fault.message.split('\n')[0].replace(/:$/, '')}.` });
    return undefined;
  }
  problems.check(isMap(document.contents), rules['schematic-yaml-form'], { property: 'text', received: text });
  return isMap(document.contents) ? document : undefined;
}

/** Reads one document. The names of the fields are the factory's. */
class SchematicReader {
  private readonly yaml: typeof import('yaml');

  public constructor(private readonly problems: Problems, private readonly document: Document) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    this.yaml = require('yaml');
  }

  public read(): SchematicProps {
    const root = this.fields(this.document.contents!, '', ['owner', 'overlay', 'customization']);
    const overlay = root.value('overlay', (node, property) => this.fields(node, property, ['image', 'name', 'options']));
    const customization = root.value('customization', (node, property) => this.fields(node, property, [
      'embeddedMachineConfiguration', 'extraKernelArgs', 'meta', 'systemExtensions', 'bootloader', 'secureboot', 'diskImage',
    ]));
    const extensions = customization?.value('systemExtensions', (node, property) => this.fields(node, property, ['officialExtensions']));
    const secureBoot = customization?.value('secureboot', (node, property) => this.fields(node, property, ['enrollKeys', 'includeWellKnownCertificates']));
    const disk = customization?.value('diskImage', (node, property) => this.fields(node, property, ['sectorSize']));
    const parts = { name: overlay?.value('name', this.text), image: overlay?.value('image', this.text), options: overlay?.value('options', this.options) };
    const enrollKeys = secureBoot?.value('enrollKeys', this.member<SecureBootEnrollment>(SecureBootEnrollment));
    const includeWellKnownCertificates = secureBoot?.value('includeWellKnownCertificates', this.flag) || undefined;
    const bootloader = customization?.value('bootloader', this.member<SchematicBootloader | 'none'>({ NONE: 'none', ...SchematicBootloader }, true));
    return {
      owner: root.value('owner', this.text) || undefined,
      overlay: parts.name || parts.image || Object.keys(parts.options ?? {}).length > 0
        ? { overlayName: parts.name ?? '', image: parts.image ?? '', options: parts.options }
        : undefined,
      embeddedMachineConfiguration: customization?.value('embeddedMachineConfiguration', this.text) || undefined,
      extraKernelArgs: customization?.value('extraKernelArgs', this.list(this.text)),
      meta: customization?.value('meta', this.list(this.metaValue)),
      systemExtensions: extensions?.value('officialExtensions', this.list(this.extension)),
      sortExtensions: false,
      bootloader: bootloader === 'none' ? undefined : bootloader,
      secureBoot: enrollKeys === undefined && includeWellKnownCertificates === undefined ? undefined : { enrollKeys, includeWellKnownCertificates },
      sectorSize: disk?.value('sectorSize', this.wholeNumber) || undefined,
    };
  }

  /** The fields of a mapping. Notes those that the factory does not know. */
  private fields(node: Node, property: string, known: readonly string[]): Fields {
    if (!this.yaml.isMap(node)) {
      this.refuse(node, property, 'a mapping');
      return new Fields(new Map());
    }
    const found = new Map<string, [Node, string]>();
    for (const { key, value } of node.items as Pair<Scalar<string>, Node>[]) {
      const name = this.yaml.isScalar(key) ? String(key.value) : 'a collection';
      const place = property === '' ? name : `${property}.${name}`;
      if (!known.includes(name)) {
        this.problems.report(rules['schematic-field-unknown'], { property: place, remedy: `The fields of ${property === '' ? 'a schematic' : `\`${property}\``} are ${known.join(', ')}.` });
      } else if (value !== null && !this.isNothing(value)) {
        found.set(name, [this.resolved(value), place]);
      }
    }
    return new Fields(found);
  }

  private readonly text: Reader<string> = (node, property) => {
    if (this.yaml.isScalar(node) && (node.tag === undefined || node.tag === 'tag:yaml.org,2002:str')) return String(node.value);
    return this.refuse(node, property, 'a text');
  };

  private readonly flag: Reader<boolean> = (node, property) => {
    const match = /^(?:(true|True|TRUE)|false|False|FALSE)$/.exec(this.plain(node) ?? '');
    return match === null ? this.refuse(node, property, 'true or false') : match[1] !== undefined;
  };

  private readonly wholeNumber: Reader<number> = (node, property) => {
    const text = this.plain(node) ?? '';
    return /^(0|[1-9]\d{0,8}|0x[0-9a-fA-F]{1,8})$/.test(text) ? Number(text) : this.refuse(node, property, 'a whole number');
  };

  private readonly extension: Reader<SystemExtension> = (node, property) => {
    const name = this.text(node, property);
    if (name === undefined) return undefined;
    return this.problems.collect(property, () => SystemExtension.of(name));
  };

  private readonly metaValue: Reader<{ key: number; value: string }> = (node, property) => {
    const fields = this.fields(node, property, ['key', 'value']);
    return { key: fields.value('key', this.wholeNumber) ?? 0, value: fields.value('value', this.text) ?? '' };
  };

  /** They are not only texts, as the interface says. */
  private readonly options: Reader<{ [name: string]: any }> = (node, property) => {
    if (this.yaml.isMap(node)) return this.option(node, property);
    return this.refuse(node, property, 'a mapping');
  };

  /** A value among the options of an overlay, of any kind. */
  private option(written: Node | null, property: string): any {
    const node = written === null ? null : this.resolved(written);
    if (this.yaml.isMap(node)) {
      return Object.fromEntries((node.items as Pair<Scalar<string>, Node>[]).map(({ key, value }) => {
        const name = this.yaml.isScalar(key) && !(this.isPlain(key) && plainOption(String(key.value)) !== key.value) ? String(key.value) : undefined;
        if (name === undefined) this.refuse(node, property, 'a mapping with texts for names');
        return [name ?? '', this.option(value, `${property}.${name}`)];
      }));
    }
    if (this.yaml.isSeq(node)) return (node.items as Node[]).map((item, i) => this.option(item, `${property}[${i}]`));
    const plain = node === null ? '' : this.plain(node);
    const value = plain === undefined ? this.text(node!, property) : plainOption(plain);
    return value ?? this.refuse(node, property, 'a text, a whole number, true or false');
  }

  private list<T>(item: Reader<T>): Reader<T[]> {
    return (node, property) => {
      if (!this.yaml.isSeq(node)) return this.refuse(node, property, 'a list');
      // The factory leaves out items that are null.
      return (node.items as Node[]).flatMap((written, i) => {
        const value = this.isNothing(written) ? undefined : item(this.resolved(written), `${property}[${i}]`);
        return value === undefined ? [] : [value];
      });
    };
  }

  private member<T extends string>(members: { readonly [name: string]: string }, anyCase: boolean = false): Reader<T> {
    return (node, property) => {
      const text = this.text(node, property);
      if (text === undefined) return undefined;
      const found = Object.values(members).find((value) => value === (anyCase ? text.toLowerCase() : text));
      return found === undefined ? this.refuse(node, property, `one of ${Object.values(members).join(', ')}`) : found as T;
    };
  }

  /** The text of a value without quotes and tag. */
  private plain(node: Node): string | undefined {
    return this.yaml.isScalar(node) && this.isPlain(node) ? String(node.value) : undefined;
  }

  private isPlain(node: Scalar): boolean {
    return node.type === 'PLAIN' && node.tag === undefined;
  }

  private isNothing(node: Node | null): boolean {
    if (node === null) return true;
    const value = this.plain(this.resolved(node));
    return value !== undefined && /^(~|null|Null|NULL|)$/.test(value);
  }

  /** What an alias stands for. */
  private resolved(node: Node): Node {
    return this.yaml.isAlias(node) ? node.resolve(this.document) ?? node : node;
  }

  private refuse(node: Node | null, property: string, kind: string): undefined {
    const received = this.yaml.isScalar(node) ? node.value : undefined;
    this.problems.report(rules['schematic-field-kind'], {
      property, ...received === undefined ? {} : { received }, rule: `The factory demands ${kind} here.`, remedy: `Write ${kind}.`,
    });
    return undefined;
  }
}

/** The fields of a mapping that are there. */
class Fields {
  public constructor(private readonly found: ReadonlyMap<string, [Node, string]>) {}

  public value<T>(name: string, read: Reader<T>): T | undefined {
    const field = this.found.get(name);
    return field && read(...field);
  }
}
