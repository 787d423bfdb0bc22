import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { chatCompletion, startScriptedServer } from '../../../test/support/scripted-server.ts';
import { prepareMap } from '../actions/map.ts';
import type { MapRequest } from './map-request.ts';
import type { MapOutcome } from './ready-map.ts';

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: unknown;
}

/** A server whose answers are said by the prompt, by the number of the try. */
async function serverOf(
  replies: Readonly<Record<string, string | readonly string[]>>,
  finish = 'stop',
) {
  const asked: Asked[] = [];
  const server = await startScriptedServer(({ body }) => {
    const request = JSON.parse(body) as Asked;
    asked.push(request);
    const reply = replies[request.messages.find(({ role }) => role === 'user')!.content] ?? '[]';
    const tries = request.messages.filter(({ role }) => role === 'assistant').length;
    const content = typeof reply === 'string' ? reply : (reply[tries] ?? reply.at(-1)!);
    const choices = [{ index: 0, finish_reason: finish, message: { role: 'assistant', content } }];
    return { body: { ...chatCompletion(''), choices } };
  });
  return { asked, model: `${server.url}/v1#m` };
}

async function mapped(
  engine: SampleEngine,
  model: string,
  rows: readonly object[],
  request: Partial<MapRequest>,
): Promise<MapOutcome> {
  const map = await prepareMap(engine.context, {
    ...{ file: engine.write('a.jsonl', rows), models: [model], prompt: '${text}' },
    ...{ out: join(engine.folder, 'out'), output: join(engine.folder, 'made.jsonl') },
    ...request,
  });
  if ('finished' in map) throw new Error('the map is finished');
  return map.execute();
}

