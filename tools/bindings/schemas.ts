import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS, ProviderRequirement } from '../../lib/bindings/resource-types';

/** An attribute as `terraform providers schema -json` prints it. */
export interface SchemaAttribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly nesting_mode: string; readonly attributes: Record<string, SchemaAttribute> };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

/** A nested block. */
export interface SchemaBlockType {
  readonly nesting_mode: string;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: SchemaBlock;
}

/** What may stand in a block: attributes and further blocks. */
export interface SchemaBlock {
  readonly attributes?: Record<string, SchemaAttribute>;
  readonly block_types?: Record<string, SchemaBlockType>;
  readonly deprecated?: boolean;
}

/** Schema of one provider. */
export interface ProviderSchema {
  readonly provider: { readonly block: SchemaBlock };
  readonly resource_schemas: Record<string, { readonly block: SchemaBlock }>;
  readonly data_source_schemas: Record<string, { readonly block: SchemaBlock }>;
  readonly ephemeral_resource_schemas?: Record<string, { readonly block: SchemaBlock }>;
}

/** A provider and the schema pinned for it. */
export interface PinnedSchema {
  readonly provider: ProviderRequirement;
  /** Release the schema was dumped from. */
  readonly release: string;
  /** The whole file, in the form of `terraform providers schema -json`. */
  readonly document: { readonly provider_schemas: Record<string, ProviderSchema> };
  /** The provider's part of it. */
  readonly schema: ProviderSchema;
}

function pinned(provider: ProviderRequirement, release: string): PinnedSchema {
  const document = JSON.parse(readFileSync(join(__dirname, `${provider.name}-${release}.json`), 'utf8'));
  return { provider, release, document, schema: document.provider_schemas[`registry.terraform.io/${provider.source}`] };
}

/** The schemas the bindings are generated from and the tests compare with. */
export const PINNED_SCHEMAS: readonly PinnedSchema[] = [
  pinned(PROVIDERS.proxmox, '0.112.0'),
  pinned(PROVIDERS.talos, '0.12'),
];
