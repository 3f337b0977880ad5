import { Block, Body, Expression, JsonRenderer } from '../../lib/hcl';

function render(attributes: { [name: string]: any }, blocks: Block[] = [], comment?: string): string {
  return new JsonRenderer().render(new Body(attributes, blocks, { comment }));
}

function parsed(...blocks: Block[]): any {
  return JSON.parse(render({}, blocks));
}

test('an empty document', () => {
  expect(render({})).toBe('{}\n');
});

test('a whole document', () => {
  const token = Expression.reference('var.token');
  expect(render({ z: 1, a: ['x', 2, true, []] }, [
    new Block('variable', ['token'], new Body({ type: Expression.keyword('string'), description: Expression.verbatim('The ${token}') })),
    new Block('source', ['null', 'b'], new Body({ token, m: { 'k': `x-${token}`, 'a.b': {} } }), { comment: 'the first' }),
    new Block('build', [], new Body({ sources: ['source.null.b'] }, [
      new Block('provisioner', ['shell'], new Body({ inline: ['echo "${HOME}"'] }), { ordered: true }),
      new Block('provisioner', ['breakpoint'], new Body(), { ordered: true, comment: 'two\nlines' }),
    ])),
  ], 'Golden image')).toBe(`{
  "//": "Golden image",
  "a": [
    "x",
    2,
    true,
    []
  ],
  "z": 1,
  "variable": {
    "token": {
      "description": "The \${token}",
      "type": "string"
    }
  },
  "source": {
    "null": {
      "b": {
        "//": "the first",
        "m": {
          "a.b": {},
          "k": "x-\${var.token}"
        },
        "token": "\${var.token}"
      }
    }
  },
  "build": {
    "sources": [
      "source.null.b"
    ],
    "provisioner": [
      {
        "shell": {
          "inline": [
            "echo \\"$\${HOME}\\""
          ]
        }
      },
      {
        "breakpoint": {
          "//": [
            "two",
            "lines"
          ]
        }
      }
    ]
  }
}
`);
});

describe('blocks of one type', () => {
  const block = (type: string, labels: string[], n: number, ordered = false) => new Block(type, labels, new Body({ n }), { ordered });

  test('with other labels are merged, in the order of their first label', () => {
    expect(render({}, [block('s', ['b', 'x'], 1), block('s', ['a', '2'], 2), block('s', ['b', '1'], 3)]).replace(/\s/g, ''))
      .toBe('{"s":{"b":{"x":{"n":1},"1":{"n":3}},"a":{"2":{"n":2}}}}');
  });

  test('with the same labels are a list', () => {
    expect(parsed(block('s', ['a', 'b'], 1), block('s', ['a', 'b'], 2))).toEqual({ s: { a: { b: [{ n: 1 }, { n: 2 }] } } });
  });

  test('without labels are an object, or a list where there are several', () => {
    expect(parsed(block('one', [], 1), block('many', [], 2), block('many', [], 3))).toEqual({ one: { n: 1 }, many: [{ n: 2 }, { n: 3 }] });
  });

  test('that are ordered are a list even of one', () => {
    expect(parsed(block('p', ['a', 'b'], 1, true), block('q', [], 2, true))).toEqual({ p: [{ a: { b: { n: 1 } } }], q: [{ n: 2 }] });
  });

  test('are ordered if one of them is', () => {
    expect(parsed(block('p', ['a'], 1), block('p', ['b'], 2, true))).toEqual({ p: [{ a: { n: 1 } }, { b: { n: 2 } }] });
  });
});

describe('text', () => {
  test.each([
    ['like a template', '${a} %{b} $${c} $ %', '$${a} %%{b} $$${c} $ %'],
    ['with a byte order mark at its head', '\ufeffa\ufeff', '${"\\ufeff"}a\ufeff'],
    ['with carriage returns', '\ra\r\nb\r\r\n', '${"\\r"}a\r\nb${"\\r"}\r\n'],
    ['with dollar signs before a carriage return', '$$\r', '${"$$"}${"\\r"}'],
  ])('%s', (_name, text, template) => {
    expect(JSON.parse(render({ a: text, m: { [`${text}.`]: 1 } }))).toEqual({ a: template, m: { [`${template}.`]: 1 } });
  });

  test('in a comment is no template', () => {
    expect(JSON.parse(render({}, [], `\${x} ${Expression.reference('var.y')}`))).toEqual({ '//': '${x} ${var.y}' });
  });
});

test('the comments of a block and of its body stand together', () => {
  expect(parsed(new Block('b', [], new Body({}, [], { comment: 'inner' }), { comment: 'outer' }))).toEqual({ b: { '//': ['outer', 'inner'] } });
});

test('numbers are written as HCL reads them', () => {
  expect(render({ a: [0, -0, 1.5, 1e21] }).replace(/\s/g, '')).toBe('{"a":[0,0,1.5,1e+21]}');
});
