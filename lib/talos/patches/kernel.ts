import { Problems } from '../../core';
import { TEXT, listOf } from '../../proxmox/kinds';
import { ConfigContract } from '../config-contract';
import { PatchRenderer } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkMap, checkText, checkTexts, document, isLine, sorted } from './form';

const MODULE = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,54}$/;
const SYSCTL = /^[a-zA-Z0-9_*-]+([./][a-zA-Z0-9_*:@-]+)+$/;

/** @internal */
export function sysctls(params: { readonly [name: string]: string }): PatchRenderer {
  const problems = new Problems('ConfigPatch.sysctls');
  for (const [name, value] of checkMap(problems, 'params', params)) {
    problems.check(SYSCTL.test(name), rules['sysctl-name-form'], { property: 'params', received: name });
    problems.check(isLine(value), rules['patch-text-form'], { property: `params.${name}`, received: value });
  }
  problems.throwIfAny();
  const values = sorted(params);
  return ({ contract }) => [contract.isAtLeast(ConfigContract.V1_14) ? document('SysctlConfig', { params: values }) : { machine: { sysctls: values } }];
}

/** @internal */
export function kernelModules(names: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.kernelModules');
  checkTexts(problems, 'names', names, rules['kernel-module-form'], (text) => MODULE.test(text));
  problems.throwIfAny();
  return render(names.map((name) => ({ name })));
}

/** @internal */
export function kernelModule(name: string, parameters: string[]): PatchRenderer {
  const problems = new Problems('ConfigPatch.kernelModule');
  checkText(problems, 'name', name, rules['kernel-module-form'], (text) => MODULE.test(text));
  listOf(TEXT)(parameters, 'parameters', problems);
  problems.throwIfAny();
  if (parameters.length > 0) checkTexts(problems, 'parameters', parameters, rules['kernel-module-form'], (text) => isLine(text) && !/\s/.test(text));
  problems.throwIfAny();
  return render([parameters.length === 0 ? { name } : { name, parameters }]);
}

function render(modules: { readonly [name: string]: any }[]): PatchRenderer {
  return ({ contract }) => contract.isAtLeast(ConfigContract.V1_14)
    ? modules.map((module) => document('KernelModuleConfig', module))
    : [{ machine: { kernel: { modules } } }];
}
