import { Body, Expression, HclRenderer, JsonRenderer } from '../../lib/hcl';
import { DataSource, HttpMethod, Variable, VariableProps, VariableType } from '../../lib/packer';

const hcl = (name: string, props?: VariableProps) => new HclRenderer().render(new Body({}, [new Variable(name, props).toBlock()]));
const json = (name: string, props?: VariableProps) => new JsonRenderer().render(new Body({}, [new Variable(name, props).toBlock()]));

const FULL: VariableProps = {
  type: VariableType.list(VariableType.object({ size: VariableType.NUMBER, name: VariableType.STRING })),
  description: 'Disks of ${name}, 50 %{ each }.',
  default: [{ name: 'root', size: 20 }],
  validations: [{ condition: Expression.raw('length(var.disks) < 5'), errorMessage: 'No more than ${four} disks.' }],
  comment: 'Disks.',
};

test('required properties only', () => {
  expect(hcl('token')).toBe('variable "token" {\n  type = string\n}\n');
  expect(json('token')).toBe('{\n  "variable": {\n    "token": {\n      "type": "string"\n    }\n  }\n}\n');
});

test('all properties, in native syntax', () => {
  expect(hcl('disks', FULL)).toBe(`# Disks.
variable "disks" {
  default = [
    {
      name = "root"
      size = 20
    },
  ]
  description = "Disks of $\${name}, 50 %%{ each }."
  type        = list(object({ name = string, size = number }))

  validation {
    condition     = length(var.disks) < 5
    error_message = "No more than $\${four} disks."
  }
}
`);
});

test('all properties, in JSON, where Packer evaluates neither description nor message', () => {
  expect(json('disks', FULL)).toBe(`{
  "variable": {
    "disks": {
      "//": "Disks.",
      "default": [
        {
          "name": "root",
          "size": 20
        }
      ],
      "description": "Disks of \${name}, 50 %{ each }.",
      "type": "list(object({ name = string, size = number }))",
      "validation": {
        "condition": "\${length(var.disks) < 5}",
        "error_message": "No more than \${four} disks."
      }
    }
  }
}
`);
});

test('other defaults', () => {
  expect(hcl('a', { defaultFromEnvironment: 'HOME', sensitive: true })).toBe('variable "a" {\n  default   = env("HOME")\n  sensitive = true\n  type      = string\n}\n');
  expect(hcl('a', { optional: true, type: VariableType.NUMBER })).toBe('variable "a" {\n  default = null\n  type    = number\n}\n');
  expect(hcl('a', { default: false, type: VariableType.BOOL })).toBe('variable "a" {\n  default = false\n  type    = bool\n}\n');
});

test('a variable can be used as text', () => {
  const variable = new Variable('host');
  expect(`https://${variable}/`).toBe(`https://${Expression.reference('var.host')}/`);
  expect([variable.expression.text, variable.sensitive, new Variable('a', { sensitive: true }).sensitive]).toEqual(['var.host', false, true]);
});

test.each<[VariableType, string, any[], any[]]>([
  [VariableType.STRING, 'string', ['', 'a'], [1, true, [], {}]],
  [VariableType.NUMBER, 'number', [0, 1.5], ['1', true]],
  [VariableType.BOOL, 'bool', [true, false], ['true', 1]],
  [VariableType.ANY, 'any', ['a', 1, []], []],
  [VariableType.list(VariableType.NUMBER), 'list(number)', [[], [1]], [1, ['a'], {}]],
  [VariableType.set(VariableType.STRING), 'set(string)', [['a']], [[1]]],
  [VariableType.map(VariableType.BOOL), 'map(bool)', [{}, { a: true }], [[], { a: 1 }]],
  [VariableType.object({ b: VariableType.BOOL, a: VariableType.STRING }), 'object({ a = string, b = bool })', [{ a: 'x', b: true }], [{ a: 'x' }, { a: 'x', b: true, c: 1 }, []]],
])('type %s', (type, text, good, bad) => {
  expect(type.toString()).toBe(text);
  expect(good.filter((value) => !type.accepts(value))).toEqual([]);
  expect(bad.filter((value) => type.accepts(value))).toEqual([]);
});

test('data sources', () => {
  const http = DataSource.http('release', {
    url: 'https://example.com/a', method: HttpMethod.POST, requestHeaders: { Accept: 'text/plain' }, requestBody: '{{ x }} ${y}', comment: 'Newest.',
  });
  const render = (data: DataSource) => new HclRenderer().render(new Body({}, [data.toBlock()]));
  expect(render(http)).toBe(`# Newest.
data "http" "release" {
  method       = "POST"
  request_body = "{{ x }} $\${y}"
  request_headers = {
    Accept = "text/plain"
  }
  url = "https://example.com/a"
}
`);
  expect(http.attribute('body').text).toBe('data.http.release.body');
  expect(render(DataSource.http('a', { url: 'https://example.com' }))).toBe('data "http" "a" {\n  url = "https://example.com"\n}\n');
  expect(render(DataSource.nullSource('a', 'b'))).toBe('data "null" "a" {\n  input = "b"\n}\n');
});
