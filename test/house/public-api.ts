import * as path from 'node:path';
import * as ts from 'typescript';
import { root } from './sources';

/** A class, interface, enum, function, constant or type that programs can import. */
export interface PublicExport {
  /** As a program names it, such as `packer.Template`. */
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
}

/** A member of a public class, interface or enum. */
export interface PublicMember {
  /** As in `packer.Template.addSource`. */
  readonly name: string;
  readonly owner: PublicExport;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
}

/** What programs that use the library see of it: everything that the entry points export, without what is marked `@internal`. */
export class PublicApi {
  public readonly checker: ts.TypeChecker;
  public readonly exports: readonly PublicExport[];
  public readonly members: readonly PublicMember[];

  /** @param entries paths of the entry points below the repository */
  public constructor(entries: readonly string[]) {
    const config = ts.readConfigFile(path.join(root, 'tsconfig.build.json'), (file) => ts.sys.readFile(file));
    const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [] }, ts.sys, root);
    const files = entries.map((entry) => path.join(root, entry));
    const program = ts.createProgram(files, { ...options, noEmit: true, incremental: false, skipLibCheck: true });
    this.checker = program.getTypeChecker();
    const found = new Map<ts.Symbol, PublicExport>();
    for (const file of files) {
      this.collect(this.checker.getSymbolAtLocation(program.getSourceFile(file)!)!, '', found);
    }
    this.exports = [...found.values()];
    this.members = this.exports.flatMap((owner) => this.membersOf(owner));
  }

  /** The documentation of something, its own or that of what it overrides or implements. */
  public documentation(symbol: ts.Symbol): string {
    return ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).trim();
  }

  private collect(module: ts.Symbol, prefix: string, found: Map<ts.Symbol, PublicExport>): void {
    for (const exported of this.checker.getExportsOfModule(module)) {
      const symbol = exported.declarations?.some(isAlias) ? this.checker.getAliasedSymbol(exported) : exported;
      const [declaration] = symbol.declarations ?? [];
      if (!declaration || found.has(symbol) || isInternal(declaration)) continue;
      if (ts.isSourceFile(declaration)) this.collect(symbol, `${prefix}${exported.name}.`, found);
      else found.set(symbol, { name: `${prefix}${exported.name}`, symbol, declaration });
    }
  }

  private membersOf(owner: PublicExport): PublicMember[] {
    return (owner.symbol.declarations ?? []).flatMap((declaration) => {
      if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration) && !ts.isEnumDeclaration(declaration)) return [];
      const own: readonly ts.Declaration[] = declaration.members;
      return own.flatMap((member) => ts.isConstructorDeclaration(member) ? [member, ...member.parameters.filter(isProperty)] : [member])
        .filter((member) => !isInternal(member) && !isPrivate(member))
        .map((member) => {
          const symbol = (member as ts.Declaration & { symbol: ts.Symbol }).symbol;
          const name = ts.isConstructorDeclaration(member) ? 'constructor' : ts.isParameter(member) ? member.name.getText() : symbol.name;
          const propertySymbol = ts.isParameter(member) ? this.checker.getTypeAtLocation(declaration).getProperty(name)! : symbol;
          return { name: `${owner.name}.${name}`, owner, symbol: propertySymbol, declaration: member };
        });
    });
  }
}

/** Whether something is a constructor's parameter that is a property too. */
export function isProperty(parameter: ts.ParameterDeclaration): boolean {
  return ts.isParameterPropertyDeclaration(parameter, parameter.parent);
}

/** Whether a declaration is marked with a word such as `private`. */
export function hasModifier(declaration: ts.Declaration, modifier: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(declaration) && ts.getModifiers(declaration)?.some(({ kind }) => kind === modifier) === true;
}

function isAlias(declaration: ts.Declaration): boolean {
  return ts.isExportSpecifier(declaration) || ts.isNamespaceExport(declaration) || ts.isImportSpecifier(declaration);
}

function isPrivate(member: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(member);
  return name !== undefined && ts.isPrivateIdentifier(name)
    || hasModifier(member, ts.SyntaxKind.PrivateKeyword) && !ts.isConstructorDeclaration(member);
}

function isInternal(declaration: ts.Declaration): boolean {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'internal');
}
