/*
 * Terraform works with the stand-in for the provider of Talos as it does with the provider:
 * `npx tsx test/talos/provider-stand-in.conformance.ts`. The last line is `N passed, N failed`.
 *
 * A hand-written cluster of two machines is planned, applied, planned again, changed and destroyed. What the provider or a machine would
 * refuse is refused, and all names and types are those of the facts.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run, terraformEnvironment, tool, toolPath, ToolUnavailable } from '../../tools';
import { Report } from '../support/report';

const FACTS = path.join(__dirname, '../../tools/bindings/talos-0.12.json');
const QEMU_GUEST_AGENT = 'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515';

const REQUIREMENTS = `terraform {
  required_providers {
    talos = {
      source  = "siderolabs/talos"
      version = "0.12.0"
    }
  }
}
`;

const CLUSTER = `${REQUIREMENTS}
variable "contract" {
  default = "v1.13"
}
variable "workers" {
  default = 1
}
variable "patches" {
  type    = list(any)
  default = []
}
locals {
  nodes = merge({ "cp-1" = "192.0.2.11" }, { for i in range(var.workers) : "w-\${i + 1}" => "192.0.2.\${21 + i}" })
}
resource "talos_image_factory_schematic" "this" {
  schematic = yamlencode({ customization = { systemExtensions = { officialExtensions = ["siderolabs/qemu-guest-agent"] } } })
  lifecycle {
    postcondition {
      condition     = self.id == "${QEMU_GUEST_AGENT}"
      error_message = "The id is \${self.id}."
    }
  }
}
data "talos_image_factory_urls" "this" {
  talos_version = "v1.13.9"
  schematic_id  = "${QEMU_GUEST_AGENT}"
  platform      = "nocloud"
}
resource "talos_machine_secrets" "this" {
  talos_version = "v1.13"
}
data "talos_machine_configuration" "this" {
  for_each           = local.nodes
  cluster_name       = "home"
  cluster_endpoint   = "https://192.0.2.11:6443"
  machine_type       = startswith(each.key, "cp") ? "controlplane" : "worker"
  machine_secrets    = talos_machine_secrets.this.machine_secrets
  talos_version      = var.contract
  kubernetes_version = "1.34.1"
  config_patches = concat(
    [jsonencode({ apiVersion = "v1alpha1", kind = "HostnameConfig", auto = "off", hostname = each.key })],
    [for patch in var.patches : jsonencode(patch)],
  )
}
data "talos_client_configuration" "this" {
  cluster_name         = "home"
  client_configuration = talos_machine_secrets.this.client_configuration
  endpoints            = ["192.0.2.11"]
}
resource "talos_machine_configuration_apply" "this" {
  for_each                    = local.nodes
  node                        = each.value
  client_configuration        = talos_machine_secrets.this.client_configuration
  machine_configuration_input = data.talos_machine_configuration.this[each.key].machine_configuration
  on_destroy                  = { reset = startswith(each.key, "w") }
}
resource "talos_machine_bootstrap" "this" {
  depends_on           = [talos_machine_configuration_apply.this["cp-1"]]
  node                 = "192.0.2.11"
  client_configuration = talos_machine_secrets.this.client_configuration
}
resource "talos_cluster_kubeconfig" "this" {
  depends_on           = [talos_machine_bootstrap.this]
  node                 = "192.0.2.11"
  client_configuration = talos_machine_secrets.this.client_configuration
}
output "installer" {
  value = data.talos_image_factory_urls.this.urls.installer
}
output "host" {
  value = talos_cluster_kubeconfig.this.kubernetes_client_configuration.host
}
output "talosconfig" {
  value     = data.talos_client_configuration.this.talos_config
  sensitive = true
}
`;

const EPHEMERAL = `${REQUIREMENTS}
resource "talos_machine_secrets" "this" {
  talos_version = "v1.13"
}
ephemeral "talos_machine_configuration" "this" {
  cluster_name       = "home"
  cluster_endpoint   = "https://192.0.2.11:6443"
  machine_type       = "controlplane"
  machine_secrets    = talos_machine_secrets.this.machine_secrets
  talos_version      = "v1.13"
  kubernetes_version = "1.34.1"
}
resource "talos_machine_configuration_apply" "this" {
  node                           = "192.0.2.11"
  client_configuration_wo        = talos_machine_secrets.this.client_configuration
  machine_configuration_input_wo = ephemeral.talos_machine_configuration.this.machine_configuration
}
`;

interface Step {
  readonly status: number;
  readonly output: string;
}

/** One folder with a configuration, and the journal of the stand-in. */
class Project {
  private readonly journal: string;
  private read = 0;

