import { PveVersion } from '../version';

const families: { readonly [family: string]: readonly string[] } = {
  'Haswell': ['', '-IBRS', '-noTSX', '-noTSX-IBRS'],
  'Broadwell': ['', '-IBRS', '-noTSX', '-noTSX-IBRS'],
  'Nehalem': ['', '-IBRS'],
  'Westmere': ['', '-IBRS'],
  'SandyBridge': ['', '-IBRS'],
  'IvyBridge': ['', '-IBRS'],
  'Skylake-Client': ['', '-IBRS', '-noTSX-IBRS', '-v4'],
  'Skylake-Server': ['', '-IBRS', '-noTSX-IBRS', '-v4', '-v5'],
  'Cascadelake-Server': ['', '-v2', '-noTSX', '-v4', '-v5'],
  'Cooperlake': ['', '-v2'],
  'Icelake-Client': ['', '-noTSX'],
  'Icelake-Server': ['', '-noTSX', '-v3', '-v4', '-v5', '-v6'],
  'SapphireRapids': ['', '-v2'],
  'Opteron_G': ['1', '2', '3', '4', '5'],
  'EPYC': ['', '-IBPB', '-v3', '-v4', '-Rome', '-Rome-v2', '-Rome-v3', '-Rome-v4', '-Milan', '-Milan-v2', '-Genoa'],
};
const single = ['486', 'pentium', 'pentium2', 'pentium3', 'coreduo', 'core2duo', 'Conroe', 'Penryn', 'KnightsMill', 'GraniteRapids', 'athlon', 'phenom'];
const generic = ['host', 'kvm32', 'kvm64', 'qemu32', 'qemu64', 'max'];
const since9 = [
  'ClearwaterForest', 'EPYC-Genoa-v2', 'EPYC-Milan-v3', 'EPYC-Rome-v5', 'EPYC-Turin', 'EPYC-v5', 'GraniteRapids-v2', 'GraniteRapids-v3', 'Icelake-Server-v7',
  'SapphireRapids-v3', 'SapphireRapids-v4', 'SierraForest', 'SierraForest-v2', 'SierraForest-v3',
];

/** Models that PVE makes of others and flags. @internal */
export const builtInCpuModels: readonly string[] = ['x86-64-v2', 'x86-64-v2-AES', 'x86-64-v3', 'x86-64-v4'];

/** The models of QEMU that a release knows, in the order in which it lists them. @internal */
export function cpuModels({ line }: PveVersion): readonly string[] {
  const models = [...Object.entries(families).flatMap(([name, variants]) => variants.map((variant) => `${name}${variant}`)), ...single, ...generic];
  return [...models, ...line === '9.1' ? since9 : []].sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}

/** The flags that a machine may turn on or off. @internal */
export function cpuFlags({ line }: PveVersion): readonly string[] {
  return line === '8.4'
    ? ['pcid', 'spec-ctrl', 'ibpb', 'ssbd', 'virt-ssbd', 'amd-ssbd', 'amd-no-ssb', 'pdpe1gb', 'md-clear', 'hv-tlbflush', 'hv-evmcs', 'aes']
    : ['nested-virt', 'md-clear', 'pcid', 'spec-ctrl', 'ssbd', 'ibpb', 'virt-ssbd', 'amd-ssbd', 'amd-no-ssb', 'pdpe1gb', 'hv-tlbflush', 'hv-evmcs', 'aes'];
}
