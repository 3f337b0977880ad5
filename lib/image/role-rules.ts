import { ruleTable } from '../core';

const ROLES = 'https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html';

/**
 * Rules of the roles of a user, and of the variables of roles.
 * @internal
 */
export const roleRules = ruleTable({
  'role-file-form': {
    rule: 'The main files of a role are YAML: a list of tasks in tasks and handlers, names with their values in defaults, vars and meta.',
    remedy: 'Correct the file; a value that begins with {{ stands in quotes.',
    see: ROLES,
  },
  'role-playbook': {
    rule: 'A role has tasks, which run on the image; `hosts` and `import_playbook` are for playbooks.',
    remedy: 'Put what stands below tasks of the play into tasks/main.yml of the role, without hosts.',
    see: ROLES,
  },
  'role-dependency': {
    rule: 'A role that a role depends on is one of the same profile or of this package: no other is found while the image is built.',
    remedy: 'Give its folder in rolesBefore, or leave it out of meta/main.yml.',
    see: ROLES,
  },
  'role-variable-reserved': {
    rule: 'Names that begin with ansible_, and those such as inventory_hostname, hostvars and omit, are Ansible\'s own, but for ansible_managed and those that a role of yours has in its defaults: a build goes by what Ansible and Packer put there.',
    remedy: 'Choose a name such as monitoring_port.',
    see: 'https://docs.ansible.com/ansible/latest/reference_appendices/special_variables.html',
  },
  'role-variable-unknown': {
    rule: 'The role of this package with whose name this one begins has no such variable, and no role of the profile reads it: it would do nothing.',
    remedy: 'Write one of those in meta/argument_specs.yml of the role.',
  },
  'role-variable-idle': {
    rule: 'This is a variable of a role that the profile does not run: it would do nothing. Of cleanup only the script runs, which is told nothing more.',
    remedy: 'Ask for the role by k3s, nvidiaDriver or hardening, or leave the variable out.',
  },
});
