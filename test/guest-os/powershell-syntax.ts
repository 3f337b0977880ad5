import * as fs from 'node:fs';
import { Verdict } from '../conformance/check';

/** What is used of a tree of tree-sitter. */
interface SyntaxNode {
  readonly type: string;
  readonly text: string;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly hasError: boolean;
  readonly startPosition: { readonly row: number; readonly column: number };
  readonly children: readonly SyntaxNode[];
}

let parser: Promise<{ parse(text: string): { readonly rootNode: SyntaxNode } }> | undefined;

const RUNTIME = 'web-tree-sitter';

/** The grammar of PowerShell for tree-sitter; fails where it is not installed. It takes some scripts that PowerShell does not, such as `try { }`. */
async function load(): Promise<any> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Parser, Language } = require(RUNTIME);
  await Parser.init();
  const made = new Parser();
  made.setLanguage(await Language.load(fs.readFileSync(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))));
  return made;
}

/** The grammar of PowerShell takes a script. */
export async function parsesAsPowerShell(script: string): Promise<Verdict> {
  parser ??= load();
  const { rootNode } = (await parser).parse(script);
  const errors = rootNode.hasError ? errorsOf(rootNode) : [];
  return errors.length === 0 ? undefined : errors.join('\n');
}

function errorsOf(node: SyntaxNode): string[] {
  if (node.isError || node.isMissing) {
    return [`line ${node.startPosition.row + 1}, column ${node.startPosition.column + 1}: ${node.isMissing ? `${node.type} is missing` : node.text.slice(0, 100)}`];
  }
  return node.hasError ? node.children.flatMap(errorsOf) : [];
}
