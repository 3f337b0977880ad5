import { cacheRoot } from './src/cache';
import { catalogue, defaultTools, ToolName, ToolUnavailable } from './index';

const usage = `usage: npm run tools [-- TOOL... | --released-plugins]

Installs the named tools, or those of a conformance run, where they are not there yet.
Tools: ${Object.keys(catalogue).join(', ')}`;

async function main(args: readonly string[]): Promise<number> {
  const wanted = args.length ? args.map((arg) => (arg === '--released-plugins' ? 'packer-plugins-released' : arg)) : defaultTools;
  const unknown = wanted.filter((name) => !(name in catalogue));
  if (unknown.length) {
    console.error(unknown.includes('--help') ? usage : `unknown: ${unknown.join(', ')}\n${usage}`);
    return 2;
  }
  console.log(`tools in ${cacheRoot()}`);
  const failures: ToolUnavailable[] = [];
  for (const name of wanted as ToolName[]) {
    const start = Date.now();
    try {
      const tool = await catalogue[name].install((line) => console.log(`  … ${line}`));
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`${name.padEnd(18)} ${tool.version.padEnd(20)} ${tool.origin}, ${seconds} s${tool.note ? ` (${tool.note})` : ''}`);
    } catch (error) {
      if (!(error instanceof ToolUnavailable)) throw error;
      failures.push(error);
      console.log(`${name.padEnd(18)} not available`);
    }
  }
  for (const failure of failures) console.error(`\n${failure.message}`);
  return failures.length ? 1 : 0;
}

void main(process.argv.slice(2)).then((status) => { process.exitCode = status; });
