import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { type CompareOptions, compareResults } from './compare-results.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function write(name: string, rows: readonly object[] | string): string {
  const path = join(folder, name);
  const lines = (all: readonly object[]) => all.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(path, typeof rows === 'string' ? rows : lines(rows));
  return path;
}

function compare(
  a: readonly object[] | string,
  b: readonly object[] | string,
  options: Partial<CompareOptions> = {},
) {
  return compareResults({ a: write('a.jsonl', a), b: write('b.jsonl', b), ...options });
}

const ok = (id: unknown, response: unknown, more: object = {}, cost: number | null = null) => ({
  ...{ id, prompt: 'p', model: 'm/1', ...more, response },
  answer: { status: 'ok', cost_usd: cost },
});

const failed = (id: unknown, code: string, more: object = {}) => ({
  ...{ id, prompt: 'p', model: 'm/1', ...more, response: null },
  answer: { status: 'error', error: { code, message: 'x' }, cost_usd: null },
});

describe('two results files', () => {
  it('are compared by id, whatever their order, in answers, errors and costs', async () => {
    const a = [
      ok(1, 'same', {}, 0.5),
      ok(2, 'one', {}, 0.25),
      ok(3, 'good'),
      failed(4, 'timeout'),
      failed(5, 'timeout'),
      failed(6, 'timeout'),
      ok(7, ['x', 'y']),
      ok('1', 'text'),
      ok(8, 'only a'),
    ];
    const b = [
      ok(7, ['x', 'y']),
      ok('1', 'text'),
      failed(6, 'bad_request'),
      failed(5, 'timeout'),
      ok(4, 'good'),
      failed(3, 'timeout'),
      ok(2, 'two', {}, 0.125),
      ok(1, 'same', {}, 0.5),
      ok(9, 'only b'),
    ];
    const found = await compare(a, b);
    expect(found).toMatchObject({
      ...{ compared: 8, same: 4 },
      different: { broken: 1, mended: 1, error: 1, answer: 1 },
      a: { rows: 9, only: 1, onlyIds: [8] },
      b: { rows: 9, only: 1, onlyIds: [9] },
      cost: { aUsd: 0.75, bUsd: 0.625, known: 2, unknown: 6 },
    });
    expect(found.differences.map(({ kind, id, a, b }) => [kind, id, a.response, b.error])).toEqual([
      ['broken', 3, 'good', 'timeout'],
      ['mended', 4, null, null],
      ['error', 6, null, 'bad_request'],
      ['answer', 2, 'one', null],
    ]);
    expect(found.models).toMatchObject([{ a: 'm/1', b: 'm/1', rows: 8, same: 4 }]);
  });

  it('are compared by id across models, and by id and model where an id stands more than once', async () => {
    const one = (model: string, text: string) => ok('x', text, { model });
    const across = await compare([one('m/1', 'a')], [one('m/2', 'a')]);
    expect(across).toMatchObject({ compared: 1, same: 1, models: [{ a: 'm/1', b: 'm/2' }] });
    const a = [one('m/1', 'a'), one('m/2', 'b'), ok('y', 'c', { model: 'm/1' })];
    const b = [one('m/2', 'b'), one('m/3', 'd'), ok('y', 'c', { model: 'm/9' })];
    const found = await compare(a, b);
    expect(found).toMatchObject({ compared: 2, same: 2, a: { only: 1 }, b: { only: 1 } });
    const pairs = found.models.map(({ a, b }) => [a, b]);
    expect(pairs).toEqual([
      ['m/2', 'm/2'],
      ['m/1', 'm/9'],
    ]);
    const twiceInB = await compare([one('m/1', 'a')], [one('m/2', 'z'), one('m/1', 'a')]);
    expect(twiceInB).toMatchObject({ compared: 1, same: 1, b: { only: 1 } });
  });

  it('have rows that are not compared, which are counted', async () => {
    const a = [ok(1, 'a'), ok(1, 'b'), ok(undefined, 'c'), ok(null, 'd')];
    const lines = [...a, ok(1, 'a')].map((row) => JSON.stringify(row)).join('\n');
    const found = await compare(a, `${lines}\n{"torn`);
    expect(found).toMatchObject({
      ...{ compared: 1, same: 1 },
      a: { rows: 4, withoutId: 2, repeated: 1, unreadable: 0, only: 0 },
      b: { rows: 5, withoutId: 2, repeated: 2, unreadable: 1, only: 0 },
    });
  });

  it('are compared by any key', async () => {
    const row = (prompt: unknown, response: string) => ({ prompt, model: 'm/1', response });
    const a = [row(['p', 'q'], 'a'), row('r', 'b'), row(12345678901234567890n.toString(), 'c')];
    const found = await compare(a, a.toReversed(), { idKey: 'prompt' });
    expect(found).toMatchObject({ compared: 3, same: 3 });
  });

  it('have numbers, which are compared where both have them', async () => {
    const scored = (id: number, more: object) => ok(id, 'x', more);
    const a = [
      scored(1, { match: true, scores: { bleu: 0.25 }, level: 3, n: 1 }),
      scored(2, { match: false, scores: { bleu: 0.5 }, level: 3, word: 'x' }),
    ];
    const b = [
      scored(1, { match: false, scores: { bleu: 0.75 }, level: 3, word: 'y' }),
      scored(2, { match: false, scores: { bleu: null }, level: 3 }),
    ];
    expect((await compare(a, b)).scores).toEqual([
      { name: 'match', rows: 2, aMean: 0.5, bMean: 0, higher: 0, lower: 1 },
      { name: 'level', rows: 2, aMean: 3, bMean: 3, higher: 0, lower: 0 },
      { name: 'scores.bleu', rows: 1, aMean: 0.25, bMean: 0.75, higher: 1, lower: 0 },
    ]);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`__proto__${i}`, i]));
    const wide = await compare([scored(1, many)], [scored(1, many)]);
    expect([wide.scores.length, wide.leavesScoresOut]).toEqual([64, true]);
  });

  it('may be those of prompto, whose errors are texts', async () => {
    const row = { id: 1, prompt: 'p', api: 'openai', model_name: 'm' };
    const a = [{ ...row, response: 'fine' }];
    const b = [{ ...row, response: 'ValueError - no' }];
    const found = await compare(a, b);
    expect(found.differences).toMatchObject([{ kind: 'broken', a: { model: 'openai/m' } }]);
  });

  it('show no more differences than are wanted, those that matter most first', async () => {
    const ids = Array.from({ length: 20 }, (_, id) => id);
    const a = ids.map((id) => ok(id, 'a'));
    const b = ids.map((id) => (id > 16 ? failed(id, 'timeout') : ok(id, 'b')));
    const { differences, different } = await compare(a, b, { most: 5 });
    expect(differences.map(({ id }) => id)).toEqual([17, 18, 19, 0, 1]);
    expect(different).toMatchObject({ broken: 3, answer: 17 });
    expect((await compare(a, b, { most: 0 })).differences).toEqual([]);
  });
});
