import { Duration, Problems } from '../../lib/core';
import { Expression } from '../../lib/hcl';
import { BootKey } from '../../lib/packer';
import { checkBootCommand } from '../../lib/packer/boot-command';

function mistakes(...command: string[]): string[] {
  const problems = new Problems('x');
  checkBootCommand(problems, command, true);
  return problems.all.map((problem) => problem.code);
}

test('every key can be pressed, held and released', () => {
  const keys = Object.values(BootKey).filter((key): key is string => typeof key === 'string');
  expect(keys).toHaveLength(24);
  const real = keys.filter((key) => key.startsWith('<'));
  expect(mistakes(...keys, ...real.map(BootKey.hold), ...real.map(BootKey.release), BootKey.hold('c'), BootKey.release('c'))).toEqual([]);
  expect(mistakes(...[1, 12].map(BootKey.functionKey))).toEqual([]);
});

test('how keys are spelt', () => {
  expect([BootKey.wait(Duration.seconds(90)), BootKey.wait(Duration.milliseconds(500)), BootKey.functionKey(10), BootKey.hold(BootKey.LEFT_CTRL), BootKey.release('c')])
    .toEqual(['<wait1m30s>', '<wait500ms>', '<f10>', '<leftCtrlOn>', '<cOff>']);
});

test('everything of a US keyboard can be typed', () => {
  const printable = [...Array(95).keys()].map((i) => String.fromCharCode(32 + i)).join('');
  expect(mistakes(printable, 'a < b > c', '<', 'wait', '1 <2> 3')).toEqual([]);
});

test('words that Packer knows, in any case, split over pieces', () => {
  expect(mistakes('<ENTER><wait>', '<wait5><wait10s><wait1m30s><wait0h1s>', '<LeftAltOn><f4><leftaltoff>', '<en', 'ter>')).toEqual([]);
});

test('two braces in a row are typed with a short pause between them', () => {
  expect(mistakes('{<wait1ms>{ x }}')).toEqual([]);
});

test('what an expression becomes is not known', () => {
  expect(mistakes(`linux ${Expression.reference('var.arguments')}`, BootKey.ENTER)).toEqual([]);
});

test('several mistakes are all noted', () => {
  expect(mistakes('<foo><pgdn><pageDown>ü{{ .Vars }}')).toEqual([
    'packer-boot-command-template', 'packer-boot-command-token', 'packer-boot-command-token', 'packer-boot-command-key', 'packer-boot-command-character',
  ]);
});
