import { Secret } from '../core';
import { ConfigContract } from './config-contract';
import { MachineType } from './machine-type';

/** The machine whose configuration is patched. */
export interface PatchContext {
  /** The shape of the configuration. */
  readonly contract: ConfigContract;
  /** What the machine is. */
  readonly machineType: MachineType;
  /** Path of the construct whose configuration is patched, for messages. */
  readonly path: string;
}

/**
 * One document that is merged into a machine configuration: texts, numbers, truth values, lists and maps. A `Secret` or a `SecretText` stands
 * for a text that is known only when Terraform runs.
 *
 * @see https://docs.siderolabs.com/talos/latest/configure-your-talos-cluster/system-configuration/patching
 */
export interface PatchDocument {
  /** Values by the names that Talos gives them. */
  readonly [name: string]: any;
}

/** A text that ends with a secret, such as `TS_AUTHKEY=…`. */
export class SecretText {
  public constructor(
    /** What stands before the secret; not secret itself. */
    public readonly prefix: string,
    /** The end of the text. */
    public readonly secret: Secret,
  ) {}
}

/**
 * What a patch does, as a function: the documents for one machine.
 * @internal
 */
export type PatchRenderer = (context: PatchContext) => PatchDocument[];
