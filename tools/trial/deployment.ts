import * as fs from 'node:fs';
import * as path from 'node:path';
import { Environment, Outcome, packerBuildEnvironment, run, terraformEnvironment, tool, toolPath } from '..';

const root = path.resolve(__dirname, '../..');

/** A program that is deployed, and on what. */
export interface DeploymentProps {
  /** The folder of the program, with its main.ts. */
  readonly program: string;
  /** Where the output and the state go; empty. */
  readonly folder: string;
  /** `cdktf` or `cdktn`. @default 'cdktf' */
  readonly core?: string;
  /** Terraform or OpenTofu. @default 'terraform' */
  readonly terraform?: 'terraform' | 'tofu';
  /** The server's certificate authority, in PEM. */
  readonly certificate: string;
  /** The whole API token. */
  readonly apiToken: string;
  /** Added to what the program and the tools see. */
  readonly environment?: Environment;
  /** Told of what Terraform prints, as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The context of the app. */
  readonly context?: { readonly [name: string]: string };
}

/** What a stack's configuration has of one kind. */
export interface TerraformConfiguration {
  readonly resource?: { readonly [type: string]: { readonly [name: string]: any } };
}

/** A program's way to the server with the real tools: synthesized, then deployed as `cdktf deploy` does it. */
export class Deployment {
  /** The folder of the synthesized stack. */
  public readonly stack: string;
  private readonly environment: Environment;

  public constructor(private readonly props: DeploymentProps) {
    const certificates = path.join(props.folder, 'authority.pem');
    fs.mkdirSync(props.folder, { recursive: true });
    fs.writeFileSync(certificates, props.certificate);
    this.stack = path.join(props.folder, 'cdktf.out/stacks');
    this.environment = {
      ...packerBuildEnvironment(),
      ...terraformEnvironment(),
      PATH: `${path.dirname(toolPath('packer'))}${path.delimiter}${packerBuildEnvironment().PATH}`,
      SSL_CERT_FILE: certificates,
      NODE_EXTRA_CA_CERTS: certificates,
      XDG_STATE_HOME: path.join(props.folder, 'state'),
      TF_VAR_proxmox_api_token: props.apiToken,
      ...props.environment,
    };
  }

  /** Synthesizes the program, which has one stack. */
  public async synthesize(): Promise<void> {
    const { core = 'cdktf', context, program, folder } = this.props;
    const output = path.join(folder, 'cdktf.out');
    const tsconfig = path.join(root, core === 'cdktn' ? 'tsconfig.cdktn.json' : 'tsconfig.json');
    const { status, output: said } = await run(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', tsconfig, 'main.ts'], {
      cwd: program, env: { ...this.environment, CDKTF_OUTDIR: output, CDKTF_CONTEXT_JSON: JSON.stringify(context ?? {}) },
    });
    if (status !== 0) throw new Error(`${path.basename(program)} does not synthesize: ${said}`);
    const stacks = fs.readdirSync(path.join(output, 'stacks'));
    if (stacks.length !== 1) throw new Error(`expected one stack, not ${stacks.join(', ')}`);
    (this as { stack: string }).stack = path.join(output, 'stacks', stacks[0]);
  }

  /** The configuration as it was synthesized. */
  public get configuration(): TerraformConfiguration {
    return JSON.parse(fs.readFileSync(path.join(this.stack, 'cdk.tf.json'), 'utf8'));
  }

  public init(): Promise<Outcome> {
    return this.terraform('init', '-no-color');
  }

  public apply(...more: string[]): Promise<Outcome> {
    return this.terraform('apply', '-no-color', '-auto-approve', ...more);
  }

  /** Plans: status 0 when nothing is to be changed, 2 when something is. */
  public plan(...more: string[]): Promise<Outcome> {
    return this.terraform('plan', '-no-color', '-detailed-exitcode', ...more);
  }

  public destroy(...more: string[]): Promise<Outcome> {
    return this.terraform('destroy', '-no-color', '-auto-approve', ...more);
  }

  /** Any command of Terraform in the folder of the stack. */
  public async terraform(...args: string[]): Promise<Outcome> {
    const program = this.props.terraform ?? 'terraform';
    return run(program === 'tofu' ? toolPath('tofu') : tool('terraform').path, [`-chdir=${this.stack}`, ...args], {
      cwd: this.stack, env: this.environment, timeoutSeconds: 1500, onOutput: this.props.onOutput,
    });
  }
}
