import { Problems } from '../core';
import { proxmoxRules } from './rules';

/**
 * Tags as Proxmox VE keeps them: lower-case, each once, sorted. What is not a tag is noted.
 *
 * Packer's client takes fewer characters than Proxmox VE does (no `.` and no `+`); a template's tags go through both.
 * @internal
 */
export function normalizeTags(tags: string[], problems: Problems, property: string = 'tags'): string[] {
  tags.forEach((tag, i) => problems.check(/^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,123}$/.test(tag), proxmoxRules['tag-form'], {
    property: `${property}[${i}]`, received: tag,
  }));
  return [...new Set(tags.map((tag) => tag.toLowerCase()))].sort();
}
