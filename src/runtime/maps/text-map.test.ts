import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import {
  chatCompletion,
  type ScriptedAnswer,
  type ScriptedServer,
  startScriptedServer,
} from '../../../test/support/scripted-server.ts';
import { prepareMap } from '../actions/map.ts';
import { planMap } from '../actions/plan-map.ts';
import type { MapRequest } from './map-request.ts';
import type { MapExecuteOptions, MapOutcome } from './ready-map.ts';

const promptOf = (body: string) => JSON.parse(body).messages.at(-1).content as string;
const refused: ScriptedAnswer = {
  status: 400,
  body: { error: { message: 'not this one', code: 'invalid_value' } },
};

/** A server that says back what it is asked, unless told otherwise. */
function echoServer(answer: (prompt: string) => ScriptedAnswer | undefined = () => undefined) {
  return startScriptedServer(({ body }) => {
    const prompt = promptOf(body);
    return answer(prompt) ?? { body: chatCompletion(`<${prompt}>`) };
  });
}

const asked = ({ requests }: ScriptedServer) => requests.map(({ body }) => promptOf(body));

async function mapped(
  engine: SampleEngine,
  server: ScriptedServer,
  request: Partial<MapRequest> & Pick<MapRequest, 'file'>,
  options: MapExecuteOptions = {},
): Promise<MapOutcome> {
  const map = await prepareMap(engine.context, {
    ...{ models: [`${server.url}/v1#m`], prompt: '${text}', out: join(engine.folder, 'out') },
    output: join(engine.folder, 'made.jsonl'),
    ...request,
  });
  if ('finished' in map) throw new Error('the map is finished');
  return map.execute(options);
}

const made = ({ folder }: SampleEngine, name = 'made.jsonl') =>
  readFileSync(join(folder, name), 'utf8');

describe('the output of a map', () => {
  it('is refused before anything is sent where it cannot be one', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }]);
    const place = (name: string) => join(engine.folder, name);
    symlinkSync(file, place('link.jsonl'));
    mkdirSync(place('folder.jsonl'));
    for (const [output, message] of [
      ['a.jsonl', 'is the input, too'],
      ['link.jsonl', 'is the input, too'],
      ['folder.jsonl', 'is a directory'],
      ['gone/b.jsonl', 'does not exist'],
      ['b.csv.gz', 'would be gzipped'],
      ['a.jsonl/b.jsonl', 'does not exist'],
    ] as const) {
      const refused = mapped(engine, server, { file, output: place(output) });
      await expect(refused, output).rejects.toMatchObject({
        code: 'bad_usage',
        message: expect.stringContaining(message),
      });
    }
    await expect(mapped(engine, server, { file, output: '/dev/null' })).rejects.toMatchObject({
      code: 'bad_usage',
      message: expect.stringContaining('/dev/null is no file'),
    });
    expect(server.requests).toHaveLength(0);
    expect(existsSync(place('out'))).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('{"text":"x"}\n');
  });

  it('has no formulas for spreadsheets where that is asked', async () => {
    const engine = sampleEngine();
    const server = await startScriptedServer(() => ({ body: chatCompletion('=1+1') }));
    const file = engine.write('a.csv', 'text,n\n@SUM(A1),-4\n');
    const output = join(engine.folder, 'made.csv');
    await mapped(engine, server, { file, output, excelSafe: true });
    expect(made(engine, 'made.csv')).toBe("text,n,output\n'@SUM(A1),-4,'=1+1\n");
    const exploded = join(engine.folder, 'all.csv');
    const request = { file, output: exploded, dedupeRows: ['text'], excelSafe: true };
    const map = await prepareMap(engine.context, request);
    if (!('finished' in map)) throw new Error('somebody is asked');
    await map.makeAgain();
    expect(made(engine, 'all.csv')).toBe("text,n\n'@SUM(A1),-4\n");
  });

  it('takes the place of what is behind a link', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }]);
    const link = join(engine.folder, 'made.jsonl');
    symlinkSync(engine.write('old', 'old'), link);
    await mapped(engine, server, { file });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(made(engine, 'old')).toBe('{"text":"x","output":"<x>"}\n');
  });
});

