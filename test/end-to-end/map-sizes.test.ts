import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { linesOf } from '../support/run-results.ts';
import { chatCompletion, startScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const MEBIBYTE = 1024 * 1024;
const ROWS = 12;
const BAD = 7;
const OBJECTS = '{"rows":[{"q":"a"}]}';
const COLUMNS = ['--columns', 'q', '--reask', '1'];
const DEEP = '['.repeat(10_000) + ']'.repeat(10_000);

/** Maps rows of which one is answered in another way than all others; what came of it, its failure's code, and the peak of memory. */
async function mapOne(
  words: readonly string[],
  bad: () => string,
  good = OBJECTS,
  cell = `k${BAD}`,
) {
  const cwd = temporaryFolder();
  const server = await startScriptedServer(({ body }) => ({
    body: chatCompletion(body.includes(`row ${BAD}.`) ? bad() : good),
  }));
  const rows = Array.from({ length: ROWS }, (_, id) => ({ id, k: id === BAD ? cell : `k${id}` }));
  const isCsv = words.includes('out.csv');
  const file = isCsv ? 'in.csv' : 'in.jsonl';
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => (isCsv ? `${row.id},${quoted(row.k)}` : JSON.stringify(row)));
  writeFileSync(join(cwd, file), `${[...(isCsv ? ['id,k'] : []), ...lines].join('\n')}\n`);
  const all = [
    'map',
    file,
    '-m',
    `${server.url}/v1#m`,
    '--json',
    '-q',
    '--prompt',
    'row ${id}. ${k}',
  ];
  const out = isCsv ? [] : ['-o', 'out.jsonl'];
  const result = await tutti([...all, ...out, ...words], { cwd, measureMemory: true });
  expect(result.stderr).toBe('');
  const told = JSON.parse(result.stdout);
  expect(told).toMatchObject({ state: 'finished', in: ROWS, skipped: 0 });
  expect(told.answered + told.failed).toBe(ROWS);
  const failed = linesOf(resolve(cwd, told.folder, 'failed.jsonl')).map((line) => JSON.parse(line));
  return {
    ...{ told, cwd, memory: result.peakMemoryBytes / MEBIBYTE },
    codes: failed.map(({ id, answer }) => [id, answer.error.code]),
    made: isCsv ? [] : linesOf(join(cwd, 'out.jsonl')).map((line) => JSON.parse(line)),
  };
}

/** What is told of it, what makes it, and the code of its failure. */
type BadAnswer = readonly [string, () => string, string];

const BAD_ANSWERS: readonly BadAnswer[] = [
  ['of 64 MB', () => 'x'.repeat(64 * MEBIBYTE), 'response_too_large'],
  ['of 20 MB that is no JSON', () => '{"rows":['.repeat(2_200_000), 'invalid_output'],
  ['with a key __proto__', () => '{"rows":[{"q":"a","__proto__":{"x":1}}]}', 'invalid_output'],
  ['10,000 deep', () => `{"rows":[{"q":${DEEP}}]}`, 'invalid_output'],
  [
    'of 100,000 objects',
    () => JSON.stringify({ rows: Array(100_000).fill({ q: 'a' }) }),
    'invalid_output',
  ],
];

test.each(BAD_ANSWERS)(
  'an answer %s is a failure of its row, and no other is harmed',
  async (_, bad, code) => {
    const { made, codes, memory } = await mapOne(COLUMNS, bad);
    expect(codes).toEqual([[BAD, code]]);
    const rows = Array.from({ length: ROWS }, (_, id) => ({
      id,
      k: `k${id}`,
      q: id === BAD ? null : 'a',
    }));
    expect(made).toEqual(rows);
    expect(memory).toBeLessThan(700);
  },
  60_000,
);

test.each(['out.jsonl', 'out.csv'])(
  'a cell of 10 MB comes out as it was, in %s',
  async (name) => {
    const cell = 'ä,"\n'.repeat(2_000_000);
    const { told, codes, memory, cwd } = await mapOne(['-o', name], () => 'long', 'short', cell);
    expect(codes).toEqual([]);
    expect(told).toMatchObject({ answered: ROWS, out: ROWS });
    // Read again, it is what it was: the same rows stay.
    const words = ['map', name, '--keep', 'output == "long"', '-o', 'again.jsonl'];
    expect((await tutti(words, { cwd })).code).toBe(0);
    const [line, ...others] = linesOf(join(cwd, 'again.jsonl'));
    expect(others).toEqual([]);
    expect(JSON.parse(line!).k === cell).toBe(true);
    expect(memory).toBeLessThan(700);
  },
  60_000,
);
