import { join } from 'node:path';
import { compareBindings, renderBindings, writeBindings } from './generator';

/** `npm run bindings` writes lib/bindings anew; `npm run bindings -- --check` only says what would change. */
async function main(): Promise<void> {
  const bindingsDir = join(__dirname, '..', '..', 'lib', 'bindings');
  const files = await renderBindings();
  if (process.argv.includes('--check')) {
    const differences = compareBindings(bindingsDir, files);
    if (differences.length > 0) {
      console.error(`The committed bindings are not what the generator makes; run \`npm run bindings\`.\n${differences.join('\n')}`);
      process.exitCode = 1;
      return;
    }
    console.log(`${files.size} files are as generated.`);
    return;
  }
  writeBindings(bindingsDir, files);
  console.log(`${files.size} files written to lib/bindings.`);
}

void main();
