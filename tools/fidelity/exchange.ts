import * as fs from 'node:fs';

/** A request to a real server and what it answered, as recorded. */
export interface Exchange {
  readonly step: string;
  readonly request: {
    readonly auth: 'root' | 'limited' | 'none' | 'wrong' | 'malformed';
    readonly method: string;
    readonly path: string;
    readonly params: readonly (readonly [string, string | number])[] | null;
    /** Fields, and the sizes and names of files, of an upload. */
    readonly multipart?: readonly (readonly [string, string | { readonly filename: string; readonly bytes: number }])[];
  };
  readonly response: Answer;
  readonly task?: TaskEnd;
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly contentType: string | null;
  /** Of JSON. */
  readonly body?: unknown;
  /** Of all else. */
  readonly text?: string;
}

/** How a task ended. */
export interface TaskEnd {
  readonly status: { readonly [field: string]: unknown };
  /** The last lines. */
  readonly log: readonly string[];
}

/** The exchanges of a file, one a line. */
export function readExchanges(file: string): Exchange[] {
  return fs.readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Exchange);
}
