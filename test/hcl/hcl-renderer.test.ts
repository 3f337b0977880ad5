import { Block, Body, Expression, HclRenderer } from '../../lib/hcl';

function render(attributes: { [name: string]: any }, blocks: Block[] = [], comment?: string): string {
  return new HclRenderer().render(new Body(attributes, blocks, { comment }));
}

test('an empty document', () => {
  expect(render({})).toBe('');
});

test('a whole document', () => {
  const token = Expression.reference('var.token');
  expect(render({}, [
    new Block('packer', [], new Body({ required_version: '>= 1.10.0' }, [
      new Block('required_plugins', [], new Body({ proxmox: { version: '>= 1.2.4', source: 'github.com/hashicorp/proxmox' } })),
    ])),
    new Block('variable', ['token'], new Body({ type: Expression.keyword('string'), sensitive: true, description: Expression.verbatim('The ${token}') })),
    new Block('source', ['proxmox-clone', 'ubuntu'], new Body({ token, cores: 4, memory: 8192, tags: 'a;b', cd_content: { 'user-data': `#cloud-config\n\ntoken: ${token}\n`, 'meta-data': '' } }, [
      new Block('disks', [], new Body({ storage_pool: 'tank', disk_size: '20G' })),
      new Block('disks', [], new Body({ storage_pool: 'tank' })),
      new Block('rng0', [], new Body()),
    ]), { comment: 'Made from Homelab/Ubuntu.\n\nHardware is that of the base template.' }),
    new Block('build', [], new Body({ sources: ['source.proxmox-clone.ubuntu'] }, [
      new Block('provisioner', ['shell'], new Body({ inline: ['echo "${HOME}"', `echo ${token}`] }), { ordered: true }),
      new Block('provisioner', ['breakpoint'], new Body(), { ordered: true, comment: 'Look around.' }),
    ])),
  ], 'Golden image ubuntu\n')).toBe(`# Golden image ubuntu
#

packer {
  required_version = ">= 1.10.0"

  required_plugins {
    proxmox = {
      source  = "github.com/hashicorp/proxmox"
      version = ">= 1.2.4"
    }
  }
}

variable "token" {
  description = "The $\${token}"
  sensitive   = true
  type        = string
}

# Made from Homelab/Ubuntu.
#
# Hardware is that of the base template.
source "proxmox-clone" "ubuntu" {
  cd_content = {
    "meta-data" = ""
    "user-data" = <<-EOT
      #cloud-config

      token: \${var.token}
    EOT
  }
  cores  = 4
  memory = 8192
  tags   = "a;b"
  token  = var.token

  disks {
    disk_size    = "20G"
    storage_pool = "tank"
  }

  disks {
    storage_pool = "tank"
  }

  rng0 {}
}

build {
  sources = ["source.proxmox-clone.ubuntu"]

  provisioner "shell" {
    inline = ["echo \\"$\${HOME}\\"", "echo \${var.token}"]
  }

  # Look around.
  provisioner "breakpoint" {}
}
`);
});

describe('equals signs', () => {
  test('are aligned in a run of lines; an open bracket ends the run, a heredoc does not', () => {
    expect(render({ a: 1, bbb: [], cc: {}, d: { x: 1 }, eeee: true, f: 'a\nb\n', gg: 'x', h: [{}], i: 0 })).toBe(`a   = 1
bbb = []
cc  = {}
d = {
  x = 1
}
eeee = true
f    = <<-EOT
  a
  b
EOT
gg   = "x"
h = [
  {},
]
i = 0
`);
  });

  test('are aligned by the columns of keys, in which what has no certain width is written by its code', () => {
    expect(render({ m: { 'é': 1, '文字': 2, 'e-\u0302x': 3, '👨‍👩‍👧': 4, 'ascii key': 5 } })).toBe(`m = {
  "ascii key"                                  = 5
  "e-\\u0302x"                                  = 3
  "é"                                          = 1
  "文字"                                         = 2
  "\\U0001f468\\u200d\\U0001f469\\u200d\\U0001f467" = 4
}
`);
  });

  test('are not aligned with keys in which there is another', () => {
    const odd = `${Expression.call('jsonencode', { k: 1 })}`;
    expect(render({ m: { a: 1, bb: 2, [odd]: 3 } })).toBe(`m = {
  a  = 1
  bb = 2

  "\${jsonencode({ k = 1 })}" = 3
}
`);
    expect(render({ m: { [`!${odd}`]: 3, a: 1, bb: 2 } })).toBe(`m = {
  "!\${jsonencode({ k = 1 })}" = 3

  a  = 1
  bb = 2
}
`);
  });
});

