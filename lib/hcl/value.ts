import { containsTerraformToken, Problems } from '../core';
import { Expression } from './expression';
import { holdsMarkerRemains, PieceKind, toPieces, toReadable } from './marker';
import { hclRules } from './rules';
import { isIdentifier } from './syntax';

/**
 * A value as the renderers take it: a copy in which nothing is undefined or null, an Expression that is a template is
 * text, and the keys of maps are sorted. What HCL cannot hold is reported.
 *
 * @param property where the value stands, such as `disks[1].size`
 */
export function normalizeValue(problems: Problems, property: string, value: any): any {
  return normalize(problems, property, value, []);
}

/** Reports what HCL cannot hold in a text. */
export function checkText(problems: Problems, property: string, text: string): void {
  if (containsTerraformToken(text)) {
    problems.report(hclRules['hcl-terraform-reference'], { property, received: text });
    return;
  }
  const pieces = toPieces(text);
  for (const piece of pieces) {
    if (piece.kind === PieceKind.LITERAL) {
      checkLiteral(problems, property, piece.text);
    } else if (piece.kind !== PieceKind.EXPRESSION && pieces.length > 1) {
      problems.report(hclRules['hcl-no-expression'], { property, received: toReadable(text) });
    }
  }
}

function checkLiteral(problems: Problems, property: string, literal: string): void {
  const received = holdsMarkerRemains(literal) ? undefined : literal;
  problems
    .check(!holdsMarkerRemains(literal), hclRules['hcl-damaged-expression'], { property })
    .check(!/\p{Surrogate}/u.test(literal), hclRules['hcl-surrogate'], { property, received })
    .check(literal === literal.normalize('NFC'), hclRules['hcl-normalization'], { property, received })
    .check(!/\p{Mark}{31}/u.test(literal.normalize('NFKD')), hclRules['hcl-combining-characters'], { property, received });
}

/** Reports what a comment cannot hold. */
export function checkComment(problems: Problems, comment: string | undefined): void {
  if (comment === undefined) return;
  problems
    // eslint-disable-next-line no-control-regex
    .check(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(comment), hclRules['hcl-comment'], { property: 'comment', received: comment })
    .check(!/\p{Surrogate}/u.test(comment), hclRules['hcl-surrogate'], { property: 'comment', received: comment });
}

function normalize(problems: Problems, property: string, value: any, around: any[]): any {
  switch (typeof value) {
    case 'string':
      checkText(problems, property, value);
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (containsTerraformToken(value)) problems.report(hclRules['hcl-terraform-reference'], { property, received: value });
      else problems.check(Number.isFinite(value), hclRules['hcl-number'], { property, received: value });
      return value;
  }
  if (value instanceof Expression) return value.toString();
  if (around.includes(value)) {
    problems.report(hclRules['hcl-cycle'], { property });
    return undefined;
  }
  const inner = [...around, value];
  if (Array.isArray(value)) {
    return value
      .map((v, i) => v === undefined || v === null ? undefined : normalize(problems, `${property}[${i}]`, v, inner))
      .filter((v) => v !== undefined);
  }
  if (isPlainObject(value)) {
    const entries = Object.entries<any>(value).filter(([, v]) => v !== undefined && v !== null);
    for (const [key] of entries) checkText(problems, propertyOf(property, key), key);
    return Object.fromEntries(entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, v]) => [key, normalize(problems, propertyOf(property, key), v, inner)]));
  }
  if (typeof value?.resolve === 'function') problems.report(hclRules['hcl-terraform-reference'], { property }); // Token, Lazy
  else problems.report(hclRules['hcl-value'], { property, received: spokenOf(value) });
  return undefined;
}

/** An object that does not speak for itself is called by the name of its class. */
function spokenOf(value: any): any {
  if (typeof value !== 'object' || value.toString !== Object.prototype.toString) return value;
  return { toString: () => `an object of the class ${value.constructor?.name ?? 'unknown'}` };
}

function propertyOf(property: string, key: string): string {
  return isIdentifier(key) ? `${property}.${key}` : `${property}[${JSON.stringify(key)}]`;
}

function isPlainObject(value: any): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  // The prototype of plain objects has none itself; comparing with Object.prototype would refuse those of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
