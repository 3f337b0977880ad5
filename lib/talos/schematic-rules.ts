import { ruleTable } from '../core';

const FACTORY = 'https://docs.siderolabs.com/talos/latest/learn-more/image-factory';
const SUPPORT = 'https://docs.siderolabs.com/talos/latest/getting-started/support-matrix';
const NVIDIA = 'https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/hardware-and-drivers/nvidia-gpu';

/**
 * Rules of Talos images: releases, schematics, extensions, drivers.
 * @internal
 */
export const schematicRules = ruleTable({
  'talos-version-form': {
    rule: 'A release of Talos has three numbers.',
    remedy: 'Write it as v1.13.9.',
  },
  'talos-version-unsupported': {
    rule: 'The library knows the machine configuration and drivers of Talos 1.12, 1.13 and 1.14.',
    remedy: 'Choose a release of one of them.',
    see: SUPPORT,
  },
  'kubernetes-version-form': {
    rule: 'A release of Kubernetes has three numbers.',
    remedy: 'Write it as 1.35.2.',
  },
  'kubernetes-version-unsupported': {
    rule: 'Each release of Talos runs six minor releases of Kubernetes.',
    remedy: 'Choose a release of Kubernetes in the range of the release of Talos.',
    see: SUPPORT,
  },
  'schematic-yaml-form': {
    rule: 'A schematic is one YAML document with a mapping.',
    remedy: 'Give the text that the page of the factory shows, without another document. An image without anything extra is new Schematic().',
    see: FACTORY,
  },
  'schematic-field-unknown': {
    rule: 'The factory refuses a schematic with a field that it does not know.',
    remedy: 'Look at the spelling, and below which field it stands.',
    see: FACTORY,
  },
  'schematic-field-kind': {
    rule: 'A field of a schematic has a value of the kind that the factory demands.',
    remedy: 'Give a value of that kind.',
    see: FACTORY,
  },
  'schematic-value-uncertain': {
    rule: 'The id of a schematic is made of its text as the factory writes it, and with this value that differs from one release of the factory to the next.',
    remedy: 'Choose another value, or give the id that the factory answered as schematicId.',
    see: FACTORY,
  },
  'schematic-value-damaged': {
    rule: 'The factory keeps a schematic as a text, and reads this value from it as another one.',
    remedy: 'Begin a text of several lines with a line that is not empty and not indented.',
    see: FACTORY,
  },
  'schematic-id-form': {
    rule: 'The id of a schematic is 64 hexadecimal digits in lower case.',
    remedy: 'Copy it from the page of the factory or from a running machine: talosctl get extensions.',
  },
  'schematic-id-mismatch': {
    rule: 'The id given is that of another schematic.',
    remedy: 'Leave schematicId out: it is computed. If the image is the one of that id, give the extensions, arguments and values with which it was made.',
  },
  'schematic-kernel-arg-form': {
    rule: 'A kernel argument is a text without line breaks and control characters, and not empty.',
    remedy: 'Write one argument in each item, such as console=ttyS0.',
  },
  'schematic-meta-key': {
    rule: 'The key of a META value is a whole number from 0 to 255.',
    remedy: 'Write for example 0x0a for the network configuration of the platform.',
    see: 'https://docs.siderolabs.com/talos/latest/learn-more/architecture',
  },
  'schematic-meta-twice': {
    rule: 'A META key has one value.',
    remedy: 'Keep one of them.',
  },
  'schematic-overlay-name': {
    rule: 'An overlay has a name, and an image such as siderolabs/sbc-raspberrypi.',
    remedy: 'Give both as the factory lists them.',
  },
  'schematic-overlay-option': {
    rule: 'An option of an overlay is a text, a whole number, true or false, or a list or an object of those; its name is of letters, digits, `_`, `.` and `-`.',
    remedy: 'Give a value of that kind; write a number with a fraction as a text.',
  },
  'schematic-owner-form': {
    rule: 'The owner of a schematic is a user of a private factory, in one line.',
    remedy: 'Leave it out for factory.talos.dev.',
  },
  'schematic-sector-size': {
    rule: 'The disk of an image has sectors of 512 or 4096 bytes.',
    remedy: 'Leave it out for 512.',
  },
  'schematic-embedded-secret': {
    rule: 'What is embedded in an image is sent to the factory and can be read by everyone who knows the id, and this configuration holds a secret.',
    remedy: 'Embed only what is no secret, or let Terraform apply the machine configuration.',
    see: FACTORY,
  },
  'system-extension-form': {
    rule: 'A system extension has the name of its image, without registry and version.',
    remedy: 'Write it as siderolabs/qemu-guest-agent.',
    see: 'https://github.com/siderolabs/extensions',
  },
  'system-extension-renamed': {
    rule: 'The extension has another name now. The factory takes the old one as well, but makes another id of it.',
    remedy: 'Write the name of today.',
    see: 'https://github.com/siderolabs/extensions',
  },
  'system-extension-release': {
    rule: 'An extension exists since a certain release of Talos.',
    remedy: 'Choose a newer release of Talos, or leave the extension out.',
    see: 'https://github.com/siderolabs/extensions',
  },
  'nvidia-kernel-modules-twice': {
    rule: 'An image has the kernel modules of one NVIDIA driver: open or proprietary, of one track.',
    remedy: 'Take the extensions of one NvidiaDriver, such as NvidiaDriver.OPEN_LTS.systemExtensions.',
    see: NVIDIA,
  },
  'nvidia-extension-missing': {
    rule: 'Kernel modules and container toolkit of NVIDIA work together only.',
    remedy: 'Take both, such as NvidiaDriver.OPEN_LTS.systemExtensions.',
    see: NVIDIA,
  },
  'nvidia-tracks-mixed': {
    rule: 'Kernel modules, container toolkit and fabric manager of NVIDIA are of one track: with two versions of the driver, no container sees a GPU.',
    remedy: 'Take all of the track lts, or all of production.',
    see: NVIDIA,
  },
  'nvidia-architecture': {
    rule: 'Blackwell has open kernel modules only, Maxwell, Pascal and Volta proprietary ones only, and these in drivers before 590.',
    remedy: 'Take the driver that NvidiaDriver.forArchitecture(…) gives for the architecture of the card.',
    see: NVIDIA,
  },
});
