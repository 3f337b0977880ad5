const STRING_TOKEN = /\$\{TfToken\[[^\]]*\]\}/;
const LIST_TOKEN = /^#\{TfToken\[/;
const MAP_TOKEN = /^&\{TfToken\[/;
/** The core hides a reference in a number, or in the number of a list, by these patterns in the upper half of its bits. */
const NUMBER_TOKEN_BITS = [0xfdff, 0xfbff];

/**
 * Whether a value holds a reference that only Terraform can resolve.
 *
 * The rooms that know no construct tree need to see such values, since Packer runs before Terraform.
 * @internal
 */
export function containsTerraformToken(value: any): boolean {
  switch (typeof value) {
    case 'string': return STRING_TOKEN.test(value) || LIST_TOKEN.test(value) || MAP_TOKEN.test(value) || holdsNumberToken(value);
    case 'number': return isNumberToken(value);
    case 'object': {
      if (value === null) return false;
      if (Array.isArray(value)) return value.some(containsTerraformToken);
      return Object.entries(value).some(([k, v]) => MAP_TOKEN.test(k) || containsTerraformToken(v));
    }
    default: return false;
  }
}

/**
 * A reader's word for a value that is a Terraform reference; undefined for other values.
 * @internal
 */
export function describeTerraformToken(value: any): string | undefined {
  const scalar = typeof value === 'string' || typeof value === 'number';
  const list = Array.isArray(value) && value.length === 1;
  return (scalar || list) && containsTerraformToken(value) ? 'a Terraform reference (known only when Terraform runs)' : undefined;
}

function isNumberToken(value: number): boolean {
  // eslint-disable-next-line no-bitwise
  return value < 0 && NUMBER_TOKEN_BITS.includes(new Uint32Array(new Float64Array([value]).buffer)[1] >>> 16);
}

/** A reference in a number that became part of a text is still one to the core. */
function holdsNumberToken(text: string): boolean {
  return text.includes('e+') && [...text.matchAll(/-\d(\.\d+)?e\+\d+/g)].some(([number]) => isNumberToken(Number(number)));
}
