import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';
import { IsoTemplate, K3sRelease, ProvisioningProfile, Secret, StandardProfileProps, guestos, packer } from '../../lib';
import { WINDOWS_ACCOUNTS } from '../../lib/guest-os/windows-accounts';
import { OPENSCAP_PROFILES } from '../../lib/image/image-hardening';
import { mistakes } from '../support/errors';
import { REFERENCES, SSH_KEY, stackWithCluster } from '../support/fixtures';
import { writeFiles } from '../support/program-folder';
import { synthesize, temporaryFolder } from '../support/synth';

let folder: string;

beforeAll(() => {
  folder = temporaryFolder();
  const task = '---\n- name: Say hello\n  ansible.builtin.debug:\n    msg: hello\n';
  writeFiles(folder, {
    'roles/monitoring/tasks/main.yml': task,
    'roles/proxy/tasks/main.yml': task,
    'others/proxy/tasks/main.yml': task,
    'roles/My-Role/tasks/main.yml': task,
    'roles/base/tasks/main.yml': task,
  });
  fs.mkdirSync(path.join(folder, 'roles/empty'));
});

const role = (name: string) => path.join(folder, name);

function written(os: guestos.IInstallable, props: StandardProfileProps) {
  const stack = stackWithCluster();
  new IsoTemplate(stack, 'Image', { operatingSystem: os, vmId: 9001, profile: ProvisioningProfile.standard(props) });
  const files = Object.fromEntries(Object.entries(synthesize(stack).packer).filter(([name]) => name.startsWith('image/')));
  const [template] = Object.keys(files).filter((name) => name.endsWith('.pkr.json'));
  const build = [JSON.parse(files[template]).build].flat()[0];
  const { '//': _, ...step } = [build.provisioner].flat().flatMap((one: any) => one.ansible ?? [])[0];
  return { files, step, variables: JSON.parse(files['image/files/ansible-variables.json']) };
}

test('roles of the user run around those of the package, hardening is the last', () => {
  const { files, step, variables } = written(guestos.AlmaLinux.V9, {
    rolesBefore: [role('roles/proxy')],
    rolesAfter: [role('roles/monitoring')],
    roleVariables: { monitoring_port: 9100, base_time_service: 'chrony', proxy: { hosts: ['a', null, true] } },
    hardening: { profile: 'cis', minimumScore: 70, skipRules: ['sysctl_net_ipv4_ip_forward'] },
    upgradePackages: false,
  });
  expect(variables).toEqual({
    base_extra_packages: [],
    base_upgrade: false,
    base_time_service: 'chrony',
    users_accounts: [],
    ssh_keys_accounts: [],
    cleanup_build_user: 'packer',
    image_roles_before: ['proxy'],
    image_roles_after: ['monitoring', 'hardening_openscap'],
    hardening_openscap_profile: 'cis',
    hardening_openscap_minimum_score: 70,
    hardening_openscap_skip_rules: ['sysctl_net_ipv4_ip_forward'],
    hardening_openscap_reports: '{{ playbook_dir }}/../../openscap',
    monitoring_port: 9100,
    proxy: { hosts: ['a', null, true] },
  });
  expect(step).toEqual({
    name: 'profile standard',
    playbook_file: '${path.root}/../files/ansible/playbook.yml',
    user: 'packer',
    use_proxy: true,
    use_sftp: true,
    ansible_env_vars: ['ANSIBLE_ROLES_PATH=${path.root}/../files/ansible-roles'],
    extra_arguments: ['--extra-vars=@${path.root}/../files/ansible-variables.json', '--skip-tags=cleanup'],
  });
  expect(Object.keys(files).filter((name) => name.startsWith('image/files/ansible-roles/'))).toEqual([
    'image/files/ansible-roles/monitoring/tasks/main.yml', 'image/files/ansible-roles/proxy/tasks/main.yml',
  ]);
  expect(Object.keys(files).some((name) => name.startsWith('image/files/ansible/roles/hardening_openscap/'))).toBe(true);
});

test('hardening without more', () => {
  expect(written(guestos.AlmaLinux.V9, { hardening: {} }).variables).toMatchObject({
    hardening_openscap_profile: 'cis_server_l1', hardening_openscap_minimum_score: 0, hardening_openscap_skip_rules: [], image_roles_after: ['hardening_openscap'],
  });
});

const users = [{ name: 'ops', sudo: true, groups: ['Performance Monitor Users'], sshKeys: [SSH_KEY] }, { name: 'guest1' }];

