import { expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { readJsonSchema } from './index.ts';

const PERSON = {
  type: 'object',
  required: ['name', 'age'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^\\p{L}+$' },
    age: { type: 'integer', minimum: 0, maximum: 150 },
    tags: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true },
  },
};

it('says what is wrong with a value, and where', () => {
  const { mistakeIn } = readJsonSchema(JSON.stringify(PERSON));
  expect(mistakeIn({ name: 'Zoë', age: 3, tags: ['a', 'b'] })).toBeNull();
  expect(mistakeIn({ name: 'Zoë', age: 200 })).toBe('/age must be <= 150');
  expect(mistakeIn({ name: 'R2', age: 1 })).toMatch(/^\/name must match pattern/);
  expect(mistakeIn([])).toBe('the value must be object');
  expect(mistakeIn({ name: 'a', age: 1, tags: ['a', 'a'] })).toMatch(/duplicate/);
});

it('knows the drafts by their name, and refers within a schema', () => {
  const tuple = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    prefixItems: [{ type: 'string' }],
    items: false,
  };
  expect(readJsonSchema(JSON.stringify(tuple)).mistakeIn(['a', 1])).not.toBeNull();
  const older = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    items: [{ type: 'string' }],
    additionalItems: false,
  };
  expect(readJsonSchema(JSON.stringify(older)).mistakeIn(['a', 1])).not.toBeNull();
  const nested = { $defs: { n: { type: 'number' } }, properties: { a: { $ref: '#/$defs/n' } } };
  expect(readJsonSchema(JSON.stringify(nested)).mistakeIn({ a: 'x' })).toBe('/a must be number');
  expect(readJsonSchema('false').mistakeIn(1)).not.toBeNull();
});

it('passes over words and formats that it does not know', () => {
  const schema = { type: 'string', format: 'color', 'x-note': 1 };
  expect(readJsonSchema(JSON.stringify(schema)).mistakeIn('no colour')).toBeNull();
});

it('checks a pattern that would backtrack in time', () => {
  const { mistakeIn } = readJsonSchema(JSON.stringify({ pattern: '^(a+)+$' }));
  expect(mistakeIn(`${'a'.repeat(50_000)}!`)).toMatch(/pattern/);
});

it('refuses what is no schema, and refers to nothing outside', () => {
  for (const text of [
    '{',
    '3',
    '{"type": "nothing"}',
    '{"pattern": "(?=a)"}',
    '{"$ref": "https://127.0.0.1:1/a.json"}',
    '{"$ref": "file:///etc/passwd"}',
  ]) {
    expect(() => readJsonSchema(text), text).toThrow(
      expect.objectContaining({ code: 'bad_usage' }),
    );
  }
});

