import { Problems } from '../core';
import { communicatorRules } from './communicator-rules';
import { isLiteral } from './plugin-text';

/**
 * Notes a password or token that is literal text. The value itself is not shown.
 * @internal
 */
export function checkSecret(problems: Problems, property: string, value: string | undefined): void {
  problems.check(value === undefined || !isLiteral(value), communicatorRules['packer-secret-in-template'], { property });
}
