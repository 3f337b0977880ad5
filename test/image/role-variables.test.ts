import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { K3sRelease, ProvisioningProfile, StandardProfileProps } from '../../lib';
import { expectError, mistakes } from '../support/errors';
import { writeFiles } from '../support/program-folder';
import { temporaryFolder } from '../support/synth';

let folder: string;

beforeAll(() => {
  folder = temporaryFolder();
  writeFiles(folder, {
    'site/tasks/main.yml': '- ansible.builtin.debug:\n    msg: "{{ base_domain }} {{ k3s_firewall }}"\n',
    'site/defaults/main.yml': 'ansible_site: lan\n',
    'base_site/tasks/main.yml': '- ansible.builtin.debug:\n    msg: hello\n',
    'broken/tasks/main.yml': '',
  });
});

const standard = (roleVariables: { [name: string]: any }, props: StandardProfileProps = {}) => () => ProvisioningProfile.standard({ ...props, roleVariables });
const ASKED: StandardProfileProps = { k3s: { release: K3sRelease.V1_37_1 }, nvidiaDriver: {}, hardening: {} };
const INSTALLER = { url: 'https://example.org/x.msi', sha256: '0a'.repeat(32), product_id: 'x' };

test.each<[{ [name: string]: any }]>([
  [{ base_packages: ['vim', 1], base_time_service: 'none', base_lock_timeout: 5, base_install_recommends: false }],
  // As Ansible converts it.
  [{ base_lock_timeout: ' 5 ', base_cloud_init_timeout: '1_000', base_install_recommends: 'YES ', gpu_nvidia_persistence: 0, gpu_nvidia_kernel: 1 }],
  [{ base_packages: '{{ ["vim"] }}', base_lock_timeout: '{{ 5 }}', base_time_service: '{% if true %}auto{% endif %}' }],
  [{ windows_base_packages: [INSTALLER, { ...INSTALLER, arguments: ['/quiet'] }, '{{ x }}'], windows_base_time_zone: null }],
  [{ k3s_firewall: 'keep', hardening_openscap_keep_packages: true }],
  [{ ansible_managed: 'mine' }],
  [{ based: 1, k3s: 1, python_version: 3, omitted: 1, environment: 'lab' }],
])('taken: %j', (variables) => {
  expect(standard(variables, ASKED)).not.toThrow();
});

test.each<[{ [name: string]: any }, string[]]>([
  [{ base_packages: 'vim' }, ['value-kind roleVariables.base_packages "vim"']],
  [{ base_packages: null }, ['value-kind roleVariables.base_packages null']],
  [{ base_packages: ['vim', { name: 'x' }, null] }, ['value-kind roleVariables.base_packages[1] {"name":"x"}', 'value-kind roleVariables.base_packages[2] null']],
  [{ base_time_service: 'ntp' }, ['value-kind roleVariables.base_time_service "ntp"']],
  [{ base_time_service: null }, ['value-kind roleVariables.base_time_service null']],
  [{ base_lock_timeout: 'abc', base_cloud_init_timeout: 1.5 }, ['value-kind roleVariables.base_lock_timeout "abc"', 'value-kind roleVariables.base_cloud_init_timeout 1.5']],
  [{ base_lock_timeout: '', base_cloud_init_timeout: [5] }, ['value-kind roleVariables.base_lock_timeout ""', 'value-kind roleVariables.base_cloud_init_timeout [5]']],
  [{ base_install_recommends: 'perhaps' }, ['value-kind roleVariables.base_install_recommends "perhaps"']],
  [{ base_install_recommends: 2 }, ['value-kind roleVariables.base_install_recommends 2']],
  [{ k3s_firewall: 'nope' }, ['value-kind roleVariables.k3s_firewall "nope"']],
  [{ k3s_selinux_package: {} }, ['value-kind roleVariables.k3s_selinux_package {}']],
  [{ windows_base_packages: ['a=b', { url: null, sha265: 'x' }] }, [
    'value-kind roleVariables.windows_base_packages[0] "a=b"', 'property-unknown roleVariables.windows_base_packages[1].sha265',
    'value-kind roleVariables.windows_base_packages[1].url null', 'value-missing roleVariables.windows_base_packages[1].sha256',
    'value-missing roleVariables.windows_base_packages[1].product_id',
  ]],
  [{ windows_base_packages: [{ ...INSTALLER, arguments: '/quiet' }] }, ['value-kind roleVariables.windows_base_packages[0].arguments "/quiet"']],
  [{ base_pakages: ['vim'] }, ['role-variable-unknown roleVariables.base_pakages "base_pakages"']],
  [{ hardening_openscap_profiles: [] }, ['role-variable-unknown roleVariables.hardening_openscap_profiles "hardening_openscap_profiles"']],
  [{ cleanup_trim: 'perhaps' }, ['role-variable-idle roleVariables.cleanup_trim "cleanup_trim"']],
  [{ ansible_user: 'root' }, ['role-variable-reserved roleVariables.ansible_user "ansible_user"']],
  [{ omit: 1, hostvars: {}, inventory_hostname: 'x' }, [
    'role-variable-reserved roleVariables.omit "omit"', 'role-variable-reserved roleVariables.hostvars "hostvars"',
    'role-variable-reserved roleVariables.inventory_hostname "inventory_hostname"',
  ]],
])('%j: %j', (variables, expected) => {
  expect(mistakes(standard(variables, ASKED))).toEqual(expected);
});

