import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordText } from './index.ts';

const ADDITION = ',"response":"r","answer":{"status":"ok"}}';

test('the row stays as it is, byte for byte', () => {
  const row = '{ "seed": 9007199254740993, "t":1.0, "2":0,"1":1e5, "\\u00e9":"\\ud800" }  ';
  expect(recordText(row, ADDITION)).toBe(row.trimEnd().slice(0, -1).trimEnd() + ADDITION);
  expect(recordText(' {\t} ', ADDITION)).toBe(` {${ADDITION.slice(1)}`);
  expect(recordText('{"a":{}}', ADDITION)).toBe(`{"a":{}${ADDITION}`);
});

test('keys of the row named answer and response are renamed, however they are spelt', () => {
  const rows = {
    '{"answer":1.0,"response" : "x"}': '{"input-answer":1.0,"input-response" : "x"',
    '{"r\\u0065sponse":[{"answer":1}]}': '{"input-response":[{"answer":1}]',
    '{"response":1,"input-response":2}': '{"input-input-response":1,"input-response":2',
    '{"prompt":"answer","x":["response"]}': '{"prompt":"answer","x":["response"]',
    '{"a":"\\"answer\\":","b\\\\":{"answer":{}}}': '{"a":"\\"answer\\":","b\\\\":{"answer":{}}',
    '{"__proto__":{"x":1},"answer":2}': '{"__proto__":{"x":1},"input-answer":2',
  };
  for (const [row, start] of Object.entries(rows)) {
    expect(recordText(row, ADDITION)).toBe(start + ADDITION);
  }
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('whatever the row holds, the record holds it too, and its own keys win', () => {
  const key = fc.oneof(
    fc.constantFrom('answer', 'response', 'input-answer', '__proto__', 'a"b', 'c\\'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), fc.constantFrom(0, 1, 2), (row, indent) => {
      const record = JSON.parse(recordText(JSON.stringify(row, null, indent), ADDITION));
      expect(record.answer).toEqual({ status: 'ok' });
      expect(record.response).toBe('r');
      expect(Object.keys(record).length).toBe(Object.keys(row).length + 2);
      for (const [name, value] of Object.entries(JSON.parse(JSON.stringify(row)))) {
        if (name === 'answer' || name === 'response') continue;
        expect(Object.getOwnPropertyDescriptor(record, name)?.value).toEqual(value);
      }
    }),
  );
});
