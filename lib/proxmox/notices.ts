import { AnnotationMetadataEntryType } from 'cdktf';
import { IConstruct } from 'constructs';
import { Finding, Problems, Rule, ValidationError } from '../core';
import { kept } from '../core/kept';
import { pciRules as rules } from './pci-rules';

/** Codes that are known and not shown any more, in the context of the app, a stack, or any construct above. */
const ACKNOWLEDGED = 'proxmox-constructs:acknowledged';

/**
 * Warns of what may go wrong, unless the code is acknowledged: the CLI of the core shows it with every synth, and goes on.
 * @internal
 */
export function warn(construct: IConstruct, rule: Rule, finding: Finding): void {
  annotate(construct, AnnotationMetadataEntryType.WARN, rule, finding);
}

/**
 * Tells what is good to know, unless the code is acknowledged.
 * @internal
 */
export function inform(construct: IConstruct, rule: Rule, finding: Finding): void {
  annotate(construct, AnnotationMetadataEntryType.INFO, rule, finding);
}

/**
 * Tells something once in an app, whichever construct comes first.
 * @internal
 */
export function informOnce(construct: IConstruct, rule: Rule, finding: Finding): void {
  const told = kept(toldIn, construct.node.root, () => new Set<string>());
  if (told.has(rule.code)) return;
  told.add(rule.code);
  inform(construct, rule, finding);
}

const toldIn = new WeakMap<IConstruct, Set<string>>();

/** The core's own `Annotations` would write where in the program it was called, with the paths of this machine. */
function annotate(construct: IConstruct, level: AnnotationMetadataEntryType, rule: Rule, finding: Finding): void {
  if (acknowledged(construct).includes(rule.code)) return;
  const { message } = new ValidationError('', new Problems('').report(rule, finding).all);
  construct.node.addMetadata(level, message.replace(/^: /, ''));
}

function acknowledged(construct: IConstruct): string[] {
  const value: unknown = construct.node.tryGetContext(ACKNOWLEDGED) ?? [];
  const codes = typeof value === 'string' ? value.split(',').map((code) => code.trim()) : value;
  const isList = Array.isArray(codes) && codes.every((code) => typeof code === 'string');
  new Problems(construct.node.path).check(isList, rules['acknowledged-context'], { property: ACKNOWLEDGED, received: value }).throwIfAny();
  return codes as string[];
}
