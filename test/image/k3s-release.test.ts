import { ImageK3s, K3sRelease, K3sReleaseProps, OsType, ProvisioningProfile, ValidationError, guestos } from '../../lib';
import { ansibleVariables } from '../../lib/image/ansible-variables';
import { ANY_VALUES, withEvery, withValue } from '../support/any-value';
import { expectError, mistakes } from '../support/errors';
import { fc } from '../support/fast-check';
import { REFERENCES } from '../support/fixtures';

const CHECKSUM = guestos.Checksum.sha256('0a'.repeat(32));
const SHA512 = guestos.Checksum.sha512('0a'.repeat(64));
const PROPS: K3sReleaseProps = { version: 'v1.30.2+k3s2', checksum: CHECKSUM };

const variables = (k3s: ImageK3s) => ansibleVariables({ k3s }, 'packer');

test('the releases that are shipped', () => {
  const shipped = [K3sRelease.V1_28_5, K3sRelease.V1_37_1].map(({ props: { version, checksum, imagesChecksum } }) => [version, `${checksum}`, `${imagesChecksum}`]);
  expect(shipped).toEqual([
    ['v1.28.5+k3s1', 'sha256:38fadb2baf75cb516d59f7f4a40c1950fdc0dce5ebe7251aae235527b7de4083', 'sha256:e259a812e77219f8436938d7ee871945549956defe12bd210ca206597198cd67'],
    ['v1.37.1+k3s1', 'sha256:92b94582eb7b34a8cf532e6006842b9ed215a6783cf56a3dd6271fd35243b2c0', 'sha256:865b2a63ad7a63fc0db17b7fc2985bf4ae11d5ae93ca1472be6218d20aeb6b23'],
  ]);
});

test('names of templates', () => {
  expect(K3sRelease.V1_28_5.templateName(guestos.AlmaLinux.V9, 1)).toBe('alma9-k3-node-amd64-v1.28.5-v1');
  expect(K3sRelease.V1_37_1.templateName(guestos.AlmaLinux.V10, 12)).toBe('alma10-k3-node-amd64-v1.37.1-v12');
  const minor = { ...guestos.AlmaLinux.V9, osName: 'almalinux-9.8' };
  expect(K3sRelease.of(PROPS).templateName(minor, 1)).toBe('alma9-k3-node-amd64-v1.30.2-v1');
  const longest = K3sRelease.of({ ...PROPS, version: 'v9999.9999.9999+k3s1' }).templateName(guestos.AlmaLinux.V10, Number.MAX_SAFE_INTEGER);
  expect(longest.length).toBeLessThanOrEqual(63);
});

const os = (osName: any) => ({ osName, osType: OsType.LINUX, guestSetup: { installAgent: [] } });

test.each<[any, any, string[]]>([
  [guestos.Debian.V13, 1, ['k3s-template-system operatingSystem "debian-13"']],
  [guestos.AlmaLinux.V10_X86_64_V2, 1, ['k3s-template-system operatingSystem "almalinux-10-x86-64-v2"']],
  [os('almalinux-9\n'), 0, ['k3s-template-system operatingSystem "almalinux-9\\n"', 'k3s-template-iteration iteration 0']],
  [guestos.AlmaLinux.V9, 1.5, ['k3s-template-iteration iteration 1.5']],
  [guestos.AlmaLinux.V9, '1', ['k3s-template-iteration iteration "1"']],
  [guestos.AlmaLinux.V9, REFERENCES.number, ['k3s-template-iteration iteration a Terraform reference (known only when Terraform runs)']],
  [os(9), 1, ['value-kind operatingSystem.osName 9']],
  [undefined, 1, ['value-missing operatingSystem']],
  ['almalinux-9', 1, ['value-kind operatingSystem "almalinux-9"']],
])('no name for %p, %p', (operatingSystem, iteration, expected) => {
  expect(mistakes(() => K3sRelease.V1_28_5.templateName(operatingSystem, iteration))).toEqual(expected);
});

