import { Body } from './body';

/** Writes a body as JSON, in the form that Packer and Terraform read as HCL (`.pkr.json`, `.tf.json`). */
export class JsonRenderer {
  /** The document: one property a line, with a line break at its end. */
  public render(body: Body): string {
    return JSON.stringify(body.attributes) + '\n';
  }
}