const made = ({ folder }: SampleEngine) =>
  readFileSync(join(folder, 'made.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

function failures({ folder }: SampleEngine) {
  const runs = join(folder, 'out', 'map-a');
  const [run] = readdirSync(runs);
  const text = readFileSync(join(runs, run!, 'failed.jsonl'), 'utf8').trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
}

const COLUMNS = { columns: 'q,n:integer' };
const PAIR = '{"rows":[{"q":"a","n":1},{"q":"b","n":2}]}';

describe('a map of objects', () => {
  it('makes a row of each object, the columns of the input repeated', async () => {
    const engine = sampleEngine();
    const { model, asked } = await serverOf({ x: PAIR });
    const { counts } = await mapped(engine, model, [{ id: 7, text: 'x' }], COLUMNS);
    expect(made(engine)).toEqual([
      { id: 7, text: 'x', q: 'a', n: 1 },
      { id: 7, text: 'x', q: 'b', n: 2 },
    ]);
    expect(counts).toMatchObject({ in: 1, answered: 1, out: 2, asks: 1, reasked: 0 });
    expect(asked[0]).toMatchObject({ response_format: { type: 'json_schema' } });
  });

  it('makes one row of an object where one is asked for', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf({ x: '{"q":"a","n":9007199254740993}' });
    await mapped(engine, model, [{ text: 'x' }], { ...COLUMNS, single: true });
    const text = readFileSync(join(engine.folder, 'made.jsonl'), 'utf8');
    expect(text).toBe('{"text":"x","q":"a","n":9007199254740993}\n');
  });

  it('asks again with what was wrong, and takes the right answer', async () => {
    const engine = sampleEngine();
    const { model, asked } = await serverOf({ x: ['{"rows":[{"q":"a","n":"two"}]}', PAIR] });
    const { counts } = await mapped(engine, model, [{ text: 'x' }], COLUMNS);
    expect(counts).toMatchObject({ answered: 1, out: 2, asks: 2, reasked: 1, partial: 0 });
    expect(asked[1]!.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(asked[1]!.messages[2]!.content).toContain('/rows/0/n');
    expect(failures(engine)).toEqual([]);
  });

  it('counts a row that was asked again once, of however many of its answers', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf({ x: ['nothing', PAIR] });
    const request = { ...COLUMNS, samples: 2 };
    const { counts } = await mapped(engine, model, [{ text: 'x' }], request);
    expect(counts).toMatchObject({ answered: 1, reasked: 1, asks: 4, out: 4 });
  });

  it('keeps what is right of the best answer, and lists the row with its text and what was wrong', async () => {
    const engine = sampleEngine();
    const half = '{"rows":[{"q":"a","n":1},{"q":"b"}]}';
    const { model } = await serverOf({ x: ['nothing', half, '{"rows":[{"q":7}]}'] });
    const { counts } = await mapped(engine, model, [{ text: 'x' }, { text: 'y' }], COLUMNS);
    expect(made(engine)).toEqual([
      { text: 'x', q: 'a', n: 1 },
      { text: 'y', q: null, n: null },
    ]);
    expect(counts).toMatchObject({ in: 2, answered: 2, failed: 0, partial: 1, empty: 1, asks: 4 });
    expect(failures(engine)).toMatchObject([
      {
        text: 'x',
        response: half,
        answer: { error: { code: 'partial' } },
        errors: [{ path: '/rows/1' }],
      },
    ]);
  });

  it('gives a row nulls of whose answers nothing is right', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf({ x: 'no JSON' });
    const { counts } = await mapped(engine, model, [{ text: 'x' }], { ...COLUMNS, reasks: 1 });
    expect(made(engine)).toEqual([{ text: 'x', q: null, n: null }]);
    expect(counts).toMatchObject({ answered: 0, failed: 1, invalid: 1, asks: 2, out: 1 });
    expect(failures(engine)).toMatchObject([
      { response: 'no JSON', answer: { error: { code: 'invalid_output' }, attempts: 2 } },
    ]);
  });

  it('asks rows that failed once more where that is asked for, those too of which an answer was wrong', async () => {
    const engine = sampleEngine();
    const half = '{"rows":[{"q":"a","n":1},{"q":"b"}]}';
    const replies: Record<string, string> = { x: half, y: PAIR, z: 'no JSON' };
    const { model, asked } = await serverOf(replies);
    const rows = [{ text: 'x' }, { text: 'y' }, { text: 'z' }];
    const request = { ...COLUMNS, reasks: 1 };
    expect((await mapped(engine, model, rows, request)).counts).toMatchObject({
      ...{ answered: 2, partial: 1, failed: 1 },
    });
    const before = asked.length;
    replies.x = PAIR;
    const again = await mapped(engine, model, rows, { ...request, onlyFailed: true });
    expect(again.counts).toMatchObject({ in: 3, answered: 2, partial: 0, failed: 1, out: 5 });
    expect(asked.slice(before).map(({ messages }) => messages[0]!.content)).toEqual(
      expect.arrayContaining(['x', 'z', 'z']),
    );
    expect(asked).toHaveLength(before + 3);
    const [left, ...others] = failures(engine);
    // What was paid for before is in the row's sums: 4 calls of two passes.
    expect(left).toMatchObject({ text: 'z', answer: { attempts: 4 } });
    expect(others).toEqual([]);
    replies.z = PAIR;
    await mapped(engine, model, rows, { ...request, onlyFailed: true });
    expect(made(engine)).toHaveLength(6);
    expect(failures(engine)).toEqual([]);
    await expect(mapped(engine, model, rows, { ...request, onlyFailed: true })).rejects.toThrow(
      'the map is finished',
    );
  });

  it('asks once more only those that failed of the rows that are sampled', async () => {
    const engine = sampleEngine();
    const replies: Record<string, string> = { x: 'no', y: 'no', z: 'no' };
    const { model, asked } = await serverOf(replies);
    const rows = [{ text: 'x' }, { text: 'y' }, { text: 'z' }];
    const request = { ...COLUMNS, reasks: 0 };
    expect((await mapped(engine, model, rows, request)).counts).toMatchObject({ failed: 3 });
    for (const text of Object.keys(replies)) replies[text] = PAIR;
    const again = await mapped(engine, model, rows, { ...request, sample: 1, onlyFailed: true });
    expect(again).toMatchObject({ state: 'finished', counts: { answered: 1, failed: 2 } });
    expect(asked).toHaveLength(4);
    expect(failures(engine)).toHaveLength(2);
  });

  it('makes nothing shorter of a list that was cut, and asks for it again', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf({ x: '{"rows":[{"q":"a","n":1},{"q' }, 'length');
    const { counts } = await mapped(engine, model, [{ text: 'x' }], COLUMNS);
    expect(made(engine)).toEqual([{ text: 'x', q: null, n: null }]);
    expect(counts).toMatchObject({ failed: 1, invalid: 1, repaired: 0, reasked: 1, asks: 3 });
  });

  it('counts what was repaired, and keys that no column asked for', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf({ x: '{"rows":[{"q":5,"n":1,"more":[]},]}' });
    const outcome = await mapped(engine, model, [{ text: 'x' }], COLUMNS);
    expect(made(engine)).toEqual([{ text: 'x', q: '5', n: 1 }]);
    expect(outcome.counts).toMatchObject({ answered: 1, repaired: 1 });
    expect(outcome.droppedKeys).toBe(1);
  });

  it('may leave out rows with nothing in them, and drop what a condition does not want', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf({ x: PAIR });
    const rows = [{ text: 'x' }, { text: 'y' }];
    const { counts } = await mapped(engine, model, rows, {
      ...COLUMNS,
      dropEmpty: true,
      keep: 'n >= 2',
    });
    expect(made(engine)).toEqual([{ text: 'x', q: 'b', n: 2 }]);
    expect(counts).toMatchObject({ in: 2, answered: 2, empty: 1, dropped: 1, out: 1 });
  });

  it('gives a failure for more objects than are allowed', async () => {
    const engine = sampleEngine();
    const many = JSON.stringify({ rows: Array(100).fill({ q: 'a', n: 1 }) });
    const { model } = await serverOf({ x: many });
    const { counts } = await mapped(engine, model, [{ text: 'x' }], {
      ...COLUMNS,
      maxObjects: 99,
      reasks: 0,
    });
    expect(counts).toMatchObject({ failed: 1, invalid: 1 });
  });

  it('refuses flags that say something of what does not come out', async () => {
    const engine = sampleEngine();
    const { model, asked } = await serverOf({});
    const request = { ...COLUMNS, column: 'a', near: 0.9 };
    await expect(mapped(engine, model, [{ text: 'x' }], request)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^--column names a column of texts.*\n--dedupe compares texts/,
      ),
    });
    await expect(mapped(engine, model, [{ text: 'x' }], { single: true })).rejects.toMatchObject({
      message: expect.stringMatching(/^--single says that one object/),
    });
    expect(asked).toEqual([]);
  });

  it('refuses a parameter that says what the schema says, and columns that say nothing', async () => {
    const engine = sampleEngine();
    const { model, asked } = await serverOf({});
    const parameters = { response_format: { type: 'json_object' } };
    const twice = mapped(engine, model, [{ text: 'x' }], { ...COLUMNS, parameters });
    await expect(twice).rejects.toMatchObject({ code: 'bad_usage' });
    for (const columns of ['', 'a,a', 'a:nope']) {
      const wrong = mapped(engine, model, [{ text: 'x' }], { columns });
      await expect(wrong).rejects.toMatchObject({ code: 'bad_input' });
    }
    expect(asked).toEqual([]);
  });
});
