import * as fs from 'node:fs';
import * as path from 'node:path';

/** The files of OVMF on this machine. @internal */
export interface Firmware {
  /** The code without Secure Boot. */
  readonly code: string;
  /** The code with Secure Boot, which needs SMM; undefined if there is none. */
  readonly secureCode?: string;
  /** Variables of a new machine. */
  readonly variables: string;
  /** Variables with Microsoft's keys; undefined if there are none. */
  readonly enrolledVariables?: string;
}

/** What distributions call the files of the 4 MB build. */
const LAYOUTS: readonly { readonly folder: string; readonly files: Firmware }[] = [
  ...['/usr/share/OVMF', '/usr/share/ovmf'].map((folder) => ({
    folder,
    files: {
      code: 'OVMF_CODE_4M.fd', secureCode: 'OVMF_CODE_4M.secboot.fd', variables: 'OVMF_VARS_4M.fd', enrolledVariables: 'OVMF_VARS_4M.ms.fd',
    },
  })),
  { folder: '/usr/share/edk2/x64', files: { code: 'OVMF_CODE.4m.fd', secureCode: 'OVMF_CODE.secboot.4m.fd', variables: 'OVMF_VARS.4m.fd' } },
  { folder: '/usr/share/qemu', files: { code: 'ovmf-x86_64-4m-code.bin', variables: 'ovmf-x86_64-4m-vars.bin' } },
  { folder: '/usr/share/qemu', files: { code: 'edk2-x86_64-code.fd', secureCode: 'edk2-x86_64-secure-code.fd', variables: 'edk2-i386-vars.fd' } },
];

/** Looks for OVMF where the distributions have it. @internal */
export function findFirmware(): Firmware | undefined {
  for (const { folder, files } of LAYOUTS) {
    const there = (name: string | undefined) => name !== undefined && fs.existsSync(path.join(folder, name)) ? path.join(folder, name) : undefined;
    const [code, variables] = [there(files.code), there(files.variables)];
    if (code && variables) return { code, variables, secureCode: there(files.secureCode), enrolledVariables: there(files.enrolledVariables) };
  }
  return undefined;
}
