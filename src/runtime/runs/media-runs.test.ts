import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { mediaSample } from '../../../test/support/media-samples.ts';
import { linesOf, recordsOf } from '../../../test/support/run-results.ts';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { startedSim } from '../../../test/support/started-sim.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Sim, SimOptions } from '../../sim/index.ts';
import { check } from '../actions/check.ts';
import { planRun } from '../actions/plan-run.ts';
import { prepareFinish } from '../actions/prepare-finish.ts';
import { prepareRun } from '../actions/prepare-run.ts';
import type { ReadyRun } from './ready-run.ts';
import type { RunRequest } from './run-input.ts';

let engine: SampleEngine;
let sim: Sim;

async function begin(options: SimOptions = {}): Promise<void> {
  sim = await startedSim(options);
  engine = sampleEngine(`endpoints:
  box: {baseUrl: "${sim.baseUrl('openai-chat')}"}
  gem: {provider: gemini, baseUrl: "${sim.baseUrl('gemini')}"}
`);
  mkdirSync(join(engine.folder, 'input'));
  mkdirSync(join(engine.folder, 'media'));
  put('cat.png', mediaSample('image/png', 1000));
  put('dog.png', mediaSample('image/png', 2000));
}
beforeEach(() => begin());

const put = (name: string, bytes: Buffer) =>
  writeFileSync(join(engine.folder, 'media', name), bytes);

function experiment(rows: readonly (readonly [model: string, file: string])[]): string {
  return engine.write(
    'input/e.jsonl',
    rows.map(([model, file]) => ({
      model,
      prompt: [{ role: 'user', content: ['What?', { type: 'image', image: file }] }],
    })),
  );
}

async function ready(file: string, changes: Partial<RunRequest> = {}): Promise<ReadyRun> {
  const run = await prepareRun(engine.context, engine.run(file, changes));
  if ('finished' in run) throw new Error('the run is finished');
  return run;
}

const hashOf = (name: string) =>
  createHash('sha256')
    .update(readFileSync(join(engine.folder, 'media', name)))
    .digest('hex');

/** SHA-256 of the image of each request. */
const imagesSent = () =>
  sim.requests.map(({ body }) => {
    const [{ content }] = (body as JsonObject).messages as [{ content: JsonObject[] }];
    const { url } = content[1]!.image_url as { url: string };
    const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
    return createHash('sha256').update(bytes).digest('hex');
  });

describe('a run whose rows show images', () => {
  it("sends the files of `media` beside prompto's folder `input`, and keeps a list of them", async () => {
    const file = experiment([
      ['box/m', 'cat.png'],
      ['box/m', 'dog.png'],
      ['box/m', 'cat.png'],
    ]);
    const run = await ready(file, { concurrency: 1 });
    expect(await run.execute()).toMatchObject({ state: 'finished', answered: 3 });
    expect(imagesSent()).toEqual(['cat.png', 'dog.png', 'cat.png'].map(hashOf));
    const list = linesOf(join(run.folder, 'media.jsonl')).map((line) => JSON.parse(line));
    expect(list).toMatchObject([
      { v: 1, type: 'file', path: 'cat.png', sha256: hashOf('cat.png'), media_type: 'image/png' },
      { path: 'dog.png', size: 2000 },
    ]);
    const input = readFileSync(join(run.folder, 'input.jsonl'), 'utf8');
    expect(input).toBe(readFileSync(file, 'utf8'));
    expect(recordsOf(run.folder)[0]!.prompt[0].content[1]).toEqual({
      type: 'image',
      image: 'cat.png',
    });
  });

  it('takes another folder, else that of the experiment', async () => {
    const rows = [
      {
        model: 'box/m',
        prompt: [{ role: 'user', content: [{ type: 'image', image: 'cat.png' }] }],
      },
    ];
    const file = engine.write('e.jsonl', rows);
    const [here] = await check(engine.context, [file]);
    expect(here!.problems[0]!.message).toContain(`is not in the media folder ${engine.folder}`);
    const [there] = await check(engine.context, [file], { media: 'media' });
    expect(there).toMatchObject({ rows: 1, problems: [] });
  });

  it('is refused before anything is sent, with every mistake, and leaves such rows out when told to', async () => {
    const file = experiment([
      ['box/m', 'cat.png'],
      ['box/m', '../e'],
      ['box/m', 'cow.png'],
    ]);
    const refused = prepareRun(engine.context, engine.run(file));
    await expect(refused).rejects.toMatchObject({ code: 'bad_input' });
    await expect(refused).rejects.toThrow(
      /:2:\d+: .*\.\.\/e is not a path[\s\S]*:3:\d+: .*cow.png is not in/,
    );
    await expect(planRun(engine.context, engine.run(file))).rejects.toMatchObject({
      code: 'bad_input',
    });
    const run = await ready(file, { skipInvalid: true });
    expect(run.rows).toBe(1);
    await run.discard();
    const finish = await prepareFinish(engine.context, { folder: run.folder });
    expect(await finish.execute()).toMatchObject({ rows: 1, answered: 0 });
  });

  it('tells once that types were wrong', async () => {
    put('cat.jpg', mediaSample('image/png'));
    const part = { type: 'file', data: 'cat.jpg', mediaType: 'image/jpeg' };
    const rows = Array.from({ length: 3 }, () => ({
      ...{ model: 'box/m', prompt: [{ role: 'user', content: [part] }] },
    }));
    const file = engine.write('input/e.jsonl', rows);
    const run = await ready(file);
    expect(run.notices).toMatchObject([{ kind: 'media_noted', rows: 3 }]);
    await run.discard();
    const [checked] = await check(engine.context, [file]);
    expect(checked!.problems.map(({ severity }) => severity)).toEqual([
      'warning',
      'warning',
      'warning',
    ]);
  });
});

