import { ruleTable } from '../core';

/**
 * Rules of what is typed into a machine.
 * @internal
 */
export const bootCommandRules = ruleTable({
  'packer-boot-command-token': {
    rule: 'Packer knows the words in < > from a list, and types any other letter by letter, < and > included.',
    remedy: 'Use a member of BootKey such as BootKey.ENTER, or BootKey.wait(…).',
    see: 'https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/iso#boot-command',
  },
  'packer-boot-command-wait': {
    rule: 'A pause is longer than nothing: Packer refuses any other ("Expecting a positive wait value").',
    remedy: 'Leave it out, or wait for a millisecond at least: <wait1ms>.',
  },
  'packer-boot-command-key': {
    rule: 'Proxmox VE does not know this key of Packer and answers "invalid parameter".',
    remedy: 'Do without it: Page Up, Page Down, Command and Option cannot be pressed.',
  },
  'packer-boot-command-character': {
    rule: 'Only the characters of a US keyboard can be typed: ASCII without line breaks and tabs.',
    remedy: 'Use BootKey.ENTER and BootKey.TAB; put other text into a file that the installer reads.',
  },
  'packer-boot-command-held': {
    rule: 'Of the characters only small letters and digits can be held down.',
    remedy: 'Hold BootKey.LEFT_SHIFT and the small letter, or type the character.',
  },
  'packer-boot-command-template': {
    rule: 'A boot command knows {{ .HTTPIP }} and {{ .HTTPPort }} and nothing else.',
    remedy: 'Use an expression of the template (`${variable}`) for other values. Two opening braces that are to be typed are written {<wait1ms>{.',
  },
  'packer-boot-command-http': {
    rule: 'A boot command that names the HTTP server needs one: without it the port is 0.',
    remedy: 'Offer files by HTTP: httpContent or httpDirectory of a source, answerDelivery: guestos.AnswerDelivery.HTTP of an IsoTemplate.',
  },
  'packer-boot-key-interval': {
    rule: 'Keys are typed at least 50 ms apart: at the default of 5 ms some are lost, and nothing tells.',
    remedy: 'Set bootKeyInterval: Duration.milliseconds(50), or more on a busy node.',
    see: 'https://github.com/hashicorp/packer-plugin-proxmox/issues/220',
  },
});
