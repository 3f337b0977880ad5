import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { PlainProvider, PlainResource, addressOf } from '../assembly';
import { PROVIDERS, TALOS_RESOURCES } from '../bindings';
import { escapeTerraformText } from '../core';
import { DEFAULT_IMAGE_FACTORY, Schematic } from './schematic';

/**
 * What all of Talos in a stack has in common: the configured provider, and the schematics that the image factory is told.
 * @internal
 */
export class TalosAccess extends Construct {
  /** The one of a stack for an image factory. */
  public static of(scope: Construct, imageFactory: string = DEFAULT_IMAGE_FACTORY): TalosAccess {
    const stack = TerraformStack.of(scope);
    const id = imageFactory === DEFAULT_IMAGE_FACTORY ? 'TalosAccess' : `TalosAccess-${imageFactory.replace(/^https:\/\//, '')}`;
    return stack.node.tryFindChild(id) as TalosAccess | undefined ?? new TalosAccess(stack, id, imageFactory);
  }

  /** The provider's configuration. */
  public readonly provider: PlainProvider;
  private readonly alias?: string;

  private constructor(scope: Construct, id: string, private readonly imageFactory: string) {
    super(scope, id);
    const other = imageFactory === DEFAULT_IMAGE_FACTORY ? undefined : imageFactory;
    // A name in Terraform begins with no digit. No two hosts have the same one: neither has an underscore.
    this.alias = other?.replace(/^https:\/\//, '').replace(/[.:]/g, '_').replace(/^\d/, '_$&');
    this.provider = new PlainProvider(this, 'Provider', {
      requirement: PROVIDERS.talos,
      alias: this.alias,
      attributes: () => ({ image_factory_url: other }),
    });
  }

  /**
   * Lets the factory know a schematic, without which it builds no image of that id, and holds it to the id known here.
   * @returns address of what must be done before the image is downloaded
   */
  public register(schematic: Schematic): string {
    const id = `Schematic-${schematic.schematicId}`;
    const known = this.node.tryFindChild(id) as PlainResource | undefined;
    if (known !== undefined) return addressOf(known);
    const resource = new PlainResource(this, id, {
      type: TALOS_RESOURCES.imageFactorySchematic,
      provider: this.provider,
      attributes: () => ({ schematic: escapeTerraformText(schematic.toYaml()) }),
      lifecycle: () => ({
        postconditions: [{
          condition: `\${self.id == "${schematic.schematicId}"}`,
          errorMessage: `${this.imageFactory} knows this schematic as \${self.id}, and the library as ${schematic.schematicId}: the image and its installer would differ. Report it; until then, leave out what is unusual in the schematic.`,
        }],
      }),
    });
    resource.overrideLogicalId([this.alias, 'schematic', schematic.schematicId.slice(0, 12)].filter((part) => part !== undefined).join('-'));
    return addressOf(resource);
  }
}
