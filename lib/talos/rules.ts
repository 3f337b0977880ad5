import { ruleTable } from '../core';

/**
 * Rules of Talos images, machine configurations and clusters.
 * @internal
 */
export const talosRules = ruleTable({
});
