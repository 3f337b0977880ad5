import * as path from 'node:path';
import { ToolName } from '../../tools';
import { Check, Verdict } from './check';
import { lints, syntaxChecks } from './judges/ansible';
import { formatted, pluginsTell, sameConfiguration, sameInspection, valid } from './judges/packer';
import { clean, commandScript, inlineScript } from './judges/shell';
import { validStack } from './judges/terraform';
import { temporaryFolder } from './text';

/*
 * A judge that lets everything pass is worth nothing. Each control hands a judge something good and checks that it is
 * accepted, then the same with one mistake, and checks that it is refused with the words that name this mistake.
 */

const good = `packer {
  required_plugins {
    ansible = {
      source  = "github.com/hashicorp/ansible"
      version = ">= 1.1.6"
    }
    proxmox = {
      source  = "github.com/hashicorp/proxmox"
      version = ">= 1.2.4"
    }
  }
}

source "proxmox-clone" "control" {
  clone_vm_id  = 9100
  node         = "pve"
  proxmox_url  = "https://proxmox.conformance.invalid:8006/api2/json"
  ssh_username = "packer"
  token        = "00000000-0000-0000-0000-000000000000"
  username     = "packer@pve!control"
  network_adapters {
    bridge = "vmbr0"
  }
}

build {
  sources = ["source.proxmox-clone.control"]
  provisioner "shell" {
    inline = ["true"]
  }
  provisioner "ansible" {
    playbook_file = "\${path.root}/playbook.yml"
  }
}
`;

const playbook = `---
- name: Control
  hosts: all
  tasks:
    - name: Answer
      ansible.builtin.ping:
`;

const stack = JSON.stringify({
  terraform: { required_providers: { proxmox: { source: 'bpg/proxmox', version: '>= 0.100.0' } } },
  provider: { proxmox: { endpoint: 'https://proxmox.conformance.invalid:8006' } },
  resource: { proxmox_virtual_environment_vm: { control: { node_name: 'pve', vm_id: 100 } } },
});

/** One mistake: what to change in the good text, and what the refusal must say. */
interface Mistake {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly refusal: RegExp;
}

function control(judge: string, original: string, ask: (text: string) => Promise<Verdict>, mistakes: readonly Mistake[]): Check[] {
  return [
    {
      judge: `control: ${judge}`,
      subject: 'accepts what is right',
      run: () => ask(original),
    },
    ...mistakes.map((mistake) => ({
      judge: `control: ${judge}`,
      subject: `refuses ${mistake.what}`,
      run: async () => {
        const changed = original.replace(mistake.from, () => mistake.to);
        if (changed === original) return `The control does not contain ${mistake.from}`;
        const verdict = await ask(changed);
        if (verdict === undefined) return 'It was accepted.';
        return mistake.refusal.test(verdict.replace(/\s+/g, ' ')) ? undefined : `It was refused for another reason:\n${verdict}`;
      },
    })),
  ];
}

function templateFolder(text: string): string {
  return temporaryFolder('template', { 'control.pkr.hcl': text, 'playbook.yml': playbook });
}

const packerMistakes: Mistake[] = [
  { what: 'an unknown argument', from: 'node ', to: 'knot ', refusal: /argument named "knot" is not expected/ },
  { what: 'an unknown block', from: 'network_adapters {', to: 'network_adaptors {', refusal: /type "network_adaptors" are not expected/ },
  {
    what: 'a block written as an attribute',
    from: 'network_adapters {',
    to: 'network_adapters = {',
    refusal: /argument named "network_adapters" is not expected/,
  },
  { what: 'a value of another type', from: '= 9100', to: '= "many"', refusal: /"clone_vm_id": a number is required/ },
  {
    what: 'a rule across fields broken',
    from: '  token        = "00000000-0000-0000-0000-000000000000"\n',
    to: '',
    refusal: /password or token/,
  },
  { what: 'a field left out that is required', from: '    bridge = "vmbr0"\n', to: '', refusal: /bridge/ },
  { what: 'a Go template that is none', from: '"pve"', to: '"{{ ds.meta_data }}"', refusal: /function "ds" not defined/ },
  { what: 'a plugin that does not exist', from: '>= 1.2.4', to: '>= 99.0.0', refusal: /[Mm]issing plugin/ },
  { what: 'a playbook that does not exist', from: '/playbook.yml', to: '/nothing.yml', refusal: /nothing\.yml/ },
  { what: 'an unknown provisioner', from: '"shell"', to: '"shellac"', refusal: /shellac/ },
];

/** All controls that need only the tools given. */
export function controls(terraforms: readonly (ToolName & ('terraform' | 'tofu'))[]): Check[] {
  const original = () => templateFolder(good);
  return [
    ...control('packer fmt', good, (text) => formatted(templateFolder(text)), [
      { what: 'an unaligned attribute', from: 'node         =', to: 'node =', refusal: /-\s*node = "pve"/ },
    ]),
    ...control('packer validate', good, (text) => valid(templateFolder(text), {}), packerMistakes),
    ...control('packer inspect', good, (text) => sameInspection(original(), templateFolder(text), {}), [
      { what: 'another provisioner', from: '"shell"', to: '"shell-local"', refusal: /They differ.*- shell \+ shell-local/ },
    ]),
    ...pluginsTell() ? control('plugins receive', good, (text) => sameConfiguration(original(), templateFolder(text), {}), [
      { what: 'another value of a source', from: '9100', to: '9101', refusal: /- "clone_vm_id": 9100, \+ "clone_vm_id": 9101/ },
    ]) : [],
    ...terraforms.flatMap((name) => control(`${name} validate`, stack, (text) => (
      validStack(temporaryFolder('stack', { 'cdk.tf.json': text }), name)
    ), [
      { what: 'an unknown attribute', from: '"node_name"', to: '"knot_name"', refusal: /"knot_name"/ },
      { what: 'an unknown provider', from: 'bpg/proxmox', to: 'bpg/nothing', refusal: /bpg\/nothing/ },
    ])),
    ...control('ansible-lint', playbook, (text) => lints(temporaryFolder('ansible', { 'playbook.yml': text })), [
      { what: 'a task without a name', from: 'name: Answer\n      ansible', to: 'ansible', refusal: /name\[missing\]/ },
    ]),
    ...control('ansible --syntax-check', playbook, (text) => {
      const folder = temporaryFolder('ansible', { 'playbook.yml': text });
      return syntaxChecks(path.join(folder, 'playbook.yml'), folder);
    }, [
      { what: 'an unknown module', from: 'ansible.builtin.ping', to: 'ansible.builtin.pong', refusal: /ansible\.builtin\.pong/ },
    ]),
    ...control('shellcheck', "rm -f \"$${FILE}\" '{{`{{`}}' '${var.x}'", (text) => clean(inlineScript([text], '/bin/sh -e')), [
      { what: 'a variable without quotes', from: '"$${FILE}"', to: '$${FILE}', refusal: /SC2086/ },
      { what: 'a bashism for sh', from: 'rm', to: '[[ -e x ]] || rm', refusal: /SC3010/ },
    ]),
    ...control('shellcheck', "cd \"$${FOLDER}\" && echo '${self.id}'", (text) => clean(commandScript(text, '/bin/bash')), [
      { what: 'a variable without quotes in local-exec', from: '"$${FOLDER}"', to: '$${FOLDER}', refusal: /SC2086/ },
    ]),
  ];
}