describe('a file that has changed', () => {
  it('ends the going on of a run, which names it, and begins a new run of a finished one', async () => {
    const file = experiment([
      ['box/m', 'cat.png'],
      ['box/m', 'dog.png'],
    ]);
    const run = await ready(file);
    await run.discard();
    const before = readFileSync(join(engine.folder, 'media', 'dog.png'));
    put('dog.png', mediaSample('image/png', 2001));
    await expect(prepareRun(engine.context, engine.run(file))).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringContaining('the files that its rows name have changed: dog.png'),
    });
    put('dog.png', before);
    const same = await ready(file);
    expect(same.folder).toBe(run.folder);
    expect(await same.execute()).toMatchObject({ answered: 2 });
    expect(await prepareRun(engine.context, engine.run(file))).toHaveProperty('finished', true);
    put('dog.png', mediaSample('image/png', 2001));
    const next = await ready(file);
    expect(next.folder).not.toBe(run.folder);
    await next.discard();
  });

  it('while the run is under way is an error of its rows, and nothing of it is sent', async () => {
    const file = experiment([['box/m', 'cat.png']]);
    const large = mediaSample('image/png', 60_000_000);
    put('cat.png', large);
    const run = await ready(file);
    put('cat.png', mediaSample('image/png', 1001));
    // It was too large to be kept in memory since it was checked.
    expect(await run.execute()).toMatchObject({ answered: 0, failed: 1 });
  });
});

describe('a run that is gone on with by its folder', () => {
  it('has the media that it had', async () => {
    const file = experiment([['box/m', 'cat.png']]);
    const run = await ready(file);
    await run.discard();
    const again = await ready(run.folder);
    expect(await again.execute()).toMatchObject({ answered: 1 });
    expect(imagesSent()).toEqual([hashOf('cat.png')]);
  });

  it('may not choose whose files are sent when it came from somebody else', async () => {
    const file = experiment([['box/m', 'cat.png']]);
    const run = await ready(file);
    await run.discard();
    const copy = join(engine.folder, 'out', 'e', '2027-01-01T00-00-00Z');
    cpSync(run.folder, copy, { recursive: true });
    const refused = prepareRun(engine.context, engine.run(copy));
    await expect(refused).rejects.toMatchObject({
      code: 'run_unknown',
      hint: expect.stringContaining('--media'),
    });
    // Asking twice is no agreement.
    await expect(prepareRun(engine.context, engine.run(copy))).rejects.toMatchObject({
      code: 'run_unknown',
    });
    expect(sim.counts.requests).toBe(0);
    const agreed = await ready(copy, { media: 'media' });
    expect(await agreed.execute()).toMatchObject({ answered: 1 });
  });
});

