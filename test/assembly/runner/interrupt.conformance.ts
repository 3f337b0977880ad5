import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { packerBuildEnvironment, terraformEnvironment, toolPath } from '../../../tools';
import { runChecks } from '../../conformance/check';
import { Deploy, DeployFolder, Step, cleanedUp, command, finished, guests, isRunning, running, until } from './deploy-folder';
import { FakePve } from './fake-pve';

// Real Terraform deploys an image by our program, and is interrupted in every way there is; real Packer is started and interrupted by it.
//     npx tsx test/assembly/runner/interrupt.conformance.ts [--tofu]
const TERRAFORM = process.argv.includes('--tofu') ? 'tofu' : 'terraform';

/** One deploy by Terraform, whose Packer is real or not. */
class TerraformDeploy {
  public static async start(withPacker: boolean): Promise<TerraformDeploy> {
    const pve = await FakePve.start();
    pve.guests.push(guests.base());
    const deploy = new TerraformDeploy(pve, new DeployFolder(pve));
    if (withPacker) deploy.useRealPacker();
    deploy.folder.write();
    deploy.configure();
    await deploy.terraform('init', '-no-color').ended;
    return deploy;
  }

  public readonly stack: string;
  public readonly go: string;

  private constructor(public readonly pve: FakePve, public readonly folder: DeployFolder) {
    this.stack = path.join(folder.path, 'stack');
    this.go = path.join(folder.path, 'go');
    const prints: Step[] = Array.from({ length: 50 }, (_, i) => ['print', `cleaning up, line ${i}`]);
    folder.scenario = { build: [...running, ['hang']], onTerm: [...prints, ['waitFor', this.go], ...cleanedUp, ...prints] };
    Object.assign(folder.environment, terraformEnvironment());
  }

  /** As lib/image/image-deployment.ts writes it. */
  private configure(): void {
    const exec = (step: 'build' | 'destroy') => ({ command: command(step), working_dir: this.folder.path });
    fs.mkdirSync(this.stack);
    fs.writeFileSync(path.join(this.stack, 'cdk.tf.json'), JSON.stringify({
      resource: {
        terraform_data: {
          Ubuntu: {
            triggers_replace: { content: '12' },
            depends_on: ['terraform_data.Ubuntu_Template'],
            lifecycle: { replace_triggered_by: ['terraform_data.Ubuntu_Template'] },
            provisioner: [{ 'local-exec': exec('build') }],
          },
          Ubuntu_Template: {
            triggers_replace: { vm_id: 9102, owner_tag: 'homelab_ubuntu' },
            provisioner: [{
              'local-exec': {
                ...exec('destroy'),
                when: 'destroy',
                environment: {
                  PROXMOX_CONSTRUCTS_VM_ID: '${self.triggers_replace.vm_id}', PROXMOX_CONSTRUCTS_OWNER_TAG: '${self.triggers_replace.owner_tag}',
                },
              },
            }],
          },
        },
      },
    }));
  }

  /** A template that needs no plugin, and goes on until Packer is interrupted. A Packer that ends by itself takes its files out of `TMPDIR`. */
  private useRealPacker(): void {
    this.folder.setPacker(`exec '${toolPath('packer')}' "$@"`);
    Object.assign(this.folder.environment, packerBuildEnvironment(), {
      PATH: `${path.join(this.folder.path, 'bin')}${path.delimiter}${packerBuildEnvironment().PATH}`, TMPDIR: path.join(this.folder.path, 'tmp'),
    });
    fs.mkdirSync(path.join(this.folder.path, 'tmp'));
    fs.writeFileSync(path.join(this.folder.path, 'hcl/image.pkr.hcl'), `
      variable "commit" {}
      variable "proxmox_api_token" { sensitive = true }
      source "null" "image" { communicator = "none" }
      build {
        sources = ["source.null.image"]
        provisioner "shell-local" {
          inline = ["echo Starting VM with $PKR_VAR_proxmox_api_token", "echo $$ > ${this.folder.path}/provisioner", "exec sleep 3600"]
        }
      }`);
  }

