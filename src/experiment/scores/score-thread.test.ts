import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { ScorerSource } from './record-score.ts';
import { ScoreThread, type ScoreThreadOptions } from './score-thread.ts';

const open: ScoreThread[] = [];
afterEach(async () => {
  for (const thread of open.splice(0)) await thread.close();
});

function builtIn(name: string, argument = '', content = ''): ScorerSource {
  return { key: name, name, argument, content, path: null };
}

function custom(code: string, file = 'mine.ts'): ScorerSource {
  const path = join(temporaryFolder(), file);
  writeFileSync(path, code);
  return { key: 'mine', name: null, argument: '', content: '', path };
}

async function opened(
  sources: readonly ScorerSource[],
  options: Partial<ScoreThreadOptions> = {},
): Promise<ScoreThread> {
  const thread = await ScoreThread.open({ sources, folder: '/', clock: systemClock, ...options });
  open.push(thread);
  return thread;
}

function answered(response: unknown, more: object = {}): string {
  return JSON.stringify({ id: 1, ...more, response, answer: { status: 'ok' } });
}

describe('scorers of the program', () => {
  it('score the one answer, the last of several turns, and each of samples', async () => {
    const thread = await opened([builtIn('match')]);
    const expected = { expected_response: 'b' };
    const records = [
      answered('b', { prompt: 'x', ...expected }),
      answered(['b', 'a'], { prompt: ['x', 'y'], ...expected }),
      answered(['a', 'b'], { prompt: [{ role: 'system', content: 's' }, 'x', 'y'], ...expected }),
      answered(['b', 'a', null], { prompt: 'x', ...expected }),
      answered(
        [
          ['a', 'b'],
          ['a', 'a'],
        ],
        { prompt: ['x', 'y'], ...expected },
      ),
    ];
    expect((await thread.score(0, records)).map(({ value }) => value)).toEqual([
      true,
      false,
      true,
      [true, false, null],
      [true, false],
    ]);
  });

  it('have no value where nothing is expected, or there is no text', async () => {
    const thread = await opened([builtIn('match'), builtIn('length')]);
    const records = [answered('b'), answered('b', { expected_response: null }), answered(null)];
    expect(await thread.score(0, records)).toEqual(Array(3).fill({ value: null }));
    expect((await thread.score(1, records)).map(({ value }) => value)).toEqual([1, 1, null]);
  });

  it('take a number by its text, and a list as any of', async () => {
    const thread = await opened([builtIn('match')]);
    const record = (expected: string) =>
      answered('1.0', { expected_response: 7 }).replace('7', expected);
    const records = ['1.0', '1', '["2", 1.0]', '"1.0"'].map(record);
    expect((await thread.score(0, records)).map(({ value }) => value)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('tell which record has an expectation that cannot be used', async () => {
    const thread = await opened([builtIn('numeric')]);
    const records = ['7', 'seven', '8'].map((one) => answered('7', { expected_response: one }));
    expect(await thread.score(0, records)).toEqual([
      { value: true },
      { value: null, error: 'expected_response "seven" has no number' },
      { value: false },
    ]);
  });

  it('give the counts of a score that all texts have together', async () => {
    const thread = await opened([builtIn('chrf')]);
    const [score] = await thread.score(0, [answered(['ab', 'cd'], { expected_response: 'ab' })]);
    expect(score).toMatchObject({ value: [1, 0] });
    expect(score!.counts).toHaveLength(2);
  });
});

describe('scorers of users', () => {
  it('are given the record, and may be asynchronous', async () => {
    const thread = await opened([
      custom(`export async function score(record: { id: number; response: string }) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return record.response.length * record.id;
      }`),
    ]);
    expect(await thread.score(0, [answered('abc'), answered('')])).toEqual([
      { value: 3 },
      { value: 0 },
    ]);
  });

  it('may be CommonJS', async () => {
    const thread = await opened([custom('module.exports = { score: () => 0.5 };', 'mine.cjs')]);
    expect(await thread.score(0, [answered('a')])).toEqual([{ value: 0.5 }]);
  });

  it('that the nearest package.json makes CommonJS are told how they are named', async () => {
    const source = custom('export const score = () => 1;');
    writeFileSync(join(dirname(source.path!), 'package.json'), '{"type": "commonjs"}');
    await expect(opened([source])).rejects.toMatchObject({
      message: expect.stringContaining('cannot be loaded'),
      hint: expect.stringContaining('.mts'),
    });
  });

  it('may score records together, at most 32 at a time', async () => {
    const thread = await opened([
      custom(
        'export const scoreBatch = (records) => records.map(() => records.length);',
        'mine.js',
      ),
    ]);
    const scores = await thread.score(0, Array(40).fill(answered('a')));
    expect(scores.map(({ value }) => value)).toEqual([...Array(32).fill(32), ...Array(8).fill(8)]);
  });

  it('cost a record its score, and nothing else, with what is no value', async () => {
    const thread = await opened([
      custom(`const values = [() => Number.NaN, () => 1 / 0, () => undefined, () => ({ a: 1 }), () => 10n,
        () => { throw new Error('broken\\u001b[2J'); }, () => { throw { toString() { throw 1; } }; },
        () => Promise.reject(new Error('later')), () => [1, Number.NaN], () => ['a', null, true], () => null];
      export const score = (record) => values[Number(record.response)]();`),
    ]);
    const scores = await thread.score(
      0,
      Array.from({ length: 11 }, (_, at) => answered(`${at}`)),
    );
    expect(scores.map(({ error }) => error?.replace(/, not a number.*/, ''))).toEqual([
      'it gave NaN',
      'it gave Infinity',
      'it gave nothing',
      'it gave a value of type object',
      'it gave a value of type bigint',
      'broken\\x1b[2J',
      'it threw what cannot be shown',
      'later',
      'it gave NaN',
      undefined,
      undefined,
    ]);
    expect(scores.slice(-2)).toEqual([{ value: ['a', null, true] }, { value: null }]);
  });

  it.each([
    ['in a loop', 'for (;;) {}'],
    ['in an expression that backtracks', '/(a+)+$/.test("a".repeat(40) + "b")'],
    ['waiting for nothing', 'return new Promise(() => {})'],
    ['asleep', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
  ])('that hang %s cost that record its score', async (_, code) => {
    const thread = await opened(
      [
        custom(
          `export function score({ response }) { if (response === 'hang') { ${code} } return 1; }`,
          'mine.js',
        ),
      ],
      { timeoutMs: 700 },
    );
    const scores = await thread.score(
      0,
      ['a', 'hang', 'b'].map((text) => answered(text)),
    );
    expect(scores).toEqual([
      { value: 1 },
      { value: null, error: 'it took longer than 0.7 s' },
      { value: 1 },
    ]);
  });

  it.each([
    ['leave', 'process.exit(3)', 'it ended its thread'],
    [
      'throw where nobody catches it',
      "setTimeout(() => { throw new Error('late'); }); return new Promise(() => {})",
      'it ended its thread: late',
    ],
    [
      'reject where nobody sees it',
      "void Promise.reject(new Error('lost')); return new Promise(() => {})",
      'it ended its thread: lost',
    ],
  ])('that %s cost that record its score', async (_, code, error) => {
    const thread = await opened([
      custom(
        `export function score({ response }) { if (response === 'end') { ${code} } return 1; }`,
        'mine.js',
      ),
    ]);
    const scores = await thread.score(
      0,
      ['a', 'end', 'b'].map((text) => answered(text)),
    );
    expect(scores).toEqual([{ value: 1 }, { value: null, error }, { value: 1 }]);
  });

  it('that end their thread when nobody waits for them have another one for what comes', async () => {
    const code = 'export const score = () => { setTimeout(() => process.exit(3), 10); return 1; };';
    const thread = await opened([custom(code, 'mine.js')], { timeoutMs: 5_000 });
    expect(await thread.score(0, [answered('a')])).toEqual([{ value: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [score] = await thread.score(0, [answered('b')]);
    expect(score!.error ?? '').not.toMatch(/took longer/);
  });

  it('together: the one that hangs or throws is found, the others have their scores', async () => {
    const code = `export function scoreBatch(records) {
      if (records.some(({ response }) => response === 'hang')) for (;;) {}
      if (records.some(({ response }) => response === 'throw')) throw new Error('no');
      return records.map(() => 1);
    }`;
    const thread = await opened([custom(code, 'mine.js')], { timeoutMs: 400 });
    const texts = ['a', 'throw', 'b'];
    expect(
      await thread.score(
        0,
        texts.map((text) => answered(text)),
      ),
    ).toEqual([{ value: 1 }, { value: null, error: 'no' }, { value: 1 }]);
    const hanging = await thread.score(
      0,
      ['a', 'hang', 'b'].map((text) => answered(text)),
    );
    expect(hanging).toEqual([
      { value: 1 },
      { value: null, error: 'it took longer than 0.4 s' },
      { value: 1 },
    ]);
  });

  it('that hang again and again are asked no more', async () => {
    const thread = await opened(
      [custom('export const score = () => { for (;;) {} };', 'mine.js'), builtIn('length')],
      { timeoutMs: 300 },
    );
    const scores = await thread.score(0, Array(200).fill(answered('a')));
    expect(scores.filter(({ error }) => error === 'it took longer than 0.3 s')).toHaveLength(5);
    expect(scores.at(-1)!.error).toMatch(/^not asked any more/);
    expect(await thread.score(1, [answered('abc')])).toEqual([{ value: 3 }]);
  });

  it('print where it is asked for, not on standard output', async () => {
    const printed: string[] = [];
    const code = "export const score = () => { console.log('hello'); return 1; };";
    const thread = await opened([custom(code, 'mine.js')], {
      onOutput: (text) => printed.push(text),
    });
    await thread.score(0, [answered('a')]);
    await expect.poll(() => printed.join('')).toBe('hello\n');
  });

  it('are interrupted', async () => {
    const stop = new AbortController();
    const thread = await opened(
      [custom('export const score = () => { for (;;) {} };', 'mine.js')],
      { signal: stop.signal },
    );
    const scoring = thread.score(0, [answered('a')]);
    setTimeout(() => stop.abort(), 50);
    await expect(scoring).rejects.toMatchObject({ code: 'interrupted' });
  });
});

it('tells everything that is wrong before a record is scored', async () => {
  const sources = [
    builtIn('regex', '(a'),
    builtIn('match'),
    custom('export const other = 1;', 'other.ts'),
    custom('this is no code', 'broken.ts'),
    { ...custom(''), path: '/nowhere/missing.ts' },
    builtIn('language', 'xx'),
  ];
  const error = await ScoreThread.open({ sources, folder: '/', clock: systemClock }).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ code: 'bad_usage' });
  const lines = error.message.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^--score regex:\(a: error parsing regexp/);
  expect(lines[1]).toMatch(/other\.ts: it exports neither/);
  expect(lines[2]).toMatch(/broken\.ts: it cannot be loaded/);
  expect(lines[3]).toMatch(/missing\.ts: it cannot be loaded/);
  expect(lines[4]).toMatch(/^--score language:xx: "xx" is none of/);
});
