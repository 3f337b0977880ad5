import { Problems, ProvisioningProfile } from '../../lib';

function found(osName: string, profile?: string, roleVariables?: object): string[] {
  const problems = new Problems('test');
  ProvisioningProfile.standard({ hardening: { profile }, roleVariables: { ...roleVariables } }).validateFor(osName, { installAgent: [] }, false, problems);
  return problems.all.map(({ code, property, received }) => `${code} ${property} ${received}`);
}

test.each(['alpine-3.23', 'arch-20260715', 'debian-12', 'nixos-25.11', 'opensuse-leap-16.0', 'ubuntu-24.04'])('%s is not hardened by the guide', (osName) => {
  expect(found(osName, 'cis')).toEqual([`hardening-system profile.hardening "${osName}"`]);
});

test.each([
  ['fedora-44', undefined], ['fedora-44', 'cusp_fedora'], ['fedora-44', 'ospp'], ['almalinux-9', undefined], ['rocky-10', 'stig'], ['my-linux-1', 'anssi_bp28_high'],
])('%s by %s', (osName, profile) => {
  expect(found(osName, profile)).toEqual([]);
});

test.each([['fedora-44', 'stig_gui'], ['fedora-44', 'anssi_bp28_high'], ['almalinux-9', 'cusp_fedora']])('%s not by %s, but of a guide of one\'s own', (osName, profile) => {
  expect(found(osName, profile)).toEqual([`hardening-profile profile.hardening.profile "${profile}"`]);
  expect(found(osName, profile, { hardening_openscap_content: '/srv/guide.xml' })).toEqual([]);
});
