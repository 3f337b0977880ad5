import * as fs from 'fs';
import * as path from 'path';
import { differences } from '../../bench/equality';
import { build as buildByHand } from '../../bench/programs/hand-written';
import { build as buildWithLibrary } from '../../bench/programs/library';
import { newApp, newStack, synthesize, temporaryFolder } from '../support/synth';

function file(name: string, content: object): string {
  const written = path.join(temporaryFolder(), name);
  fs.writeFileSync(written, JSON.stringify(content));
  return written;
}

test('the two programs that the benchmark compares say the same to Terraform', () => {
  const files = [buildWithLibrary, buildByHand].map((build) => {
    const stack = newStack(newApp(), 'bench');
    build(stack, 3);
    return path.join(synthesize(stack).folder, 'cdk.tf.json');
  });
  expect(differences(files[0], files[1])).toEqual([]);
});

test('remarks of the core, null, and a block as an object or a list of one make no difference', () => {
  const a = file('a.json', { vm: { '//': 'path', 'cpu': [{ cores: 2 }], 'mtu': null } });
  const b = file('b.json', { vm: { '//': 'other', 'cpu': { cores: 2 } } });
  expect(differences(a, b)).toEqual([]);
});

test('values, members and lengths of lists make a difference', () => {
  const a = file('a.json', { vm: { cores: 2, tags: ['a', 'b'], node: 'pve' } });
  const b = file('b.json', { vm: { cores: 4, tags: ['a'], disk: [{ size: 8 }, { size: 9 }] } });
  expect(differences(a, b)).toEqual([
    'vm.cores: 2 and 4',
    'vm.tags.1: "b" and undefined',
    'vm.node: "pve" and undefined',
    'vm.disk: undefined and [{"size":8},{"size":9}]',
  ]);
});
