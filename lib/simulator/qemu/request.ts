import { Options } from './permissions';

/** Options with weights as the host can keep them. @internal */
export function clamped(options: Options): Options {
  return options.cpuunits === undefined ? options : { ...options, cpuunits: `${Math.min(Math.max(Number(options.cpuunits), 1), 10000)}` };
}

/** Options with `ide2` for its old name `cdrom`. @internal */
export function resolveCdrom(options: Options): Options {
  const { cdrom, ...rest } = options;
  if (!cdrom) return options;
  return { ...rest, ide2: /media=/.test(cdrom) ? cdrom : `${cdrom},media=cdrom` };
}
