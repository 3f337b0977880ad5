// One file instead of many: Node needs a third of a millisecond to find and open a module, which is most of what importing a library costs.
import { createRequire } from 'node:module';
import * as path from 'node:path';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/**
 * Puts CommonJS modules into one file, unchanged and as functions. It exports a function that loads one of them by its path.
 *
 * What a module asks for is looked for among the others first, then among those of `beside`, another such file; all else is left to Node.
 * `__dirname` is where the module would be.
 */
export function libraryFile(modules, beside) {
  return `"use strict";
// The library in one file, since that loads in half the time. Each function is a module as it was compiled.
const path = require("path");
const outside = require;
const loaded = new Map();
${beside === undefined ? '' : `const beside = require("./${beside}");
`}function load(id) {
  const known = loaded.get(id);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(id, module);
  const folder = path.posix.dirname(id);
  const inside = (name) => {
    if (!name.startsWith(".")) return outside(name);
    const target = path.posix.join(folder, name);
    const files = [target + ".js", target + "/index.js"];
    const found = files.find(load.has);
    if (found) return load(found);
${beside === undefined ? '' : `    const other = files.find(beside.has);
    if (other) return beside(other);
`}    return outside("./" + target);
  };
  modules[id].call(module.exports, module.exports, inside, module, path.join(__dirname, id), path.join(__dirname, folder));
  return module.exports;
}
load.has = (id) => Object.hasOwn(modules, id);
module.exports = load;
const modules = {
${modules.map(([id, text]) => `${JSON.stringify(id)}(exports, require, module, __filename, __dirname) {\n${text}\n},\n`).join('')}};
`;
}

/** A file that can be imported, whose content is in the library's one; it names its exports for native ES modules, which do not run it to see. */
export function entryPoint(compiled, id, file) {
  const names = Object.keys(require(path.join(compiled, id))).sort();
  const library = path.posix.relative(path.posix.dirname(id), file);
  return `"use strict";
const load = require("${library.startsWith('.') ? library : `./${library}`}");
module.exports = load("${id}");
0 && (module.exports = {\n${names.map((name) => `  ${name},\n`).join('')}});
`;
}

/**
 * An index, as a module that loads a file only when one of its names is asked for: a program pays for what it uses, and not for every system and
 * every cluster there is.
 */
export function loadedWhenAsked(compiled, id, source) {
  const names = Object.keys(require(path.join(compiled, id)));
  const { statements } = ts.createSourceFile(id, source, ts.ScriptTarget.Latest);
  const found = statements.flatMap(({ kind, exportClause, moduleSpecifier }) => {
    if (kind !== ts.SyntaxKind.ExportDeclaration || moduleSpecifier === undefined) throw new Error(`${id} does more than to hand on`);
    const file = moduleSpecifier.text;
    if (exportClause === undefined) return Object.keys(require(path.join(compiled, path.dirname(id), file))).map((name) => ({ name, file }));
    if (ts.isNamespaceExport(exportClause)) return [{ name: exportClause.name.text, file, whole: true }];
    return exportClause.elements.map(({ name }) => ({ name: name.text, file }));
  });
  return `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const handOn = (name, ask) => Object.defineProperty(exports, name, {
  enumerable: true,
  configurable: true,
  get() {
    const value = ask();
    if (value !== undefined) Object.defineProperty(exports, name, { enumerable: true, configurable: false, value });
    return value;
  },
});
${names.map((name) => {
    const { file, whole } = found.find((one) => one.name === name);
    return `handOn("${name}", () => require("${file}")${whole ? '' : `.${name}`});\n`;
  }).join('')}`;
}
