import * as path from 'path';
import { ProvisioningProfile } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { inProgramFolder } from '../support/program-folder';

const TASK = '- name: Say hello\n  ansible.builtin.debug:\n    msg: hello\n';

/** Looks at a profile with a role of these files, and a role `other`. */
function withRole<T>(files: { readonly [file: string]: string }, look: (makeProfile: () => void) => T): T {
  const own = Object.fromEntries(Object.entries(files).map(([name, text]) => [`roles/own/${name}`, text]));
  return inProgramFolder({ 'program/x': '', 'roles/other/tasks/main.yml': TASK, ...own }, (folder) => {
    process.chdir(path.join(folder, 'program'));
    return look(() => ProvisioningProfile.standard({ rolesBefore: ['../roles/own'], rolesAfter: ['../roles/other'] }));
  });
}

test.each<[{ readonly [file: string]: string }]>([
  [{ 'tasks/main.yaml': TASK, 'tasks/main.yml/x': '' }],
  [{ 'tasks/main': `---\n${TASK}...\n` }],
  [{ 'tasks/main.json': '[{ "ansible.builtin.debug": { "msg": "hello" } }]' }],
  [{ 'tasks/main.yml': '\ufeff- block:\n    - debug: { msg: !unsafe "{{ a }}", msg: twice }\n' }],
  [{ 'tasks/main.yml': '- debug:\n    msg: !vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      3361\n' }],
  [{ 'tasks/main.yml': '$ANSIBLE_VAULT;1.1;AES256\n3361\n' }],
  // Indented as only Ansible's reader takes it.
  [{ 'tasks/main.yml': '- debug: {\nmsg: hello\n}\n' }],
  [{ 'tasks/main.yml': '- debug: { msg: "a\nb" }\n' }],
  [{ 'tasks/main.yml': `${TASK}  vars: &v { a: 1 }\n- debug: { msg: a }\n  vars:\n    <<: *v\n` }],
  // A module of that name.
  [{ 'tasks/main.yml': '- hosts: { path: /etc/hosts }\n' }],
  [{ 'tasks/main.yml': TASK, 'handlers/main.yml': '---\n', 'defaults/main.yml': '', 'vars/main.yml': '# none\n', 'meta/main.yml': 'dependencies:\n' }],
  [{ 'tasks/main.yml': '---\n', 'handlers/main.yml': TASK }],
  [{ 'tasks/main.yml': '[]\n', 'meta/main.yml': 'dependencies: [other]\n' }],
  [{ 'tasks/main.yml': TASK, 'meta/main.yml': 'dependencies: [{ role: other }, { name: base }, k3s, a.b.c, ./role, "{{ x }}", { src: "https://example.org/x.git" }]\n' }],
  [{ 'tasks/main.yml': TASK, 'meta/main.yml': 'collections: [a.b]\ndependencies: [theirs]\n' }],
  [{ 'tasks/main.yml': TASK, 'meta/main.yml': 'dependencies: {}\n' }],
  // What other roles use.
  [{ 'library/hello.py': '' }],
  [{ 'tasks/main.yml': '# none\n', 'filter_plugins/hello.py': '' }],
  [{ 'tasks/main.yml': '---\n', 'tasks/install.yml': TASK }],
  [{ 'handlers/main.yml': TASK }],
  [{ 'meta/main.yml': 'dependencies: [other]\n' }],
  // Read where a task names it.
  [{ 'tasks/main.yml': TASK, 'tasks/more.yml': 'a: [' }],
])('taken: %j', (files) => {
  expect(() => withRole(files, (makeProfile) => makeProfile())).not.toThrow();
});

test.each<[string, { readonly [file: string]: string }]>([
  ['role-without-tasks rolesBefore[0] "../roles/own"', { 'tasks/main.yml': '' }],
  ['role-without-tasks rolesBefore[0] "../roles/own"', { 'tasks/main.yml': '---\n# later\n' }],
  ['role-without-tasks rolesBefore[0] "../roles/own"', { 'tasks/main.yml': '[]\n', 'handlers/main.yml': '[]\n', 'meta/main.yml': 'dependencies: []\n' }],
  ['role-without-tasks rolesBefore[0] "../roles/own"', { tasks: TASK }],
  ['role-without-tasks rolesBefore[0] "../roles/own"', { 'defaults/main.yml': 'a: 1\n', 'templates/x.j2': '' }],
  ['role-without-tasks rolesBefore[0] "../roles/own"', { 'meta/main.yml': 'galaxy_info: { author: me }\n' }],
  ['role-without-tasks rolesBefore[0] "../roles/own"', { 'tasks/main.yml/x': TASK }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': '- a: [\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': '- a: "b\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yaml"', { 'tasks/main.yaml': '- shell: echo a: b\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': '- debug:\n    msg: {{ x }}\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': '- a: *b\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': `---\n${TASK}---\n${TASK}` }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': 'debug: { msg: hello }\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': '- debug\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/handlers/main.yml"', { 'tasks/main.yml': TASK, 'handlers/main.yml': 'a: b\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/defaults/main.yml"', { 'tasks/main.yml': TASK, 'defaults/main.yml': '- a: b\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/vars/main.yml"', { 'tasks/main.yml': TASK, 'vars/main.yml': 'a\n' }],
  ['role-file-form rolesBefore[0] "../roles/own/meta/main.yml"', { 'tasks/main.yml': TASK, 'meta/main.yml': 'dependencies: { role: other }\n' }],
  ['role-playbook rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': `- hosts: all\n  tasks:\n    ${TASK.replace(/\n/g, '\n    ')}` }],
  ['role-playbook rolesBefore[0] "../roles/own/tasks/main.yml"', { 'tasks/main.yml': '- import_playbook: x.yml\n' }],
  ['role-dependency rolesBefore[0] "theirs"', { 'tasks/main.yml': TASK, 'meta/main.yml': 'dependencies: [other, { role: theirs, when: false }]\n' }],
])('%s: %j', (mistake, files) => {
  expect(withRole(files, mistakes)).toEqual([mistake]);
});

test('line and reason are said', () => {
  const rules = (text: string) => withRole({ 'tasks/main.yml': text }, expectError).problems.map(({ rule }) => rule);
  const form = 'The main files of a role are YAML: a list of tasks in tasks and handlers, names with their values in defaults, vars and meta.';
  expect(rules(`${TASK}- debug:\n    msg: {{ x }}\n`)).toEqual([`${form} Line 5: a list or an object is no name; {{ … }} stands in quotes.`]);
  expect(rules(`${TASK}- shell: echo a: b\n`)).toEqual([`${form} Line 4: Nested mappings are not allowed in compact mappings.`]);
  expect(rules('---\n')).toEqual([
    'A role has tasks/main.yml, or handlers, dependencies, modules, plugins or further tasks for other roles: without them Ansible does nothing with the folder.',
  ]);
});
