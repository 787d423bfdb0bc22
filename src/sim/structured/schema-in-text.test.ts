import { expect, test } from 'vitest';
import { schemaInText } from './schema-in-text.ts';

const SCHEMA = { type: 'object', properties: { 'a {b}': { type: 'string', description: '"}"' } } };

test('a schema is found in a text that speaks of JSON', () => {
  const text = `Answer as JSON ({"rows": []}), by this schema:\n${JSON.stringify(SCHEMA, null, 2)}\nThank you.`;
  expect(schemaInText(text)).toEqual(SCHEMA);
});

test('none is found without the word, in other objects, or in what does not end', () => {
  expect(schemaInText(`By this schema: ${JSON.stringify(SCHEMA)}`)).toBe(null);
  expect(schemaInText('JSON such as {"answer": 4}')).toBe(null);
  expect(schemaInText('JSON {"type": "object"')).toBe(null);
  expect(schemaInText('JSON {{{"type": "object"}')).toBe(null);
});

test('looking for one takes time in proportion to the text', () => {
  const startMs = performance.now();
  expect(schemaInText(`JSON ${'{'.repeat(100_000)}`)).toBe(null);
  expect(schemaInText(`JSON ${'{"'.repeat(100_000)}`)).toBe(null);
  expect(schemaInText(`JSON ${'{}'.repeat(100_000)}`)).toBe(null);
  expect(performance.now() - startMs).toBeLessThan(2000);
});
