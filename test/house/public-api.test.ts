import * as ts from 'typescript';
import { isProperty, PublicApi, PublicMember } from './public-api';
import { filesBelow } from './sources';
import { strangeParts } from './type-shape';

const api = new PublicApi(['lib/index.ts', 'lib/assertions/index.ts'].filter((file) => filesBelow('lib').includes(file)));
const interfaces = api.exports.filter(({ declaration }) => ts.isInterfaceDeclaration(declaration));

/** Places where the public API has what it has nowhere else, each with the reason. */
const exceptions: { readonly [place: string]: string } = {
  ...because('a value of HCL is text, a number, a truth value, a list, a map or an Expression', [
    'hcl.Body.constructor(attributes)', 'hcl.Body.attributes', 'hcl.Body.setAttribute(value)', 'hcl.Expression.call(args)', 'hcl.Expression.template(parts)',
    'packer.Template.addLocal(value)', 'packer.VariableProps.default', 'packer.VariableType.accepts(value)',
    'packer.Communicator.attributes', 'packer.PostProcessorConfig.attributes', 'packer.ProvisionerConfig.attributes',
  ]),
  ...because('the last door for what has no property here, so nothing is known of it', [
    'packer.CustomSourceProps.attributes', 'packer.DataSource.custom(attributes)', 'packer.PostProcessor.custom(attributes)', 'packer.Provisioner.custom(attributes)',
    'packer.ProvisionerOptions.override', 'packer.Template.addOverride(value)', 'packer.Source.addOverride(value)', 'GoldenImage.addOverride(value)',
  ]),
  ...because('it is shown in a message, whatever it is', ['Finding.received']),
  ...because('it is a document that was read, of which a test asks what it likes', ['SynthesizedStack.configuration', 'SynthesizedStack.packerTemplate']),
};

test('every public export has a docstring', () => {
  expect(api.exports.filter(({ symbol }) => api.documentation(symbol) === '').map(({ name }) => name)).toEqual([]);
});

test('every public member has a docstring', () => {
  const undocumented = api.members.filter(({ declaration, symbol }) => !ts.isConstructorDeclaration(declaration) && !ts.isIndexSignatureDeclaration(declaration)
    && api.documentation(symbol) === '');
  expect(undocumented.map(({ name }) => name)).toEqual([]);
});

test('every optional property of a public interface says its default', () => {
  const silent = members(interfaces.map(({ name }) => name))
    .filter(({ declaration }) => ts.isPropertySignature(declaration) && declaration.questionToken !== undefined
      && !ts.getJSDocTags(declaration).some((tag) => tag.tagName.text === 'default' && tag.comment));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('every property of a public interface is readonly, and so is every public property of a class', () => {
  const mutable = api.members.filter(({ declaration }) => (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration))
    && !(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) || ts.isSetAccessorDeclaration(declaration));
  expect(mutable.map(({ name }) => name)).toEqual([]);
});

test('the public API has no unions, generics, callbacks, tuples or any, except where a reason is written down', () => {
  const found = [...api.exports.flatMap(({ name, declaration }) => strangeDeclaration(name, declaration)), ...api.members.flatMap(strangeMember)];
  expect(found.filter(({ place }) => !(place in exceptions)).map(({ place, what }) => `${place}: ${what}`)).toEqual([]);
  expect(Object.keys(exceptions).filter((place) => !found.some((other) => other.place === place))).toEqual([]);
});

test('no method is called getX(), since a property says it', () => {
  expect(api.members.filter(({ name }) => /\.get[A-Z]\w*$/.test(name)).map(({ name }) => name)).toEqual([]);
});

test('the prefix I is for interfaces of behaviour, and only for them', () => {
  const prefixed = (name: string) => /(^|\.)I[A-Z]\w*$/.test(name);
  const implemented = new Set(api.exports.flatMap(({ declaration }) => ts.isClassDeclaration(declaration) ? basesOf(declaration) : []));
  const behaves = (name: string, symbol: ts.Symbol) => implemented.has(symbol) || members([name]).some(({ declaration }) => ts.isMethodSignature(declaration));
  expect(interfaces.filter(({ name, symbol }) => prefixed(name) !== behaves(name, symbol)).map(({ name }) => name)).toEqual([]);
  expect(api.exports.filter(({ name, declaration }) => !ts.isInterfaceDeclaration(declaration) && prefixed(name)).map(({ name }) => name)).toEqual([]);
});

/** The interfaces that a class implements, and those that they extend. */
function basesOf(declaration: ts.ClassDeclaration | ts.InterfaceDeclaration): ts.Symbol[] {
  return (declaration.heritageClauses ?? []).flatMap((clause) => clause.types).flatMap((base) => {
    const { symbol } = api.checker.getTypeAtLocation(base);
    return [symbol, ...(symbol.declarations ?? []).filter((other) => ts.isClassDeclaration(other) || ts.isInterfaceDeclaration(other)).flatMap(basesOf)];
  });
}

function because(reason: string, places: readonly string[]): { [place: string]: string } {
  return Object.fromEntries(places.map((place) => [place, reason]));
}

interface Strange {
  readonly place: string;
  readonly what: string;
}

function members(owners: readonly string[]): PublicMember[] {
  return api.members.filter(({ owner }) => owners.includes(owner.name));
}

function strangeDeclaration(name: string, declaration: ts.Declaration): Strange[] {
  if (ts.isTypeAliasDeclaration(declaration)) return [{ place: name, what: 'a type alias' }];
  if (ts.isFunctionDeclaration(declaration)) return strangeSignature(name, declaration);
  if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) return generic(name, declaration.typeParameters);
  if (ts.isVariableDeclaration(declaration)) return strangeType(name, declaration);
  return [];
}

function strangeMember({ name, declaration }: PublicMember): Strange[] {
  if (ts.isConstructorDeclaration(declaration) && ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) return [];
  if (ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration) || ts.isConstructorDeclaration(declaration)) {
    return strangeSignature(name, declaration);
  }
  return ts.isEnumMember(declaration) || ts.isSetAccessorDeclaration(declaration) ? [] : strangeType(name, declaration);
}

function strangeSignature(name: string, signature: ts.SignatureDeclaration): Strange[] {
  return [
    ...generic(name, signature.typeParameters),
    ...signature.parameters.filter((parameter) => !isProperty(parameter)).flatMap((p) => strangeType(`${name}(${p.name.getText()})`, p)),
    ...ts.isConstructorDeclaration(signature) ? [] : strangeType(name, signature),
  ];
}

/** Looks at the type that is written, or else at the one that the compiler finds. */
function strangeType(place: string, declaration: ts.Declaration & { readonly type?: ts.TypeNode }): Strange[] {
  return (declaration.type ? strangeParts(declaration.type) : inferred(declaration)).map((what) => ({ place, what }));
}

function inferred(declaration: ts.Declaration): string[] {
  const signature = ts.isFunctionLike(declaration) ? api.checker.getSignatureFromDeclaration(declaration) : undefined;
  const type = signature?.getReturnType() ?? api.checker.getTypeAtLocation(declaration);
  // A constant is of the type of its value, which is as good as the wider type.
  return type.isLiteral() ? [] : strangeParts(api.checker.typeToTypeNode(type, declaration, ts.NodeBuilderFlags.NoTruncation)!);
}

function generic(place: string, parameters?: ts.NodeArray<ts.TypeParameterDeclaration>): Strange[] {
  return parameters ? [{ place, what: 'a generic' }] : [];
}