  public constructor(private readonly folder: string, text: string) {
    fs.mkdirSync(folder);
    this.journal = path.join(folder, 'journal');
    this.write(text);
  }

  public write(text: string): void {
    fs.writeFileSync(path.join(this.folder, 'main.tf'), text);
  }

  public file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Runs a command with the variables, if any. */
  public async terraform(command: string, args: readonly string[] = [], variables: object = {}): Promise<Step> {
    fs.writeFileSync(path.join(this.folder, 'terraform.tfvars.json'), JSON.stringify(variables));
    return run(toolPath('terraform'), [...command.split(' '), ...['output', 'state pull', 'providers schema'].includes(command) ? [] : ['-no-color'], ...args], {
      cwd: this.folder,
      env: { ...terraformEnvironment(), PROXMOX_CONSTRUCTS_TALOS_STAND_IN_RECORD: this.journal },
    });
  }

  /** What was done since the last time, in the words of the journal. */
  public calls(): string[] {
    const lines = fs.existsSync(this.journal) ? fs.readFileSync(this.journal, 'utf8').trim().split('\n') : [];
    const calls = lines.slice(this.read).map((line) => {
      const { type, what, node = '', note = '' } = JSON.parse(line);
      return [type.replace('talos_', ''), what, node, note].filter(Boolean).join(' ');
    });
    this.read = lines.length;
    return calls;
  }

  public secrets(): string {
    return fs.readFileSync(this.journal, 'utf8');
  }

  public async state(): Promise<Record<string, Record<string, unknown>>> {
    const { resources } = JSON.parse((await this.terraform('state pull')).output) as {
      resources: { type: string; instances: { index_key?: string; attributes: Record<string, unknown> }[] }[];
    };
    return Object.fromEntries(resources.flatMap(({ type, instances }) =>
      instances.map(({ index_key: key, attributes }) => [key === undefined ? type : `${type}[${key}]`, attributes])));
  }
}

