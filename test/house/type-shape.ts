import * as ts from 'typescript';

/** Generic types that other languages have too. */
const ordinaryGenerics = new Set(['Array', 'ReadonlyArray', 'Record', 'Promise']);

/** What of a type another language could not say, or a user could not read: empty if there is nothing. */
export function strangeParts(type: ts.TypeNode): string[] {
  if (ts.isUnionTypeNode(type)) {
    const others = type.types.filter((member) => member.kind !== ts.SyntaxKind.UndefinedKeyword);
    return others.length === 1 ? strangeParts(others[0]) : ['a union'];
  }
  if (ts.isParenthesizedTypeNode(type)) return strangeParts(type.type);
  if (ts.isArrayTypeNode(type)) return strangeParts(type.elementType);
  if (ts.isTypeOperatorNode(type)) return type.operator === ts.SyntaxKind.ReadonlyKeyword ? strangeParts(type.type) : ['a type operator'];
  if (ts.isTypeReferenceNode(type)) {
    const inner = (type.typeArguments ?? []).flatMap(strangeParts);
    return type.typeArguments && !ordinaryGenerics.has(lastName(type.typeName)) ? ['a generic type', ...inner] : inner;
  }
  if (ts.isTypeLiteralNode(type)) {
    return type.members.flatMap((member) => ts.isIndexSignatureDeclaration(member) ? strangeParts(member.type) : ['a type without a name']);
  }
  return strangeKinds.get(type.kind) ?? [];
}

const strangeKinds = new Map<ts.SyntaxKind, string[]>([
  [ts.SyntaxKind.AnyKeyword, ['any']],
  [ts.SyntaxKind.UnknownKeyword, ['unknown']],
  [ts.SyntaxKind.ObjectKeyword, ['object']],
  [ts.SyntaxKind.FunctionType, ['a function']],
  [ts.SyntaxKind.ConstructorType, ['a constructor']],
  [ts.SyntaxKind.TupleType, ['a tuple']],
  [ts.SyntaxKind.IntersectionType, ['an intersection']],
  [ts.SyntaxKind.ConditionalType, ['a conditional type']],
  [ts.SyntaxKind.MappedType, ['a mapped type']],
  [ts.SyntaxKind.IndexedAccessType, ['an indexed type']],
  [ts.SyntaxKind.TypeQuery, ['the type of a value']],
  [ts.SyntaxKind.LiteralType, ['a literal type']],
  [ts.SyntaxKind.TemplateLiteralType, ['a template type']],
  [ts.SyntaxKind.TypePredicate, ['a type predicate']],
]);

function lastName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}