test.each<[object, string[]]>([
  [{ version: '1.30.2' }, ['k3s-version-form version "1.30.2"']],
  [{ version: 'v1.30.2' }, ['k3s-version-form version "v1.30.2"']],
  [{ version: 'v1.30.2+k3s1\n' }, ['k3s-version-form version "v1.30.2+k3s1\\n"']],
  [{ version: REFERENCES.text }, ['not-known-at-synth version a Terraform reference (known only when Terraform runs)']],
  [{ checksum: SHA512, imagesChecksum: SHA512 }, ['k3s-checksum-kind checksum "sha512"', 'k3s-checksum-kind imagesChecksum "sha512"']],
  [{ checksum: undefined }, ['value-missing checksum']],
  [{ checksum: '0a'.repeat(32) }, [`value-kind checksum "${'0a'.repeat(32)}"`]],
  [{ selinuxPackage: 'k3s-selinux' }, ['k3s-selinux-package-form selinuxPackage "k3s-selinux"']],
  [{ selinuxPackage: 'k3s-selinux-1.6 --nogpgcheck' }, ['k3s-selinux-package-form selinuxPackage "k3s-selinux-1.6 --nogpgcheck"']],
  [{ downloadUrl: 'ftp://mirror.lan/k3s' }, ['k3s-download-url-form downloadUrl "ftp://mirror.lan/k3s"']],
  [{ downloadUrl: 'https://mirror.lan/k3s/' }, ['k3s-download-url-form downloadUrl "https://mirror.lan/k3s/"']],
  ...['https://:::', 'https://x/a?b=c', 'https://x/a#b', 'https://x?', 'https:///x', 'https://x:99999/a', 'http://192.168.1.300/a', 'https://[::1/a', 'https://'].map(
    (downloadUrl): [object, string[]] => [{ downloadUrl }, [`k3s-download-url-form downloadUrl "${downloadUrl}"`]],
  ),
  [{ downloadUrl: `https://${REFERENCES.text}/k3s` }, ['not-known-at-synth downloadUrl a Terraform reference (known only when Terraform runs)']],
  [{ downloadUrl: 'https://mirror.lan/{{ x }}' }, ['k3s-download-url-form downloadUrl "https://mirror.lan/{{ x }}"']],
])('no release of %j', (own, expected) => {
  expect(mistakes(() => K3sRelease.of({ ...PROPS, ...own }))).toEqual(expected);
});

test('rule and remedy are said', () => {
  expect(expectError(() => K3sRelease.of({ version: 'latest', checksum: SHA512 })).message).toBe(`K3sRelease.of: 2 mistakes
[k3s-version-form] version, got: "latest"
  A release of k3s is named by its tag: the version of Kubernetes and that of k3s.
  Remedy: Write it as v1.37.1+k3s1.
[k3s-checksum-kind] checksum, got: "sha512"
  The files of a release of k3s are published with SHA-256 checksums.
  Remedy: Take those of k3s and k3s-airgap-images-amd64.tar.zst from sha256sum-amd64.txt of the release, with Checksum.sha256(…).`);
});

test('variables of the role', () => {
  expect(variables({ release: K3sRelease.of(PROPS) })).toEqual({
    base_extra_packages: [],
    base_upgrade: true,
    users_accounts: [],
    ssh_keys_accounts: [],
    cleanup_build_user: 'packer',
    image_roles_after: ['k3s'],
    k3s_version: 'v1.30.2+k3s2',
    k3s_checksum: '0a'.repeat(32),
    k3s_preload_images: false,
  });
  const release = K3sRelease.of({
    ...PROPS, imagesChecksum: guestos.Checksum.sha256('0b'.repeat(32)), selinuxPackage: 'k3s-selinux-1.7-1.el10', downloadUrl: 'https://mirror.lan/v1.30.2+k3s2',
  });
  const all = ansibleVariables({ nvidiaDriver: {}, k3s: { release, preloadImages: true } }, 'packer');
  expect(all).toMatchObject({
    image_roles_after: ['gpu_nvidia', 'k3s'],
    gpu_nvidia_flavour: 'auto',
    k3s_version: 'v1.30.2+k3s2',
    k3s_checksum: '0a'.repeat(32),
    k3s_preload_images: true,
    k3s_images_checksum: '0b'.repeat(32),
    k3s_selinux_package: 'k3s-selinux-1.7-1.el10',
    k3s_download_url: 'https://mirror.lan/v1.30.2+k3s2',
  });
});

test('mirrors', () => {
  const urls = ['https://mirror.lan', 'http://192.168.1.9:8080/k3s/v1.37.1%2Bk3s1', 'https://[fd00::1]/a//b', 'https://mirror.lan/v1.37.1+k3s1'];
  const told = urls.map((downloadUrl) => variables({ release: K3sRelease.of({ ...PROPS, downloadUrl }) }).k3s_download_url);
  expect(told).toEqual(urls);
});

test('whatever the role is told holds no template of Ansible\'s', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
    try {
      const told = variables({ release: K3sRelease.of({ ...PROPS, selinuxPackage: `k3s-selinux-1${a}`, downloadUrl: `https://m${b}` }) });
      expect(JSON.stringify(told)).not.toMatch(/\{[{%#]/);
      expect(told.k3s_download_url).toMatch(/^https:\/\/\S*[^/\s]$/);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
    }
  }));
});

test('any value is taken or refused', () => {
  const { thrown } = withEvery(['version', 'checksum', 'imagesChecksum', 'selinuxPackage', 'downloadUrl'], ANY_VALUES, (property, value) => {
    K3sRelease.of(withValue(PROPS, property, value));
  });
  const names = withEvery(['os', 'os.osName', 'n'], ANY_VALUES, (property, value) => {
    const { os: system, n } = withValue({ os: os('almalinux-9'), n: 1 }, property, value);
    K3sRelease.V1_28_5.templateName(system, n);
  });
  const profiles = withEvery(['k3s', 'k3s.release', 'k3s.preloadImages'], ANY_VALUES, (property, value) => {
    ProvisioningProfile.standard(withValue({ k3s: { release: K3sRelease.V1_37_1 } }, property, value));
  });
  expect([...thrown, ...names.thrown, ...profiles.thrown]).toEqual([]);
});
