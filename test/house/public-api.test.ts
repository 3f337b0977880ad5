import { PublicApi } from './public-api';
import { PublicApiChecks } from './public-api-checks';

/** Places where the public API has what it has nowhere else, each with the reason. */
const exceptions: { readonly [place: string]: string } = {
  ...because('a value of HCL is text, a number, a truth value, a list, a map or an Expression', [
    'hcl.Body.constructor(attributes)', 'hcl.Body.attributes', 'hcl.Body.setAttribute(value)', 'hcl.Expression.call(args)', 'hcl.Expression.template(parts)',
    'packer.Template.addLocal(value)', 'packer.VariableProps.default', 'packer.VariableType.accepts(value)',
    'packer.Communicator.attributes', 'packer.PostProcessorConfig.attributes', 'packer.ProvisionerConfig.attributes',
  ]),
  ...because('the last door for what has no property here, so nothing is known of it', [
    'packer.CustomSourceProps.attributes', 'packer.DataSource.custom(attributes)', 'packer.PostProcessor.custom(attributes)', 'packer.Provisioner.custom(attributes)',
    'packer.ProvisionerOptions.override', 'packer.Template.addOverride(value)', 'packer.Source.addOverride(value)', 'BuiltTemplate.addOverride(value)',
  ]),
  ...because('it is a variable of a role that the user wrote, whatever that takes', ['StandardProfileProps.roleVariables']),
  ...because('it is what the API of Proxmox VE or a guest agent carries, whatever it is', ['PveSimulator.call', 'PveSimulator.setAgentAnswers(answers)']),
  ...because('it is a part of a machine configuration, whatever Talos has there', ['talos.PatchDocument.__index']),
  ...because('it is shown in a message, whatever it is', ['Finding.received']),
  ...because('it is a document that was read, of which a test asks what it likes', ['SynthesizedStack.configuration', 'SynthesizedStack.packerTemplate']),
};

const library = new PublicApiChecks(new PublicApi(['lib/index.ts', 'lib/assertions/index.ts', 'lib/simulator/index.ts']));
const planted = new PublicApiChecks(new PublicApi(['test/house/planted-api.ts']));

test('everything public has a docstring', () => {
  expect(library.undocumented()).toEqual([]);
  expect(planted.undocumented()).toEqual(['undocumented', 'Undocumented', 'Undocumented.member', 'Undocumented.method', 'Kind.SECOND', 'IPlanted.size']);
});

test('every optional property says its default', () => {
  expect(library.withoutDefault()).toEqual([]);
  expect(planted.withoutDefault()).toEqual(['Props.silent', 'Props.empty']);
});

test('every public property is readonly', () => {
  expect(library.mutable()).toEqual([]);
  expect(planted.mutable()).toEqual(['Undocumented.member', 'Undocumented.parameter', 'Props.mutable']);
});

test('there are no unions, generics, callbacks, tuples or any, except where a reason is written down', () => {
  const found = library.strange();
  expect(found.filter(({ place }) => !(place in exceptions)).map(({ place, what }) => `${place}: ${what}`)).toEqual([]);
  expect(Object.keys(exceptions).filter((place) => !found.some((other) => other.place === place))).toEqual([]);
  expect(planted.strange().map(({ place, what }) => `${place}: ${what}`)).toEqual([
    'undocumented: a generic',
    'undocumented(both): a union',
    'Alias: a type alias',
    'Undocumented.inferred: a union',
    'Undocumented.member: a tuple',
    'Undocumented.constructor(callback): a function',
    'Undocumented.method: a generic type',
    'Props.mutable: any',
    'Props.nested: a union',
    'Props.nameless: a type without a name',
  ]);
});

test('no method is called getX(), since a property says it', () => {
  expect(library.getters()).toEqual([]);
  expect(planted.getters()).toEqual(['IPlanted.getSize']);
});

test('the prefix I is for interfaces of behaviour, and only for them', () => {
  expect(library.misprefixed()).toEqual([]);
  expect(planted.misprefixed()).toEqual(['IData', 'Behaviour']);
});

function because(reason: string, places: readonly string[]): { [place: string]: string } {
  return Object.fromEntries(places.map((place) => [place, reason]));
}
