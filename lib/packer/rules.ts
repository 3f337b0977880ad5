import { ruleTable } from '../core';

/**
 * Rules of templates and what they declare.
 * @internal
 */
export const packerRules = ruleTable({
  'packer-path-not-below-root': {
    rule: 'A path below the template is relative, with / between names, and does not lead out of its folder: the output may be moved.',
    remedy: "Put the file beside the template and give its path from there, such as packer.fromRoot('files/site.yml').",
  },
  'packer-template-braces': {
    rule: 'Packer renders this text as a template over and over until nothing changes any more: two opening braces in a row cannot be escaped.',
    remedy: 'Ship such text in a file, which nobody renders: Provisioner.shellScript, Provisioner.file, an inventory or a file of variables for Ansible. Values of the build are written ${Expression.reference("build.ID")}.',
    see: 'https://developer.hashicorp.com/packer/docs/templates/legacy_json_templates/engine',
  },
  'packer-plugin-name': {
    rule: 'The name of a plugin is lower case: letters, digits and hyphens, beginning with a letter. Its components are called after it.',
    remedy: 'Use the last part of its address without packer-plugin-, such as proxmox.',
  },
  'packer-plugin-source': {
    rule: 'The address of a plugin is host, organisation and name.',
    remedy: 'Write it as github.com/hashicorp/proxmox.',
  },
  'packer-plugin-version': {
    rule: 'Versions of plugins and of Packer are asked for by numbers and = != > >= < <= ~>, joined by commas, without prereleases.',
    remedy: 'Write it as >= 1.2.4, or ~> 1.2.',
    see: 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer#version-constraints',
  },
  'packer-plugin-conflict': {
    rule: 'One name of a plugin stands for one address and one demand on its version.',
    remedy: 'Use one RequiredPlugin in all places; to narrow the version of a plugin that is brought along, add it to the template first.',
  },
  'packer-variable-name': {
    rule: 'The name of a variable is a letter, then letters, digits and _: it is also the end of the name of an environment variable, PKR_VAR_<name>.',
    remedy: 'Rename it, such as proxmox_token.',
  },
  'packer-variable-two-defaults': {
    rule: 'A variable has one default at most: a value, an environment variable, or null for an optional one.',
    remedy: 'Keep one of `default`, `defaultFromEnvironment` and `optional`.',
  },
  'packer-variable-default-expression': {
    rule: 'Packer evaluates nothing in the default of a variable but env().',
    remedy: 'Use defaultFromEnvironment, or template.addLocal for a value that is calculated.',
    see: 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/contextual/env',
  },
  'packer-variable-default-type': {
    rule: 'The default of a variable is a value of its type.',
    remedy: 'Change the default or the type.',
  },
  'packer-variable-sensitive-default': {
    rule: 'A sensitive variable has no default: it would lie on the disk in clear.',
    remedy: 'Leave the default out and give the value as PKR_VAR_<name> when Packer runs, or use defaultFromEnvironment.',
  },
  'packer-variable-type-attribute': {
    rule: 'The attributes of an object type are identifiers.',
    remedy: 'Rename the attribute, or use VariableType.map.',
  },
  'packer-variable-validation-condition': {
    rule: 'The condition of a variable speaks of this variable and of nothing else.',
    remedy: "Write it with var.<name>, such as Expression.raw('length(var.token) > 0').",
  },
  'packer-variable-validation-message': {
    rule: 'The message of a validation is a sentence: it begins with a capital letter and ends with . ? or !',
    remedy: 'Write it as "The token must not be empty."',
  },
  'packer-local-name': {
    rule: 'The name of a local value is an identifier: a letter or _, then letters, digits, _ and -.',
    remedy: 'Rename it, such as build_password.',
  },
  'packer-data-name': {
    rule: 'Type and name of a data source are identifiers: a letter or _, then letters, digits, _ and -.',
    remedy: 'Rename it, such as release.',
  },
  'packer-data-url': {
    rule: 'A http data source has a URL.',
    remedy: 'Give it, such as https://example.com/release.json.',
  },
  'packer-source-name': {
    rule: 'The name of a source is an identifier: a letter or _, then letters, digits, _ and -. Packer splits references at dots.',
    remedy: 'Rename it, such as ubuntu-24-04 or v1_2.',
  },
  'packer-override-path': {
    rule: 'The path of an override is names joined by dots, none of them empty.',
    remedy: 'Write it as source.proxmox-clone.ubuntu.memory, with a number to choose among repeated blocks: disks.0.disk_size.',
  },
  'packer-override-nothing-there': {
    rule: 'The path of an override leads to a block that the template has.',
    remedy: 'Compare the path with the rendered template: type and labels of a block are names of the path; a number chooses among blocks alike. A block is replaced by a hcl.Block only.',
  },
  'packer-template-name': {
    rule: 'The name of a template is letters, digits, . _ and -, beginning with a letter or digit: builds are chosen by it on the command line.',
    remedy: 'Rename it, such as ubuntu-golden.',
  },
  'packer-name-taken': {
    rule: 'A template has one variable, one local, one data source and one source of a name.',
    remedy: 'Rename one of them, or use the one that is there.',
  },
  'packer-source-missing': {
    rule: 'A template has at least one source.',
    remedy: 'Call addSource.',
  },
  'packer-error-cleanup-twice': {
    rule: 'A template has one provisioner for the clean-up after an error.',
    remedy: 'Do all of it in one script.',
  },
  'packer-vm-id-twice': {
    rule: 'Two sources of a template do not build the same VM id: Packer runs them at the same time.',
    remedy: 'Give each source an id of its own.',
  },
  'packer-clone-of-sibling': {
    rule: 'A source does not clone what another source of its template builds: Packer builds both at the same time, in no order.',
    remedy: 'Put it into a template of its own, built afterwards.',
  },
  'packer-provisioner-without-communicator': {
    rule: 'A provisioner that works in the machine needs a connection to it, and the communicator of this source is none.',
    remedy: 'Give the source a communicator, or leave it out of the provisioner with `except`.',
  },
  'packer-unknown-source': {
    rule: '`only`, `except` and `override` name sources of the template: the first two by type and name (source.address), `override` by name.',
    remedy: 'Use source.address, without the name of the template.',
  },
  'packer-undeclared-reference': {
    rule: 'What an expression refers to is declared in its template.',
    remedy: 'Declare it with addVariable, addLocal or addData, or correct its name.',
  },
  'packer-unknown-name': {
    rule: 'Packer knows path.cwd, path.root, packer.version, source.name, source.type, and of `build` a list of names such as ID, Host and Password.',
    remedy: 'Correct the name; it counts whether letters are small.',
    see: 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates/contextual-variables',
  },
  'packer-build-reference': {
    rule: '`build` is known to provisioners and post-processors only, `source` to these and to sources.',
    remedy: 'Use the value in a provisioner or a post-processor, or a variable or local in its place.',
    see: 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates/contextual-variables',
  },
  'packer-env-outside-default': {
    rule: 'Packer knows env() in the defaults of variables only.',
    remedy: 'Declare a variable with defaultFromEnvironment and refer to it.',
    see: 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/contextual/env',
  },
  'packer-secret-not-sensitive': {
    rule: 'What a password or token is taken from is declared sensitive: Packer prints it otherwise.',
    remedy: 'Set `sensitive: true` where the variable or local is declared.',
  },
});