it('refuses a schema that is nested without end, and one that is too deep', () => {
  const loops = [
    { $ref: '#' },
    { type: 'object', allOf: [{ $ref: '#' }] },
    { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
  ];
  const deep = `${'{"properties":{"a":'.repeat(3_000)}{}${'}}'.repeat(3_000)}`;
  for (const schema of [...loops, JSON.parse(deep)]) {
    expect(() => readJsonSchema(schema)).toThrow(
      expect.objectContaining({ code: 'bad_usage', message: expect.stringMatching(/without end/) }),
    );
  }
});

it('says of a value that is nested too deeply that it is', () => {
  const { mistakeIn, mistakesIn } = readJsonSchema({
    type: 'object',
    properties: { child: { $ref: '#' } },
  });
  let value: JsonObject = {};
  for (let depth = 0; depth < 20_000; depth++) value = { child: value };
  expect(mistakeIn(value)).toBe('the value is nested too deeply to be checked');
  expect(mistakesIn(value)).toEqual([{ path: '', message: 'is nested too deeply to be checked' }]);
  expect(mistakeIn({ child: { child: {} } })).toBeNull();
});

it('takes a schema of 5,000 properties', () => {
  const names = Array.from({ length: 5_000 }, (_, at) => `p${at}`);
  const { mistakeIn, mistakesIn } = readJsonSchema({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  });
  expect(mistakeIn({ p4999: 1 })).toBe('/p4999 must be string');
  expect(mistakesIn({ p1: 1, p2: 'x' })).toEqual([{ path: '/p1', message: 'must be string' }]);
});

it('finds repeated items in time, whatever they are', () => {
  const { mistakeIn } = readJsonSchema({ uniqueItems: true });
  const many = Array.from({ length: 100_000 }, (_, at) => ({ at }));
  const start = performance.now();
  expect(mistakeIn(many)).toBeNull();
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(mistakeIn([{ a: 1, b: [2] }, 3, { b: [2], a: 1 }])).toBe(
    'the value must NOT have duplicate items (items ## 0 and 2 are identical)',
  );
  expect(mistakeIn([1, '1', true, 'true', null, 'null', [1], ['1'], {}, []])).toBeNull();
  expect(mistakeIn([0, -0])).toMatch(/duplicate/);
  expect(readJsonSchema({ uniqueItems: false }).mistakeIn([1, 1])).toBeNull();
  const { mistakesIn } = readJsonSchema({ properties: { a: { uniqueItems: true } } });
  expect(mistakesIn({ a: [1, 1] })).toEqual([
    { path: '/a', message: expect.stringMatching(/duplicate/) },
  ]);
});

/** So many definitions, each of which refers twice to the next one. */
function doubling(count: number, twice: (reference: JsonObject) => JsonObject): JsonObject {
  const names = Array.from({ length: count }, (_, at) => `d${at}`);
  const all = names.map((name, at) => [name, twice({ $ref: `#/$defs/d${at + 1}` })] as const);
  return { ...Object.fromEntries(all), [`d${count}`]: { type: 'object' } };
}

it('refuses a schema whose references double the checks of one value, wherever that is', () => {
  const $defs = doubling(40, (next) => ({ allOf: [next, next] }));
  const ways: JsonObject[] = [
    { $ref: '#/$defs/d0' },
    { type: 'array', items: { $ref: '#/$defs/d0' } },
    { properties: { a: { not: { $ref: '#/$defs/d0' } } } },
  ];
  for (const way of ways) {
    expect(() => readJsonSchema({ ...way, $defs })).toThrow(
      expect.objectContaining({
        code: 'bad_usage',
        message: expect.stringContaining('again and again'),
      }),
    );
  }
});

it('takes a schema whose references double parts of the value', () => {
  const $defs = doubling(40, (next) => ({ properties: { left: next, right: next } }));
  const { mistakeIn } = readJsonSchema({ $ref: '#/$defs/d0', $defs });
  expect(mistakeIn({ left: { right: { left: {} } } })).toBeNull();
});

it('says of a value that would be checked without end that it is, and checks the next one', () => {
  const node = { type: 'object', properties: { child: { $ref: '#/$defs/node' } } };
  const $defs = { node: { anyOf: [{ ...node, required: ['x'] }, node] } };
  const { mistakeIn, mistakesIn } = readJsonSchema({ $ref: '#/$defs/node', $defs });
  let value: JsonObject = {};
  for (let depth = 0; depth < 60; depth++) value = { child: value };
  const message = 'is nested so that a check takes too long';
  expect(mistakesIn(value)).toEqual([{ path: '', message }]);
  expect(mistakeIn({ child: { child: {} } })).toBeNull();
});

it('takes a value of more parts than references may be followed for a small one', () => {
  const schema = { $defs: { a: { type: 'number' } }, items: { $ref: '#/$defs/a' } };
  const { mistakeIn } = readJsonSchema(schema);
  const value: (number | string)[] = Array(2_200_000).fill(1);
  expect(mistakeIn(value)).toBeNull();
  value[value.length - 1] = 'x';
  expect(mistakeIn(value)).toBe('/2199999 must be number');
});
