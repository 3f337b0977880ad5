import { guestos } from '../../lib';

const { AlmaLinux, Alpine, Arch, Fedora, OpenSuse, Rocky } = guestos;

/** The cloud images of other families than Debian's, in the order of the README's table. */
export const SHIPPED: readonly guestos.ICloudImage[] = [
  AlmaLinux.V10, AlmaLinux.V10_X86_64_V2, AlmaLinux.V9, Rocky.V10, Rocky.V9, Fedora.V44, Fedora.V43, Arch.V20260715, OpenSuse.LEAP_16_0,
  Alpine.V3_23, Alpine.V3_22,
];
