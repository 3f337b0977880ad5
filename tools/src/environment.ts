import * as path from 'node:path';
import { catalogue, ToolName } from './catalogue';
import { InstalledTool, ToolUnavailable } from './tool';

export type Environment = { readonly [name: string]: string | undefined };

/** A tool that must be there already. Throws `ToolUnavailable`, which says how to get it. */
export function tool(name: ToolName): InstalledTool {
  const found = catalogue[name].locate();
  if (found) return found;
  const command = `npm run tools${['tofu', 'fakepve'].includes(name) ? ` -- ${name}` : ''}`;
  throw new ToolUnavailable(name, 'it is not installed', `Run \`${command}\`, which says what it needs.`);
}

/** The path of a tool that must be there already. */
export function toolPath(name: ToolName): string {
  return tool(name).path;
}

/** Packer that asks nobody about new versions, with no plugins at all: enough for fmt, inspect, console. */
export function packerEnvironment(): Environment {
  return { CHECKPOINT_DISABLE: '1', PACKER_NO_COLOR: '1', PACKER_PLUGIN_PATH: path.join(path.dirname(toolPath('packer')), 'no-plugins') };
}

/** Packer with the plugins our templates require, and Ansible on PATH, which the plugin for Ansible looks for. */
export function packerBuildEnvironment(): Environment {
  return { ...packerEnvironment(), ...ansibleEnvironment(), PACKER_PLUGIN_PATH: toolPath('packer-plugins') };
}

/** Terraform or OpenTofu with the real providers from our mirror, and from nowhere else. */
export function terraformEnvironment(): Environment {
  return {
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: path.join(toolPath('provider-mirror'), 'cli.tfrc'),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_PLUGIN_CACHE_DIR: undefined,
    TF_DATA_DIR: undefined,
  };
}

/** Ansible of the pinned version, not looking at anything in the home of who runs it. */
export function ansibleEnvironment(): Environment {
  const bin = path.dirname(toolPath('ansible-playbook'));
  return {
    PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_LOCALHOST_WARNING: 'False',
    ANSIBLE_INVENTORY_UNPARSED_WARNING: 'False',
  };
}
