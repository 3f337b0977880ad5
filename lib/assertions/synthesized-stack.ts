import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, TerraformStack } from 'cdktf';

/** Called with a fresh stack, to fill it. */
export interface IStackProgram {
  /** Creates what is to be synthesized. */
  define(stack: TerraformStack): void;
}

/**
 * A stack as it is written: the Terraform configuration and every file of its images.
 *
 *     const written = SynthesizedStack.of({ define: (stack) => { new ProxmoxVe(stack, 'Pve', { … }); … } });
 *     expect(written.packerTemplate('ubuntu').source['proxmox-clone'].ubuntu.memory).toBe(4096);
 */
export class SynthesizedStack {
  /**
   * Writes a stack of an app of its own to a folder that is deleted again, and reads it back.
   * @param program fills the stack
   * @param stackName id of the stack
   */
  public static of(program: IStackProgram, stackName: string = 'test'): SynthesizedStack {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-'));
    try {
      const app = new App({ outdir });
      program.define(new TerraformStack(app, stackName));
      app.synth();
      return SynthesizedStack.fromFolder(path.join(outdir, 'stacks', stackName));
    } finally {
      fs.rmSync(outdir, { recursive: true, force: true });
    }
  }

  /** Reads what was written by an earlier synth: a folder such as `cdktf.out/stacks/homelab`. */
  public static fromFolder(folder: string): SynthesizedStack {
    const names = fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'));
    return new SynthesizedStack(Object.fromEntries(names.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')])));
  }

  private constructor(
    /** All files of the stack by their path below its folder. */
    public readonly files: { readonly [path: string]: string },
  ) {}

  /** The Terraform configuration. */
  public get configuration(): any {
    return JSON.parse(this.files['cdk.tf.json']);
  }

  /** Names of the folders below `packer/`, one for each image. */
  public get images(): string[] {
    return [...new Set(Object.keys(this.files).map((name) => /^packer\/([^/]+)\//.exec(name)?.[1]).filter((name) => name !== undefined))];
  }

  /**
   * The Packer template of an image, as its JSON form.
   * @param image name of its folder below `packer/`
   */
  public packerTemplate(image: string): any {
    return JSON.parse(this.textOf(`packer/${image}/json/`, '.pkr.json'));
  }

  /**
   * The Packer template of an image, as its HCL form.
   * @param image name of its folder below `packer/`
   */
  public packerHcl(image: string): string {
    return this.textOf(`packer/${image}/hcl/`, '.pkr.hcl');
  }

  private textOf(folder: string, ending: string): string {
    const name = Object.keys(this.files).find((file) => file.startsWith(folder) && file.endsWith(ending));
    if (name === undefined) {
      throw new Error(`There is no ${folder}*${ending}; the stack has images: ${this.images.join(', ') || 'none'}.`);
    }
    return this.files[name];
  }
}
