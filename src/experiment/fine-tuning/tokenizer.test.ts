import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { openTokenizer } from './tokenizer.ts';

function ranksFile(merged: readonly string[], end = ''): string {
  const path = join(temporaryFolder(), 'x.tiktoken');
  const bytes = Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]));
  const all = [...bytes, ...merged.map((text) => Buffer.from(text))];
  const lines = all.map((token, rank) => `${token.toString('base64')} ${rank}\n`);
  writeFileSync(path, lines.join('') + end);
  return path;
}

describe('a tokenizer', () => {
  it('counts the tokens that the ranks of its file leave', async () => {
    // Counted by tiktoken with the same ranks and the pattern of cl100k_base.
    const count = await openTokenizer(
      ranksFile([
        'he',
        'll',
        'hell',
        'hello',
        ' w',
        'or',
        ' wor',
        'ld',
        ' world',
        '12',
        '123',
        '  ',
      ]),
    );
    expect(count('')).toBe(0);
    expect(count('hello world')).toBe(2);
    expect(count('hellhe')).toBe(2);
    expect(count('12345')).toBe(3);
    expect(count('ü')).toBe(2);
    expect(count('a   b')).toBe(4);
    expect(count("I'll don't  x\n\n y")).toBe(16);
    expect(count('x'.repeat(2000))).toBe(2000);
  });

  it('is refused where its file is none', async () => {
    await expect(openTokenizer(ranksFile([], '{}\n'))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('x.tiktoken:257: is no rank of a tokenizer'),
    });
    await expect(openTokenizer('/nowhere/x')).rejects.toMatchObject({ code: 'file_missing' });
  });
});
