/** A core with the versions of everything that a program on it has installed. */
export interface Core {
  readonly name: 'cdktf' | 'cdktn';
  readonly version: string;
  readonly constructs: string;
  /** What stands before a subpath of the package. */
  readonly library: string;
}

/** The cores, each with the oldest `constructs` it works with. */
export const cores: readonly Core[] = [
  { name: 'cdktf', version: '0.21.0', constructs: '10.4.2', library: 'proxmox-constructs' },
  { name: 'cdktn', version: '0.24.0', constructs: '10.6.0', library: 'proxmox-constructs/cdktn' },
];

/** A kind of module, and how the compiler finds others from it. */
export interface Variant {
  readonly name: string;
  readonly type: 'commonjs' | 'module';
  readonly compilerOptions: { readonly module: string; readonly moduleResolution: string };
}

/** What programs are written as; `node10` is what `cdktf init` makes. */
export const variants: readonly Variant[] = [
  { name: 'cjs-node10', type: 'commonjs', compilerOptions: { module: 'CommonJS', moduleResolution: 'node10' } },
  { name: 'cjs-node16', type: 'commonjs', compilerOptions: { module: 'Node16', moduleResolution: 'Node16' } },
  { name: 'esm-node16', type: 'module', compilerOptions: { module: 'Node16', moduleResolution: 'Node16' } },
  { name: 'esm-bundler', type: 'module', compilerOptions: { module: 'ESNext', moduleResolution: 'Bundler' } },
];

/** What a program written for cdktf is on another core: its two imports have other names. */
export function forCore(program: string, core: Core): string {
  return program.replaceAll("from 'cdktf'", `from '${core.name}'`).replaceAll("from 'proxmox-constructs", `from '${core.library}`);
}
