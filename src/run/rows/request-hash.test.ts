import { describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../../core/model.ts';
import { requestHash } from './request-hash.ts';

const REQUEST: GenerateRequest = {
  messages: [{ role: 'user', content: 'Hi' }],
  parameters: {},
  choices: 1,
};

describe('the hash of what is asked', () => {
  it('is that of earlier versions where no schema is asked for', () => {
    expect(requestHash('a/1', REQUEST)).toBe('e34f5601e23821d9');
    expect(requestHash('a/1', { ...REQUEST, schema: undefined })).toBe('e34f5601e23821d9');
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
