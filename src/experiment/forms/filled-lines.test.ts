import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readLines } from '../../io/index.ts';
import { type FilledLine, filledLines } from './filled-lines.ts';

/** Doubles lines that begin with an x, and drops the end of those that begin with a y. */
function fill(text: string): readonly string[] | null {
  if (text.startsWith('x')) return [`${text}-é1`, `${text}-2`];
  return text.startsWith('y') ? ['y'] : null;
}

async function filled(input: string | Buffer, cut: number) {
  const bytes = Buffer.from(input);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += cut) pieces.push(bytes.subarray(at, at + cut));
  const stream = Readable.from(pieces, { objectMode: false });
  const copied: Buffer[] = [];
  const rows: FilledLine[] = [];
  const tee = (piece: Buffer) => void copied.push(Buffer.from(piece));
  const lines = filledLines((hold) => readLines(stream, { ...(hold && { tee: hold }) }), fill, tee);
  for await (const batch of lines) {
    rows.push(...batch);
    const sofar = Buffer.concat(copied);
    for (const { offset, length, text, problem } of batch) {
      if (problem === null) expect(sofar.toString('utf8', offset, offset + length)).toBe(text);
    }
  }
  return { rows, copy: Buffer.concat(copied) };
}

it.each([1, 3, 1000])(
  'keeps every byte of what it does not change, in pieces of %d',
  async (cut) => {
    const input = '\uFEFFa\r\n\nxö\r\nb\n  \nylong\nx';
    const { rows, copy } = await filled(input, cut);
    expect(copy.toString()).toBe('\uFEFFa\r\n\nxö-é1\nxö-2\r\nb\n  \ny\nx-é1\nx-2');
    expect(rows.map(({ number, text, source }) => [number, text, source])).toEqual([
      [1, 'a', undefined],
      [2, '', undefined],
      [3, 'xö-é1', 'xö'],
      [3, 'xö-2', 'xö'],
      [4, 'b', undefined],
      [5, '  ', undefined],
      [6, 'y', 'ylong'],
      [7, 'x-é1', 'x'],
      [7, 'x-2', 'x'],
    ]);
  },
);

it('keeps bytes that are no lines, and an input without any', async () => {
  const broken = Buffer.concat([Buffer.from('x\n'), Buffer.from([0xff, 0x0a]), Buffer.from('x\n')]);
  const { rows, copy } = await filled(broken, 2);
  const expected = [Buffer.from('x-é1\nx-2\n'), Buffer.from([0xff, 0x0a])];
  expect(copy).toEqual(Buffer.concat([...expected, expected[0]!]));
  expect(rows.map(({ problem }) => problem !== null)).toEqual([false, false, true, false, false]);
  expect(await filled('', 1)).toEqual({ rows: [], copy: Buffer.alloc(0) });
});

it('hands on what it has written anew before it is much', async () => {
  const line = `x${'z'.repeat(600_000)}\n`;
  const sizes: number[] = [];
  const lines = filledLines(
    () => readLines(Readable.from([Buffer.from(line.repeat(3))])),
    fill,
    undefined,
  );
  for await (const batch of lines) sizes.push(batch.length);
  expect(sizes).toEqual([2, 2, 2]);
});
