import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { hasSharedData, sharedDataPath } from '../../../test/support/shared-data.ts';
import { readAnswers, readRatingMatrix } from './index.ts';

const stream = (content: string | Buffer) => ({
  name: 'input',
  stream: Readable.from([Buffer.from(content)]),
});

describe('readRatingMatrix', () => {
  it('reads a line for each judge, with gaps, commas or tabs, packed or not', async () => {
    const rows = [
      ['1', null, 'x,y'],
      [null, '2', '3'],
    ];
    const texts = ['1,,"x,y"\n,2,3\n', '1;;x,y\n;2;3\n', '1| |x,y\n|2|3\n'];
    for (const text of [...texts, gzipSync('1\t\tx,y\r\n\t2\t3')]) {
      expect(await readRatingMatrix(stream(text))).toEqual({ rows, missing: {} });
    }
  });

  it('refuses a Parquet file, which has names', async () => {
    const path = join(import.meta.dirname, '../../../test/parquet/fixtures/votes.parquet');
    await expect(readRatingMatrix(path)).rejects.toThrow('is a Parquet file, not text');
  });

  it('takes NA, nan and the like for missing ratings and counts them', async () => {
    const { rows, missing } = await readRatingMatrix(stream('1,2,NA\n1,nan,\n1,NULL,2\n'));
    expect(rows).toEqual([
      ['1', '2', null],
      ['1', null, null],
      ['1', null, '2'],
    ]);
    expect(missing).toEqual({ NA: 1, nan: 1, NULL: 1 });
  });

  it('takes marks among numbers for missing ratings, and among words for words', async () => {
    const numbers = await readRatingMatrix(stream('1,*,3\n.,2,-\n'));
    expect(numbers).toEqual({
      rows: [
        ['1', null, '3'],
        [null, '2', null],
      ],
      missing: { '*': 1, '.': 1, '-': 1 },
    });
    const words = await readRatingMatrix(stream('x,*\ny,*\n'));
    expect(words.rows[0]).toEqual(['x', '*']);
  });

  it('refuses a line or a column of names beside numbers, and ratings without a delimiter', async () => {
    await expect(readRatingMatrix(stream('u1,u2\n1,2\n1,3\n'))).rejects.toThrowError(/first line/);
    await expect(readRatingMatrix(stream('ann,1,2\nbob,1,3\n'))).rejects.toThrowError(
      /first column/,
    );
    await expect(readRatingMatrix(stream('judge,u1\nann,1\nbob,2\n'))).rejects.toThrowError(
      /first line/,
    );
    await expect(readRatingMatrix(stream('1 2 3\n1 2 2\n'))).rejects.toThrowError(
      /one cell a line/,
    );
    expect((await readRatingMatrix(stream('1,2\n1,x\n'))).rows[1]).toEqual(['1', 'x']);
  });

  it('refuses an empty file and text that is not UTF-8', async () => {
    await expect(readRatingMatrix(stream(''))).rejects.toThrowError(/is empty/);
    await expect(
      readRatingMatrix(stream(Buffer.from('a,b\n\xe9,b\n', 'latin1'))),
    ).rejects.toThrowError(/line 2: is not UTF-8/);
  });
});

describe('readAnswers', () => {
  it("reads tutti's records, passes failed ones over and takes the first of several samples", async () => {
    const lines = [
      { prompt: 'p', model: 'openai/a', response: 'one', answer: { status: 'ok' }, id: 7 },
      {
        prompt: 'p',
        api: 'sim',
        model_name: 'b',
        response: ['two', 'three'],
        answer: { status: 'ok' },
      },
      { prompt: 'p', model: 'c', answer: { status: 'error' } },
    ];
    const answers = await readAnswers(stream(lines.map((line) => JSON.stringify(line)).join('\n')));
    expect(answers.map(({ item, prompt, text }) => [item, prompt, text])).toEqual([
      ['openai/a', 'p', 'one'],
      ['sim/b', 'p', 'two'],
    ]);
    expect(answers[0]!.columns.get('id')).toBe('7');
  });

  it("passes over prompto's errors, and rows of a table that say that they failed", async () => {
    const failed = 'An unexpected error occurred when querying the API: (E - m) after maximum 5';
    const rows = [
      { prompt: 'p', api: 'openai', model_name: 'a', response: 'KeyError - why' },
      { prompt: 'p', api: 'openai', model_name: 'b', response: failed },
      { prompt: 'p', model: 'c', 'answer-status': 'error' },
      { prompt: 'p', model: 'd', result: 'KeyError - is what Python says' },
    ];
    const answers = await readAnswers(stream(rows.map((row) => JSON.stringify(row)).join('\n')));
    expect(answers.map(({ item }) => item)).toEqual(['d']);
  });

  it('reads a Parquet file as a file and as a stream', async () => {
    const path = join(import.meta.dirname, '../../../test/parquet/fixtures/answers.parquet');
    for (const source of [path, { name: 'input', stream: createReadStream(path) }]) {
      const answers = await readAnswers(source);
      expect(answers.map(({ item, text }) => [item, text])).toEqual([
        ['a', 'one'],
        ['b', 'two'],
      ]);
    }
  });

  it("takes Python's NaN for null, as votes do", async () => {
    const line =
      '{"model":"a","prompt":"NaN \\" NaN","result":"NaN","score":NaN,"low":-Infinity}\n';
    const [answer] = await readAnswers(stream(line));
    expect(answer).toMatchObject({ item: 'a', prompt: 'NaN " NaN', text: 'NaN' });
    expect([...answer!.columns.keys()]).toEqual(['model', 'prompt', 'result']);
  });

  it('names the line that is not UTF-8', async () => {
    const bytes = Buffer.from('{"model":"a","result":"x"}\n{"model":"\xe9"}\n', 'latin1');
    await expect(readAnswers(stream(bytes))).rejects.toThrowError(/line 2: is not UTF-8/);
  });

  it('names the line that holds no answer', async () => {
    await expect(readAnswers(stream('\n{"model":"a","prompt":1}\n'))).rejects.toThrowError(
      /line 2: there is no result/,
    );
    await expect(readAnswers(stream('{"model":"a"\n'))).rejects.toThrowError(
      /line 1: is not a JSON object/,
    );
  });
});

const FILES = ['llmfao/results.jsonl', 'llmfao/prompts.jsonl', 'evalica/codings.csv'] as const;
describe.skipIf(!hasSharedData(...FILES))('readers on published files', () => {
  it('joins the columns of the prompts to the answers', async () => {
    const answers = await readAnswers(sharedDataPath(FILES[0]), {
      prompts: sharedDataPath(FILES[1]),
    });
    expect(answers).toHaveLength(1133);
    expect(new Set(answers.map((answer) => answer.columns.get('type')))).toEqual(
      new Set(['reflexion', 'code', 'creativity', 'knowledge', 'instruct']),
    );
  });

  it('reads four judges and twelve units', async () => {
    const { rows } = await readRatingMatrix(sharedDataPath(FILES[2]));
    expect(rows.map((row) => row.length)).toEqual([12, 12, 12, 12]);
    expect(rows[0]!.at(-1)).toBeNull();
  });
});
