import { Problems, containsTerraformToken } from '../core';
import { proxmoxRules } from './rules';

/**
 * Tags as Proxmox VE keeps them: lower-case, each once, sorted, with the one that marks the owner. What is not a tag is noted.
 *
 * Packer's client takes fewer characters than Proxmox VE does (no `.` and no `+`); a template's tags go through both.
 */
export function normalizeTags(tags: string[], owner: string, ownerTag: string, problems: Problems): string[] {
  tags.forEach((tag, i) => {
    const finding = { property: `tags[${i}]`, received: tag };
    if (containsTerraformToken(tag)) {
      problems.report(proxmoxRules['tag-form'], { ...finding, rule: 'Tags are sorted when the program synthesizes, so a tag cannot be a reference to Terraform.' });
      return;
    }
    problems
      .check(/^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,123}$/.test(tag), proxmoxRules['tag-form'], finding)
      .check(!tag.toLowerCase().startsWith(`${owner}_`), proxmoxRules['tag-of-owner'], finding);
  });
  return [...new Set([...tags.map((tag) => tag.toLowerCase()), ownerTag])].sort();
}
