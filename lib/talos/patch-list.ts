import { Construct } from 'constructs';
import { Problems } from '../core';
import { instanceOf, required } from '../proxmox/kinds';
import { ConfigPatch } from './config-patch';
import { PatchContext } from './patch-document';
import { patchText } from './patch-text';

/**
 * Patches in the order in which they are applied.
 * @internal
 */
export class PatchList {
  private readonly rendered: string[] = [];

  /** @param scope construct whose stack gets the variables of secrets */
  public constructor(private readonly scope: Construct, private readonly context: PatchContext) {}

  /**
   * Adds a patch, or notes what is wrong with it for the contract and the kind of machine.
   * @param property where the user gave it
   * @returns whether nothing is wrong
   */
  public add(patch: ConfigPatch, property: string, problems: Problems): boolean {
    const found = problems.all.length;
    required(instanceOf(ConfigPatch, 'talos.ConfigPatch.timeServers([…])'))(patch, property === '' ? 'patch' : property, problems);
    if (problems.all.length > found) return false;
    const documents = problems.collect(property, () => patch.bind(this.context));
    // Written now and not when the stack renders: what renders adds nothing to the tree.
    this.rendered.push(...(documents ?? []).map((document) => patchText(this.scope, document)));
    return documents !== undefined;
  }

  /** One document each. */
  public texts(): string[] {
    return [...this.rendered];
  }
}
