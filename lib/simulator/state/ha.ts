/** A guest that high availability manages. @internal */
export interface HaResource {
  /** `vm:100`. */
  readonly sid: string;
  state: string;
  group?: string;
  comment?: string;
  maxRestart?: number;
  maxRelocate?: number;
  failback?: boolean;
}
