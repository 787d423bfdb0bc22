import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type Line, type ReadLinesOptions, readLines } from './index.ts';

async function all(source: string | Readable, options: ReadLinesOptions = {}): Promise<Line[]> {
  const found: Line[] = [];
  for await (const lines of readLines(source, options)) found.push(...lines);
  return found;
}

function pieces(bytes: Buffer, size: number): Readable {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
  return Readable.from(parts);
}

test('lines have their number, place and length in the input', async () => {
  const path = join(temporaryFolder(), 'a.jsonl');
  writeFileSync(path, 'één\r\n\ntwo\n');
  expect(await all(path)).toEqual([
    { number: 1, offset: 0, length: 5, text: 'één', problem: null },
    { number: 2, offset: 7, length: 0, text: '', problem: null },
    { number: 3, offset: 8, length: 3, text: 'two', problem: null },
  ]);
});

test('a byte order mark is skipped, a missing last line end and CRLF are accepted', async () => {
  const bytes = Buffer.from('\ufeff{"a":1}\r\n{"b":2}');
  for (const size of [1, 2, 5, 100]) {
    expect(await all(pieces(bytes, size))).toEqual([
      { number: 1, offset: 3, length: 7, text: '{"a":1}', problem: null },
      { number: 2, offset: 12, length: 7, text: '{"b":2}', problem: null },
    ]);
  }
});

test('an empty input has no lines', async () => {
  expect(await all(Readable.from([]))).toEqual([]);
});

test('bytes that are not UTF-8 are a problem of their line alone', async () => {
  const bytes = Buffer.concat([
    Buffer.from('good\nbad '),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('\nfiné\n'),
  ]);
  for (const size of [1, 7, 1000]) {
    const lines = await all(pieces(bytes, size));
    expect(lines.map((line) => line.text)).toEqual(['good', '', 'finé']);
    expect(lines[1]?.problem).toBe('is not valid UTF-8 (from byte 5 of the line)');
    expect(lines[2]?.offset).toBe(12);
  }
});

test('NUL and escapes of lone surrogates pass through', async () => {
  const lines = await all(Readable.from([Buffer.from('"a\0b"\n"\\ud800"\n')]));
  expect(lines.map((line) => line.text)).toEqual(['"a\0b"', '"\\ud800"']);
});

test('a line beyond the limit is a problem, and the next lines are read', async () => {
  const bytes = Buffer.from(`short\n${'x'.repeat(50)}\nafter\n${'y'.repeat(11)}`);
  for (const size of [1, 7, 1000]) {
    const lines = await all(pieces(bytes, size), { maxLineBytes: 10 });
    expect(lines.map((line) => line.text)).toEqual(['short', '', 'after', '']);
    expect(lines[1]).toMatchObject({ length: 50, problem: 'is longer than 10 bytes' });
    expect(lines[3]?.problem).not.toBeNull();
    expect(lines[2]?.offset).toBe(57);
  }
});

test('a line of 50 MB is read, with memory of a few times its size', async () => {
  const path = join(temporaryFolder(), 'long.jsonl');
  const text = JSON.stringify({ prompt: 'x'.repeat(50_000_000) });
  writeFileSync(path, `${text}\n{"prompt":"next"}\n`);
  const before = process.memoryUsage();
  const lines = await all(path);
  const after = process.memoryUsage();
  expect(lines[0]?.text === text).toBe(true);
  expect(lines[1]?.text).toBe('{"prompt":"next"}');
  expect(after.rss - before.rss).toBeLessThan(300e6);
});

test('the tee receives exactly the bytes of the input', async () => {
  const path = join(temporaryFolder(), 'big.jsonl');
  const text = `\ufeff${Array.from({ length: 40_000 }, (_, i) => `{"id":${i}}\r`).join('\n')}`;
  writeFileSync(path, text);
  const hash = createHash('sha256');
  const lines = await all(path, {
    tee: async (bytes) => {
      await new Promise((resolve) => setImmediate(resolve));
      hash.update(bytes);
    },
  });
  expect(lines.length).toBe(40_000);
  expect(lines.at(-1)?.text).toBe('{"id":39999}\r'); // No line end follows: it is not one itself.
  expect(hash.digest('hex')).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
});

test('an error of the tee ends the reading with that error', async () => {
  const failure = new Error('full');
  const reading = all(Readable.from([Buffer.from('a\n')]), { tee: () => Promise.reject(failure) });
  await expect(reading).rejects.toBe(failure);
});

test('however the input is cut into pieces, the lines are those of the whole', async () => {
  const part = fc.constantFrom('a', 'é', '💡', '\n', '\r\n', '\r', '\0', '{"k":"v"}', '\ufeff');
  await fc.assert(
    fc.asyncProperty(fc.array(part), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
      const bytes = Buffer.from(parts.join(''));
      const lines = await all(pieces(bytes, size));
      expect(lines).toEqual(await all(pieces(bytes, bytes.length + 1)));
      for (const line of lines) {
        const raw = bytes.subarray(line.offset, line.offset + line.length);
        expect(raw.toString()).toBe(line.text);
      }
    }),
  );
});

test('a directory, a missing file and a file that may not be read are told apart', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'experiment.jsonl'), '');
  mkdirSync(join(folder, 'sub'));
  await expect(all(join(folder, 'sub'))).rejects.toMatchObject({
    code: 'file_unreadable',
    message: expect.stringContaining('is a directory'),
  });
  await expect(all(join(folder, 'experimnt.jsonl'))).rejects.toMatchObject({
    code: 'file_missing',
    hint: expect.stringContaining(join(folder, 'experiment.jsonl')),
  });
  await expect(all(join(folder, 'none', 'x.jsonl'))).rejects.toMatchObject({
    code: 'file_missing',
    hint: expect.stringContaining('does not exist either'),
  });
});
