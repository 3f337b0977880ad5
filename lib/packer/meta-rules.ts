import { ruleTable } from '../core';

/**
 * Rules of what may be said of every provisioner and post-processor.
 * @internal
 */
export const metaRules = ruleTable({
  'packer-only-and-except': {
    rule: 'A provisioner or post-processor is limited by `only` or by `except`, not by both.',
    remedy: 'Keep `only` and list every source for which it is to run.',
  },
  'packer-timeout-with-pause': {
    rule: 'Packer ignores `timeout` where `pauseBefore` is set.',
    remedy: 'Leave out `pauseBefore` and put Provisioner.sleep before this one.',
  },
  'packer-override-meta-argument': {
    rule: '`override` changes attributes of what a provisioner does, and nothing that is said of every provisioner.',
    remedy: 'Add two provisioners that differ in it, each with `only`.',
  },
  'packer-max-retries': {
    rule: 'The number of repetitions is a whole number, 0 or more.',
    remedy: 'Give the number of further tries after the first, such as 2.',
  },
});
