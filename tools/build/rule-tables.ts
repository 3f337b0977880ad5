import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Rule } from '../../lib/core';
import { rooms } from '../../projenrc/rooms';

const lib = path.resolve(__dirname, '../../lib');

/** A table made by `ruleTable`, and where it stands. */
export interface RuleTable {
  readonly room: string;
  /** Path of the file below the repository. */
  readonly file: string;
  /** Name of the constant. */
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** Every table of rules, in the order of the rooms. */
export function ruleTables(): RuleTable[] {
  return rooms.flatMap((room) => ruleFiles(room).flatMap((file) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const exported: { [name: string]: { [code: string]: Rule } } = require(path.join(lib, room, file));
    return Object.entries(exported).map(([name, table]) => ({ room, file: `lib/${room}/${file}`, name, rules: Object.values(table) }));
  }));
}

function ruleFiles(room: string): string[] {
  const folder = path.join(lib, room);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((name) => /^(.+-)?rules\.ts$/.test(name))
    .sort((a, b) => Number(b === 'rules.ts') - Number(a === 'rules.ts') || (a < b ? -1 : 1));
}
