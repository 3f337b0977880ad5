import { inspect } from 'util';
import { Duration, OsType, Size, ValidationError } from '../../lib';

/** What may stand in a property of a program in plain JavaScript, whatever the property is. */
export const ANY_VALUES: readonly any[] = [
  undefined, null, '', ' ', 'a b', '${x}', 'a%{x}', 'a"b', 'a\nb', '{{x}}', 'ünï', 'a\ud800', 0, -1, NaN, Infinity, 1.5, 1e21, true, [], {}, [null], [undefined], () => 1, Symbol('x'), 1n,
  new Date(0), new Map(), Size.tebibytes(5000), Duration.seconds(0), OsType.OTHER, Object.create(null), 'x'.repeat(300), '__proto__',
];

/** What came of values in properties. */
export interface Outcome {
  /** What was thrown that is no refusal. */
  readonly thrown: string[];
  /** How often nothing was refused. */
  readonly taken: number;
}

/** Makes something with every value in every property. */
export function withEvery(properties: readonly string[], values: readonly any[], make: (property: string, value: any, count: number) => unknown): Outcome {
  const thrown: string[] = [];
  let count = 0;
  let taken = 0;
  for (const property of properties) {
    for (const value of values) {
      try {
        make(property, value, count++);
        taken += 1;
      } catch (error) {
        if (!(error instanceof ValidationError)) thrown.push(`${property} = ${inspect(value)}: ${error}`);
      }
    }
  }
  return { thrown, taken };
}

/** The properties with one of them, which may be within others (`a.b`, `a.0`), set to a value; objects and lists on the way are made. */
export function withValue(props: any, property: string, value: any): any {
  const [name, ...rest] = property.split('.');
  const copy = Array.isArray(props) ? [...props] : { ...props };
  copy[name] = rest.length === 0 ? value : withValue(copy[name] ?? (/^\d/.test(rest[0]) ? [] : {}), rest.join('.'), value);
  return copy;
}
