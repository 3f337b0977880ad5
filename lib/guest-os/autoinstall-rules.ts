import { ruleTable } from '../core';

const REFERENCE = 'https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html';

/**
 * Rules of Ubuntu's installer.
 * @internal
 */
export const autoinstallRules = ruleTable({
  'autoinstall-value-form': {
    rule: 'The installer of Ubuntu stops at a name, a language, a keyboard or a time zone of another form.',
    remedy: 'Write it as its documentation says.',
    see: REFERENCE,
  },
  'autoinstall-release': {
    rule: 'Ubuntu is installed from its ISO from 24.04 on.',
    remedy: 'Take 24.04 or newer, or leave iso out and take a CloudImageTemplate.',
    see: REFERENCE,
  },
});