describe('lists', () => {
  test('of scalars stay on one line up to 80 columns', () => {
    const fits = ['a'.repeat(36), 'b'.repeat(36)];
    const line = `["${fits[0]}", "${fits[1]}"]`;
    expect(line).toHaveLength(80);
    expect(render({ a: fits })).toBe(`a = ${line}\n`);
    expect(render({ a: [fits[0], `${fits[1]}b`] })).toBe(`a = [
  "${fits[0]}",
  "${fits[1]}b",
]
`);
  });

  test('of lists and maps have an element a line', () => {
    expect(render({ a: [[1, 2], [], { b: 'x\ny\n', c: ['z'] }, 'm\nn\n', [[3]]] })).toBe(`a = [
  [1, 2],
  [],
  {
    b = <<-EOT
      x
      y
    EOT
    c = ["z"]
  },
  "m\\nn\\n",
  [
    [3],
  ],
]
`);
  });
});

describe('maps', () => {
  test('have bare keys where these are plain names', () => {
    expect(render({ m: { 'a': 1, 'A_1': 1, 'a-b': 1, 'a.b': 1, '1': 1, '': 1, 'for': 1, 'null': 1, 'a"b': 1, '${x}': 1 } })).toBe(`m = {
  "1"     = 1
  ""      = 1
  "$\${x}" = 1
  A_1     = 1
  a       = 1
  "a\\"b"  = 1
  "a-b"   = 1
  "a.b"   = 1
  "for"   = 1
  "null"  = 1
}
`);
  });
});

describe('numbers', () => {
  test.each([[0, '0'], [-0, '0'], [-1.5, '-1.5'], [1e21, '1e+21'], [1e-7, '1e-7'], [123456789012, '123456789012']])('%d', (number, text) => {
    expect(render({ a: number, b: [number] })).toBe(`a = ${text}\nb = [${text}]\n`);
  });
});

describe('text', () => {
  test.each([
    ['with escapes', 'a"b\\c\td\re\n', '"a\\"b\\\\c\\td\\re\\n"'],
    ['that cannot be seen', '\u0000\u001b\u007f\u0085\u2028\u202e\ufeff', '"\\u0000\\u001b\\u007f\\u0085\\u2028\\u202e\\ufeff"'],
    ['of any language', 'äöü 文字 😀', '"äöü 文字 😀"'],
    ['like a template', '${a} %{b} $${c} %%{d} $$${e} $ % {{ }}', '"$${a} %%{b} $$${c} %%%{d} $$$${e} $ % {{ }}"'],
  ])('%s', (_name, text, quoted) => {
    expect(render({ a: text })).toBe(`a = ${quoted}\n`);
  });
});

describe('a heredoc', () => {
  test('holds text of several lines as it is', () => {
    expect(render({ a: '#!/bin/sh\n\techo "$HOME" ${x} \\n\n\n  done %{y}  \n \nend\n' }))
      .toBe('a = <<-EOT\n  #!/bin/sh\n  \techo "$HOME" $${x} \\n\n\n    done %%{y}  \n \n  end\nEOT\n');
  });

  test('ends with a word that is not in the text', () => {
    expect(render({ a: 'EOT\nEOT2 EOT3\n' })).toBe('a = <<-EOT4\n  EOT\n  EOT2 EOT3\nEOT4\n');
  });

  test.each([
    ['one line', 'a\n', '"a\\n"'],
    ['no line break at the end', 'a\nb', '"a\\nb"'],
    ['blank lines only', '\n \n', '"\\n \\n"'],
    ['all lines indented', ' a\n  b\n', '" a\\n  b\\n"'],
    ['a carriage return', 'a\r\nb\r\n', '"a\\r\\nb\\r\\n"'],
    ['a control character', 'a\u0000\nb\n', '"a\\u0000\\nb\\n"'],
    ['a line that begins with a combining character', 'a\n\u0301\n', '"a\\n\u0301\\n"'],
  ])('is not used for %s', (_name, text, quoted) => {
    expect(render({ a: text })).toBe(`a = ${quoted}\n`);
  });
});

test('comments show expressions as they are spelled', () => {
  expect(render({ a: 1 }, [new Block('b', [], new Body({}, [], { comment: 'inner' }), { comment: `uses ${Expression.reference('var.x')}\r\nand  \rmore` })], 'head')).toBe(`# head

a = 1

# uses \${var.x}
# and
# more
b {
  # inner
}
`);
});
