import { ruleTable } from '../core';

/**
 * Rules of the post-processors.
 * @internal
 */
export const postProcessorRules = ruleTable({
  'packer-compression-level': {
    rule: 'The effort of compression is a whole number from 1 to 9.',
    remedy: 'Leave it out for the usual effort.',
  },
  'packer-artifice-files': {
    rule: 'Artifice is given the files that take the place of the result.',
    remedy: 'Give at least one path.',
  },
  'packer-manifest-missing': {
    rule: 'A template with post-processors has a manifest for every source: Packer deletes the finished Proxmox VE template where the first post-processor fails, and only a manifest that has come first prevents it.',
    remedy: "Add PostProcessor.manifest({ output: packer.fromRoot('manifest.json') }), without `only` and `except`; it is put first.",
  },
});
