import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EngineError } from '../engine';

/** The full path of a program on PATH. @internal */
export function findProgram(name: string): string | undefined {
  // What only root needs is often left out of PATH.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'].filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => {
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Programs without which no guest runs, and the Debian packages that have them. */
const NEEDED: readonly { readonly oneOf: readonly string[]; readonly debianPackage: string }[] = [
  { oneOf: ['qemu-system-x86_64'], debianPackage: 'qemu-system-x86' },
  { oneOf: ['qemu-img'], debianPackage: 'qemu-utils' },
  { oneOf: ['xorriso', 'genisoimage'], debianPackage: 'xorriso' },
];

/** @throws EngineError that names every program which is missing, with its Debian package @internal */
export function checkPrograms(): void {
  const missing = NEEDED.filter(({ oneOf }) => !oneOf.some(findProgram));
  if (missing.length === 0) return;
  throw new EngineError(`to run guests, ${missing.map(({ oneOf }) => oneOf.join(' or ')).join(', ')} must be on PATH; `
    + `on Debian and Ubuntu: apt-get install ${missing.map(({ debianPackage }) => debianPackage).join(' ')}`);
}

/** Whether KVM works here: the device opens and the processor can virtualize. A device without that hangs its guests. @internal */
export function kvmWorks(): boolean {
  try {
    fs.closeSync(fs.openSync('/dev/kvm', 'r+'));
    return /^flags\s*:.*\b(svm|vmx)\b/m.test(fs.readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false;
  }
}

/** A program with its arguments so that it does not outlive this process, as far as this machine has the means. @internal */
export function bound(program: string, args: readonly string[]): [string, string[]] {
  const setpriv = findProgram('setpriv');
  return setpriv ? [setpriv, ['--pdeathsig', 'KILL', program, ...args]] : [program, [...args]];
}

/** Runs a program to its end. @throws EngineError with what it printed if it fails @internal */
export function runProgram(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(...bound(program, args), { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => output.push(data));
    child.stderr.on('data', (data: Buffer) => errors.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else reject(new EngineError(`command '${program} ${args.join(' ')}' failed: exit code ${code}`, Buffer.concat(errors).toString('utf8').trim().split('\n')));
    });
  });
}
