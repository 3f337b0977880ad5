import { Body } from './body';
import { renderInline } from './inline';

/** Writes a body in the native syntax of HCL (`.pkr.hcl`, `.tf`), as the tools' `fmt` commands would format it. */
export class HclRenderer {
  /** The document, with a line break at its end. */
  public render(body: Body): string {
    return Object.entries(body.attributes).map(([name, value]) => `${name} = ${renderInline(value)}\n`).join('');
  }
}
