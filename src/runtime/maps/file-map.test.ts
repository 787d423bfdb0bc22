import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { prepareMap } from '../actions/map.ts';
import type { MapRequest } from './map-request.ts';

/** Does a map that asks nobody, and gives the text of its output. */
async function made(rows: string, request: Partial<MapRequest>, table = 'a.jsonl') {
  const { context, folder, write } = sampleEngine();
  const output = join(folder, 'out.jsonl');
  write('out.jsonl', 'as it was\n');
  const map = await prepareMap(context, { file: write(table, rows), output, ...request });
  if (!('finished' in map)) throw new Error('it asks somebody');
  const error = await map.makeAgain().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { error, text: readFileSync(output, 'utf8') };
}

describe('a map that asks nobody', () => {
  it('explodes a table of one column', async () => {
    const rows = 'items\n"[{""a"":1},{""a"":2.0}]"\n';
    expect(await made(rows, { explode: 'items' }, 'a.csv')).toEqual({
      error: null,
      text: '{"a":1}\n{"a":2.0}\n',
    });
  });

  it('keeps rows and frees them of repeats', async () => {
    const rows = '{"n":1}\n{"n":2}\n{"n":2}\n{"n":3}\n';
    const { text } = await made(rows, { keep: 'n < 3', dedupeRows: ['n'] });
    expect(text).toBe('{"n":1}\n{"n":2}\n');
  });

  it.each<[string, string, Partial<MapRequest>, string]>([
    ['no rows', '\n', { keep: 'n > 1' }, 'has no rows'],
    ['a line that is no row', '{"n":1}\n[1]\n', { keep: 'n > 1' }, 'a.jsonl:2: the line is no'],
    [
      'repeats by no column',
      '{"n":1}\n{"n":2}\n',
      { dedupeRows: ['m'] },
      '--dedupe-rows names "m"',
    ],
    ['a condition on no column', '{"n":1}\n', { keep: 'm > 1' }, '--keep names "m"'],
    ['exploding no column', '{"n":1}\n', { explode: 'm' }, 'no column "m" to explode'],
  ])('leaves the output as it was for %s', async (_, rows, request, message) => {
    const { error, text } = await made(rows, request);
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect(text).toBe('as it was\n');
  });
});
