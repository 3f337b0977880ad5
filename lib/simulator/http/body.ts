import { IncomingMessage } from 'node:http';
import { ApiError } from '../api-error';
import { RawParameters } from '../schema/validation';

/** Bytes of a request that brings no file. */
const largest = 512 * 1024;

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
export async function readContent(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * What a request brought, in a form, as JSON, or with a file.
 *
 * @throws ApiError in the words of a real server, of what it does not take
 * @internal
 */
export async function parseContent({ method, headers }: IncomingMessage, content: Buffer, isUpload: boolean): Promise<RequestBody> {
  if (content.length === 0) return { parameters: {} };
  if (method !== 'PUT' && method !== 'POST') throw ApiError.plain(501, `Unexpected content for method '${method}'`);
  const given = headers['content-type'] ?? '';
  const [type] = given.split(/\s*[;,]\s*/);
  if (isUpload && type === 'multipart/form-data') return multipart(content, given);
  if (content.length > largest) throw ApiError.plain(501, 'for data too large');
  if (type === '' || type === 'application/x-www-form-urlencoded') return { parameters: decodeForm(content.toString('latin1')) };
  if (type !== 'application/json') throw ApiError.plain(506, `upload 'Content-Type '${given}' not implemented`);
  return { parameters: fromJson(parseJson(content.toString('utf8'))) };
}

/** The fields a real server looks for, in this order; what comes before one of them is passed over, and the file ends it all. */
async function multipart(content: Buffer, type: string): Promise<RequestBody> {
  const form = await new Response(new Uint8Array(content), { headers: { 'content-type': type } }).formData();
  const entries = [...form as unknown as Iterable<[string, string | File]>];
  const parameters: { [name: string]: string } = {};
  let at = 0;
  for (const name of ['content', 'checksum-algorithm', 'checksum']) {
    const found = entries.findIndex(([key, value], i) => i >= at && key === name && typeof value === 'string');
    if (found < 0) continue;
    parameters[name] = `${entries[found][1]}`.trim();
    at = found + 1;
  }
  const [name, file] = entries[at] ?? [];
  if (file === undefined || typeof file === 'string') throw ApiError.plain(500, 'upload failed at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 1370.\n');
  if (name !== 'filename') {
    throw ApiError.plain(500, `wrong field name '${name}' for file upload, expected 'filename' at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 1325.\n`);
  }
  return { parameters: { ...parameters, filename: file.name.trim() }, file };
}

function parseJson(text: string): { [name: string]: unknown } {
  try {
    return JSON.parse(text);
  } catch {
    throw ApiError.plain(500, `malformed JSON string, neither tag, array, object, number, string or atom, at character offset 0 (before "${text}")`
      + ' at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.\n');
  }
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