describe("what is too large for Gemini's requests", () => {
  const videos = () =>
    engine.write(
      'input/e.jsonl',
      Array.from({ length: 6 }, (_, n) => ({
        model: 'gem/m',
        prompt: [
          {
            role: 'user',
            parts: [`${n}`, { type: 'video', media: n === 5 ? 'small.mp4' : 'a.mp4' }],
          },
        ],
      })),
    );
  const filesOf = (n: number) => {
    const { body } = sim.requests.filter(({ path }) => path.includes('generateContent'))[n]!;
    const [{ parts }] = (body as JsonObject).contents as [{ parts: JsonObject[] }];
    return Object.keys(parts[1]!)[0];
  };

  it('is brought there once, and not again by the process that goes on', async () => {
    put('a.mp4', mediaSample('video/mp4', 16_000_000));
    put('small.mp4', mediaSample('video/mp4', 1000));
    const run = await ready(videos(), { concurrency: 1 });
    const drain = new AbortController();
    const first = run.execute({
      drain: drain.signal,
      onStart: () => {
        const look = setInterval(() => {
          if (!sim.requests.some(({ path }) => path.includes('generateContent'))) return;
          clearInterval(look);
          drain.abort();
        }, 1);
      },
    });
    expect(await first).toMatchObject({ state: 'interrupted' });
    const again = await ready(join(engine.folder, 'input/e.jsonl'));
    expect(await again.execute()).toMatchObject({ state: 'finished', answered: 6 });
    const uploads = sim.requests.filter(({ path }) => path.startsWith('/upload/'));
    expect(uploads).toHaveLength(2);
    const kinds = [0, 1, 2, 3, 4, 5].map(filesOf);
    expect(kinds.filter((kind) => kind === 'fileData')).toHaveLength(5);
    const list = linesOf(join(run.folder, 'media.jsonl')).map((line) => JSON.parse(line));
    expect(list.filter(({ type }) => type === 'upload')).toMatchObject([
      { sha256: hashOf('a.mp4'), media_type: 'video/mp4', size: 16_000_000 },
    ]);
  });

  it('is brought anew when it is no longer there', async () => {
    put('a.mp4', mediaSample('video/mp4', 16_000_000));
    put('small.mp4', mediaSample('video/mp4', 1000));
    const run = await ready(videos(), { concurrency: 1 });
    await run.discard();
    writeFileSync(
      join(run.folder, 'media.jsonl'),
      [
        ...linesOf(join(run.folder, 'media.jsonl')),
        'not json',
        JSON.stringify({
          ...{ v: 1, type: 'upload', store: `gemini ${sim.baseUrl('gemini')}` },
          ...{ sha256: hashOf('a.mp4'), name: 'files/gone', uri: 'https://g/files/gone' },
          expires_at: '2099-01-01T00:00:00Z',
        }),
        '{"v":1,"type":"upl',
      ].join('\n'),
    );
    const again = await ready(join(engine.folder, 'input/e.jsonl'));
    expect(again.resumed).toBe(true);
    expect(await again.execute()).toMatchObject({ answered: 6 });
    expect(sim.requests.filter(({ path }) => path === '/v1beta/files/gone')).toHaveLength(1);
  });

  it('is waited for while it is processed, without an end by the time-out of a call', async () => {
    await begin({ processingMs: 1_500 });
    put('a.mp4', mediaSample('video/mp4', 16_000_000));
    put('small.mp4', mediaSample('video/mp4', 1000));
    const run = await ready(videos(), { timeoutMs: 1_000, attempts: 1 });
    expect(await run.execute()).toMatchObject({ answered: 6, failed: 0 });
  });
});

it('removes nothing and reads nothing where rows name no files', async () => {
  rmSync(join(engine.folder, 'media'), { recursive: true });
  const file = engine.write('input/e.jsonl', [{ model: 'box/m', prompt: 'a' }]);
  const run = await ready(file);
  expect(await run.execute()).toMatchObject({ answered: 1 });
  expect(linesOf(join(run.folder, 'media.jsonl'))).toEqual([]);
  expect(JSON.parse(readFileSync(join(run.folder, 'run.json'), 'utf8'))).not.toHaveProperty(
    'media_folder',
  );
});
