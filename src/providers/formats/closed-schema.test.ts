import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { closedSchema, type SchemaSubset } from './closed-schema.ts';

const STRICT: SchemaSubset = {
  bounds: new Set(['minimum', 'pattern', 'maxItems']),
  formats: new Set(['date']),
  allRequired: true,
  recursive: true,
  maxDepth: 10,
  maxKeys: 100,
  maxOptional: Number.POSITIVE_INFINITY,
  maxValues: 10,
};
const LOOSE: SchemaSubset = { ...STRICT, allRequired: false, recursive: false, maxOptional: 2 };

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...more,
});
/** What becomes of the schema of a key `a` that need not be there. */
const optional = (schema: JsonObject) =>
  (
    closedSchema(object({ a: schema }, { required: [] }), STRICT)?.properties as
      | JsonObject
      | undefined
  )?.a;
const required = (schema: JsonObject) =>
  (closedSchema(object({ a: schema }), STRICT)?.properties as JsonObject | undefined)?.a;

describe('a schema that an API holds answers to', () => {
  it('is the same where it is closed already', () => {
    const schema = object({ a: { type: 'string' } }, { additionalProperties: false });
    expect(closedSchema(schema, STRICT)).toEqual(schema);
  });

  it.each<[JsonObject, JsonObject]>([
    [{ type: 'string' }, { type: ['string', 'null'] }],
    [{ type: ['string', 'null'] }, { type: ['string', 'null'] }],
    [{ enum: ['x', 'y'] }, { type: ['string', 'null'], enum: ['x', 'y', null] }],
    [{ enum: ['x', 1] }, { type: ['string', 'number', 'null'], enum: ['x', 1, null] }],
    [{ enum: ['x', null] }, { type: ['string', 'null'], enum: ['x', null] }],
    [{ const: 'x' }, { anyOf: [{ type: 'string', const: 'x' }, { type: 'null' }] }],
    [
      { anyOf: [{ type: 'string' }, { type: 'number' }] },
      { anyOf: [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'null' }] },
    ],
    [
      { oneOf: [{ type: 'string' }, { type: 'null' }] },
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
  ])('takes null for a key that need not be there: %j', (given, expected) => {
    expect(optional(given)).toEqual(expected);
  });

  it.each<[JsonObject, JsonObject]>([
    [
      { type: 'string', minLength: 3 },
      { type: 'string', description: '(minLength: 3)' },
    ],
    [
      { type: 'string', description: 'A word', maxLength: 9, format: 'uri' },
      { type: 'string', description: 'A word\n(maxLength: 9, format: "uri")' },
    ],
    [
      { type: 'string', format: 'date' },
      { type: 'string', format: 'date' },
    ],
    [
      { type: 'string', pattern: '^a+$' },
      { type: 'string', pattern: '^a+$' },
    ],
    [
      { type: 'string', pattern: '(?=a)b' },
      { type: 'string', description: '(pattern: "(?=a)b")' },
    ],
    [
      { type: 'number', minimum: 1 },
      { type: 'number', minimum: 1 },
    ],
    [{ type: 'number', default: 3, examples: [1] }, { type: 'number' }],
    [
      { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 1 },
      {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: '(uniqueItems: true)',
      },
    ],
    [
      { type: 'array', items: { type: 'string' }, minItems: 2 },
      { type: 'array', items: { type: 'string' }, description: '(minItems: 2)' },
    ],
    [
      { type: 'string', not: { const: 'x' } },
      { type: 'string', description: '(not: {"const":"x"})' },
    ],
  ])('has what the API does not know in its description: %j', (given, expected) => {
    expect(required(given)).toEqual(expected);
  });

  it.each<[string, JsonObject]>([
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }],
    ['an object of anything', { type: 'object' }],
    ['anything', {}],
    [
      'an object with further keys',
      object({ a: { type: 'string' } }, { additionalProperties: true }),
    ],
    ['keys by pattern', { ...object({}), patternProperties: { '^a': { type: 'string' } } }],
    ['a key that is required only', { ...object({ a: { type: 'string' } }), required: ['a', 'b'] }],
    ['a list of anything', { type: 'array' }],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }] }],
    ['a reference that leads outside', { $ref: 'https://a.example/schema.json' }],
    ['a reference to another file', { $ref: 'other.json#/$defs/a' }],
    ['a reference to nothing', { $ref: '#/$defs/missing' }],
    ['a reference to what all objects have', { $ref: '#/$defs/constructor' }],
    ['several rules at once', { allOf: [{ type: 'string' }, { maxLength: 3 }] }],
    ['an enum of objects', { enum: [{ a: 1 }] }],
    ['too many values', { enum: Array.from({ length: 11 }, (_, index) => index) }],
    ['no schema', 7 as never],
  ])('is none for %s', (_, schema) => {
    expect(required(schema)).toBeUndefined();
    expect(closedSchema(object({ b: { type: 'array', items: schema } }), LOOSE)).toBeNull();
  });

  it('is one whose root is an object', () => {
    expect(closedSchema({ type: 'array', items: { type: 'string' } }, STRICT)).toBeNull();
    expect(closedSchema({ anyOf: [object({ a: { type: 'string' } })] }, STRICT)).toBeNull();
  });

  it('may hold itself where the API takes that', () => {
    const node = object({
      next: { $ref: '#' },
      list: { type: 'array', items: { $ref: '#/$defs/a' } },
    });
    const schema = {
      ...node,
      $defs: { a: object({ b: { $ref: '#/$defs/c' } }), c: object({ a: { $ref: '#/$defs/a' } }) },
    };
    expect(closedSchema(schema, STRICT)).not.toBeNull();
    expect(closedSchema(schema, LOOSE)).toBeNull();
    const round = { ...object({ a: { $ref: '#/$defs/a' } }), $defs: schema.$defs };
    expect(closedSchema(round, LOOSE)).toBeNull();
    const straight = {
      ...object({ a: { $ref: '#/$defs/a' } }),
      $defs: { a: object({ b: { type: 'null' } }) },
    };
    expect(closedSchema(straight, LOOSE)).not.toBeNull();
  });

  it('has an end, however many ways lead through it', () => {
    const names = Array.from({ length: 60 }, (_, index) => `d${index}`);
    const $defs = Object.fromEntries(
      names.map((name, index) => [
        name,
        index === 59
          ? { type: 'string' }
          : { anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
      ]),
    );
    const schema = { ...object({ a: { $ref: '#/$defs/d0' } }), $defs };
    expect(closedSchema(schema, LOOSE)).toEqual({ ...schema, additionalProperties: false });
  });

  it('is none where it is too deep, or has too many keys', () => {
    let deep: JsonObject = { type: 'string' };
    for (let level = 0; level < 20_000; level++) deep = { type: 'array', items: deep };
    expect(closedSchema(object({ a: deep }), STRICT)).toBeNull();
    const names = Array.from({ length: 101 }, (_, index) => [`k${index}`, { type: 'null' }]);
    expect(closedSchema(object(Object.fromEntries(names)), STRICT)).toBeNull();
    const three = object({ a: { type: 'null' }, b: { type: 'null' }, c: { type: 'null' } });
    expect(closedSchema({ ...three, required: [] }, LOOSE)).toBeNull();
    expect(closedSchema({ ...three, required: ['a'] }, LOOSE)).not.toBeNull();
  });

  it('keeps keys of any name', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}},"required":[]}',
    ) as JsonObject;
    expect(JSON.stringify(closedSchema(schema, STRICT))).toBe(
      '{"type":"object","properties":{"__proto__":{"type":["string","null"]},"constructor":{"type":["string","null"]}},"required":["__proto__","constructor"],"additionalProperties":false}',
    );
  });

  it('reads a lone part of allOf as that part', () => {
    const schema = {
      ...object({ a: { allOf: [{ $ref: '#/$defs/b' }], description: 'x' } }),
      $defs: { b: { type: 'string' } },
    };
    expect(closedSchema(schema, STRICT)?.properties).toEqual({ a: { $ref: '#/$defs/b' } });
  });

  it('admits what the given one admits, with nulls for what is left out', () => {
    const given = object(
      {
        question: { type: 'string', minLength: 1 },
        score: { type: 'integer', minimum: 0 },
        label: { enum: ['a', 'b'] },
      },
      { required: ['question'], additionalProperties: false },
    );
    const ajv = new Ajv({ strict: false });
    const isClosed = ajv.compile(closedSchema(given, STRICT)!);
    const isGiven = ajv.compile(given);
    for (const value of [
      { question: 'x', score: 3, label: 'a' },
      { question: 'x', score: 3, label: null },
      { question: 'x', score: null, label: null },
    ]) {
      expect(isClosed(value)).toBe(true);
      const kept = Object.entries(value).filter(([, one]) => one !== null);
      expect(isGiven(Object.fromEntries(kept))).toBe(true);
    }
    expect(isClosed({ question: 'x', score: 3 })).toBe(false);
    expect(isClosed({ question: 'x', score: 3, label: 'a', more: 1 })).toBe(false);
  });
});
