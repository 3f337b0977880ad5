import { ruleTable } from '../core';

/**
 * Rules of the installation of Arch Linux.
 * @internal
 */
export const archRules = ruleTable({
  'arch-mirror-form': {
    rule: 'A mirror of Arch Linux has an http or https address with `$repo` and `$arch` in it, and no spaces, quotes or other special characters.',
    remedy: 'Copy the address of a Server line of a mirror list, such as https://geo.mirror.pkgbuild.com/$repo/os/$arch.',
    see: 'https://wiki.archlinux.org/title/Mirrors',
  },
  'arch-answer-form': {
    rule: 'What the installation of Arch Linux is told (host name, build user, locale, keyboard layout, time zone) has letters, digits, `-`, `_`, and what else its kind has.',
    remedy: 'Give a value such as en_US, us, Europe/Vienna, build-arch or packer.',
  },
});
