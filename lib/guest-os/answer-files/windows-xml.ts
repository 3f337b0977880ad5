/** An element of an XML file: its name, attributes, and either text or elements. What is undefined is left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: { readonly [name: string]: string };
  readonly content: string | (XmlElement | undefined)[];
}

/** An element, in the order in which it is read: name, content, attributes. */
export function element(name: string, content: XmlElement['content'], attributes?: XmlElement['attributes']): XmlElement {
  return { name, content, attributes };
}

/** Characters that no XML file can hold, in any way of writing them. */
// eslint-disable-next-line no-control-regex
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** Whether text can stand in an XML file. */
export function isXmlText(text: string): boolean {
  return !IMPOSSIBLE.test(text);
}

/** Whether text can be what an answer file says: Windows Setup stops at elements with nothing in them. */
export function isAnswer(text: string): boolean {
  return text.trim() !== '' && isXmlText(text);
}

/** An XML file, indented, with all text and attributes escaped. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${render(root, '').join('\n')}\n`;
}

function render({ name, attributes = {}, content }: XmlElement, indent: string): string[] {
  const start = `${indent}<${[name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(value)}"`)].join(' ')}`;
  if (typeof content === 'string') return [content === '' ? `${start} />` : `${start}>${escapeXml(content)}</${name}>`];
  const children = content.flatMap((child) => (child === undefined ? [] : render(child, `${indent}  `)));
  return children.length === 0 ? [`${start} />`] : [`${start}>`, ...children, `${indent}</${name}>`];
}

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A reader would take line breaks and tabulators for others, so they are written by their numbers. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
