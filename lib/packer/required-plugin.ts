import { Problems } from '../core';
import { packerRules } from './rules';

/** What is said of a plugin that a template needs. */
export interface RequiredPluginProps {
  /** Name under which the template knows the plugin; the first part of its components, as in `proxmox-iso`. Lower case. */
  readonly name: string;
  /** Address of the plugin: host, organisation and name, such as `github.com/hashicorp/proxmox`. */
  readonly source: string;
  /** Versions that will do, such as `>= 1.2.4`. Prereleases cannot be asked for. */
  readonly version: string;
}

/**
 * A plugin that `packer init` installs for a template.
 *
 * Sources and provisioners bring the plugins they need; one is added by hand only for what `custom(…)` describes, or to
 * narrow the versions.
 *
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer#specifying-plugin-requirements
 */
export class RequiredPlugin {
  /** Builders for Proxmox VE. Since 1.2.4, as earlier versions ignore `cpu_type` (1.2.2) or `pool` (1.2.0), or panic. */
  public static readonly PROXMOX = new RequiredPlugin({ name: 'proxmox', source: 'github.com/hashicorp/proxmox', version: '>= 1.2.4' });
  /** Provisioners `ansible` and `ansible-local`. Since 1.1.0, which has all of their properties. */
  public static readonly ANSIBLE = new RequiredPlugin({ name: 'ansible', source: 'github.com/hashicorp/ansible', version: '>= 1.1.0' });
  /** Provisioner `windows-update`. Since 0.18.4, whose properties are known here. */
  public static readonly WINDOWS_UPDATE = new RequiredPlugin({
    name: 'windows-update', source: 'github.com/rgl/windows-update', version: '>= 0.18.4',
  });

  /** Name under which the template knows the plugin. */
  public readonly name: string;
  /** Address of the plugin. */
  public readonly source: string;
  /** Versions that will do. */
  public readonly version: string;

  public constructor(props: RequiredPluginProps) {
    new Problems('packer.RequiredPlugin')
      .check(/^[a-z][a-z0-9-]*$/.test(props.name), packerRules['packer-plugin-name'], { property: 'name', received: props.name })
      .check(/^[a-z0-9.-]+(\/[a-zA-Z0-9_-]+){2,}$/.test(props.source), packerRules['packer-plugin-source'], { property: 'source', received: props.source })
      .check(
        /^\s*(=|!=|>|>=|<|<=|~>)?\s*\d+(\.\d+)*\s*(,\s*(=|!=|>|>=|<|<=|~>)?\s*\d+(\.\d+)*\s*)*$/.test(props.version),
        packerRules['packer-plugin-version'],
        { property: 'version', received: props.version },
      )
      .throwIfAny();
    this.name = props.name;
    this.source = props.source;
    this.version = props.version;
  }
}
