import { Problems } from '../core';
import { schematicRules } from './schematic-rules';

/** A release of Talos, taken apart. */
export interface TalosVersion {
  /** 1. */
  readonly major: number;
  /** Such as 13. */
  readonly minor: number;
  /** Such as 9. */
  readonly patch: number;
  /** Major and minor number, such as `v1.13`. */
  readonly minorName: string;
  /** As the factory spells it, such as `v1.13.9`. */
  readonly text: string;
}

/** The minor releases of Talos that are supported, and the minor releases of Kubernetes that each supports. */
const RELEASES: Readonly<Record<string, readonly [number, number]>> = { 'v1.12': [30, 35], 'v1.13': [31, 36], 'v1.14': [32, 37] };

/** Takes a release of Talos apart, such as `v1.13.9` or `1.14.0-rc.1`; undefined where the text is none. */
export function parseTalosVersion(text: string): TalosVersion | undefined {
  const match = /^v?((0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})(-(alpha|beta|rc)\.(0|[1-9]\d{0,3}))?)$/.exec(text);
  if (match === null) return undefined;
  const [major, minor, patch] = match.slice(2, 5).map(Number);
  return { major, minor, patch, minorName: `v${major}.${minor}`, text: `v${match[1]}` };
}

/** A release of Talos; notes what is none, or not one that is supported. */
export function checkTalosVersion(problems: Problems, property: string, received: string): TalosVersion | undefined {
  const version = typeof received === 'string' ? parseTalosVersion(received) : undefined;
  if (version === undefined) {
    problems.report(schematicRules['talos-version-form'], { property, received });
    return undefined;
  }
  const known = version.minorName in RELEASES;
  problems.check(known, schematicRules['talos-version-unsupported'], { property, received });
  return known ? version : undefined;
}

/** Notes what is not a release of Kubernetes, or not one that a release of Talos supports. */
export function checkKubernetesVersion(problems: Problems, property: string, received: string, talos: TalosVersion): void {
  const match = typeof received === 'string' ? /^v?1\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,3})$/.exec(received) : null;
  if (match === null) {
    problems.report(schematicRules['kubernetes-version-form'], { property, received });
    return;
  }
  const [least, most] = RELEASES[talos.minorName];
  const minor = Number(match[1]);
  problems.check(minor >= least && minor <= most, schematicRules['kubernetes-version-unsupported'], {
    property,
    received,
    rule: `Talos ${talos.minorName} runs Kubernetes 1.${least} to 1.${most}.`,
    remedy: `Choose a Kubernetes release of 1.${least} to 1.${most}, or another release of Talos.`,
  });
}