describe('Windows', () => {
  test('by SSH', () => {
    const { files, step, variables } = written(guestos.WindowsServer.V2022, { users });
    expect(step).toEqual({
      name: 'profile standard',
      playbook_file: '${path.root}/../files/ansible/windows.yml',
      galaxy_file: '${path.root}/../files/ansible/requirements.yml',
      user: 'packer',
      use_proxy: false,
      ansible_env_vars: ['ANSIBLE_HOST_KEY_CHECKING=False'],
      extra_arguments: ['-e', 'ansible_password=${build.Password}', '-e', 'ansible_shell_type=cmd', '--extra-vars=@${path.root}/../files/ansible-variables.json'],
    });
    expect(variables).toEqual({
      windows_users_accounts: [
        { name: 'ops', groups: ['Performance Monitor Users'], administrator: true }, { name: 'guest1', groups: [], administrator: false },
      ],
      windows_ssh_keys_accounts: [{ name: 'ops', keys: [SSH_KEY], exclusive: false }],
      image_roles_before: [],
      image_roles_after: [],
    });
    const roles = Object.keys(files).filter((name) => name.startsWith('image/files/ansible/')).map((name) => name.split('/').slice(3, 5).join('/'));
    expect([...new Set(roles)]).toEqual(['requirements.yml', 'roles/windows_base', 'roles/windows_ssh_keys', 'roles/windows_users', 'windows.yml']);
  });

  test('by WinRM, whose password the plugin hands over by itself', () => {
    const { step } = written(guestos.WindowsServer.V2022.customize({ remoteAccess: guestos.RemoteAccess.WINRM }), { rolesAfter: [role('roles/monitoring')] });
    expect(step).toMatchObject({
      use_proxy: false,
      ansible_env_vars: ['ANSIBLE_ROLES_PATH=${path.root}/../files/ansible-roles'],
      extra_arguments: ['-e', 'ansible_winrm_server_cert_validation=ignore', '--extra-vars=@${path.root}/../files/ansible-variables.json'],
    });
  });

  test.each<[StandardProfileProps, string[]]>([
    [{ packages: ['htop'] }, ['packages "windows-server-2022"']],
    [{ hardening: {}, nvidiaDriver: {} }, ['nvidiaDriver "windows-server-2022"', 'hardening "windows-server-2022"']],
    [{ users: [{ name: 'ops' }, { name: 'web', shell: '/bin/sh' }] }, ['users[1].shell "/bin/sh"']],
    [{ users: [{ name: 'a'.repeat(21) }] }, [`users[0].name "${'a'.repeat(21)}"`]],
  ])('is no Linux: %#', (props, expected) => {
    expect(mistakes(() => written(guestos.WindowsServer.V2022, props))).toEqual(expected.map((one) => `profile-on-windows profile.${one}`));
  });
});

describe('accounts that Windows has', () => {
  test('are those that the role refuses', () => {
    const [{ vars }] = parse(fs.readFileSync(path.join(__dirname, '../../ansible/roles/windows_users/tasks/check.yml'), 'utf8'));
    expect(WINDOWS_ACCOUNTS).toEqual(vars.windows_users_reserved);
  });

  test.each(WINDOWS_ACCOUNTS)('%s is no user of an image of Windows', (name) => {
    expect(mistakes(() => written(guestos.WindowsServer.V2022, { users: [{ name }, { name: 'ops' }] }))).toEqual([`image-user-reserved profile.users[0].name "${name}"`]);
  });

  test('are users of a Linux', () => {
    expect(written(guestos.Debian.V12, { users: [{ name: 'guest' }] }).variables.users_accounts).toEqual([{ name: 'guest', groups: [], shell: '/bin/bash', sudo: 'none' }]);
  });
});

test('what the profile needs beside Packer', () => {
  const needs = (os: guestos.IInstallable) => /Nothing else is asked for\.(.*)\n/.exec(written(os, {}).files['image/README.md'])![1];
  const { V2025 } = guestos.WindowsServer;
  const collections = 'It fetches the collections of `files/ansible/requirements.yml`.';
  expect([guestos.Debian.V13, V2025, V2025.customize({ remoteAccess: guestos.RemoteAccess.WINRM })].map(needs)).toEqual([
    ' Ansible is needed here: `ansible-core` 2.15 or newer.',
    ` Ansible is needed here: \`ansible-core\` 2.16 or newer; before 2.19 sshpass as well. ${collections}`,
    ` Ansible is needed here: \`ansible-core\` 2.16 or newer, and pywinrm beside it. ${collections}`,
  ]);
});

test('groups of Windows on Linux', () => {
  expect(mistakes(() => written(guestos.Debian.V12, { users }))).toEqual(['image-user-name profile.users[0].groups[0] "Performance Monitor Users"']);
});

