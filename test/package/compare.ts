import * as fs from 'node:fs';
import * as path from 'node:path';

/** Texts by their path below a folder. */
export type Texts = { readonly [file: string]: string };

/** Every file below a folder. */
export function textsBelow(folder: string): Texts {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    return [path.relative(folder, file), fs.readFileSync(file, 'utf8')];
  }));
}

/**
 * The same texts without what the two cores themselves write differently: the version they put into their own files, and the white
 * space within an empty list or object. Nothing else, and nothing in the files of our own.
 */
export function withoutCore(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, /^(manifest|stacks\/[^/]+\/cdk\.tf)\.json$/.test(file)
    ? text.replace(/("version": )"0\.2\d\.\d+"/g, '$1"(of the core)"').replace(/\[\s+\]/g, '[]').replace(/\{\s+\}/g, '{}')
    : text]));
}

/** The first line in which two trees of files differ; undefined where they are the same. */
export function difference(one: Texts, other: Texts): string | undefined {
  const files = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  for (const file of files) {
    if (one[file] === other[file]) continue;
    if (one[file] === undefined || other[file] === undefined) return `${file} is written only once`;
    const [left, right] = [one[file].split('\n'), other[file].split('\n')];
    const line = left.findIndex((text, i) => text !== right[i]);
    return `${file}:${line + 1}\n- ${left[line]}\n+ ${right[line]}`;
  }
  return undefined;
}
