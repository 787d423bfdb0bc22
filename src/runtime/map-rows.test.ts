import { join } from 'node:path';
import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SampleEngine, sampleEngine } from '../../test/support/sample-engine.ts';
import {
  chatCompletion,
  type ScriptedAnswer,
  startScriptedServer,
} from '../../test/support/scripted-server.ts';
import type { JsonObject } from '../core/json.ts';
import { explode, type MapOptions, map } from './map-rows.ts';
import { bindActions } from './open-engine.ts';

/** A server that says back what it is asked, unless told otherwise, and what `map` is given to ask it. */
async function mapping(answer: (prompt: string) => ScriptedAnswer | undefined = () => undefined) {
  const sample: SampleEngine = sampleEngine();
  const server = await startScriptedServer(({ body }) => {
    const prompt = JSON.parse(body).messages.at(-1).content as string;
    return answer(prompt) ?? { body: chatCompletion(`<${prompt}>`) };
  });
  const options: MapOptions = {
    engine: bindActions(sample.context),
    model: `${server.url}/v1#m`,
    prompt: '${text}',
  };
  return { options, server, sample };
}

const refused: ScriptedAnswer = {
  status: 400,
  body: { error: { message: 'not this one', code: 'invalid_value' } },
};

describe('a map of rows that a program has', () => {
  it('gives a list for a list, in its order, with what became of it', async () => {
    const { options } = await mapping((prompt) => (prompt === 'bad' ? refused : undefined));
    const rows = await map([{ text: 'x', n: 1 }, { text: 'bad' }, { text: 'y' }], options);
    expect([...rows]).toEqual([
      { text: 'x', n: 1, output: '<x>' },
      { text: 'bad', output: null },
      { text: 'y', output: '<y>' },
    ]);
    expect(rows.counts).toMatchObject({ in: 3, answered: 2, failed: 1, out: 3, asks: 2 });
    expect(rows.failures).toMatchObject([
      { row: 1, input: { text: 'bad' }, error: { code: 'bad_request' }, response: null },
    ]);
  });

  it('gives what is read once for anything else, each with its answer where that is asked for', async () => {
    const { options } = await mapping();
    const given = new Set([{ text: 'x' }]);
    const stream = map(given, { ...options, answers: true });
    const read = [];
    for await (const one of stream) read.push(one);
    expect(read).toMatchObject([{ row: { text: 'x', output: '<x>' }, answer: { status: 'ok' } }]);
    await expect(async () => {
      for await (const _ of stream);
    }).rejects.toThrow('read once');
  });

  it('gives rows of objects, each failure with what was wrong', async () => {
    const answers: Readonly<Record<string, string>> = {
      good: '{"rows":[{"q":"1"},{"q":"2"}]}',
      part: '{"rows":[{"q":"3"},{}]}',
    };
    const { options } = await mapping((prompt) => ({
      body: chatCompletion(answers[prompt] ?? ''),
    }));
    const rows = await map([{ text: 'good' }, { text: 'part' }], {
      ...{ ...options, columns: 'q', reasks: 0 },
    });
    expect(rows.map(({ q }) => q)).toEqual(['1', '2', '3']);
    expect(rows.counts).toMatchObject({ answered: 2, partial: 1, failed: 0, asks: 2 });
    expect(rows.failures).toMatchObject([
      { row: 1, response: answers.part, errors: [{ path: '/rows/1' }] },
    ]);
  });

  it('gives numbers as numbers, however they were written', async () => {
    const written = '{"rows":[{"score":7.0,"share":0.90,"many":1e3,"id":12345678901234567890}]}';
    const { options } = await mapping(() => ({ body: chatCompletion(written) }));
    const columns = 'score:number,share:number,many:number,id:integer';
    const [row] = await map([{ text: 'x', id0: 2n ** 60n }], { ...options, columns });
    expect([row!.score, row!.share, row!.many]).toEqual([7, 0.9, 1000]);
    expect(JSON.stringify(row)).toContain('"id":12345678901234567890');
    expect(JSON.stringify(row)).toContain('"id0":1152921504606846976');
    expect(await explode([{ list: '[{"a":7.0}]' }], 'list')).toEqual([{ a: 7 }]);
  });

  it('asks nothing more, and gives its folder free, when nobody reads on', async () => {
    const { options, sample, server } = await mapping();
    const folder = join(sample.folder, 'left');
    const rows = ['a', 'b', 'c', 'd'].map((text) => ({ text }));
    for await (const _ of map(new Set(rows), { ...options, folder })) break;
    const whole = await map(rows, { ...options, folder });
    expect(whole.map(({ output }) => output)).toEqual(['<a>', '<b>', '<c>', '<d>']);
    expect(server.requests.length).toBeLessThanOrEqual(2 * rows.length);
  });

  it('reads files from the folder of its engine', async () => {
    const { options, sample } = await mapping();
    sample.write('ask.txt', 'Say $text');
    const { prompt: _, ...rest } = options;
    const [row] = await map([{ text: 'x' }], { ...rest, template: 'ask.txt' });
    expect(row!.output).toBe('<Say x>');
  });

  it('is refused where it names no model', async () => {
    const { options } = await mapping();
    const told = map([{ text: 'x' }], { ...options, model: [] });
    await expect(told).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('nobody'),
    });
  });

  it('is refused with all that is wrong, and nothing is sent', async () => {
    const { options, server } = await mapping();
    const rows = [{ tags: 'x' }, { tags: ['y'] }, { other: 1 }];
    const told = map(rows, { ...options, prompt: '{{ tags }}' });
    await expect(told).rejects.toMatchObject({
      code: 'bad_input',
      message: [
        'row 2: the row does not fit the template at 1:1: a list is no text: add "| json"',
        'row 3 has no column "tags" (1 of 3 rows)',
      ].join('\n'),
    });
    expect(server.requests).toHaveLength(0);
  });

  it.each<[string, unknown]>([
    ['a table of columns', { text: ['x'] }],
    ['the name of a file', 'rows.jsonl'],
    ['nothing', undefined],
  ])('is refused of what gives no rows: %s', async (_, rows) => {
    const { options } = await mapping();
    const stream = map(rows as Set<object>, options);
    const read = async () => {
      for await (const _ of stream);
    };
    await expect(read()).rejects.toMatchObject({
      code: 'bad_input',
      message: 'there are no rows to read: this is no list, no iterable and no Arrow table',
    });
  });

  it.each<[string, object, RegExp]>([
    ['what JSON cannot hold', z.object({ at: z.date() }), /^schema: Date cannot be represented/],
    ['an older zod', { _def: { typeName: 'ZodObject' }, parse: () => {} }, /^schema is neither/],
    ['functions', { type: 'object', check: () => true }, /^schema is neither/],
  ])('is refused with a schema of %s, and nothing is sent', async (_, schema, message) => {
    const { options, server } = await mapping();
    await expect(
      map([{ text: 'x' }], { ...options, schema: schema as JsonObject }),
    ).rejects.toMatchObject({ code: 'bad_input', message: expect.stringMatching(message) });
    expect(server.requests).toHaveLength(0);
  });

  it('keeps answers with their rows where one before them is left, and goes on with that', async () => {
    const drain = new AbortController();
    const { options, sample, server } = await mapping((prompt) => {
      if (prompt === 'bad') drain.abort();
      const isRight = prompt !== 'bad';
      return { body: chatCompletion(isRight ? `{"rows":[{"q":"${prompt.length}"}]}` : 'none') };
    });
    const folder = join(sample.folder, 'kept');
    const given: MapOptions = { ...options, columns: 'q', setup: false, folder };
    const rows = [{ text: 'bad' }, { text: 'x' }, { text: 'yy' }];
    const some = await map(rows, { ...given, drain: drain.signal });
    expect([...some]).toEqual([
      { text: 'bad', q: null },
      { text: 'x', q: '1' },
      { text: 'yy', q: '2' },
    ]);
    expect(some.counts).toMatchObject({ in: 3, answered: 2, failed: 0 });
    const all = await map(rows, given);
    expect(all.map(({ q }) => typeof q)).toEqual(['string', 'string', 'string']);
    expect(server.requests).toHaveLength(4);
  });
});

describe('exploding rows', () => {
  it('makes rows of lists of objects, be they texts or values', async () => {
    const rows = [
      { id: 1, list: [{ a: 1 }, { a: 2 }] },
      { id: 2, list: '{"a":3}' },
    ];
    expect(await explode(rows, 'list')).toEqual([
      { id: 1, a: 1 },
      { id: 1, a: 2 },
      { id: 2, a: 3 },
    ]);
  });

  it('takes rows from wherever a map does', async () => {
    async function* later() {
      yield { list: '[{"a":1}]' };
    }
    for (const rows of [
      new Set([{ list: [{ a: 1 }] }]),
      later(),
      tableFromArrays({ list: ['[{"a":1}]'] }),
    ])
      expect(await explode(rows, 'list')).toEqual([{ a: 1 }]);
    await expect(explode({} as [], 'list')).rejects.toThrow('there are no rows to read');
  });
});
