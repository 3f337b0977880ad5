import { IncomingMessage } from 'node:http';
import { RawParameters } from '../schema/validation';

/** What a request brought. @internal */
export interface RequestBody {
  readonly parameters: RawParameters;
  readonly file?: File;
}

/**
 * Decodes a form as a real server does: `;` separates as well, and what follows a second `=` is lost.
 *
 * @internal
 */
export function decodeForm(form: string): RawParameters {
  const values: { [name: string]: string | string[] } = {};
  for (const pair of form.split(/[&;]/)) {
    if (pair === '') continue;
    const [name, value] = pair.split('=').map(unescape);
    if (value === undefined) continue;
    const old = values[name];
    values[name] = old === undefined ? value : [...[old].flat(), value];
  }
  return values;
}

/** Reads a request to its end. @internal */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const content = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return multipart(content, type);
  if (content.length === 0) return { parameters: {} };
  return { parameters: type.startsWith('application/json') ? fromJson(JSON.parse(content.toString('utf8'))) : decodeForm(content.toString('latin1')) };
}

async function multipart(content: Buffer, type: string): Promise<RequestBody> {
  const form = await new Response(new Uint8Array(content), { headers: { 'content-type': type } }).formData();
  const parameters: { [name: string]: string } = {};
  let file: File | undefined;
  for (const [name, value] of form as unknown as Iterable<[string, string | File]>) {
    if (typeof value === 'string') {
      parameters[name] = value;
    } else {
      file = value;
      parameters[name] = value.name;
    }
  }
  return { parameters, file };
}

function fromJson(object: { [name: string]: unknown }): RawParameters {
  const scalar = (value: unknown) => value === true ? '1' : value === false ? '0' : String(value);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null)
    .map(([name, value]) => [name, Array.isArray(value) ? value.map(scalar) : scalar(value)]));
}

function unescape(text: string): string {
  const bytes = text.replace(/\+/g, ' ').replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