test('what is meant is said', () => {
  const { problems } = expectError(standard({ base_time_service: 'ntp', windows_base_packages: [{ ...INSTALLER, x: 1 }], cleanup_keap: [] }));
  expect(problems.map(({ rule, remedy }) => `${rule} ${remedy}`)).toEqual([
    '`roleVariables.base_time_service` is one of auto, systemd-timesyncd, chrony, none. Give a value of that kind.',
    'The role windows_base knows no property of this name. Write one of: arguments, product_id, sha256, url.',
    'The role of this package with whose name this one begins has no such variable, and no role of the profile reads it: it would do nothing. '
    + 'Write one of: cleanup_build_user, cleanup_keep, cleanup_trim.',
  ]);
});

describe('variables of roles that do not run', () => {
  const variables = { k3s_firewall: 'keep', gpu_nvidia_persistence: true, hardening_openscap_keep_packages: true };

  test('would do nothing', () => {
    expect(mistakes(standard(variables))).toEqual(Object.keys(variables).map((name) => `role-variable-idle roleVariables.${name} "${name}"`));
  });

  test('are those of a role of the user that reads them', () => {
    expect(standard({ k3s_firewall: 'whatever', base_domain: 'lan' }, { rolesAfter: [path.join(folder, 'site')] })).not.toThrow();
    expect(standard({ ansible_site: 'home' }, { rolesAfter: [path.join(folder, 'site')] })).not.toThrow();
    expect(mistakes(standard({ ansible_site: 'home' }))).toEqual(['role-variable-reserved roleVariables.ansible_site "ansible_site"']);
    expect(mistakes(standard({ 'ansible_(': 1 }, { rolesAfter: [path.join(folder, 'site')] }))).toEqual([
      'role-variable-name roleVariables.ansible_( "ansible_("', 'role-variable-reserved roleVariables.ansible_( "ansible_("',
    ]);
    expect(standard({ base_anything: 1 }, { rolesBefore: [path.join(folder, 'base_site')] })).not.toThrow();
    expect(mistakes(standard({ base_domains: 1, k3s_lock_timeout: 1 }, { rolesBefore: [path.join(folder, 'site')] }))).toEqual([
      'role-variable-unknown roleVariables.base_domains "base_domains"', 'role-variable-idle roleVariables.k3s_lock_timeout "k3s_lock_timeout"',
    ]);
  });

  test('are not looked at where a role is none', () => {
    expect(mistakes(standard({ base_domain: 1 }, { rolesAfter: [path.join(folder, 'broken')] }))).toEqual([
      `role-without-tasks rolesAfter[0] ${JSON.stringify(path.join(folder, 'broken'))}`,
    ]);
  });
});

test('a value that holds itself is refused, one that stands twice is not', () => {
  const around: any = { name: 'a' };
  around.list = [around];
  expect(mistakes(standard({ around }))).toEqual(['role-variable-value roleVariables.around.list[0]']);
  const twice = { name: 'a' };
  expect(standard({ list: [twice, twice] })).not.toThrow();
});

test('the defaults of all roles are taken', () => {
  const roles = path.join(__dirname, '../../ansible/roles');
  const defaults = fs.readdirSync(roles).map((role) => path.join(roles, role, 'defaults/main.yml')).filter((file) => fs.existsSync(file))
    .reduce((all, file) => ({ ...all, ...parse(fs.readFileSync(file, 'utf8')) }), {} as { [name: string]: any });
  const { problems } = expectError(standard(defaults, ASKED));
  expect(Object.keys(defaults).length).toBeGreaterThan(50);
  expect([...new Set(problems.map(({ code }) => code))].sort()).toEqual(['role-variable-idle', 'role-variable-taken']);
  expect(problems.filter(({ code }) => code === 'role-variable-idle').map(({ property }) => property)).toEqual(['roleVariables.cleanup_keep', 'roleVariables.cleanup_trim']);
});
