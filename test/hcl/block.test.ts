import { Block, Body } from '../../lib/hcl';
import { messageOf } from './message-of';

test('only a type is needed', () => {
  const block = new Block('build');
  expect({ ...block, labels: block.labels, body: [block.body.attributes, block.body.blocks] })
    .toEqual({ type: 'build', names: [], labels: [], body: [{}, []], comment: undefined, ordered: false });
});

test('everything given is kept; the labels are a copy', () => {
  const labels = ['null', 'x.y-z_1'];
  const body = new Body({ a: 1 });
  const block = new Block('source', labels, body, { comment: 'why', ordered: true });
  labels.push('later');
  block.labels.push('later');
  expect(block.type).toBe('source');
  expect(block.labels).toEqual(['null', 'x.y-z_1']);
  expect(block.body).toBe(body);
  expect(block.comment).toBe('why');
  expect(block.ordered).toBe(true);
});

test('all mistakes are reported together', () => {
  expect(messageOf(() => new Block('1st', ['ok', '', 'a b', '${x}', 'a"'], new Body(), { comment: '\u0000' }))).toBe(`hcl.Block: 6 mistakes
[hcl-identifier] type, got: "1st"
  The name of an attribute or of a block type is an identifier: a letter or _, then letters, digits, _ and -.
  Remedy: Use the name as the documentation of the tool spells it; free keys belong into a map, which is the value of an attribute.
[hcl-label] labels[1], got: ""
  The label of a block is made of letters, digits and the characters . _ - and has at least one of them.
  Remedy: Choose a label such as ubuntu-24; no reference or template is possible in a label.
[hcl-label] labels[2], got: "a b"
  The label of a block is made of letters, digits and the characters . _ - and has at least one of them.
  Remedy: Choose a label such as ubuntu-24; no reference or template is possible in a label.
[hcl-label] labels[3], got: "\${x}"
  The label of a block is made of letters, digits and the characters . _ - and has at least one of them.
  Remedy: Choose a label such as ubuntu-24; no reference or template is possible in a label.
[hcl-label] labels[4], got: "a\\""
  The label of a block is made of letters, digits and the characters . _ - and has at least one of them.
  Remedy: Choose a label such as ubuntu-24; no reference or template is possible in a label.
[hcl-comment] comment, got: "\\u0000"
  A comment holds no control characters other than line breaks and tabs.
  Remedy: Leave these characters out of the comment.`);
});
