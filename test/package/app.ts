import * as fs from 'node:fs';
import * as path from 'node:path';
import { Outcome, run } from '../../tools';
import { Core, forCore, Variant } from './variants';

/** As `cdktf init --template typescript` writes it, but libraries are checked, and the module options are left to each program. */
const compilerOptions = {
  alwaysStrict: true,
  declaration: true,
  experimentalDecorators: true,
  inlineSourceMap: true,
  inlineSources: true,
  lib: ['es2018'],
  noEmitOnError: true,
  noFallthroughCasesInSwitch: true,
  noImplicitAny: true,
  noImplicitReturns: true,
  noImplicitThis: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  resolveJsonModule: true,
  strict: true,
  strictNullChecks: true,
  strictPropertyInitialization: true,
  stripInternal: true,
  target: 'ES2018',
  skipLibCheck: false,
  types: ['node'],
};

/** A fresh folder in which a stranger has installed the package and one of the cores. */
export class StrangersApp {
  public constructor(public readonly folder: string, public readonly core: Core) {}

  /** Installs the package from its tarball, as npm does it for a user. */
  public install(tarball: string, typescript: string): Promise<Outcome> {
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(path.join(this.folder, 'package.json'), JSON.stringify({
      name: `strangers-${this.core.name}-app`,
      version: '1.0.0',
      private: true,
      engines: { node: '>=20.9' },
      dependencies: { [this.core.name]: this.core.version, 'constructs': this.core.constructs, 'proxmox-constructs': `file:${tarball}` },
      devDependencies: { '@types/node': '^20', typescript },
    }, undefined, 2));
    return run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: this.folder });
  }

  /** Writes a program that is written for cdktf. */
  public write(name: string, variant: Variant, program: string): void {
    const folder = path.join(this.folder, name);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: variant.type }));
    fs.writeFileSync(path.join(folder, 'main.ts'), forCore(program, this.core));
    fs.writeFileSync(path.join(folder, 'cdktf.json'), JSON.stringify({ language: 'typescript', app: 'node main.js', projectId: name, sendCrashReports: 'false' }));
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { ...compilerOptions, ...variant.compilerOptions }, include: ['**/*.ts'], exclude: ['node_modules', 'cdktf.out'],
    }));
  }

  /** Compiles a program, with the libraries it uses. */
  public compile(name: string): Promise<Outcome> {
    return run(process.execPath, [path.join(this.folder, 'node_modules/typescript/bin/tsc'), '-p', path.join(this.folder, name)]);
  }

  /** Runs a compiled program; it writes to `cdktf.out` beside it. */
  public run(name: string): Promise<Outcome> {
    return run(process.execPath, ['main.js'], { cwd: path.join(this.folder, name), env: { CDKTF_OUTDIR: undefined, NODE_PATH: undefined } });
  }

  /** Output of a program that has run. */
  public output(name: string): string {
    return path.join(this.folder, name, 'cdktf.out');
  }
}
