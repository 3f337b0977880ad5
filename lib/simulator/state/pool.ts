/** A pool of guests and storages. @internal */
export interface Pool {
  readonly id: string;
  comment?: string;
  readonly guests: Set<number>;
  readonly storages: Set<string>;
}
