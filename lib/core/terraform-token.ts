/** How the core writes a reference into a text, the first item of a list, and the key of a map. */
const TOKEN_TEXT = /[$#&]\{TfToken\[/;
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
    case 'string': return TOKEN_TEXT.test(value) || holdsNumberToken(value);
    case 'number': return isNumberToken(value);
    case 'object': {
      if (Array.isArray(value)) return value.some(containsTerraformToken);
      // Objects of a class, such as constructs, may lead back to themselves; data does not.
      if (value === null || ![Object.prototype, null].includes(Object.getPrototypeOf(value))) return false;
      return Object.entries(value).some(([k, v]) => TOKEN_TEXT.test(k) || containsTerraformToken(v));
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
