import { REPORTS } from '../assembly';
import { Problems } from '../core';
import { Kinds, NUMBER, TEXT, listOf } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { imageRules } from './rules';

/** Hardening of an image by OpenSCAP and the SCAP Security Guide. What it found stands in `openscap/` beside the image, until the next build. */
export interface ImageHardening {
  /**
   * Profile of the guide by its short name, such as `cis` (level 2), `stig` or `anssi_bp28_enhanced`. Refused is one that the guide has not for
   * the system.
   * @default cis_server_l1
   * @see https://complianceascode.github.io/content-pages/guides/index.html
   */
  readonly profile?: string;
  /** Score, 0 to 100, below which the build fails. @default 0 */
  readonly minimumScore?: number;
  /** Rules that are left out, by their short names, beside those that would break builds, clones and nodes of k3s. @default - no more */
  readonly skipRules?: string[];
}

/**
 * As in the variables of the role.
 * @internal
 */
export const OPENSCAP_PROFILES = [
  'anssi_bp28_enhanced', 'anssi_bp28_high', 'anssi_bp28_intermediary', 'anssi_bp28_minimal', 'bsi', 'ccn_advanced', 'ccn_basic', 'ccn_intermediate',
  'cis', 'cis_server_l1', 'cis_workstation_l1', 'cis_workstation_l2', 'cui', 'cusp_fedora', 'e8', 'hipaa', 'ism_o', 'ism_o_secret',
  'ism_o_top_secret', 'ospp', 'pci-dss', 'standard', 'stig', 'stig_gui',
];

/** Those that the guide has for Fedora, of which one is for nothing else. */
const OF_FEDORA = ['cis', 'cis_server_l1', 'cis_workstation_l1', 'cis_workstation_l2', 'cusp_fedora', 'ospp', 'pci-dss', 'standard'];
const OF_FEDORA_ALONE = 'cusp_fedora';

/** Rules that a node of k3s cannot keep: it forwards the packets of its pods, and is reached by the other nodes. */
const AGAINST_K3S = [
  'service_firewalld_enabled', 'sysctl_net_ipv4_conf_all_rp_filter', 'sysctl_net_ipv4_conf_default_rp_filter', 'sysctl_net_ipv4_ip_forward',
  'sysctl_net_ipv6_conf_all_forwarding',
];

/**
 * What the properties of `ImageHardening` are.
 * @internal
 */
export const HARDENING_KINDS: Kinds<ImageHardening> = { profile: TEXT, minimumScore: NUMBER, skipRules: listOf(TEXT) };

/**
 * Notes what the role would refuse when it runs. Content of one's own has profiles of its own.
 * @internal
 */
export function validateHardening({ profile, minimumScore, skipRules = [] }: ImageHardening, ownContent: boolean, problems: Problems): void {
  const isProfile = profile === undefined || OPENSCAP_PROFILES.includes(profile) || (ownContent && /^[A-Za-z0-9_.-]+$/.test(profile));
  problems.check(isProfile, imageRules['hardening-profile'], { property: 'hardening.profile', received: profile });
  skipRules.forEach((name, i) => checkForm(problems, `hardening.skipRules[${i}]`, name, /^[A-Za-z0-9_-]+$/, imageRules['hardening-name']));
  problems.check(minimumScore === undefined || (minimumScore >= 0 && minimumScore <= 100), imageRules['hardening-score'], {
    property: 'hardening.minimumScore', received: minimumScore,
  });
}

/**
 * Notes a system that the role does not harden, or not by this profile.
 * @internal
 */
export function checkHardenedSystem({ profile }: ImageHardening, ownContent: boolean, osName: string, problems: Problems): void {
  const isHardenable = !/^(alpine|arch|debian|nixos|opensuse|ubuntu)\b/.test(osName);
  problems.check(isHardenable, imageRules['hardening-system'], { property: 'profile.hardening', received: osName });
  if (!isHardenable || ownContent || profile === undefined) return;
  const hasProfile = osName.startsWith('fedora-') ? OF_FEDORA.includes(profile) : profile !== OF_FEDORA_ALONE;
  problems.check(hasProfile, imageRules['hardening-profile'], {
    property: 'profile.hardening.profile', received: profile, rule: `The SCAP Security Guide has no profile of this short name for ${osName}.`,
  });
}

/**
 * The variables of the role hardening_openscap. The folder of the reports is that of the image, wherever it has been moved.
 * @internal
 */
export function hardeningVariables({ profile, minimumScore, skipRules = [] }: ImageHardening, hasK3s: boolean): { [name: string]: any } {
  return {
    hardening_openscap_profile: profile ?? 'cis_server_l1',
    hardening_openscap_minimum_score: minimumScore ?? 0,
    hardening_openscap_skip_rules: [...new Set([...hasK3s ? AGAINST_K3S : [], ...skipRules])],
    hardening_openscap_reports: `{{ playbook_dir }}/../../${REPORTS}`,
  };
}
