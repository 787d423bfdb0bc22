import { describe, expect, it } from 'vitest';
import { firstPassOf } from '../../test/support/fake-lanes.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Call } from '../ask/index.ts';
import type { Answer, CallKey } from '../core/answer.ts';
import type { Model } from '../core/model.ts';
import type { RowReader } from '../store/index.ts';
import { RowTable } from '../store/index.ts';
import { ExperimentSource } from './experiment-source.ts';
import { noteAnswer } from './saved-answers.ts';

interface Row {
  readonly prompt: string | readonly (string | object)[];
  readonly model: string;
  readonly [key: string]: unknown;
}

/** A source of rows in memory. `saved` are the answers of an earlier process, `later` rows that must be waited for. */
async function sourceOf(
  rows: readonly Row[],
  { saved = [], later = [] }: { saved?: readonly Answer[]; later?: readonly number[] } = {},
) {
  const { table, lanes } = await firstPassOf(rows);
  saved.forEach((answer, index) => {
    expect(noteAnswer(table, answer, index)).toBe(true);
  });
  const texts = rows.map((row) => JSON.stringify(row));
  const text = (row: number) => (later.includes(row) ? Promise.resolve(texts[row]!) : texts[row]!);
  const source = new ExperimentSource({
    table,
    reader: { text } as unknown as RowReader,
    models: lanes.map(({ reference }) => modelOf(reference)),
    savedAnswers: async (row) => saved.filter(({ key }) => key.row === row),
  });
  return { source, table };
}

function modelOf(reference: string): Model {
  const generate = () => Promise.reject(new Error('nothing is asked here'));
  return { reference, severalChoices: true, generate };
}

/** Takes calls of a lane until it has no more. */
async function drain(source: ExperimentSource, lane: number): Promise<Call[]> {
  const calls: Call[] = [];
  for (;;) {
    const call = await source.next(lane);
    if (!call) return calls;
    calls.push(call);
  }
}

function keyText({ row, turn, sample }: CallKey): string {
  return `${row}.${turn}.${sample}`;
}

function keysOf(calls: readonly Call[]): string[] {
  return calls.map(({ key }) => keyText(key));
}

/** What a call sends, as `role: text` lines. */
function sent(call: Call | undefined): string[] | undefined {
  return call?.request.messages.map(({ role, content }) => `${role}: ${content}`);
}

function answerTo(call: Call, text: string): Answer {
  return someAnswer(call.key, { texts: [text] });
}

