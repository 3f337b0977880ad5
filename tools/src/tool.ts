/** A tool that is ready to be used. */
export interface InstalledTool {
  readonly name: string;
  readonly version: string;
  /** The program, or the folder, that users of this tool need. */
  readonly path: string;
  /** Where it comes from, in the words of the report: `PATH`, `cache`, `built`, … */
  readonly origin: string;
  /** One line that everybody who reads a result of this tool should know. */
  readonly note?: string;
}

/** One real tool: what it is called, and how to find or get it. */
export interface ITool {
  readonly name: string;
  /** The tool if it is there already. Cheap, changes nothing. */
  locate(): InstalledTool | undefined;
  /** The tool, installed first if it is not there. `progress` receives a line now and then. Throws `ToolUnavailable`. */
  install(progress: (line: string) => void): Promise<InstalledTool>;
}

/** A tool that is not there and cannot be had; the message ends with what to do about it. */
export class ToolUnavailable extends Error {
  public constructor(public readonly tool: string, public readonly reason: string, public readonly remedy: string) {
    super(`${tool}: ${reason}\n  ${remedy}`);
    this.name = 'ToolUnavailable';
  }
}
