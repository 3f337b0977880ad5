import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { run, toolPath, ToolUnavailable } from '../../tools';
import { CacheEntry, pinOf } from '../../tools/src/cache';
import { ANSIBLE } from './play';

const LIST = path.join(__dirname, '../../tools/python/collections.txt');

/** A collection of `ansible/requirements.yml`. */
interface Collection {
  readonly name: string;
  readonly version: string;
}

/** What `ansible/requirements.yml` pins. */
export function requiredCollections(): Collection[] {
  return (parse(fs.readFileSync(path.join(ANSIBLE, 'requirements.yml'), 'utf8')) as { collections: Collection[] }).collections;
}

/** Version of a collection in a folder of collections. */
export function collectionVersion(folder: string, name: string): string {
  const manifest = path.join(folder, 'ansible_collections', ...name.split('.'), 'MANIFEST.json');
  return (JSON.parse(fs.readFileSync(manifest, 'utf8')) as { collection_info: Collection }).collection_info.version;
}

/**
 * A folder with the collections of `ansible/requirements.yml`, kept outside of the source tree. They are taken out of the Python package
 * `ansible`, which bundles them, so that a package index is enough and every byte is pinned.
 */
export async function collections(): Promise<string> {
  const names = requiredCollections().map(({ name }) => name);
  const entry = new CacheEntry('ansible-collections', names.join('+'), pinOf(names, [LIST]));
  await entry.ensure(async (folder) => {
    const python = path.join(path.dirname(toolPath('ansible-playbook')), 'python');
    const wheels = path.join(folder, 'wheels');
    const step = async (...args: string[]) => {
      const outcome = await run(python, args);
      if (outcome.status !== 0) {
        throw new ToolUnavailable('ansible-collections', `${args.slice(0, 3).join(' ')} failed:\n${outcome.output.trim()}`,
          'The Python package index must be reachable (see `pip config list`).');
      }
    };
    await step('-m', 'pip', 'download', '--quiet', '--no-input', '--no-deps', '--require-hashes', '--only-binary', ':all:', '-r', LIST, '-d', wheels);
    const prefixes = names.map((name) => `ansible_collections/${name.replace('.', '/')}/`);
    await step('-c', [
      'import glob, json, sys, zipfile',
      'folder, prefixes = sys.argv[1], tuple(json.loads(sys.argv[2]))',
      'wheel = zipfile.ZipFile(glob.glob(folder + "/wheels/*.whl")[0])',
      'wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(prefixes)])',
    ].join('\n'), folder, JSON.stringify(prefixes));
    fs.rmSync(wheels, { recursive: true });
  });
  return entry.folder;
}
