import { TerraformStack } from 'cdktf';
import { GoldenImage, IsoTemplate, K3sRelease, ProvisioningProfile, StandardProfileProps, guestos } from '../../lib';
import { ansibleVariables } from '../../lib/image/ansible-variables';
import { mistakes } from '../support/errors';
import { GUEST, SSH_KEY, cluster, existing } from '../support/fixtures';
import { newStack, synthesize } from '../support/synth';

/** A stack with an installed template of the profile, and images baked on it. */
function onBase(os: guestos.IInstallable, base: StandardProfileProps, buildUser?: string) {
  const stack = newStack();
  cluster(stack);
  const baseTemplate = new IsoTemplate(stack, 'Base', { operatingSystem: os, vmId: 9001, buildUser, profile: ProvisioningProfile.standard(base) });
  let vmId = 9100;
  return (props: { buildUser?: string; profile?: ProvisioningProfile }) => new GoldenImage(stack, `Image${vmId}`, { ...props, baseTemplate, vmId: vmId++ });
}

test('a user of the base is no build user of an image on top of it', () => {
  const bake = onBase(guestos.Debian.V12, { users: [{ name: 'ops' }, { name: 'packer' }] }, 'builder');
  expect(mistakes(() => bake({ buildUser: 'ops' }))).toEqual(['build-user-kept buildUser "ops"']);
  expect(mistakes(() => bake({ profile: ProvisioningProfile.minimal() }))).toEqual(['build-user-kept buildUser "packer"']);
  const image = bake({ buildUser: 'builder', profile: ProvisioningProfile.standard({ users: [{ name: 'ops' }, { name: 'web' }] }) });
  expect(image.guest.users).toEqual(['ops', 'packer', 'web']);
});

test('a template that is there already may tell its users', () => {
  const stack = newStack();
  cluster(stack);
  const [told, wrong] = [['ops'], 'ops' as any].map((users) => ({ ...GUEST, users }));
  const baseTemplate = existing(stack, { guest: told });
  expect(mistakes(() => new GoldenImage(stack, 'Image', { baseTemplate, vmId: 9100, buildUser: 'ops' }))).toEqual(['build-user-kept buildUser "ops"']);
  expect(mistakes(() => existing(stack, { guest: wrong }, 'Wrong'))).toEqual(['value-kind guest.users "ops"']);
});

test.each(['root', 'daemon', 'nobody', 'sshd', 'wheel', 'systemd-network', 'nixbld1'])('%s is no user of an image of Linux', (name) => {
  const stack = newStack();
  cluster(stack);
  const profile = ProvisioningProfile.standard({ users: [{ name: 'ops' }, { name }] });
  expect(mistakes(() => new IsoTemplate(stack, 'Base', { operatingSystem: guestos.AlmaLinux.V9, vmId: 9001, profile }))).toEqual([
    `image-user-reserved profile.users[1].name "${name}"`,
  ]);
});

test('names that only installers or other systems reserve are users of an image', () => {
  const users = (...names: string[]) => ({ users: names.map((name) => ({ name })) });
  expect(onBase(guestos.Debian.V12, users('admin', 'guest', 'mysql', 'ftp'))({}).guest.users).toEqual(['admin', 'guest', 'mysql', 'ftp']);
  expect(onBase(guestos.AlmaLinux.V9, users('admin', 'backup', 'proxy'))({}).guest.users).toEqual(['admin', 'backup', 'proxy']);
  expect(mistakes(() => onBase(guestos.Debian.V12, users('backup')))).toEqual(['image-user-reserved profile.users[0].name "backup"']);
});

test('all other keys are removed, whether there are keys of one\'s own or not', () => {
  const users = [{ name: 'a', exclusiveSshKeys: true }, { name: 'b', sshKeys: [SSH_KEY] }, { name: 'c' }, { name: 'd', sshKeys: [] }];
  expect(ansibleVariables({ users }, 'packer').ssh_keys_accounts).toEqual([
    { name: 'a', keys: [], exclusive: true }, { name: 'b', keys: [SSH_KEY], exclusive: false }, { name: 'd', keys: [], exclusive: false },
  ]);
});

test('hardening leaves out what k3s of the base cannot keep', () => {
  const skipped = (base: StandardProfileProps) => {
    const image = onBase(guestos.AlmaLinux.V9, base)({ profile: ProvisioningProfile.standard({ hardening: { skipRules: ['banner_etc_issue'] } }) });
    const { packer } = synthesize(TerraformStack.of(image));
    return JSON.parse(packer['image9100/files/ansible-variables.json']).hardening_openscap_skip_rules;
  };
  expect(skipped({})).toEqual(['banner_etc_issue']);
  expect(skipped({ k3s: { release: K3sRelease.V1_37_1 } })).toEqual([
    'service_firewalld_enabled', 'sysctl_net_ipv4_conf_all_rp_filter', 'sysctl_net_ipv4_conf_default_rp_filter', 'sysctl_net_ipv4_ip_forward',
    'sysctl_net_ipv6_conf_all_forwarding', 'banner_etc_issue',
  ]);
});
