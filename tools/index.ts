export { ask, onPath, run } from './src/process';
export type { Outcome, RunOptions } from './src/process';
export { ToolUnavailable } from './src/tool';
export type { InstalledTool, ITool } from './src/tool';
export { catalogue, defaultTools } from './src/catalogue';
export type { ToolName } from './src/catalogue';
export { ansibleEnvironment, packerBuildEnvironment, packerEnvironment, terraformEnvironment, tool, toolPath } from './src/environment';
export type { Environment } from './src/environment';
