import { ruleTable } from './rule';

/**
 * Rules of the values that every room uses.
 * @internal
 */
export const coreRules = ruleTable({
  'size-not-whole': {
    rule: 'A size is greater than 0 and a whole number of KiB.',
    remedy: 'Write the size in a smaller unit, for example Size.mebibytes(1536) for one and a half GiB.',
  },
  'duration-not-whole': {
    rule: 'A duration is 0 or more and a whole number of milliseconds.',
    remedy: 'Write the duration in a smaller unit, for example Duration.milliseconds(1500).',
  },
  'secret-name': {
    rule: 'The name of a secret is the name of a Terraform and a Packer variable: a letter, then letters, digits and underscores.',
    remedy: 'Choose a name such as proxmox_api_token, and give its value in TF_VAR_proxmox_api_token when a tool runs.',
    see: 'https://developer.hashicorp.com/terraform/language/values/variables',
  },
  'secret-in-text': {
    rule: 'A secret is read when a tool runs: it has no text, and cannot be a part of one.',
    remedy: 'In a Packer template take a variable: new packer.Variable(\'name\', { sensitive: true }) in the text, and in `variables` of the image.',
  },
  'secret-path': {
    rule: 'The file of a secret has an absolute path, or one below the home folder: output that has been moved still finds it there.',
    remedy: 'Write the whole path, such as /run/secrets/proxmox_api_token or ~/.config/homelab/proxmox_api_token.',
  },
  'not-a-name': {
    rule: 'A name for Packer or Terraform has at least one letter or digit.',
    remedy: 'Choose an id with a letter in it, such as Ubuntu.',
  },
});
