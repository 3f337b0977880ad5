import { Problems, Secret } from '../../core';
import { Kinds, TEXT, checkKinds, listOf, objectOf, required } from '../../proxmox/kinds';
import { PatchRenderer, SecretText } from '../patch-document';
import { patchRules as rules } from '../patch-rules';
import { checkKnown, checkMap, checkText, document, isKept } from './form';

/** A file for the service of an extension. */
export interface ExtensionConfigFile {
  /** Where the service finds it, as an absolute path. */
  readonly mountPath: string;
  /** What it holds; not secret. */
  readonly content: string;
}

/** What the service of a system extension is told. */
export interface ExtensionServiceOptions {
  /** Environment variables. @default - none */
  readonly environment?: { readonly [name: string]: string };
  /** Environment variables whose values are secrets. @default - none */
  readonly secretEnvironment?: { readonly [name: string]: Secret };
  /** Files. @default - none */
  readonly configFiles?: ExtensionConfigFile[];
}

const FILE: Kinds<ExtensionConfigFile> = { mountPath: required(TEXT), content: required(TEXT) };
const OPTIONS: Kinds<ExtensionServiceOptions> = { environment: () => {}, secretEnvironment: () => {}, configFiles: listOf(objectOf(FILE)) };

/** @internal */
export function extensionService(name: string, options: ExtensionServiceOptions): PatchRenderer {
  const problems = new Problems('ConfigPatch.extensionService');
  checkText(problems, 'name', name, rules['extension-service-form'], (text) => /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/.test(text) && !text.startsWith('ext-'));
  checkKinds(options, OPTIONS, problems, 'options');
  problems.throwIfAny();
  const { environment, secretEnvironment = {}, configFiles = [] } = options;
  const plain = environment === undefined ? [] : checkMap(problems, 'options.environment', environment);
  const names = [...plain.map(([variable]) => variable), ...Object.keys(secretEnvironment)];
  names.forEach((variable, i) => problems.check(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(variable) && names.indexOf(variable) === i, rules['environment-name-form'], {
    property: i < plain.length ? 'options.environment' : 'options.secretEnvironment', received: variable,
  }));
  for (const [variable, value] of plain) problems.check(!value.includes('\0'), rules['patch-text-form'], { property: `options.environment.${variable}` });
  for (const [variable, secret] of Object.entries(secretEnvironment)) {
    problems.check(secret instanceof Secret, rules['environment-name-form'], {
      property: `options.secretEnvironment.${variable}`, rule: 'A value of secretEnvironment is a Secret.', remedy: "Write for example Secret.fromEnvironment('ts_authkey').",
    });
  }
  configFiles.forEach(({ mountPath, content }, i) => {
    if (!checkKnown(problems, `options.configFiles[${i}]`, [mountPath, content])) return;
    problems.check(/^(\/(?!\.{1,2}(\/|$))[^/\s\0]+)+$/.test(mountPath), rules['config-file-path-form'], { property: `options.configFiles[${i}].mountPath`, received: mountPath });
    problems.check(content !== '', rules['extension-service-empty'], { property: `options.configFiles[${i}].content` });
    problems.check(isKept(content), rules['patch-text-begin'], { property: `options.configFiles[${i}].content` });
  });
  problems.check(names.length + configFiles.length > 0, rules['extension-service-empty'], { property: 'options' });
  problems.throwIfAny();
  const variables = [
    ...plain.map(([variable, value]) => ({ variable, text: `${variable}=${value}` })),
    ...Object.entries(secretEnvironment).map(([variable, secret]) => ({ variable, text: new SecretText(`${variable}=`, secret) })),
  ].sort((a, b) => a.variable < b.variable ? -1 : 1);
  return () => [document('ExtensionServiceConfig', {
    name,
    ...variables.length === 0 ? {} : { environment: variables.map(({ text }) => text) },
    ...configFiles.length === 0 ? {} : { configFiles: configFiles.map(({ mountPath, content }) => ({ content, mountPath })) },
  })];
}