/** The schemas without what the facts leave out. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'description_kind').map(([name, inner]) => [name, bare(inner)]));
}

async function schema(report: Report, project: Project): Promise<void> {
  report.section('Names and types');
  const told = JSON.parse((await project.terraform('providers schema', ['-json'])).output);
  const [served] = Object.values(told.provider_schemas) as Record<string, Record<string, unknown>>[];
  const [facts] = Object.values(JSON.parse(fs.readFileSync(FACTS, 'utf8')).provider_schemas) as Record<string, Record<string, unknown>>[];
  for (const section of ['resource_schemas', 'data_source_schemas', 'ephemeral_resource_schemas']) {
    report.equal(`${section}: the same names`, Object.keys(served[section]).sort(), Object.keys(facts[section]).sort());
    for (const [name, one] of Object.entries(facts[section])) report.equal(`${section}: ${name}`, bare(served[section][name]), bare(one));
  }
  report.equal('the provider itself', bare(served.provider), bare(facts.provider));
}

async function lifecycle(report: Report, project: Project): Promise<void> {
  report.section('A cluster');
  report.match('validate', (await project.terraform('validate')).output, /Success! The configuration is valid/);
  const planned = await project.terraform('plan');
  report.match('plan', planned.output, /Plan: 6 to add, 0 to change, 0 to destroy/);
  report.match('the address of an image is known at plan', planned.output, new RegExp(`factory\\.talos\\.dev/nocloud-installer/${QEMU_GUEST_AGENT}:v1\\.13\\.9`));
  report.match('apply', (await project.terraform('apply', ['-auto-approve'])).output, /Apply complete! Resources: 6 added/);
  const calls = project.calls();
  report.equal('everything is done once', [...calls].sort(), [
    'cluster_kubeconfig create 192.0.2.11',
    `image_factory_schematic create ${QEMU_GUEST_AGENT}`,
    'machine_bootstrap create 192.0.2.11',
    'machine_configuration_apply create 192.0.2.11 controlplane, mode auto',
    'machine_configuration_apply create 192.0.2.21 worker, mode auto',
    'machine_secrets create v1.13',
  ]);
  report.equal('in the order of the configuration', calls.filter((call) => /^machine_(secrets|bootstrap)|controlplane|kubeconfig/.test(call)).map((call) => call.split(' ')[0]),
    ['machine_secrets', 'machine_configuration_apply', 'machine_bootstrap', 'cluster_kubeconfig']);
  const state = await project.state();
  report.match('the secrets are real', Buffer.from((state.talos_machine_secrets as any).machine_secrets.certs.k8s.cert, 'base64').toString(), /^-----BEGIN CERTIFICATE-----/);
  report.match('the machine configuration, too', String(state['talos_machine_configuration[w-1]'].machine_configuration), /^version: v1alpha1\n[^]*\n {4}type: worker\n[^]*\nhostname: w-1\n/);
  report.match('talosconfig', (await project.terraform('output', ['-raw', 'talosconfig'])).output, /^context: home\ncontexts:\n {4}home:\n {8}endpoints:\n {12}- 192\.0\.2\.11\n/);
  report.without('the journal knows no secret', project.secrets(), /BEGIN|LS0t|token/);
  report.equal('a second plan is empty', (await project.terraform('plan', ['-detailed-exitcode'])).status, 0);
  report.match('more workers', (await project.terraform('apply', ['-auto-approve'], { workers: 2 })).output, /Resources: 1 added, 0 changed, 0 destroyed/);
  report.equal('only the new one is talked to', project.calls(), ['machine_configuration_apply create 192.0.2.22 worker, mode auto']);
  const patched = { workers: 1, patches: [{ machine: { sysctls: { 'vm.max_map_count': '262144' } } }] };
  report.match('a worker less, and a patch', (await project.terraform('apply', ['-auto-approve'], patched)).output, /Resources: 0 added, 2 changed, 1 destroyed/);
  report.equal('the worker is reset', project.calls().filter((call) => call.includes('delete')), ['machine_configuration_apply delete 192.0.2.22 reset, graceful true, reboot false']);
  report.equal('a second plan is empty again', (await project.terraform('plan', ['-detailed-exitcode'], patched)).status, 0);
}

async function refusals(report: Report, project: Project): Promise<void> {
  report.section('What is refused');
  const control = async (what: string, before: string, after: string, expected: RegExp, command = 'validate') => {
    project.write(CLUSTER.replace(before, after));
    const { status, output } = await project.terraform(command);
    report.match(what, `status ${status} ${output.replace(/[\s│]+/g, ' ')}`, new RegExp(`^status 1 .*${expected.source}`));
  };
  await control('a wrong type', 'workers" {\n  default = 1', 'workers" {\n  default = 1\n}\nresource "talos_machine_bootstrap" "wrong" {\n  node = ["192.0.2.11"]', /Inappropriate value for attribute "node": string required/);
  await control('a name that is not there', 'platform      = "nocloud"', 'plattform     = "nocloud"', /An argument named "plattform" is not expected here/);
  await control('a platform that is not there', '"nocloud"', '"proxmox"', /Attribute platform value must be one of/);
  await control('an endpoint without a scheme', '"https://192.0.2.11:6443"', '"192.0.2.11"', /no scheme and port specified for the cluster endpoint URL/);
  await control('neither a configuration nor one that is not stored', 'machine_configuration_input =', 'apply_mode =', /Exactly one of machine_configuration_input or machine_configuration_input_wo must be set/);
  await control('a patch with an unknown field', '[for patch', '[jsonencode({ machine = { nosuch = 1 } })], [for patch', /config_patches are invalid .*unknown keys found during decoding: machine: nosuch: 1/, 'plan');
  project.write(CLUSTER);
  const classic = [{ cluster: { network: { cni: { name: 'none' } } } }];
  report.equal('a classic patch is right under contract 1.13', (await project.terraform('plan', [], { contract: 'v1.13', patches: classic })).status, 0);
  const refused = await project.terraform('plan', [], { contract: 'v1.14', patches: classic });
  report.equal('and fails under contract 1.14', refused.status, 1);
  report.match('as the node would say', refused.output, /the node would refuse this machine configuration[^]*flannel/i);
  report.equal('contract 1.14 itself is right', (await project.terraform('plan', [], { contract: 'v1.14' })).status, 0);
}

async function end(report: Report, project: Project): Promise<void> {
  report.section('The end');
  report.match('destroy', (await project.terraform('destroy', ['-auto-approve'])).output, /Destroy complete! Resources: 6 destroyed/);
  report.equal('in the opposite order', project.calls().filter((call) => /kubeconfig|bootstrap|secrets|\.11$/.test(call)), [
    'cluster_kubeconfig delete 192.0.2.11', 'machine_bootstrap delete 192.0.2.11', 'machine_configuration_apply delete 192.0.2.11', 'machine_secrets delete',
  ]);
}

async function adoption(report: Report, work: string, known: any): Promise<void> {
  report.section('A cluster that is there already');
  const project = new Project(path.join(work, 'adoption'), `${REQUIREMENTS}
resource "talos_machine_secrets" "this" {
  talos_version = "v1.13"
}
resource "talos_machine_bootstrap" "this" {
  node                 = "192.0.2.11"
  client_configuration = talos_machine_secrets.this.client_configuration
}
`);
  const pair = ({ cert, key }: any) => ({ crt: cert, key });
  const { cluster, secrets, trustdinfo, certs } = known;
  fs.writeFileSync(project.file('secrets.yaml'), JSON.stringify({
    cluster,
    secrets: { bootstraptoken: secrets.bootstrap_token, secretboxencryptionsecret: secrets.secretbox_encryption_secret },
    trustdinfo,
    certs: {
      etcd: pair(certs.etcd), k8s: pair(certs.k8s), k8saggregator: pair(certs.k8s_aggregator), os: pair(certs.os), k8sserviceaccount: certs.k8s_serviceaccount,
    },
  }));
  await project.terraform('init');
  report.match('the file of secrets is imported', (await project.terraform('import', ['talos_machine_secrets.this', 'secrets.yaml'])).output, /Import successful/);
  report.match('a bootstrap, too', (await project.terraform('import', ['talos_machine_bootstrap.this', 'any'])).output, /Import successful/);
  report.equal('the secrets are those of the file', (await project.state()).talos_machine_secrets.machine_secrets, known);
  report.match('the first apply writes them down', (await project.terraform('apply', ['-auto-approve'])).output, /Resources: 0 added, 2 changed, 0 destroyed/);
  report.equal('and keeps them', (await project.state()).talos_machine_secrets.machine_secrets, known);
  report.equal('a second plan is empty', (await project.terraform('plan', ['-detailed-exitcode'])).status, 0);
}

async function ephemeral(report: Report, work: string): Promise<void> {
  report.section('What is not stored');
  const project = new Project(path.join(work, 'ephemeral'), EPHEMERAL);
  await project.terraform('init');
  report.match('apply', (await project.terraform('apply', ['-auto-approve'])).output, /Resources: 2 added/);
  const applied = (await project.state()).talos_machine_configuration_apply;
  report.without('the state of the machine has no secret', JSON.stringify(applied), /BEGIN|LS0t|type: controlplane/);
  report.match('but a hash', String(applied.machine_configuration_hash), /^[0-9a-f]{64}$/);
  report.equal('the configuration was applied', project.calls(), ['machine_secrets create v1.13', 'machine_configuration_apply create 192.0.2.11 controlplane, mode auto']);
  report.equal('a second plan is empty', (await project.terraform('plan', ['-detailed-exitcode'])).status, 0);
}

async function main(): Promise<number> {
  const report = new Report();
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-talos-'));
  console.log(`${tool('terraform').version}, ${tool('provider-mirror').version} (${tool('provider-mirror').note})`);
  try {
    const project = new Project(path.join(work, 'cluster'), CLUSTER);
    const started = await project.terraform('init');
    report.section('Installation');
    report.match('init takes the provider from the mirror', started.output, /Installed siderolabs\/talos v0\.12\.0/);
    await schema(report, project);
    await lifecycle(report, project);
    await refusals(report, project);
    const { machine_secrets: known } = (await project.state()).talos_machine_secrets;
    await end(report, project);
    await adoption(report, work, known);
    await ephemeral(report, work);
  } catch (error) {
    report.broken(error);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return report.finish() ? 0 : 1;
}

main().then((status) => { process.exitCode = status; }, (error) => {
  if (!(error instanceof ToolUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
