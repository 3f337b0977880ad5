import { ruleTable } from '../core';

const RELEASES = 'https://github.com/k3s-io/k3s/releases';

/**
 * Rules of k3s in images.
 * @internal
 */
export const k3sRules = ruleTable({
  'k3s-version-form': {
    rule: 'A release of k3s is named by its tag: the version of Kubernetes and that of k3s.',
    remedy: 'Write it as v1.37.1+k3s1.',
    see: RELEASES,
  },
  'k3s-checksum-kind': {
    rule: 'The files of a release of k3s are published with SHA-256 checksums.',
    remedy: 'Take those of k3s and k3s-airgap-images-amd64.tar.zst from sha256sum-amd64.txt of the release, with Checksum.sha256(…).',
    see: RELEASES,
  },
  'k3s-images-checksum-missing': {
    rule: 'Images are preloaded only with the checksum that the release has for them.',
    remedy: 'Give imagesChecksum to K3sRelease.of, or leave preloadImages out.',
    see: RELEASES,
  },
  'k3s-download-url-form': {
    rule: 'A mirror of a release is a folder with an http or https address, without `?` and `#` and without a slash at its end.',
    remedy: 'Write it as https://mirror.lan/k3s/v1.37.1+k3s1, or leave it out for the release on GitHub.',
  },
  'k3s-selinux-package-form': {
    rule: 'The SELinux policy of k3s is a package of Rancher, named with its version.',
    remedy: 'Write it as k3s-selinux-1.6-1.el9, or leave it out.',
    see: 'https://docs.k3s.io/advanced#selinux-support',
  },
  'k3s-template-system': {
    rule: 'Names of k3s nodes are made for AlmaLinux: alma9-k3-node-amd64-v1.28.5-v1.',
    remedy: 'For another system, choose a templateName of your own.',
  },
  'k3s-template-iteration': {
    rule: 'Images of one release are counted from 1 on.',
    remedy: 'Write 1 for the first image, 2 for the next.',
  },
});
