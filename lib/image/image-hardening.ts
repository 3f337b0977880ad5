import { Problems } from '../core';
import { Kinds, NUMBER, TEXT, listOf } from '../proxmox/kinds';
import { checkForm } from '../proxmox/text-forms';
import { imageRules } from './rules';

/** Hardening of an image by OpenSCAP and the SCAP Security Guide. What it found stands in `openscap/` beside the image, until the next build. */
export interface ImageHardening {
  /**
   * Profile of the guide by its short name, such as `cis` (level 2), `stig` or `anssi_bp28_enhanced`.
   * @default cis_server_l1
   * @see https://complianceascode.github.io/content-pages/guides/index.html
   */
  readonly profile?: string;
  /** Score, 0 to 100, below which the build fails. @default 0 */
  readonly minimumScore?: number;
  /** Rules that are left out, by their short names, beside those that would break builds and clones. @default - no more */
  readonly skipRules?: string[];
}

/**
 * What the properties of `ImageHardening` are.
 * @internal
 */
export const HARDENING_KINDS: Kinds<ImageHardening> = { profile: TEXT, minimumScore: NUMBER, skipRules: listOf(TEXT) };

/**
 * Notes what the role would refuse when it runs.
 * @internal
 */
export function validateHardening({ profile, minimumScore, skipRules = [] }: ImageHardening, problems: Problems): void {
  checkForm(problems, 'hardening.profile', profile, /^[A-Za-z0-9_.-]+$/, imageRules['hardening-name']);
  skipRules.forEach((name, i) => checkForm(problems, `hardening.skipRules[${i}]`, name, /^[A-Za-z0-9_-]+$/, imageRules['hardening-name']));
  problems.check(minimumScore === undefined || (minimumScore >= 0 && minimumScore <= 100), imageRules['hardening-score'], {
    property: 'hardening.minimumScore', received: minimumScore,
  });
}

/**
 * The variables of the role hardening_openscap. The folder of the reports is that of the image, wherever it has been moved.
 * @internal
 */
export function hardeningVariables({ profile, minimumScore, skipRules }: ImageHardening): { [name: string]: any } {
  return {
    hardening_openscap_profile: profile ?? 'cis_server_l1',
    hardening_openscap_minimum_score: minimumScore ?? 0,
    hardening_openscap_skip_rules: skipRules ?? [],
    hardening_openscap_reports: '{{ playbook_dir }}/../../openscap',
  };
}
