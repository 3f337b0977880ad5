import { Block, Body, HclRenderer } from '../../lib/hcl';
import * as packer from '../../lib/packer';
import { POST_PROCESSORS } from './samples';

const TEMPLATE = new packer.Template({ name: 'x' });

function toHcl(postProcessors: packer.IPostProcessor[]): string {
  return new HclRenderer().render(new Body({}, postProcessors.map((postProcessor) => {
    const config = postProcessor.bind(TEMPLATE);
    return new Block('post-processor', [config.type], new Body(config.attributes), { comment: config.comment, ordered: true });
  })));
}

test('all post-processors with all properties', () => {
  expect(toHcl(Object.values(POST_PROCESSORS).flat())).toBe(`# What was built.
post-processor "manifest" {
  custom_data = {
    id   = build.ID
    node = "pve"
  }
  name       = "manifest"
  output     = "\${path.root}/manifest.json"
  strip_path = true
  strip_time = true
}

post-processor "shell-local" {
  env = {
    A = "b"
  }
  env_var_format      = "%s='%s' "
  except              = ["proxmox-iso.debian"]
  execute_command     = ["/bin/sh", "-c", "{{.Vars}} {{.Script}}"]
  inline              = ["echo done"]
  inline_shebang      = "/bin/bash -e"
  keep_input_artifact = true
  name                = "tell"
  only_on             = ["linux"]
  tempfile_extension  = ".sh"
  valid_exit_codes    = [0]
}

post-processor "shell-local" {
  script            = "a.sh"
  use_linux_pathing = true
}

post-processor "shell-local" {
  scripts = ["a.sh", "b.sh"]
}

post-processor "checksum" {
  checksum_types = ["sha256"]
  output         = "{{.BuildName}}.{{.ChecksumType}}"
}

post-processor "compress" {
  algorithm           = "pgzip"
  archive             = "tar"
  compression_level   = 6
  format              = "tar.gz"
  keep_input_artifact = true
  output              = "{{.BuildName}}.tar.gz"
}

post-processor "artifice" {
  files               = ["a"]
  keep_input_artifact = true
}
`);
});

test('required properties only', () => {
  expect(toHcl([
    packer.PostProcessor.manifest(),
    packer.PostProcessor.shellLocal({ inline: ['true'] }),
    packer.PostProcessor.checksum(),
    packer.PostProcessor.compress(),
    packer.PostProcessor.artifice({ files: ['a'] }),
  ])).toBe(`post-processor "manifest" {}

post-processor "shell-local" {
  inline = ["true"]
}

post-processor "checksum" {}

post-processor "compress" {}

post-processor "artifice" {
  files = ["a"]
}
`);
});

test('a post-processor of a plugin is handed over as it is', () => {
  const requiredPlugin = new packer.RequiredPlugin({ name: 'x', source: 'github.com/a/x', version: '>= 1.0' });
  const postProcessor = packer.PostProcessor.custom('x-upload', { to: '{{ .BuildName }}' }, { requiredPlugin, keepInputArtifact: true });
  expect(postProcessor.bind(TEMPLATE).requiredPlugin).toBe(requiredPlugin);
  expect(toHcl([postProcessor])).toBe(`post-processor "x-upload" {
  keep_input_artifact = true
  to                  = "{{ .BuildName }}"
}
`);
});
