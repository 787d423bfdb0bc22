import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import { RowHashes } from './row-hashes.ts';

const row = (text: string) => parseExactJson(text) as JsonObject;

describe('rows that have come', () => {
  it('are known by their columns, and by no others', () => {
    const rows = new RowHashes(['a', 'b']);
    expect(rows.isNew({ a: 'x', b: 1, c: 1 })).toBe(true);
    expect(rows.isNew({ b: 1, a: 'x', c: 2 })).toBe(false);
    expect(rows.isNew({ a: 'x', b: '1' })).toBe(true);
    expect(rows.isNew({ a: 'x1', b: '' })).toBe(true);
    expect(rows.isNew({ a: 'x' })).toBe(true);
    expect(rows.isNew({ a: 'x', b: null })).toBe(false);
  });

  it('are different where their texts are, down to digits and lone surrogates', () => {
    const rows = new RowHashes(['a']);
    const texts = [
      '9007199254740993',
      '9007199254740992',
      '1.0',
      '1',
      '"1"',
      '"\\ud800"',
      '"\\ud801"',
      '"\ufffd"',
    ];
    for (const text of texts) expect(rows.isNew(row(`{"a": ${text}}`)), text).toBe(true);
    for (const text of texts) expect(rows.isNew(row(`{"a": ${text}}`)), text).toBe(false);
  });

  it('reach no prototype', () => {
    const rows = new RowHashes(['constructor', '__proto__']);
    expect(rows.isNew({})).toBe(true);
    expect(rows.isNew(row('{"__proto__": 1}'))).toBe(true);
    expect(rows.isNew({ constructor: null })).toBe(false);
  });

  it('are many, each known', () => {
    const rows = new RowHashes(['a']);
    for (let a = 0; a < 50_000; a++) expect(rows.isNew({ a })).toBe(true);
    for (let a = 0; a < 50_000; a++) expect(rows.isNew({ a })).toBe(false);
  });
});
