import { PieceKind, toPieces } from '../hcl/marker';

/** Something that an expression refers to, such as `var.x`. */
export interface Reference {
  /** First name: `var`, `local`, `data`, `build`, `path`, `source`, `packer`. */
  readonly root: string;
  /** The names behind it. */
  readonly names: string[];
}

const ROOTS = ['var', 'local', 'data', 'build', 'path', 'source', 'packer'];
const CHAIN = /(?<![\w.-])([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*)+)/g;

/**
 * What the expressions in a text refer to. The texts that stand in quotes within an expression refer to nothing, but the
 * expressions within them do.
 */
export function referencesIn(text: string): Reference[] {
  return codeIn(text).flatMap((code) => [...code.matchAll(CHAIN)])
    .filter(([, root]) => ROOTS.includes(root))
    .map(([, root, rest]) => ({ root, names: rest.slice(1).split('.') }));
}

/** Whether an expression in a text calls a function. */
export function callsFunction(text: string, name: string): boolean {
  return codeIn(text).some((code) => new RegExp(`(?<![\\w.-])${name}\\s*\\(`).test(code));
}

function codeIn(text: string): string[] {
  return toPieces(text).filter((piece) => piece.kind === PieceKind.EXPRESSION).map((piece) => blankQuoted(piece.text));
}

/** The text of an expression in which quoted text is gone, except for the expressions in it. */
function blankQuoted(expression: string): string {
  let result = '';
  const stack: ('code' | 'text')[] = ['code'];
  for (let i = 0; i < expression.length; i++) {
    const c = expression[i];
    const two = expression.slice(i, i + 2);
    if (stack[stack.length - 1] === 'code') {
      if (c === '"') stack.push('text');
      else if (c === '{') stack.push('code');
      else if (c === '}' && stack.length > 1) stack.pop();
      result += c === '"' ? ' ' : c;
    } else if (c === '\\') {
      i++;
    } else if (two === '$$' && expression[i + 2] === '{') {
      i += 2;
    } else if (two === '%%' && expression[i + 2] === '{') {
      i += 2;
    } else if (two === '${' || two === '%{') {
      stack.push('code');
      result += ' ';
      i++;
    } else if (c === '"') {
      stack.pop();
      result += ' ';
    }
  }
  return result;
}
