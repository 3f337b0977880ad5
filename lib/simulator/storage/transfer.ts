import { PveVersion } from '../version';

/** Where a volume's operations write what their tools print. @internal */
export type VolumeLog = (line: string) => void;

/** A number of bytes as PVE writes it for people: `20.5 MiB`. @internal */
export function renderBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/**
 * What a copy prints as it goes on: an empty disk is done at once, any other one by steps of one percent.
 *
 * @param bytes the size of the disk
 * @param filled bytes that have content
 * @param until percent at which it breaks off
 * @internal
 */
export function logTransfer(log: VolumeLog, bytes: number, filled: number, until?: number): void {
  const line = (percent: number) => log(`transferred ${renderBytes(Math.floor(bytes * percent / 100))} of ${renderBytes(bytes)} (${percent.toFixed(2)}%)`);
  line(0);
  if (until !== undefined) {
    for (let percent = 1; percent <= until; percent++) line(percent);
    return;
  }
  // One step of a copy is two mebibytes.
  const steps = filled < bytes / 1000 ? 0 : Math.min(100, Math.ceil(bytes / (2 * 1024 ** 2)));
  for (let step = 1; step <= steps; step++) line(100 * step / steps);
  line(100);
}

/** What a machine that runs prints when it copies a disk of its own; of an empty one there is nothing to tell. @internal */
export function logMirror(log: VolumeLog, slot: string, bytes: number, isEmpty: boolean): void {
  log(`drive mirror is starting for drive-${slot}`);
  if (!isEmpty) {
    log(`drive-${slot}: transferred 0.0 B of ${renderBytes(bytes)} (0.00%) in 0s`);
    log(`drive-${slot}: transferred ${renderBytes(bytes)} of ${renderBytes(bytes)} (100.00%) in 1s, ready`);
  }
  log('all \'mirror\' jobs are ready');
}

/** What the tool prints that makes an image file. @internal */
export function formattingLine(path: string, format: string, bytes: number): string {
  const start = `Formatting '${path}', fmt=${format}`;
  if (format === 'qcow2') {
    return `${start} cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=${bytes} lazy_refcounts=off refcount_bits=16`;
  }
  return format === 'vmdk' ? `${start} size=${bytes} compat6=off hwversion=undefined` : `${start} size=${bytes} preallocation=off`;
}

/** What the tool prints that makes an image file upon another; since PVE 9 such files have larger clusters with parts. @internal */
export function backedFormattingLine(path: string, bytes: number, base: string, baseFormat: string, line: PveVersion['line']): string {
  const layout = line === '9.1'
    ? `cluster_size=131072 extended_l2=on preallocation=${baseFormat === 'raw' ? 'off' : 'metadata'}`
    : 'cluster_size=65536 extended_l2=off';
  return `Formatting '${path}', fmt=qcow2 ${layout} compression_type=zlib size=${bytes} backing_file=${base} `
    + `backing_fmt=${baseFormat} lazy_refcounts=off refcount_bits=16`;
}
