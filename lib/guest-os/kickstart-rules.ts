import { ruleTable } from '../core';

const KICKSTART = 'https://pykickstart.readthedocs.io/en/latest/kickstart-docs.html';

/**
 * Rules of answer files for Red Hat's installer.
 * @internal
 */
export const kickstartRules = ruleTable({
  'kickstart-text': {
    rule: 'A kickstart file has one command a line, so no value has line breaks, control characters or halves of characters in it, nor starts with `-`.',
    remedy: 'Leave them out.',
    see: KICKSTART,
  },
  'kickstart-locale': {
    rule: 'The locale of an installation is a language, and a territory where there are several.',
    remedy: 'Write it as en_US; the encoding is always UTF-8.',
  },
  'kickstart-user': {
    rule: 'The build user of an installation has a name of 1 to 32 small letters, digits, `-` and `_` that starts with a letter or `_`, and is not root.',
    remedy: 'Choose a name such as packer.',
  },
  'kickstart-packages-unknown': {
    rule: 'Nothing says where the packages of the release are: its ISO has them not, and its address names neither release nor architecture.',
    remedy: 'Give the ISO an address as the vendor has it, …/9.8/isos/x86_64/AlmaLinux-9.8-x86_64-boot.iso, or at least such a file name.',
  },
});
