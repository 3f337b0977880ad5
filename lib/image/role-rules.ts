import { ruleTable } from '../core';

const ROLES = 'https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html';

/**
 * Rules of what stands in the roles of a user.
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
});