test('hardening has content for Red Hat\'s family alone', () => {
  expect(mistakes(() => written(guestos.Debian.V12, { hardening: {} }))).toEqual(['hardening-system profile.hardening "debian-12"']);
});

test('hardening of nodes of k3s leaves them their network', () => {
  const { variables } = written(guestos.AlmaLinux.V9, { k3s: { release: K3sRelease.V1_37_1 }, hardening: { skipRules: ['a', 'sysctl_net_ipv4_ip_forward'] } });
  expect(variables.hardening_openscap_skip_rules).toEqual([
    'service_firewalld_enabled', 'sysctl_net_ipv4_conf_all_rp_filter', 'sysctl_net_ipv4_conf_default_rp_filter', 'sysctl_net_ipv4_ip_forward',
    'sysctl_net_ipv6_conf_all_forwarding', 'a',
  ]);
});

test('profiles are those that the role knows, or of content of one\'s own', () => {
  const { hardening_openscap_profiles: known } = parse(fs.readFileSync(path.join(__dirname, '../../ansible/roles/hardening_openscap/vars/main.yml'), 'utf8'));
  expect(OPENSCAP_PROFILES).toEqual(known);
  expect(written(guestos.AlmaLinux.V9, { hardening: { profile: 'mine' }, roleVariables: { hardening_openscap_content: '/srv/mine.xml' } }).variables).toMatchObject({
    hardening_openscap_profile: 'mine', hardening_openscap_content: '/srv/mine.xml',
  });
});

test.each<[string, () => StandardProfileProps]>([
  ['hardening-profile hardening.profile "xccdf org"', () => ({ hardening: { profile: 'xccdf org' }, roleVariables: { hardening_openscap_content: '/x.xml' } })],
  ['hardening-profile hardening.profile "cis_level2"', () => ({ hardening: { profile: 'cis_level2' } })],
  ['property-unknown hardening.minScore', () => ({ hardening: { profile: 'cis', minScore: 90 } as any })],
  ['property-unknown users[0].sshkeys', () => ({ users: [{ name: 'ops', sshkeys: [] } as any] })],
  ['property-unknown user', () => ({ user: [] } as any)],
  ['hardening-name hardening.skipRules[1] ""', () => ({ hardening: { skipRules: ['x', ''] } })],
  ['hardening-score hardening.minimumScore 101', () => ({ hardening: { minimumScore: 101 } })],
  ['hardening-score hardening.minimumScore NaN', () => ({ hardening: { minimumScore: NaN } })],
  ['asset-missing rolesAfter[0]', () => ({ rolesAfter: [role('roles/nowhere')] })],
  ['asset-content rolesAfter[0]', () => ({ rolesAfter: [role('roles/empty')] })],
  ['role-without-tasks rolesAfter[0]', () => ({ rolesAfter: [role('roles')] })],
  ['role-name rolesBefore[0]', () => ({ rolesBefore: [role('roles/My-Role')] })],
  ['role-name rolesBefore[0]', () => ({ rolesBefore: [role('roles/base')] })],
  ['not-known-at-synth rolesAfter[0]', () => ({ rolesAfter: [REFERENCES.text] })],
  ['role-twice rolesBefore[0]', () => ({ rolesBefore: [role('roles/proxy')], rolesAfter: [role('others/proxy')] })],
  ['role-variable-name roleVariables.a-b "a-b"', () => ({ roleVariables: { 'a-b': 1 } })],
  ['role-variable-taken roleVariables.base_upgrade "base_upgrade"', () => ({ roleVariables: { base_upgrade: false } })],
  ['role-variable-taken roleVariables.windows_users_accounts', () => ({ roleVariables: { windows_users_accounts: [] } })],
  ['role-variable-value roleVariables.token', () => ({ roleVariables: { token: Secret.fromEnvironment('token') } })],
  ['role-variable-value roleVariables.x.y[0] a function', () => ({ roleVariables: { x: { y: [() => 1] } } })],
  ['role-variable-value roleVariables.x Infinity', () => ({ roleVariables: { x: Infinity } })],
  ['not-known-at-synth roleVariables.x', () => ({ roleVariables: { x: REFERENCES.text } })],
  ['packer-expression-out-of-place roleVariables.x', () => ({ roleVariables: { x: `${new packer.Variable('x')}` } })],
])('%s', (mistake, props) => {
  expect(mistakes(() => ProvisioningProfile.standard(props()))[0]).toMatch(new RegExp(`^${mistake.replace(/[.[\]]/g, '\\$&')}`));
});
