/** A guest that high availability manages. @internal */
export interface HaResource {
  /** `vm:100`. */
  readonly sid: string;
  /** What it is to be. */
  state: string;
  /** The same as it was given, if it was. */
  asked?: string;
  group?: string;
  comment?: string;
  maxRestart?: number;
  maxRelocate?: number;
  failback?: boolean;
}

/** A group of nodes (until 8.4) or a rule (since 9), with its settings as text. @internal */
export interface HaSetting {
  readonly id: string;
  readonly type: string;
  readonly values: ReadonlyMap<string, string>;
}