describe('a map of texts', () => {
  it('keeps the text of every row of JSON lines, and puts the answer behind it', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const rows =
      '{"text":"é \\u00e9","n":1.0, "big":9007199254740993}\n\n  {"text":"b","2":[1.50],"1":{}}\n';
    const outcome = await mapped(engine, server, { file: engine.write('a.jsonl', rows) });
    expect(made(engine)).toBe(
      '{"text":"é \\u00e9","n":1.0, "big":9007199254740993,"output":"<é é>"}\n' +
        '{"text":"b","2":[1.50],"1":{},"output":"<b>"}\n',
    );
    expect(outcome.counts).toMatchObject({ in: 2, answered: 2, out: 2, asks: 2, failed: 0 });
  });

  it('keeps the text of every cell, in the form that came in or that is asked for', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.csv', 'id,text,none\n007,"a, ""b""",\n1e3,"line\nend",=x\n');
    await mapped(engine, server, { file, output: join(engine.folder, 'made.csv') });
    expect(made(engine, 'made.csv')).toBe(
      'id,text,none,output\n007,"a, ""b""",,"<a, ""b"">"\n1e3,"line\nend",=x,"<line\nend>"\n',
    );
    await mapped(engine, server, { file, output: join(engine.folder, 'made.tsv'), fresh: true });
    expect(made(engine, 'made.tsv').split('\n')[0]).toBe('id\ttext\tnone\toutput');
    await mapped(engine, server, { file, fresh: true });
    expect(JSON.parse(made(engine).split('\n')[0]!)).toEqual({
      ...{ id: '007', text: 'a, "b"', none: '', output: '<a, "b">' },
    });
  });

  it('asks about a part of a column', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ meta: { title: 'x', tags: ['y'] } }]);
    await mapped(engine, server, { file, prompt: '{{ meta.title }} {{ meta.tags | json }}' });
    expect(asked(server)).toEqual(['x ["y"]']);
  });

  it('is a JSON list or an Arrow file where one came in, or is asked for, digits and all', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const list =
      '[\n  {"id": 12345678901234567890,\n   "text": "é\\n"},\n  {"id": 1.0, "text": "b"}\n]\n';
    const expected =
      '[\n{"id": 12345678901234567890,"text": "é\\n","output":"<é\\n>"},\n' +
      '{"id": 1.0, "text": "b","output":"<b>"}\n]\n';
    const file = engine.write('a.json', list);
    const first = await mapped(engine, server, { file, output: undefined });
    expect(first.output).toMatch(/output\.json$/);
    expect(readFileSync(first.output!, 'utf8')).toBe(expected);
    for (const form of ['arrow', 'feather', 'parquet']) {
      const output = join(engine.folder, `made.${form}`);
      await mapped(engine, server, { file, output, fresh: true });
      const again = await mapped(engine, server, {
        ...{ file: output, output: undefined, prompt: '$output', column: 'more' },
      });
      expect(again.output).toMatch(form === 'parquet' ? /output\.parquet$/ : /output\.arrow$/);
      const more = { ...{ file: output, prompt: '$output', column: 'more', fresh: true } };
      await mapped(engine, server, more);
      expect(made(engine)).toBe(
        '{"id":12345678901234567890,"text":"é\\n","output":"<é\\n>","more":"<<é\\n>>"}\n' +
          '{"id":1.0,"text":"b","output":"<b>","more":"<<b>>"}\n',
      );
    }
    // JSON lines may be called .json, too; the output is what came in.
    const lines = engine.write('b.json', '{"text":"x"}\n');
    const kept = await mapped(engine, server, { file: lines, output: undefined });
    expect(kept.output).toMatch(/output\.jsonl$/);
  });

  it('is beside the other files of its run where no place is named', async () => {
    const engine = sampleEngine();
    const file = engine.write('my rows.tsv', 'text\nx\n');
    const { output } = await mapped(engine, await echoServer(), { file, output: undefined });
    expect(output).toMatch(/out\/map-my-rows\/[^/]+\/output\.tsv$/);
    expect(readFileSync(output!, 'utf8')).toBe('text\toutput\nx\t<x>\n');
  });

  it('asks each model about each row, and says which one it was', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const models = [`${server.url}/v1#a`, `${server.url}/v1#b`];
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'y' }]);
    const { counts } = await mapped(engine, server, { file, models });
    expect(counts).toMatchObject({ in: 4, answered: 4, out: 4 });
    const rows = made(engine).trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row).model)).toEqual([...models, ...models]);
    expect(Object.keys(JSON.parse(rows[0]!))).toEqual(['text', 'model', 'output']);
  });

  it('gives a row that fails nulls, and lists it; the others have their answers', async () => {
    const engine = sampleEngine();
    const server = await echoServer((prompt) => (prompt === 'bad' ? refused : undefined));
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'bad' }, { text: 'y' }]);
    const outcome = await mapped(engine, server, { file });
    expect(outcome.counts).toMatchObject({ in: 3, answered: 2, failed: 1, out: 3 });
    expect(made(engine)).toContain('{"text":"bad","output":null}\n');
    const [folder] = readdirSync(join(engine.folder, 'out', 'map-a'));
    const failed = readFileSync(
      join(engine.folder, 'out', 'map-a', folder!, 'failed.jsonl'),
      'utf8',
    );
    expect(JSON.parse(failed)).toMatchObject({
      text: 'bad',
      answer: { error: { code: 'bad_request' } },
    });
  });

  it('asks for several answers, and makes a row of each that is not empty and not there yet', async () => {
    const engine = sampleEngine();
    const texts = ['b', 'a', 'b', '', 'a'];
    const choice = (content: string, index: number) => ({
      ...{ index, finish_reason: 'stop', message: { role: 'assistant', content } },
    });
    const server = await startScriptedServer(() => ({
      body: { ...chatCompletion(''), choices: texts.map(choice) },
    }));
    const file = engine.write('a.jsonl', [{ text: 'x' }]);
    const { counts } = await mapped(engine, server, { file, samples: 5 });
    expect(made(engine)).toBe('{"text":"x","output":"b"}\n{"text":"x","output":"a"}\n');
    expect(counts).toMatchObject({ in: 1, answered: 1, out: 2 });
  });

  it('replaces a column only where it may, in its place', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', '{"text":"x","output":"old","n":1.0}\n');
    await expect(mapped(engine, server, { file })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('"output" already'),
    });
    expect(server.requests).toHaveLength(0);
    await mapped(engine, server, { file, overwrite: true });
    expect(made(engine)).toBe('{"text":"x","output":"<x>","n":1.0}\n');
  });

  it('keeps a text that was cut, and counts it, or fails its row', async () => {
    const engine = sampleEngine();
    const cut = {
      index: 0,
      finish_reason: 'length',
      message: { role: 'assistant', content: 'ha' },
    };
    const server = await startScriptedServer(() => ({
      body: { ...chatCompletion(''), choices: [cut] },
    }));
    const file = engine.write('a.jsonl', [{ text: 'x' }]);
    const { counts } = await mapped(engine, server, { file });
    expect([counts.answered, counts.truncated, made(engine)]).toEqual([
      1,
      1,
      '{"text":"x","output":"ha"}\n',
    ]);
    const failing = await mapped(engine, server, { file, onTruncated: 'fail', fresh: true });
    expect(failing.counts).toMatchObject({ answered: 0, failed: 1, invalid: 1, out: 1 });
    expect(made(engine)).toBe('{"text":"x","output":null}\n');
  });

  it('fails the row of which only a later text was cut', async () => {
    const engine = sampleEngine();
    const choices = ['stop', 'length'].map((finish_reason, index) => ({
      ...{ index, finish_reason, message: { role: 'assistant', content: `${index}` } },
    }));
    const server = await startScriptedServer(() => ({ body: { ...chatCompletion(''), choices } }));
    const file = engine.write('a.jsonl', [{ text: 'x' }]);
    const request = { file, samples: 2, onTruncated: 'fail' } as const;
    const { counts } = await mapped(engine, server, request);
    expect(counts).toMatchObject({ answered: 0, failed: 1, invalid: 1 });
  });
});

