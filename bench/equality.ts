import * as fs from 'fs';

/**
 * Where two configurations say different things to Terraform; empty where they are equal.
 *
 * Left aside are only: the core's metadata under `//` (construct paths), members that are null, and whether a block that can occur
 * once is written as an object (generated bindings) or as a list of one (the library), which Terraform reads as the same.
 */
export function differences(fileA: string, fileB: string): string[] {
  const found: string[] = [];
  compare(normalize(read(fileA)), normalize(read(fileB)), [], found);
  return found;
}

function read(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function normalize(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normalize);
    return items.length === 1 && isObject(items[0]) ? items[0] : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value)
    .filter(([key, member]) => key !== '//' && member !== null)
    .map(([key, member]) => [key, normalize(member)]));
}

function compare(a: unknown, b: unknown, at: string[], found: string[]): void {
  if ((isObject(a) && isObject(b)) || (Array.isArray(a) && Array.isArray(b))) {
    const [left, right] = [Object(a), Object(b)];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(left[key], right[key], [...at, key], found);
    }
  } else if (a !== b) {
    found.push(`${at.join('.')}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
  }
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
