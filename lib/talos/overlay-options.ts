import { Problems } from '../core';
import { CanonicalValue, readsAsOther } from './canonical-yaml';
import { schematicRules as rules } from './schematic-rules';

/** No more digits in a row than the factory compares as one number. */
const NAME = /^(?!.*\d{16})[A-Za-z0-9_.-]{1,64}$/;

/**
 * Options of an overlay in the order in which the factory writes them. Notes what is none.
 *
 * @param say told of each text, with the property it belongs to
 */
export function overlayOptions(problems: Problems, property: string, value: any, say: (property: string, text: string) => void): CanonicalValue {
  if (typeof value === 'string') {
    say(property, value);
    return value;
  }
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return value;
  if (Array.isArray(value)) return value.map((item, i) => overlayOptions(problems, `${property}[${i}]`, item, say));
  if (typeof value !== 'object' || value === null || ![Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    problems.report(rules['schematic-overlay-option'], { property, received: value });
    return '';
  }
  const names = Object.keys(value).sort((a, b) => (standsBefore(a, b) ? -1 : 1));
  return new Map(names.map((name): [string, CanonicalValue] => {
    const place = `${property}.${name}`;
    problems.check(NAME.test(name), rules['schematic-overlay-option'], { property: place });
    say(place, name);
    return [name, overlayOptions(problems, place, value[name], say)];
  }));
}

/** What a text without quotes is among the options of an overlay; undefined for what is none of the values that are taken. */
export function plainOption(text: string): CanonicalValue | undefined {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  if (/^-?[1-9]\d*$|^0$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  return readsAsOther(text) ? undefined : text;
}

/** Whether the factory writes a name before another: numbers in names by their value, digits after letters where none went before. */
function standsBefore(a: string, b: string): boolean {
  let afterDigit = false;
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    if (a[i] === b[i]) {
      afterDigit = isDigit(a[i]);
      continue;
    }
    const [letterA, letterB] = [/[A-Za-z]/.test(a[i]), /[A-Za-z]/.test(b[i])];
    if (letterA && letterB) return a[i] < b[i];
    if (letterA || letterB) return afterDigit ? letterA : letterB;
    // Zeros within a number count; those at its beginning do not.
    const within = (a[i] === '0' || b[i] === '0') && /[1-9]\d*$/.test(a.slice(0, i));
    const [digitsA, digitsB] = [a, b].map((name) => /^\d*/.exec(name.slice(i))![0]);
    const [numberA, numberB] = [digitsA, digitsB].map((digits) => Number(`${within ? 1 : ''}${digits}`));
    if (numberA !== numberB) return numberA < numberB;
    if (digitsA.length !== digitsB.length) return digitsA.length < digitsB.length;
    return a[i] < b[i];
  }
  return a.length < b.length;
}

function isDigit(character: string): boolean {
  return /\d/.test(character);
}