describe('what a map is not begun with', () => {
  it('is told all at once, and nothing is sent', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', '{"text":"x"}\n{"other":1}\n[1]\n{"text":\n');
    const request = { file, prompt: '${text} ${gone}', keep: 'score >=' };
    const error = await mapped(engine, server, request).catch((thrown) => thrown);
    expect(error.code).toBe('bad_input');
    const lines = error.message.split('\n');
    expect(lines[0]).toMatch(/^--keep:1:9: a column/);
    expect(lines[1]).toContain('a.jsonl:3: the line is no JSON object');
    expect(lines[2]).toContain('a.jsonl:4: the line is no JSON');
    expect(lines[3]).toBe('row 2 has no column "text" (1 of 2 rows)');
    expect(lines[4]).toContain('row 1 has no column "gone" (2 of 2 rows)');
    expect(server.requests).toHaveLength(0);
    expect(existsSync(join(engine.folder, 'out'))).toBe(false);
  });

  it.each<[string, Partial<MapRequest> & { rows: string; table?: string }, string]>([
    ['no rows', { rows: '' }, 'has no rows'],
    [
      'two columns of one name',
      { rows: 'text,text\na,b\n', table: 'a.csv' },
      'more than one column',
    ],
    [
      'its own output',
      { prompt: '${output}', rows: '{"text":"x"}\n' },
      '"output", a column that this map makes',
    ],
    [
      'a column whose name has spaces around it',
      { rows: '{" text ":"x"}\n' },
      'row 1 has no column "text" (1 of 1 rows); its columns are " text "',
    ],
    ['an unknown filter', { prompt: '{{ text | nope }}', rows: '{"text":"x"}\n' }, '--prompt:1:'],
    ['an open tag', { prompt: 'a\n{% if text %}', rows: '{"text":"x"}\n' }, '--prompt:2:1'],
    [
      'a list without "| json"',
      { prompt: '{{ list }}', rows: '{"list":"x"}\n{"list":["x"]}\n' },
      'a.jsonl:2: the row does not fit the template at 1:1: a list is no text: add "| json"',
    ],
    [
      'a part that a row lacks',
      { prompt: '{{ meta.title }}', rows: '{"meta":{"title":"x"}}\n{"meta":{}}\n' },
      'a.jsonl:2: the row does not fit the template at 1:4: undefined variable: meta.title',
    ],
    [
      'a column that rows lack, where equal calls are shared',
      { prompt: '{{ gone }}', share: true, rows: '{"text":"x"}\n' },
      'row 1 has no column "gone"',
    ],
    [
      'answers in the column that names their model',
      {
        models: ['http://127.0.0.1:9/v1#a', 'http://127.0.0.1:9/v1#b'],
        column: 'model',
        rows: '{"text":"x"}\n',
      },
      'what comes out needs another name',
    ],
    ['both syntaxes', { prompt: '{{ text }} ${text}', rows: '{"text":"x"}\n' }, '--syntax'],
    [
      'a condition on no column',
      { keep: 'scor > 1', rows: '{"text":"x"}\n' },
      '--keep names "scor"',
    ],
    [
      'repeats by no column',
      { dedupeRows: ['txt'], rows: '{"text":"x"}\n' },
      '--dedupe-rows names "txt"',
    ],
    ['exploding no column', { explode: 'list', rows: '{"text":"x"}\n' }, '--explode names "list"'],
    ['an unknown task', { prompt: undefined, task: 'sing', rows: '{"text":"x"}\n' }, 'sing'],
    [
      'an overlap as long as a piece',
      { chunkChars: 5, overlapChars: 5, rows: '{"text":"x"}\n' },
      '--overlap-chars',
    ],
  ])('%s', async (_, { rows, table = 'a.jsonl', ...request }, message) => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write(table, rows);
    const error = await mapped(engine, server, { file, ...request }).catch((thrown) => thrown);
    expect(error.message).toContain(message);
    expect(['bad_input', 'bad_usage']).toContain(error.code);
    expect(server.requests).toHaveLength(0);
  });

  it('may be a template without a column: that is only told', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }]);
    const models = [`${server.url}/v1#m`];
    const out = join(engine.folder, 'out');
    const map = await prepareMap(engine.context, { file, models, prompt: 'hello', out });
    expect(map.notices).toMatchObject([{ kind: 'template_doubtful' }]);
  });
});

