import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CpuType } from '../../lib/core';

test.each(['host', 'max', 'x86-64-v2-AES', 'EPYC-Milan', 'Haswell-noTSX', 'Opteron_G5', '486'])('%s is taken as it is spelt', (name) => {
  expect(CpuType.of(name).name).toBe(name);
  expect(`${CpuType.of(name)}`).toBe(name);
});

test.each([
  ['host,flags=+aes', 'flags are taken by neither tool'],
  ['custom-mine', 'the Packer plugin knows no custom models'],
  ['EPYC-Genoa', 'unknown to the Packer plugin'],
  ['Nehalem', 'misspelt in the Packer plugin'],
  ['IvyBridge-IBRS', 'never found by the Packer plugin'],
  ['Cascadelake-Server-v2', 'written as -V2 by the Packer plugin'],
  ['HOST', 'Proxmox VE spells it differently'],
  ['', 'empty'],
])('%s is refused: %s', (name) => {
  expect(() => CpuType.of(name)).toThrow(`CpuType.of: [cpu-type-unknown] name, got: "${name}"`);
});

test('the members are models that can be had by name', () => {
  const members = Object.values(CpuType).filter((member): member is CpuType => member instanceof CpuType);
  expect(members).toHaveLength(15);
  expect(members.map((member) => CpuType.of(member.name).name)).toEqual(members.map((member) => member.name));
});

test('the list is without doubles', () => {
  const source = readFileSync(join(__dirname, '../../lib/core/cpu-type.ts'), 'utf8');
  const names = [.../new Set\(\[([^\]]*)\]/.exec(source)![1].matchAll(/'([^']+)'/g)].map(([, name]) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names.filter((name) => CpuType.of(name).name !== name)).toEqual([]);
});

test('models that are older than x86-64-v2', () => {
  const source = readFileSync(join(__dirname, '../../lib/core/cpu-type.ts'), 'utf8');
  const [all, old] = [...source.matchAll(/new Set\(\[([^\]]*)\]/g)].map(([, list]) => [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name));
  expect(all.filter((name) => !CpuType.of(name).isX86_64V2)).toEqual(all.filter((name) => old.includes(name)));
  // A name that is no model would be in one list only.
  expect(old.filter((name) => !all.includes(name))).toEqual([]);
  expect(['host', 'max', 'x86-64-v2', 'Opteron_G4', 'Westmere', 'SandyBridge'].filter((name) => !CpuType.of(name).isX86_64V2)).toEqual([]);
  expect(['qemu64', 'kvm64', 'Conroe', 'Opteron_G3'].filter((name) => CpuType.of(name).isX86_64V2)).toEqual([]);
});
