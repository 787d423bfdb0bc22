import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { valueForSchema } from './value-for-schema.ts';

function expectFits(schema: JsonObject, seeds = 30): void {
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  for (let seed = 0; seed < seeds; seed++) {
    const value = valueForSchema(schema, seededRandom(seed));
    check(value);
    expect([value, check.errors]).toEqual([value, null]);
  }
}

const SCHEMAS: Readonly<Record<string, JsonObject>> = {
  'rows of typed columns': {
    type: 'object',
    properties: {
      rows: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            question: { type: 'string' },
            score: { type: 'integer' },
            tags: { type: 'array', items: { type: 'string' } },
            label: { enum: ['a', 'b'] },
            note: { type: ['string', 'null'] },
          },
          required: ['question', 'score', 'tags', 'label', 'note'],
          additionalProperties: false,
        },
      },
    },
    required: ['rows'],
    additionalProperties: false,
  },
  'bounds of numbers': {
    type: 'array',
    prefixItems: [
      { type: 'integer', minimum: 3, maximum: 4 },
      { type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 5 },
      { type: 'number', minimum: -0.5, maximum: 0.5 },
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.1 },
      { type: 'integer', multipleOf: 7, minimum: 50 },
      { type: 'integer', maximum: -1000 },
    ],
    items: false,
    minItems: 6,
  },
  'lengths of texts and lists': {
    type: 'object',
    properties: {
      short: { type: 'string', maxLength: 5 },
      long: { type: 'string', minLength: 200 },
      few: { type: 'array', items: { type: 'boolean' }, maxItems: 1 },
      many: { type: 'array', items: { type: 'integer' }, minItems: 8, uniqueItems: true },
      none: { type: 'array', items: {}, maxItems: 0 },
    },
    required: ['short', 'long', 'few', 'many', 'none'],
  },
  'patterns that are usual': {
    type: 'object',
    properties: {
      code: { type: 'string', pattern: '^[A-Z]{2}-\\d{2}$' },
      digits: { type: 'string', pattern: '^\\d+$' },
      word: { type: 'string', pattern: '^[a-z]{3,12}$' },
    },
    required: ['code', 'digits', 'word'],
  },
  choices: {
    anyOf: [
      { type: 'object', properties: { a: { const: 1 } }, required: ['a'] },
      { type: 'null' },
      { oneOf: [{ type: 'integer' }, { type: 'boolean' }] },
    ],
  },
  'references, also to itself': {
    $defs: {
      node: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
          children: { type: 'array', items: { $ref: '#/$defs/node' } },
        },
        required: ['name', 'next', 'children'],
        additionalProperties: false,
      },
    },
    $ref: '#/$defs/node',
  },
  'parts of a whole': {
    allOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { type: 'integer' } }, required: ['b'] },
    ],
  },
  'a map': { type: 'object', additionalProperties: { type: 'number' }, minProperties: 2 },
  'a key that is a trap': JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"},"constructor":{"type":"string"}},"required":["__proto__","constructor"]}',
  ),
};

describe('a value for a schema', () => {
  test.each(Object.entries(SCHEMAS))('fits %s', (_, schema) => {
    expectFits(schema);
  });

  test('fits whatever schema of the usual words', () => {
    const key = fc.constantFrom('a', 'b', 'long name', 'ü', '1');
    const { schema } = fc.letrec<{ schema: JsonValue }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.constantFrom<JsonValue>(
          { type: 'string' },
          { type: 'integer', minimum: 0 },
          { type: 'number', maximum: 10 },
          { type: 'boolean' },
          { type: ['string', 'null'] },
          { enum: ['x', 1, null] },
        ),
        tie('schema').map((items) => ({ type: 'array', items })),
        fc.dictionary(key, tie('schema'), { maxKeys: 4, noNullPrototype: true }).map((found) => ({
          type: 'object',
          properties: found,
          required: Object.keys(found).slice(0, 2),
          additionalProperties: false,
        })),
        fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      ),
    }));
    fc.assert(
      fc.property(schema, (one) => expectFits(one as JsonObject, 3)),
      { numRuns: 100 },
    );
  });

  test('is the same for the same seed, and has lists of one to three', () => {
    const rows = SCHEMAS['rows of typed columns']!;
    expect(valueForSchema(rows, seededRandom(5))).toEqual(valueForSchema(rows, seededRandom(5)));
    const lengths = Array.from({ length: 60 }, (_, seed) => {
      const value = valueForSchema(rows, seededRandom(seed)) as { rows: unknown[] };
      return value.rows.length;
    });
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3]));
  });

  test('has an end where its schema has none', () => {
    const both = { a: { $ref: '#' }, b: { $ref: '#' } };
    const endless: JsonObject[] = [
      { anyOf: [{ $ref: '#' }] },
      { allOf: [{ $ref: '#' }, { $ref: '#' }] },
      { $ref: '#/%' },
      { type: 'object', properties: both, required: ['a', 'b'] },
      { type: 'array', items: { $ref: '#' }, minItems: 1000 },
      { type: 'array', items: { enum: [1, 2] }, minItems: 1000, uniqueItems: true },
    ];
    for (const schema of endless) {
      const text = JSON.stringify(valueForSchema(schema, seededRandom(1)));
      expect(text.length).toBeLessThan(10_000_000);
    }
  });

  test('puts very many parts together, once each', () => {
    const named = Array.from({ length: 20_000 }, (_, n) => `p${n}`);
    const allOf = named.map((name) => ({ properties: { [name]: { const: 1 } }, required: [name] }));
    expect(valueForSchema({ allOf }, seededRandom(1))).toEqual(
      Object.fromEntries(named.map((name) => [name, 1])),
    );
    const several = { required: named.toReversed(), ...allOf[0], allOf };
    expect(Object.keys(valueForSchema(several, seededRandom(1)) as object)).toHaveLength(20_000);
  });

  test('has an end where its parts are wide, or long, and wanted often', () => {
    const often = (items: JsonObject): JsonObject => {
      const list = { type: 'array', minItems: 1000, items };
      return { type: 'array', minItems: 1000, items: list };
    };
    const wide: JsonObject = {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`p${n}`, {}])),
    };
    const long = 'a/'.repeat(200_000);
    const schemas: JsonObject[] = [
      often(wide),
      { ...often({ $ref: '#/$defs/wide' }), $defs: { wide } },
      often({ $ref: `#/${long}` }),
      often({ const: long }),
      often({ enum: [[long]] }),
      often({ type: 'object', required: [long] }),
    ];
    for (const schema of schemas) {
      const text = JSON.stringify(valueForSchema(schema, seededRandom(1)));
      expect(text.length).toBeLessThan(200_000_000);
    }
  });
});
