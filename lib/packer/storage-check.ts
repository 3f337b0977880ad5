import { Problems } from '../core';
import { deviceRules } from './device-rules';
import { fits } from './plugin-text';

/**
 * Notes the name of a storage that is none.
 * @internal
 */
export function checkStorage(problems: Problems, property: string, storage: string | undefined): void {
  problems.check(fits(storage, /^[a-zA-Z][a-zA-Z0-9._-]*[a-zA-Z0-9]$/), deviceRules['packer-storage-name'], { property, received: storage });
}
