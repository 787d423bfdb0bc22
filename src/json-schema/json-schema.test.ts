import { expect, it } from 'vitest';
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
