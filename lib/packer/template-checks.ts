import { Problems } from '../core';
import { Body } from '../hcl';
import { TemplateParts } from './template-parts';

/** Notes mistakes that span parts of a template. */
export function checkTemplate(problems: Problems, parts: TemplateParts, body: Body | undefined): void {
  void problems; void parts; void body;
}
