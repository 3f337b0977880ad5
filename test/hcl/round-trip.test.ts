import { Block, Body, Expression, HclRenderer, JsonRenderer } from '../../lib/hcl';
import { toPieces } from '../../lib/hcl/marker';
import { fc } from '../support/fast-check';
import { carriable, HOSTILE_TEXTS, hostileText, identifier, plainValue } from './hostile';
import { mixedText, randomBody } from './random-body';
import { readJsonBody, readJsonValue, readNative, readTemplates } from './read-back';

const hcl = new HclRenderer();
const json = new JsonRenderer();

function throughNative(attributes: any): any {
  return readNative(hcl.render(new Body(attributes)));
}

function throughJson(attributes: any): any {
  return readJsonValue(JSON.parse(json.render(new Body(attributes))));
}

/** Zero has no sign in HCL. */
function unsigned(value: any): any {
  return JSON.parse(JSON.stringify(value));
}

describe('text put in is the text read back', () => {
  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text), text]))('%s', (_name, text) => {
    const attributes = { value: text, map: { [`${text}.`]: [text] } };
    expect(throughNative(attributes)).toEqual(attributes);
    expect(throughJson(attributes)).toEqual(attributes);
  });

  test('any text, in native syntax and in JSON', () => {
    fc.assert(fc.property(fc.array(hostileText(), { minLength: 1, maxLength: 20 }), (texts) => {
      const attributes = Object.fromEntries(texts.map((text, i) => [`t${i}`, text]));
      expect(throughNative(attributes)).toEqual(attributes);
      expect(throughJson(attributes)).toEqual(attributes);
    }), { numRuns: 30 });
  });

  test('100 KB of it', () => {
    const text = carriable(HOSTILE_TEXTS.join('').repeat(200)).slice(0, 100_000);
    expect(text).toHaveLength(100_000);
    expect(throughNative({ text })).toEqual({ text });
    expect(throughJson({ text })).toEqual({ text });
  });
});

describe('values put in are the values read back', () => {
  test('lists and maps of any depth', () => {
    fc.assert(fc.property(fc.dictionary(identifier(), plainValue(), { minKeys: 1, maxKeys: 6, noNullPrototype: true }), (attributes) => {
      expect(throughNative(attributes)).toEqual(unsigned(attributes));
      expect(throughJson(attributes)).toEqual(unsigned(attributes));
    }), { numRuns: 40 });
  });

  test('text around expressions', () => {
    fc.assert(fc.property(fc.array(mixedText(), { minLength: 1, maxLength: 10 }), (texts) => {
      // The foreign parser gives the value of an expression that stands alone; in a text it gives the spelling.
      const attributes = Object.fromEntries(texts.map((text, i) => [`t${i}`, `-${text}`]));
      const meaning = texts.map((text) => toPieces(`-${text}`).map((p) => p.kind === 'e' ? spelled(p.text) : p.text).join(''));
      expect(Object.values(readNative(hcl.render(new Body(attributes))))).toEqual(meaning);
      expect(readTemplates(Object.values(JSON.parse(json.render(new Body(attributes)))))).toEqual(meaning);
    }), { numRuns: 30 });
  });
});

/** An interpolation as the foreign parser gives it back; the space after a minus sign is what formatters put there. */
function spelled(expression: string): string {
  return readNative(`x = "-\${${expression.replace(/^-/, '- ')}}"\n`).x.slice(1);
}

describe('both forms mean the same', () => {
  test('attributes, blocks, labels and their order', () => {
    fc.assert(fc.property(randomBody(plainValue()), (body) => {
      const native = readNative(hcl.render(body));
      expect(readJsonValue(grouped(JSON.parse(json.render(body)), body))).toEqual(native);
    }), { numRuns: 30 });
  });

  test('JSON keeps the order of ordered blocks', () => {
    fc.assert(fc.property(randomBody(plainValue(), 1), (body) => {
      const read = readJsonBody(JSON.parse(json.render(body)), body).blocks;
      for (const type of ['ordered', 'plain_ordered']) {
        expect(read.filter((block) => block.type === type).map((block) => block.labels))
          .toEqual(body.blocks.filter((block) => block.type === type).map((block) => block.labels));
      }
    }));
  });
});

/** A JSON body in the shape of the foreign parser: blocks grouped by type and labels. Texts stay templates. */
function grouped(document: any, model: Body): any {
  const { attributes, blocks } = readJsonBody(document, model);
  const result: any = { ...attributes };
  const rest = [...model.blocks];
  for (const { type, labels, body } of blocks) {
    const index = rest.findIndex((block) => block.type === type && block.labels.join('\n') === labels.join('\n'));
    const [block]: Block[] = rest.splice(index, 1);
    const place = [type, ...labels].slice(0, -1).reduce((map, key) => map[key] ??= {}, result);
    (place[[type, ...labels].at(-1)!] ??= []).push(grouped(body, block.body));
  }
  expect(rest).toEqual([]);
  return result;
}

test('an expression in a template literal is the same as one in Expression.template', () => {
  fc.assert(fc.property(hostileText(), hostileText(), (before, after) => {
    const x = Expression.reference('var.x');
    const one = new Body({ a: `${before}${x}${after}` });
    const other = new Body({ a: Expression.template(before, x, after) });
    expect(hcl.render(one)).toBe(hcl.render(other));
    expect(json.render(one)).toBe(json.render(other));
  }));
});