describe('rows that lack a column', () => {
  const rows = [{ text: 'x' }, { other: 1 }, { text: 'y' }];

  it('may have an empty text there', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    await mapped(engine, server, { file: engine.write('a.jsonl', rows), missing: 'empty' });
    expect(made(engine)).toContain('{"other":1,"output":"<>"}');
  });

  it('may not be asked: they keep nulls in their place', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', rows);
    const { counts } = await mapped(engine, server, { file, missing: 'skip' });
    expect(asked(server)).toEqual(['x', 'y']);
    expect(counts).toMatchObject({ in: 3, answered: 2, skipped: 1, out: 3 });
    expect(made(engine).split('\n')[1]).toBe('{"other":1,"output":null}');
  });
});

describe('going on with a map', () => {
  it('asks only what has no answer, after it was told to stop', async () => {
    const engine = sampleEngine();
    const drain = new AbortController();
    const server = await echoServer((prompt) => {
      if (prompt === '3') drain.abort();
      return undefined;
    });
    const rows = Array.from({ length: 20 }, (_, n) => ({ text: `${n}` }));
    const file = engine.write('a.jsonl', rows);
    const first = await mapped(engine, server, { file, concurrency: 2 }, { drain: drain.signal });
    expect(first).toMatchObject({ state: 'interrupted', output: null });
    expect(first.counts.in).toBe(20);
    expect(first.counts.answered + first.unasked).toBe(20);
    const before = server.requests.length;
    const second = await mapped(engine, server, { file, concurrency: 2 });
    expect(second.counts).toMatchObject({ in: 20, answered: 20, out: 20, asks: 20 });
    expect(server.requests.length - before).toBe(20 - first.counts.answered);
    expect(new Set(asked(server)).size).toBe(20);
    expect(made(engine).trimEnd().split('\n')).toHaveLength(20);
  });

  it('is refused where what is asked has changed, which is named; what is made of it may change', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'y' }, { text: 'z' }]);
    await mapped(engine, server, { file, sample: 1 });
    await expect(mapped(engine, server, { file, prompt: 'Say ${text}' })).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringContaining('--prompt was "${text}" and is "Say ${text}"'),
    });
    const { counts } = await mapped(engine, server, { file, keep: 'text != "y"' });
    expect(counts).toMatchObject({ in: 3, answered: 3, out: 2, dropped: 1, asks: 3 });
    expect(server.requests).toHaveLength(3);
  });

  it('is refused where its templates are read in another way, and not where the same one is named', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'y' }]);
    await mapped(engine, server, { file, prompt: 'Say ${text}', sample: 1 });
    const other = { file, prompt: 'Say ${text}', syntax: 'liquid' } as const;
    await expect(mapped(engine, server, other)).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringContaining('--syntax'),
    });
    const same = { ...other, syntax: 'dollar' } as const;
    expect((await mapped(engine, server, same)).counts).toMatchObject({ answered: 2, asks: 2 });
    expect(asked(server).sort()).toEqual(['Say x', 'Say y']);
  });

  it('is not refused where something is said that is so by default, and names another model', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'y' }]);
    await mapped(engine, server, { file, sample: 1 });
    const models = [`${server.url}/v1#other`];
    await expect(mapped(engine, server, { file, models })).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringMatching(/-m was \[".*#m"\] and is \[".*#other"\]/),
    });
    const said = { samples: 1, overflow: 'error', missing: 'refuse', chunkChars: 9000 } as const;
    const { counts } = await mapped(engine, server, { file, ...said });
    expect(counts).toMatchObject({ in: 2, answered: 2, asks: 2 });
  });

  it('makes the output of a finished one again, and asks nobody', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'y' }]);
    await mapped(engine, server, { file });
    const out = join(engine.folder, 'out');
    const output = join(engine.folder, 'again.csv');
    const models = [`${server.url}/v1#m`];
    const again = await prepareMap(engine.context, {
      file,
      models,
      out,
      output,
      prompt: '${text}',
    });
    if (!('finished' in again)) throw new Error('it is not finished');
    const { counts } = await again.makeAgain();
    expect(counts).toMatchObject({ in: 2, answered: 2, out: 2, asks: 2 });
    expect(made(engine, 'again.csv')).toBe('text,output\nx,<x>\ny,<y>\n');
    expect(server.requests).toHaveLength(2);
  });
});

