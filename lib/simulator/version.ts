/** A release of Proxmox VE, as far as it makes a difference. @internal */
export interface PveVersion {
  /** `8.4` or `9.1`. */
  readonly line: '8.4' | '9.1';
  readonly version: string;
  readonly repoid: string;
  /** What `meta` of a new machine says. */
  readonly qemu: string;
}

/** The releases that are simulated. @internal */
export const versions: { readonly [line in PveVersion['line']]: PveVersion } = {
  8.4: { line: '8.4', version: '8.4.21', repoid: '2606ac85', qemu: '7.2.22' },
  9.1: { line: '9.1', version: '9.1.6', repoid: '71482d1833ded40a', qemu: '10.1.2' },
};
