import * as ts from 'typescript';
import { hasModifier, isProperty, PublicApi, PublicMember } from './public-api';
import { strangeParts } from './type-shape';

/** Something in the public API that is unlike the rest. */
export interface Strange {
  readonly place: string;
  readonly what: string;
}

/** Looks for what does not belong into the public API; each answer is a list of names. */
export class PublicApiChecks {
  public constructor(private readonly api: PublicApi) {}

  /** Exports and members without a docstring. */
  public undocumented(): string[] {
    const silent = [ts.SyntaxKind.Constructor, ts.SyntaxKind.IndexSignature];
    const speaking = this.api.members.filter(({ declaration }) => !silent.includes(declaration.kind));
    return names([...this.api.exports, ...speaking].filter(({ symbol }) => this.api.documentation(symbol) === ''));
  }

  /** Optional properties that do not say what happens without them. */
  public withoutDefault(): string[] {
    return names(this.api.members.filter(({ declaration }) => ts.isPropertySignature(declaration) && declaration.questionToken !== undefined
      && !ts.getJSDocTags(declaration).some((tag) => tag.tagName.text === 'default' && tag.comment)));
  }

  /** Properties that can be changed from outside. */
  public mutable(): string[] {
    return names(this.api.members.filter(({ declaration }) => ts.isSetAccessorDeclaration(declaration)
      || (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration))
      && !hasModifier(declaration, ts.SyntaxKind.ReadonlyKeyword)));
  }

  /** Unions, generics, callbacks, tuples, any. */
  public strange(): Strange[] {
    return [...this.api.exports.flatMap(({ name, declaration }) => this.strangeDeclaration(name, declaration)),
      ...this.api.members.flatMap((member) => this.strangeMember(member))];
  }

  /** Methods that should be properties. */
  public getters(): string[] {
    return names(this.api.members.filter(({ name }) => /\.get[A-Z]\w*$/.test(name)));
  }

  /** Behavioural interfaces without the prefix I, and anything else with it. Behavioural is what has methods, or is implemented by a class. */
  public misprefixed(): string[] {
    const implemented = new Set(this.api.exports.flatMap(({ declaration }) => ts.isClassDeclaration(declaration) ? this.basesOf(declaration) : []));
    return names(this.api.exports.filter((one) => /(^|\.)I[A-Z]\w*$/.test(one.name) !== (ts.isInterfaceDeclaration(one.declaration)
      && (implemented.has(one.symbol) || this.api.members.some(({ owner, declaration }) => owner === one && ts.isMethodSignature(declaration))))));
  }

  /** The interfaces that a class implements, and those that they extend. */
  private basesOf(declaration: ts.ClassDeclaration | ts.InterfaceDeclaration): ts.Symbol[] {
    return (declaration.heritageClauses ?? []).flatMap((clause) => clause.types).flatMap((base) => {
      const { symbol } = this.api.checker.getTypeAtLocation(base);
      const further = (symbol.declarations ?? []).filter((other) => ts.isClassDeclaration(other) || ts.isInterfaceDeclaration(other));
      return [symbol, ...further.flatMap((other) => this.basesOf(other))];
    });
  }

  private strangeDeclaration(name: string, declaration: ts.Declaration): Strange[] {
    if (ts.isTypeAliasDeclaration(declaration)) return [{ place: name, what: 'a type alias' }];
    if (ts.isFunctionDeclaration(declaration)) return this.strangeSignature(name, declaration);
    if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) return generic(name, declaration.typeParameters);
    if (ts.isVariableDeclaration(declaration)) return this.strangeType(name, declaration);
    return [];
  }

  private strangeMember({ name, declaration }: PublicMember): Strange[] {
    if (ts.isConstructorDeclaration(declaration) && hasModifier(declaration, ts.SyntaxKind.PrivateKeyword)) return [];
    if (ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration) || ts.isConstructorDeclaration(declaration)) {
      return this.strangeSignature(name, declaration);
    }
    return ts.isEnumMember(declaration) || ts.isSetAccessorDeclaration(declaration) ? [] : this.strangeType(name, declaration);
  }

  private strangeSignature(name: string, signature: ts.SignatureDeclaration): Strange[] {
    return [
      ...generic(name, signature.typeParameters),
      ...signature.parameters.filter((parameter) => !isProperty(parameter)).flatMap((p) => this.strangeType(`${name}(${p.name.getText()})`, p)),
      ...ts.isConstructorDeclaration(signature) ? [] : this.strangeType(name, signature),
    ];
  }

  /** Looks at the type that is written, or else at the one that the compiler finds. */
  private strangeType(place: string, declaration: ts.Declaration & { readonly type?: ts.TypeNode }): Strange[] {
    return (declaration.type ? strangeParts(declaration.type) : this.inferred(declaration)).map((what) => ({ place, what }));
  }

  private inferred(declaration: ts.Declaration): string[] {
    const { checker } = this.api;
    const signature = ts.isFunctionLike(declaration) ? checker.getSignatureFromDeclaration(declaration) : undefined;
    const type = signature?.getReturnType() ?? checker.getTypeAtLocation(declaration);
    // A constant is of the type of its value, which is as good as the wider type.
    return type.isLiteral() ? [] : strangeParts(checker.typeToTypeNode(type, declaration, ts.NodeBuilderFlags.NoTruncation)!);
  }
}

function names(found: readonly { readonly name: string }[]): string[] {
  return found.map(({ name }) => name);
}

function generic(place: string, parameters?: ts.NodeArray<ts.TypeParameterDeclaration>): Strange[] {
  return parameters ? [{ place, what: 'a generic' }] : [];
}
