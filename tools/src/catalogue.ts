import { GoTool } from './go-tool';
import { PackerPlugin, ReleasedPlugins, StandInPlugins } from './packer-plugins';
import { ProviderMirror } from './provider-mirror';
import { PythonEnvironment, PythonProgram } from './python-environment';
import { SystemProgram } from './system-program';
import { TerraformTool } from './terraform';
import { ITool } from './tool';

const packer = new GoTool({
  name: 'packer', version: '1.16.0', module: 'packer', package: 'github.com/hashicorp/packer', versionArguments: ['version'],
});

const plugins: PackerPlugin[] = ['hashicorp/proxmox 1.2.4', 'hashicorp/ansible 1.1.6', 'rgl/windows-update 0.18.4'].map((plugin) => {
  const [, name, version] = /([^/]+) (.+)$/.exec(plugin)!;
  return {
    source: `github.com/${plugin.split(' ')[0]}`,
    version,
    standIn: new GoTool({
      name: `packer-plugin-${name}-stand-in`,
      program: `packer-plugin-${name}`,
      version,
      module: 'packer-plugin-stand-in',
      package: '.',
      linkerFlags: `-X main.identity=${name}`,
      versionArguments: ['describe'],
      tested: true,
    }),
  };
});

const opentofu = new GoTool({
  name: 'tofu', version: '1.12.6', module: 'opentofu', package: 'github.com/opentofu/opentofu/cmd/tofu', versionArguments: ['version'],
});

const proxmoxProvider = new GoTool({
  name: 'provider-proxmox',
  program: 'terraform-provider-proxmox',
  version: '0.112.0',
  module: 'provider-proxmox',
  package: 'github.com/bpg/terraform-provider-proxmox',
});

/** No release of this provider can be had as a package. */
const talosProvider = new GoTool({
  name: 'provider-talos-stand-in',
  program: 'terraform-provider-talos',
  version: '0.12.0',
  module: 'provider-talos-stand-in',
  package: '.',
  versionArguments: ['about'],
  tested: true,
});

/** One program, built against the library of each release of Talos whose contract we write for. */
const machinery = (version: string, modfile?: string) => new GoTool({
  name: `talos-machinery-${version.slice(0, version.lastIndexOf('.'))}`,
  program: 'talos-machinery',
  version,
  module: 'talos-machinery',
  modfile,
  package: '.',
  versionArguments: ['version'],
  tested: true,
});

/** The library of the Talos Image Factory, with each release of the YAML library that factories of today write ids with. */
const schematic = (name: string, modfile?: string) => new GoTool({
  name, program: 'talos-schematic', version: '1.4.0', module: 'talos-schematic', modfile, package: '.', versionArguments: ['version'], tested: true,
});

const ansible = new PythonEnvironment('ansible', 'requirements.txt');
const fakepve = new PythonEnvironment('fakepve', 'fakepve.txt');
const kickstart = new PythonEnvironment('kickstart', 'kickstart.txt', 'kickstart-source.txt');
const standIns = new StandInPlugins(packer, plugins);
const released = new ReleasedPlugins(packer, plugins);

/** Every tool by its name. */
export const catalogue = {
  'packer': packer as ITool,
  /** The released plugins where they were asked for once, else the stand-ins. */
  get 'packer-plugins'(): ITool {
    return released.locate() && !process.env.PROXMOX_CONSTRUCTS_STAND_INS ? released : standIns;
  },
  'packer-plugins-released': released as ITool,
  /** Terraform from PATH, else OpenTofu from PATH, else OpenTofu built here. */
  'terraform': new TerraformTool('terraform', ['terraform', 'tofu'], opentofu) as ITool,
  'tofu': new TerraformTool('tofu', ['tofu'], opentofu) as ITool,
  'provider-mirror': new ProviderMirror([
    { tool: proxmoxProvider, namespace: 'bpg', type: 'proxmox', version: '0.112.0' },
    { tool: talosProvider, namespace: 'siderolabs', type: 'talos', version: '0.12.0', standIn: true },
  ]) as ITool,
  /** The library of Talos of three releases: machinery makes, patches and judges the configuration of a machine. */
  'talos-machinery-1.12': machinery('1.12.0', 'talos-1.12.mod') as ITool,
  'talos-machinery-1.13': machinery('1.13.9', 'talos-1.13.mod') as ITool,
  'talos-machinery-1.14': machinery('1.14.1') as ITool,
  /** The library of the image factory: ids of schematics. The second one is built with a newer YAML library, as newer factories are. */
  'talos-schematic': schematic('talos-schematic') as ITool,
  'talos-schematic-yaml-rc6': schematic('talos-schematic-yaml-rc6', 'yaml-rc6.mod') as ITool,
  'ansible-playbook': new PythonProgram('ansible-playbook', 'ansible-core', ansible) as ITool,
  'ansible-lint': new PythonProgram('ansible-lint', 'ansible-lint', ansible) as ITool,
  'fakepve': new PythonProgram('fakepve', 'fakepve', fakepve) as ITool,
  'ksvalidator': new PythonProgram('ksvalidator', 'pykickstart', kickstart) as ITool,
  'shellcheck': new SystemProgram({ name: 'shellcheck', versionArguments: ['--version'], versionPattern: /version: (\S+)/ }) as ITool,
  'xorriso': new SystemProgram({ name: 'xorriso', versionArguments: ['-version'], versionPattern: /xorriso version\s*:\s*(\S+)/ }) as ITool,
};

export type ToolName = keyof typeof catalogue;

/** What `npm run tools` installs and the conformance run needs when nothing else is said. */
export const defaultTools: readonly ToolName[] = [
  'packer', 'packer-plugins', 'provider-mirror', 'terraform', 'ansible-playbook', 'ansible-lint', 'ksvalidator', 'shellcheck', 'xorriso',
  'talos-machinery-1.12', 'talos-machinery-1.13', 'talos-machinery-1.14', 'talos-schematic', 'talos-schematic-yaml-rc6',
];
