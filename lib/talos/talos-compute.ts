import { Problems, Size } from '../core';
import { VmComputeProps } from '../proxmox';
import { clusterRules as rules } from './cluster-rules';

/** Memory below which Talos calls a worker unhealthy. */
export const MINIMUM_WORKER_MEMORY = Size.gibibytes(1);

/** Memory below which it calls a control plane node unhealthy. */
export const MINIMUM_CONTROL_PLANE_MEMORY = Size.gibibytes(2);

/** Notes hardware on which Talos does not run. */
export function checkTalosCompute(props: VmComputeProps, problems: Problems, minimum: Size): void {
  const { cpuType, memory, minimumMemory } = props;
  problems
    .check(cpuType === undefined || cpuType.isX86_64V2, rules['talos-cpu-too-old'], { property: 'cpuType', received: cpuType })
    .check(minimumMemory === undefined, rules['talos-ballooning'], { property: 'minimumMemory', received: minimumMemory })
    .check(memory === undefined || !memory.isSmallerThan(minimum), rules['talos-memory-too-small'], {
      property: 'memory', received: memory, rule: `Talos calls such a node unhealthy below ${minimum} of memory.`,
    });
}
