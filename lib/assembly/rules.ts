import { ruleTable } from '../core';

/**
 * Rules of what is written to the output.
 * @internal
 */
export const assemblyRules = ruleTable({
  'secret-name-taken': {
    rule: 'A secret from the environment becomes a Terraform variable of its name in the stack, and a construct of another kind has that id there.',
    remedy: 'Rename the secret or the construct.',
  },
  'packer-folder-taken': {
    rule: 'Each image of a stack has a folder of its own, named after its path in the stack.',
    remedy: 'Give one of the two images an id that differs in more than capitals, hyphens and slashes.',
  },
  'secret-variable-shown': {
    rule: 'A secret from the environment is a sensitive Terraform variable, and the stack has one of that name that is not.',
    remedy: 'Set sensitive: true on the variable, or rename the secret.',
    see: 'https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output',
  },
  'hcl-output-unsupported': {
    rule: 'The Terraform configuration is written as JSON: as HCL (`synth --hcl`) the core writes lifecycle conditions in a form that Terraform refuses, and without them nothing would guard what is a stranger\'s.',
    remedy: 'Leave --hcl out. Packer templates are written in both forms all the same.',
  },
  'asset-missing': {
    rule: 'A file or folder that goes into an image exists when the program synthesizes.',
    remedy: 'Correct the path; a relative path starts at the folder in which the program runs.',
  },
  'asset-around-program': {
    rule: 'A folder that goes into an image does not hold the program itself: the output of the program would be copied into the output.',
    remedy: 'Move what belongs into the image to a folder of its own, such as playbooks/ or files/.',
  },
  'asset-content': {
    rule: 'What goes into an image is a file, or a folder with a file in it; links lead to something that exists, and not around in circles.',
    remedy: 'Remove or correct the link, or put something into the folder.',
  },
});
