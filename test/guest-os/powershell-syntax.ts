import * as fs from 'node:fs';
import { Language, Node, Parser } from 'web-tree-sitter';
import { Verdict } from '../conformance/check';

let parser: Promise<Parser> | undefined;

/** The grammar of PowerShell for tree-sitter; fails where it is not installed. It takes some scripts that PowerShell does not, such as `try { }`. */
async function load(): Promise<Parser> {
  await Parser.init();
  return new Parser().setLanguage(await Language.load(fs.readFileSync(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))));
}

async function parse(script: string): Promise<Node> {
  parser ??= load();
  const tree = (await parser).parse(script);
  if (tree === null) throw new Error('The script was not read.');
  return tree.rootNode;
}

/** The grammar of PowerShell takes a script. */
export async function parsesAsPowerShell(script: string): Promise<Verdict> {
  const rootNode = await parse(script);
  return rootNode.hasError ? ['The grammar refuses it:', ...errorsOf(rootNode)].join('\n') : undefined;
}

function errorsOf(node: Node): string[] {
  if (node.isError || node.isMissing) {
    return [`line ${node.startPosition.row + 1}, column ${node.startPosition.column + 1}: ${node.isMissing ? `${node.type} is missing` : node.text.slice(0, 100)}`];
  }
  return node.hasError ? node.children.flatMap(errorsOf) : [];
}

/** What a script calls that is neither its own nor known, and parameters that what it calls has not. */
export async function unknownCommands(script: string, known: { readonly [command: string]: string }): Promise<Verdict> {
  const rootNode = await parse(script);
  const own = new Map(nodesOf(rootNode, 'function_statement').map((node) => [nameOf(node, 'function_name'), parametersOf(node)]));
  const unknown = nodesOf(rootNode, 'command').flatMap((node) => {
    const name = nameOf(node, 'command_name');
    if (name === undefined) return []; // a program, by `&`
    const parameters = own.get(name) ?? (Object.hasOwn(known, name) ? known[name].split(' ') : undefined);
    if (parameters === undefined) return [name];
    return node.children.filter(({ type }) => type === 'command_elements').flatMap(({ children }) => children)
      .filter(({ type, text }) => type === 'command_parameter' && !parameters.includes(text)).map(({ text }) => `${name} ${text}`);
  });
  return unknown.length === 0 ? undefined : unknown.join('\n');
}

function nodesOf(node: Node, type: string): Node[] {
  return [...node.type === type ? [node] : [], ...node.children.flatMap((child) => nodesOf(child, type))];
}

function nameOf(node: Node, type: string): string | undefined {
  return node.children.find((child) => child.type === type)?.text;
}

/** Those of a function: nothing within it has any of its own. */
function parametersOf(node: Node): string[] {
  return nodesOf(node, 'script_parameter').flatMap((parameter) => nodesOf(parameter, 'variable').slice(0, 1)).map(({ text }) => text.replace('$', '-'));
}