describe('a sample', () => {
  it('asks so many rows, always the same of a seed, and leaves the others for later', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const rows = Array.from({ length: 30 }, (_, n) => ({ text: `${n}`, exact: '1.0' }));
    const file = engine.write('a.jsonl', rows);
    const outcome = await mapped(engine, server, { file, sample: 5, seed: 7 });
    expect(outcome).toMatchObject({ state: 'unfinished', unasked: 25, output: null });
    expect(outcome.sample).toHaveLength(5);
    expect(outcome.sample!.every(({ output, text }) => output === `<${text}>`)).toBe(true);
    const first = new Set(asked(server));
    const other = await echoServer();
    await mapped(engine, other, { file, sample: 5, seed: 7, fresh: true });
    expect(new Set(asked(other))).toEqual(first);
    const { counts } = await mapped(engine, other, { file });
    expect(counts).toMatchObject({ in: 30, answered: 30, out: 30 });
    expect(other.requests).toHaveLength(30);
  });
});

describe('equal rows', () => {
  it('are asked each for itself, and once only where they share an answer', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const rows = ['x', 'y', 'x', 'x'].map((text, n) => ({ text, n }));
    const file = engine.write('a.jsonl', rows);
    await mapped(engine, server, { file });
    expect(server.requests).toHaveLength(4);
    const outcome = await mapped(engine, server, { file, share: true, fresh: true });
    expect(server.requests).toHaveLength(6);
    expect(outcome).toMatchObject({ shared: 2, counts: { in: 4, answered: 4, out: 4, asks: 2 } });
    expect(made(engine).split('\n')[3]).toBe('{"text":"x","n":3,"output":"<x>"}');
  });
});

describe('the plan of a map', () => {
  it('says how many calls, and sends nothing', async () => {
    const engine = sampleEngine();
    const server = await echoServer();
    const file = engine.write('a.jsonl', [{ text: 'x' }, { text: 'y' }]);
    const models = [`${server.url}/v1#m`];
    const plan = await planMap(engine.context, { file, models, prompt: '${text}' });
    expect(plan).toMatchObject({ rows: 2, calls: 2, lanes: [{ rows: 2 }] });
    expect(server.requests).toHaveLength(0);
  });
});