describe('ExperimentSource', () => {
  it('gives each lane its own rows in order, however the lanes are mixed', async () => {
    const models = ['a/1', 'a/2', 'a/1', 'a/3', 'a/2', 'a/1'];
    const { source } = await sourceOf(models.map((model, row) => ({ prompt: `${row}`, model })));
    expect(keysOf(await drain(source, 2))).toEqual(['3.0.0']);
    expect(keysOf(await drain(source, 0))).toEqual(['0.0.0', '2.0.0', '5.0.0']);
    const calls = await drain(source, 1);
    expect(keysOf(calls)).toEqual(['1.0.0', '4.0.0']);
    expect(calls[0]!.model.reference).toBe('a/2');
    expect(sent(calls[0])).toEqual(['user: 1']);
    for (const lane of [0, 1, 2]) expect(source.next(lane)).toBeUndefined();
  });

  it('goes through a million rows of two thousand lanes in a moment', () => {
    const table = new RowTable();
    const lanes = 2_000;
    for (let row = 0; row < 1_000_000; row++) {
      table.addRow({ offset: 0, line: row + 1, lane: Math.floor(row / 500) });
    }
    const text = '{"prompt":"a","model":"a/1"}';
    const models = Array.from({ length: lanes }, () => modelOf('a/1'));
    const reader = { text: () => text } as unknown as RowReader;
    const source = new ExperimentSource({ table, reader, models, savedAnswers: async () => [] });
    const startMs = performance.now();
    for (let lane = 0; lane < lanes; lane++) expect(source.next(lane)).toMatchObject({});
    expect(performance.now() - startMs).toBeLessThan(1_000);
    let left = 0;
    while (source.next(lanes - 1)) left++;
    expect(left).toBe(499);
  });

  it('answers at once for a row in memory and by a promise for one that must be read', async () => {
    const rows = ['a', 'b', 'c'].map((prompt) => ({ prompt, model: 'a/1' }));
    const { source } = await sourceOf(rows, { later: [1] });
    expect(source.next(0)).toMatchObject({ key: { row: 0 } });
    const second = source.next(0);
    expect(second).toBeInstanceOf(Promise);
    expect(sent(await second)).toEqual(['user: b']);
    expect(source.next(0)).toMatchObject({ key: { row: 2 } });
  });

  it('asks for several choices in one request where a row has one turn', async () => {
    const row = { prompt: 'a', model: 'a/1', parameters: { n: 5, top_p: 1 }, mode: 'completion' };
    const { source } = await sourceOf([row]);
    const [call, ...others] = await drain(source, 0);
    expect(call!.request).toMatchObject({
      choices: 5,
      parameters: { top_p: 1 },
      mode: 'completion',
    });
    expect(others).toEqual([]);
    expect(source.after(call!, answerTo(call!, 'x'))).toBeUndefined();
  });

  it('sends each turn with the answers so far', async () => {
    const { source } = await sourceOf([{ prompt: ['one', 'two', 'three'], model: 'a/1' }]);
    const first = (await source.next(0))!;
    expect(source.next(0)).toBeUndefined();
    const second = source.after(first, answerTo(first, 'A'))!;
    const third = source.after(second, answerTo(second, 'B'))!;
    expect(keysOf([first, second, third])).toEqual(['0.0.0', '0.1.0', '0.2.0']);
    expect(sent(first)).toEqual(['user: one']);
    expect(sent(third)).toEqual([
      'user: one',
      'assistant: A',
      'user: two',
      'assistant: B',
      'user: three',
    ]);
    expect(source.after(third, answerTo(third, 'C'))).toBeUndefined();
  });

  it('gives each sample of several turns a history of its own', async () => {
    const row = { prompt: ['one', 'two'], model: 'a/1', parameters: { n: 2 } };
    const { source } = await sourceOf([row, { prompt: 'next', model: 'a/1' }]);
    const [left, right, next] = await drain(source, 0);
    expect(keysOf([left!, right!, next!])).toEqual(['0.0.0', '0.0.1', '1.0.0']);
    const rightAgain = source.after(right!, answerTo(right!, 'R'));
    const leftAgain = source.after(left!, answerTo(left!, 'L'));
    expect(sent(rightAgain)).toEqual(['user: one', 'assistant: R', 'user: two']);
    expect(sent(leftAgain)).toEqual(['user: one', 'assistant: L', 'user: two']);
    expect(leftAgain!.request.choices).toBe(1);
  });

  it('ends the chain of a sample with a turn that fails, and not that of the others', async () => {
    const row = { prompt: ['one', 'two'], model: 'a/1', parameters: { n: 2 } };
    const { source } = await sourceOf([row]);
    const [left, right] = await drain(source, 0);
    expect(source.after(left!, failedAnswer(left!.key))).toBeUndefined();
    expect(keysOf([source.after(right!, answerTo(right!, 'R'))!])).toEqual(['0.1.1']);
  });

  it('passes over rows that are done when it goes on', async () => {
    const rows = ['a', 'b', 'c'].map((prompt) => ({ prompt, model: 'a/1' }));
    const saved = [someAnswer({ row: 0 }), failedAnswer({ row: 2 })];
    const { source } = await sourceOf(rows, { saved });
    expect(keysOf(await drain(source, 0))).toEqual(['1.0.0']);
  });

  it('goes on with a chain that was half done, with the answers that were saved', async () => {
    const saved = [
      someAnswer({ row: 0, turn: 0 }, { texts: ['A'] }),
      someAnswer({ row: 0, turn: 1 }, { texts: ['B'] }),
    ];
    const { source } = await sourceOf([{ prompt: ['one', 'two', 'three'], model: 'a/1' }], {
      saved,
    });
    const [call, ...others] = await drain(source, 0);
    expect(keysOf([call!, ...others])).toEqual(['0.2.0']);
    expect(sent(call)).toEqual([
      'user: one',
      'assistant: A',
      'user: two',
      'assistant: B',
      'user: three',
    ]);
  });

  it('goes on with each sample where it was, and not with one that has failed', async () => {
    const row = { prompt: ['one', 'two'], model: 'a/1', parameters: { n: 4 } };
    const saved = [
      someAnswer({ sample: 1 }, { texts: ['B'] }),
      failedAnswer({ sample: 2 }),
      someAnswer({ sample: 3 }, { texts: ['D'] }),
      someAnswer({ sample: 3, turn: 1 }, { texts: ['DD'] }),
    ];
    const { source } = await sourceOf([row], { saved });
    const calls = await drain(source, 0);
    expect(keysOf(calls)).toEqual(['0.0.0', '0.1.1']);
    expect(sent(calls[1])).toEqual(['user: one', 'assistant: B', 'user: two']);
  });

  it('goes on with a row of ten thousand calls in a moment', async () => {
    const prompt = Array.from({ length: 100 }, (_, turn) => `turn ${turn}`);
    const saved = Array.from({ length: 99 * 200 }, (_, call) =>
      someAnswer({ turn: call % 99, sample: Math.floor(call / 99) }),
    );
    const { source } = await sourceOf([{ prompt, model: 'a/1', parameters: { n: 200 } }], {
      saved,
    });
    const startMs = performance.now();
    const calls = await drain(source, 0);
    expect(calls).toHaveLength(200);
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  it('says so when a row is not what it was when it was checked', async () => {
    const { table } = await firstPassOf([{ prompt: 'a', model: 'a/1' }]);
    const reader = { text: () => 'something else' } as unknown as RowReader;
    const models = [modelOf('a/1')];
    const source = new ExperimentSource({ table, reader, models, savedAnswers: async () => [] });
    expect(() => source.next(0)).toThrow(/line 1 of the run's input\.jsonl has changed/);
  });
});
