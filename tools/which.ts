import { catalogue, toolPath, ToolName, ToolUnavailable } from './index';

const name = process.argv[2];
if (!name || !(name in catalogue)) {
  console.error(`usage: tsx tools/which.ts TOOL, where TOOL is one of ${Object.keys(catalogue).join(', ')}`);
  process.exit(2);
}
try {
  console.log(toolPath(name as ToolName));
} catch (error) {
  if (!(error instanceof ToolUnavailable)) throw error;
  console.error(error.message);
  process.exit(1);
}
