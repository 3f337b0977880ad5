import { ruleTable } from '../core';

const UNATTEND = 'https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/';

/**
 * Rules of Windows Server and of its answer files.
 * @internal
 */
export const windowsRules = ruleTable({
  'windows-version': {
    rule: 'The drivers of an installation are chosen by the version of Windows Server, which is 2022 or 2025.',
    remedy: 'Choose 2022 or 2025.',
  },
  'windows-iso-checksum': {
    rule: 'An ISO is known by one of two: its checksum, or the address of the vendor\'s list of checksums.',
    remedy: 'Give checksum: Checksum.sha256(\'…\'), as Get-FileHash or sha256sum prints it for an ISO that you trust.',
  },
  'windows-key-on-evaluation': {
    rule: 'An evaluation ISO takes no product key: Windows Setup finds no image that belongs to the key, and stops to ask.',
    remedy: 'Leave productKey out, or take the ISO of the volume licence.',
  },
  'windows-product-key': {
    rule: 'A product key that stands in the program is Microsoft\'s public client key for KMS of the same version and edition; any other is a secret.',
    remedy: 'Correct it, or give a key of your own by a sensitive variable: productKey: `${variable}`, and variables: [variable] to the IsoTemplate.',
    see: 'https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys',
  },
  'windows-image-twice': {
    rule: 'The image to install is chosen by its name or by its number, not by both.',
    remedy: 'Leave imageName or imageIndex out.',
  },
  'windows-image-index': {
    rule: 'Images of an ISO are counted from 1.',
    remedy: 'Choose the number that `dism /Get-WimInfo` prints for sources\\install.wim.',
  },
  'windows-filters-without-updates': {
    rule: 'Filters say which updates are installed, and none are.',
    remedy: 'Leave windowsUpdateFilters out, or windowsUpdates on.',
  },
  'windows-installer-url': {
    rule: 'Cloudbase-Init comes from an https address that ends in `.msi`, without spaces, quotes, `$`, `{` and backticks.',
    remedy: 'Give the address of a release, such as https://github.com/cloudbase/cloudbase-init/releases/download/….',
  },
  'windows-installer-checksum': {
    rule: 'The installer of Cloudbase-Init is compared with its SHA-256.',
    remedy: 'Give checksum: Checksum.sha256(\'…\').',
  },
  'windows-locale': {
    rule: 'Windows has no region settings of this name.',
    remedy: 'Choose another locale, or give the operating system windowsLocale, such as en-DE.',
    see: 'https://learn.microsoft.com/windows-hardware/manufacture/desktop/available-language-packs-for-windows',
  },
  'windows-locale-form': {
    rule: 'Windows names languages and regions such as de-AT or sr-Latn-RS.',
    remedy: 'Write the language in small letters, and the region in capitals.',
  },
  'windows-keyboard-layout': {
    rule: 'It is not known which keyboard of Windows this layout is.',
    remedy: 'Choose another keyboardLayout, or give the operating system windowsInputLocale, such as 0407:00000407.',
    see: 'https://learn.microsoft.com/windows-hardware/manufacture/desktop/windows-language-pack-default-values',
  },
  'windows-input-locale-form': {
    rule: 'Windows names a keyboard by its language and its layout: four and eight hexadecimal digits.',
    remedy: 'Write for example 0407:00000407.',
    see: 'https://learn.microsoft.com/windows-hardware/manufacture/desktop/windows-language-pack-default-values',
  },
  'windows-time-zone': {
    rule: 'It is not known which time zone of Windows this is.',
    remedy: 'Choose the name of a city in the same zone, or give the operating system windowsTimeZone, such as W. Europe Standard Time.',
    see: 'https://learn.microsoft.com/windows-hardware/manufacture/desktop/default-time-zones',
  },
  'windows-computer-name': {
    rule: 'The name of the machine is made of letters, digits and hyphens.',
    remedy: 'Choose a name such as build-windows.',
  },
  'windows-build-user': {
    rule: 'The name of a Windows account has at most 20 letters, digits, `_` and `-`, and is none of those that Windows has already.',
    remedy: 'Leave buildUser out, or choose a name such as packer.',
  },
  'windows-answer-file-text': {
    rule: 'Text in an answer file is not blank, has no control characters but tabulators and line breaks, and no half of a surrogate pair.',
    remedy: 'Leave it out where it is blank, or take the character out.',
    see: UNATTEND,
  },
});
