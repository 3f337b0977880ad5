/**
 * Text that is to appear verbatim where the text is a HCL template (a quoted string of Packer or Terraform, in HCL and
 * in JSON): `${` and `%{` lose their meaning. References to Terraform made by the core stay as they are.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapeTerraformText(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, '$$$${').replace(/%\{/g, '%%{');
}

/**
 * Text that is to appear verbatim where a Packer plugin renders the string as a Go template: `{{` loses its meaning.
 *
 * @see https://developer.hashicorp.com/packer/docs/templates/hcl_templates/contextual-variables
 */
export function escapeGoTemplate(text: string): string {
  return text.replace(/\{\{/g, '{{ "{{" }}');
}
