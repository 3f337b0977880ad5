import { TerraformStack } from 'cdktf';
import { addressOf } from '../../lib/assembly';
import { Schematic, SystemExtension } from '../../lib/talos';
import { TalosAccess } from '../../lib/talos/talos-access';
import { newApp, newStack, synthesize } from '../support/synth';

const PLAIN = new Schematic();
const AGENT = new Schematic({ systemExtensions: [SystemExtension.QEMU_GUEST_AGENT] });

function access(stack: TerraformStack, ...factory: string[]): TalosAccess {
  return TalosAccess.of(stack, ...factory);
}

test('one for each factory in a stack, and a schematic once in each', () => {
  const stack = newStack();
  expect(access(stack)).toBe(access(stack, 'https://factory.talos.dev'));
  expect(access(stack, 'https://a.lan')).toBe(access(stack, 'https://a.lan'));
  expect(access(stack, 'https://a.lan')).not.toBe(access(stack));
  expect([access(stack).register(PLAIN), access(stack).register(PLAIN), access(stack).register(AGENT), access(stack, 'https://a.lan').register(AGENT)]).toEqual([
    'talos_image_factory_schematic.schematic-376567988ad3', 'talos_image_factory_schematic.schematic-376567988ad3', 'talos_image_factory_schematic.schematic-ce4c980550dd',
    'talos_image_factory_schematic.a_lan-schematic-ce4c980550dd',
  ]);
  expect(synthesize(stack).terraform.resource.talos_image_factory_schematic).toEqual({
    'a_lan-schematic-ce4c980550dd': expect.objectContaining({ provider: 'talos.a_lan' }),
    'schematic-376567988ad3': expect.not.objectContaining({ provider: expect.anything() }),
    'schematic-ce4c980550dd': expect.not.objectContaining({ provider: expect.anything() }),
  });
});

test('each stack has its own', () => {
  const app = newApp();
  const [one, two] = [newStack(app, 'one'), newStack(app, 'two')];
  expect(access(one)).not.toBe(access(two));
  expect(synthesize(one).terraform.provider).toEqual({ talos: [{}] });
});

test('the factory is told the very text of which the id is made, and held to the id', () => {
  const stack = newStack();
  const schematic = new Schematic({ extraKernelArgs: ['a=${b}', '%{c}', 'ü'] });
  const name = access(stack).register(schematic).split('.')[1];
  const { schematic: text, lifecycle } = synthesize(stack).terraform.resource.talos_image_factory_schematic[name];
  expect(text).toBe('customization:\n    extraKernelArgs:\n        - a=$${b}\n        - \'%%{c}\'\n        - ü\n');
  expect(text.replace('$${', '${').replace('%%{', '%{')).toBe(schematic.toYaml());
  expect(lifecycle.postcondition).toEqual([{ condition: `\${self.id == "${schematic.schematicId}"}`, error_message: expect.stringContaining(schematic.schematicId) }]);
  expect(addressOf(stack.node.findChild('TalosAccess').node.findChild(`Schematic-${schematic.schematicId}`) as any)).toBe(`talos_image_factory_schematic.${name}`);
});
