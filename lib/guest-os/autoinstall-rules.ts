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
  'autoinstall-user-reserved': {
    rule: 'The installer of Ubuntu creates no user with the name of an account or a group that the system has.',
    remedy: 'Choose another name for the build user, such as packer.',
    see: REFERENCE,
  },
});
