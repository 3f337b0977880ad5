import { Construct } from 'constructs';
import { Problems } from '../core';
import { instanceOf, required } from '../proxmox/kinds';
import { ConfigPatch } from './config-patch';
import { PatchContext, PatchDocument } from './patch-document';
import { patchText } from './patch-text';
import { checkForMany, checkInstaller } from './patches/place';

/**
 * Patches that the user gives, in the order in which they are applied.
 * @internal
 */
export class PatchList {
  private readonly rendered: string[] = [];

  /**
   * @param scope construct whose stack gets the variables of secrets
   * @param isOfOneMachine whether the patches are for one machine, which then may get a name and addresses
   */
  public constructor(private readonly scope: Construct, private readonly context: PatchContext, private readonly isOfOneMachine: boolean = false) {}

  /**
   * Adds a patch, or notes what is wrong with it for the contract and the machines.
   * @param property where the user gave it
   * @returns whether nothing is wrong
   */
  public add(patch: ConfigPatch, property: string, problems: Problems): boolean {
    const found = problems.all.length;
    required(instanceOf(ConfigPatch, 'talos.ConfigPatch.timeServers([…])'))(patch, property === '' ? 'patch' : property, problems);
    if (problems.all.length > found) return false;
    // Written now and not when the stack renders: what renders adds nothing to the tree.
    const write = () => this.check(patch.bind(this.context)).map((document) => patchText(this.scope, document));
    // What is wrong with a patch is said of the place where it was given, where there is one.
    const texts = problems.collect(property, write, (own) => property !== '' && own === 'configPatches' ? '' : own);
    this.rendered.push(...texts ?? []);
    return texts !== undefined;
  }

  /** One document each. */
  public texts(): string[] {
    return [...this.rendered];
  }

  private check(documents: PatchDocument[]): PatchDocument[] {
    const problems = new Problems(this.context.path);
    for (const document of documents) {
      checkInstaller(document, 'configPatches', problems);
      if (!this.isOfOneMachine) checkForMany(document, 'configPatches', problems);
    }
    problems.throwIfAny();
    return documents;
  }
}