  public terraform(...args: string[]): Deploy {
    const child = spawn(toolPath(TERRAFORM), args, { cwd: this.stack, env: this.folder.environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Deploy(child);
  }

  public apply(): Deploy {
    return this.terraform('apply', '-auto-approve', '-no-color');
  }

  public async end(): Promise<void> {
    await this.folder.clean();
    await this.pve.stop();
  }
}

function expect(what: string, holds: boolean, more: string = ''): void {
  if (!holds) throw new Error(`${what}\n${more}`);
}

/** How a deploy is interrupted: what is done to Terraform, or to the runner. */
const WAYS: { readonly [way: string]: (terraform: number, runner: number) => void } = {
  'Ctrl-C in a terminal': (terraform) => process.kill(-terraform, 'SIGINT'),
  'SIGINT to Terraform alone': (terraform) => process.kill(terraform, 'SIGINT'),
  'SIGTERM to Terraform alone': (terraform) => process.kill(terraform, 'SIGTERM'),
  'SIGHUP to Terraform alone': (terraform) => process.kill(terraform, 'SIGHUP'),
  'SIGKILL of Terraform': (terraform) => process.kill(terraform, 'SIGKILL'),
  'SIGKILL of the runner': (_, runner) => process.kill(runner, 'SIGKILL'),
};

async function interrupt(way: string): Promise<void> {
  const deploy = await TerraformDeploy.start(false);
  try {
    const { folder, pve } = deploy;
    const apply = deploy.apply();
    await apply.line('Starting VM');
    await until('the machine runs', () => pve.guest(9102));
    const [packer, runner] = [folder.events.at(-1).pid, folder.runner];
    WAYS[way](apply.shell.pid!, runner);
    const signals = () => folder.events.filter(({ signal }) => signal);
    await until('Packer is told', () => signals().length > 0);
    // Terraform waits for nobody, and its end must not end the cleaning up.
    if (way !== 'SIGKILL of the runner') await until('Terraform ends', () => !isRunning(apply.shell.pid!));
    fs.writeFileSync(deploy.go, '');
    await until('no process is left', () => !isRunning(packer) && !isRunning(runner) && !isRunning(apply.shell.pid!));
    expect('Packer is told once', JSON.stringify(signals()) === '[{"signal":"SIGTERM"}]', JSON.stringify(signals()));
    expect('Packer ends by itself', folder.events.at(-1).exit === 1, JSON.stringify(folder.events));
    expect('no machine is left', pve.guest(9102) === undefined);
    expect('no ISO image is left', pve.isos.size === 0);

    folder.scenario = { build: [...running, ...finished] };
    folder.write();
    const again = await deploy.apply().ended;
    expect('the next deploy builds', again.status === 0 && pve.guest(9102)?.config.template === 1, again.output);
  } finally {
    await deploy.end();
  }
}

async function wholeLife(): Promise<void> {
  const deploy = await TerraformDeploy.start(false);
  try {
    deploy.folder.scenario = { build: [...running, ...finished] };
    deploy.folder.write();
    const apply = await deploy.apply().ended;
    expect('it is built', apply.status === 0 && apply.output.includes('terraform_data.Ubuntu (local-exec): ubuntu is template 9102 on pve.'), apply.output);
    const plan = await deploy.terraform('plan', '-no-color', '-detailed-exitcode').ended;
    expect('a second plan has no changes', plan.status === 0, plan.output);
    const destroy = await deploy.terraform('destroy', '-auto-approve', '-no-color').ended;
    expect('it is destroyed', destroy.status === 0 && deploy.pve.guest(9102) === undefined, destroy.output);
  } finally {
    await deploy.end();
  }
}

async function failure(): Promise<void> {
  const deploy = await TerraformDeploy.start(false);
  try {
    deploy.folder.scenario = { build: [['print', 'no such thing'], ['exit', 7]] };
    deploy.folder.write();
    const { status, output } = await deploy.apply().ended;
    expect('it fails', status === 1 && output.includes('Error: packer build ended with status 7.') && output.includes('exit status 1'), output);
    expect('no secret is printed', !output.includes(deploy.folder.environment.TF_VAR_proxmox_api_token!.split('=')[1]), output);
  } finally {
    await deploy.end();
  }
}

async function realPacker(way: string): Promise<void> {
  const deploy = await TerraformDeploy.start(true);
  try {
    const { folder } = deploy;
    const apply = deploy.apply();
    await apply.line('Starting VM');
    await apply.line('<sensitive>');
    const sleeping = await until('the provisioner runs', () => {
      const file = path.join(folder.path, 'provisioner');
      return fs.existsSync(file) && Number(fs.readFileSync(file, 'utf8'));
    });
    const runner = folder.runner;
    WAYS[way](apply.shell.pid!, runner);
    await until('no process is left', () => ![runner, sleeping, apply.shell.pid!].some(isRunning) && workingIn(`${folder.path}/hcl`).length === 0);
    const left = fs.readdirSync(path.join(folder.path, 'tmp')).filter((name) => name.startsWith('packer-log'));
    expect('Packer ends by itself', left.length === 0, left.join());
  } finally {
    await deploy.end();
  }
}

/** Processes that work in a folder; those of Packer do. */
function workingIn(folder: string): string[] {
  return fs.readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

/** `packer init` asks nobody for plugins that are installed. */
async function installedPlugins(): Promise<void> {
  const deploy = await TerraformDeploy.start(true);
  try {
    const template = path.join(deploy.folder.path, 'hcl/plugins.pkr.hcl');
    fs.writeFileSync(template, `
      packer {
        required_plugins {
          proxmox = {
            source  = "github.com/hashicorp/proxmox"
            version = ">= 1.2.4"
          }
        }
      }`);
    Object.assign(deploy.folder.environment, { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' });
    const { output } = await deploy.folder.start('build', 'cd hcl && packer init . && echo initialized').ended;
    expect('packer init needs no network', /initialized/.test(output), output);
  } finally {
    await deploy.end();
  }
}

const checks = [
  { judge: TERRAFORM, subject: 'apply, plan, destroy', run: wholeLife },
  { judge: TERRAFORM, subject: 'apply that fails', run: failure },
  ...Object.keys(WAYS).map((way) => ({ judge: TERRAFORM, subject: way, run: () => interrupt(way) })),
  { judge: 'packer', subject: 'init with installed plugins and no network', run: installedPlugins },
  ...Object.keys(WAYS).map((way) => ({ judge: 'packer', subject: way, run: () => realPacker(way) })),
];

void runChecks(checks.map(({ run, ...check }) => ({ ...check, run: () => run().then(() => undefined) })), 1).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
});
