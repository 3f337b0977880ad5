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
  'arch-version-date': {
    rule: 'A version of eight digits is a date of the calendar: the Arch Linux Archive is asked for the packages of that day.',
    remedy: 'Write year, month and day, such as 20260715.',
    see: 'https://wiki.archlinux.org/title/Arch_Linux_Archive',
  },
  'arch-iso-too-old': {
    rule: 'An ISO of Arch Linux before 2026-03 has neither the cloud-init nor the guest agent that the installation needs.',
    remedy: 'Take an ISO of 2026-03 or newer, and a version of its time.',
    see: 'https://archlinux.org/releng/releases/',
  },
  'arch-answer-form': {
    rule: 'What the installation of Arch Linux is told (host name, build user, locale, keyboard layout, time zone) has letters, digits, `-`, `_`, and what else its kind has.',
    remedy: 'Give a value such as en_US, us, Europe/Vienna, build-arch or packer.',
  },
});
