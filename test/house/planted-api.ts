// Mistakes that public-api.test.ts has to find, beside what is right.

export class Undocumented {
  /** Documented. */
  public readonly inferred = Math.random() > 2 ? 'text' : 1;
  public member: [string, string] = ['', ''];
  private hidden: string | number = 1;

  /** @param parameter documented */
  public constructor(public parameter: string, callback: () => void) {
    callback();
  }

  public method(): Map<string, string> {
    return new Map([['hidden', String(this.hidden)]]);
  }

  /** @internal */
  public getInternal(): any {
    return this.hidden;
  }
}

/** Documented. */
export enum Kind {
  /** Documented. */
  FIRST,
  SECOND,
}

/** Documented. */
export interface Props {
  /** Documented. @default - none */
  readonly right?: string | undefined;
  /** Without a default. */
  readonly silent?: readonly string[];
  /**
   * With a default that says nothing.
   * @default
   */
  readonly empty?: { readonly [key: string]: Kind };
  /** Documented. */
  mutable: any;
  /** Documented. */
  readonly nested: Record<string, (string | number)[]>;
  /** Documented. */
  readonly nameless: { readonly size: number };
}

/** Documented. */
export interface IPlanted {
  readonly size: number;
  /** Documented. */
  getSize(): number;
}

/** Documented. */
export interface IData {
  /** Documented. */
  readonly size: number;
}

/** Documented. */
export interface Behaviour {
  /** Documented. */
  readonly size: number;
}

/** Documented by what it implements. */
export class Implementation implements Behaviour {
  public readonly size = 1;
}

/** Documented. */
export type Alias = string;

export function undocumented<T>(both: T | string): void {
  void both;
}
