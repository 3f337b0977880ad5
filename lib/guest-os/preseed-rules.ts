import { ruleTable } from '../core';

/**
 * Rules of the answers for Debian's installer.
 * @internal
 */
export const preseedRules = ruleTable({
  'preseed-word': {
    rule: 'An answer for Debian\'s installer is a word of printable ASCII characters, without spaces and backslashes: its format has no escapes.',
    remedy: 'Choose a text such as en_US, us, Europe/Vienna or build-debian.',
    see: 'https://www.debian.org/releases/stable/amd64/apbs03.en.html',
  },
  'preseed-user': {
    rule: 'A user that Debian\'s installer makes has a name of at most 31 lower-case letters, digits and `-`, and a letter comes first.',
    remedy: 'Choose a build user such as packer.',
    see: 'https://www.debian.org/releases/stable/amd64/apbs04.en.html',
  },
});
