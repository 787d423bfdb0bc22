import { describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../../core/model.ts';
import { earlierRequestHash, requestHash } from './request-hash.ts';

const REQUEST: GenerateRequest = {
  messages: [{ role: 'user', content: 'Hi' }],
  parameters: {},
  choices: 1,
};

describe('the hash of what is asked', () => {
  it('never changes, since it stands in journals, and is the same with no schema as without one', () => {
    for (const request of [REQUEST, { ...REQUEST, schema: undefined }]) {
      expect(requestHash('a/1', request)).toBe('e9389ad51ad3c67f');
      expect(earlierRequestHash('a/1', request)).toBe('e34f5601e23821d9');
    }
  });

  it('is sixteen digits, zeros in front included', () => {
    const hashes = Array.from({ length: 500 }, (_, n) => requestHash(`a/${n}`, REQUEST));
    expect(hashes.every((one) => /^[0-9a-f]{16}$/.test(one))).toBe(true);
    expect(hashes.some((one) => one.startsWith('0'))).toBe(true);
  });

  it('is another one with a schema, with another schema, and for embeddings', () => {
    const hashes = [
      REQUEST,
      { ...REQUEST, schema: { name: 'a', schema: { type: 'object' } } },
      { ...REQUEST, schema: { name: 'a', schema: { type: 'object', title: 'x' } } },
      { ...REQUEST, mode: 'embedding' as const },
    ].map((request) => requestHash('a/1', request));
    expect(new Set(hashes).size).toBe(4);
  });
});
