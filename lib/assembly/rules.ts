import { ruleTable } from '../core';

/** Rules of what is written to the output. */
export const assemblyRules = ruleTable({
  'secret-name-taken': {
    rule: 'A secret from the environment becomes a Terraform variable of its name in the stack, and a construct of another kind has that id there.',
    remedy: 'Rename the secret or the construct.',
  },
  'packer-folder-taken': {
    rule: 'Each image of a stack has a folder of its own, named after its path in the stack.',
    remedy: 'Give one of the two images an id that differs in more than capitals, hyphens and slashes.',
  },
  'asset-missing': {
    rule: 'A file or folder that goes into an image exists when the program synthesizes.',
    remedy: 'Correct the path; a relative path starts at the folder in which the program runs.',
  },
  'terraform-reference-in-packer': {
    rule: 'Packer runs before Terraform has resolved anything, so a Packer template holds no reference to Terraform.',
    remedy: 'Give the value itself, or a packer.Variable whose value is given when Packer runs.',
  },
});
