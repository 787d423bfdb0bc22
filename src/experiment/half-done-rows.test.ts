import { appendFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../test/support/executed-run.ts';
import { fakeTargets, readyIn } from '../../test/support/fake-lanes.ts';
import { linesOf, recordsOf } from '../../test/support/run-results.ts';
import { someAnswer } from '../../test/support/some-answer.ts';
import { TalkingModel } from '../../test/support/talking-model.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { onlyAnswerLine } from '../store/index.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function ready(rows: readonly object[], model: TalkingModel, concurrency = 8) {
  const limiters = [{ name: 'all', limits: { concurrency } }];
  const findTarget = fakeTargets({ models: { [model.reference]: model }, limiters });
  return readyIn(folder, rows, { findTarget });
}

/** Runs rows one call at a time until a message is sent, and then again to the end. */
async function interruptAt(message: string, rows: readonly object[]) {
  const drain = new AbortController();
  const first = new TalkingModel((last) => {
    if (last === message) drain.abort();
  });
  const run = await ready(rows, first, 1);
  const { state } = await execute(run, { drain: drain.signal });
  expect(state).toBe('interrupted');
  const model = new TalkingModel();
  const outcome = await execute(await ready(rows, model));
  const [record] = recordsOf(run.folder.path);
  return { before: first.heard, heard: model.heard, outcome, record: record!, run };
}

describe('a row of several calls that was half done', () => {
  it('is gone on with where it was, with the answers that were saved', async () => {
    const rows = [{ prompt: ['one', 'two', 'three'], model: 'a/1' }];
    const { heard, outcome, record } = await interruptAt('two', rows);
    expect(heard).toEqual(['one / re: one / two / re: two / three']);
    expect(outcome).toMatchObject({ state: 'finished', answered: 1, models: [{ calls: 3 }] });
    expect(record).toMatchObject({
      response: ['re: one', 're: two', 're: three'],
      answer: { status: 'ok', attempts: 3, cost_usd: 0.75 },
    });
  });

  it('is gone on with in each sample where that was', async () => {
    const rows = [{ prompt: ['one', 'two'], model: 'a/1', parameters: { n: 3 } }];
    const { before, heard, outcome, record } = await interruptAt('two', rows);
    const [first, second] = ['one', 'one / re: one / two'];
    const sent = [...before, ...heard].toSorted();
    expect(sent).toEqual([first, first, first, second, second, second]);
    expect(heard.length).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ state: 'finished', answered: 1 });
    expect(record.response).toEqual(Array(3).fill(['re: one', 're: two']));
  });

  it('does not ask again what failed, and ends with that error', async () => {
    const rows = [
      { prompt: ['bad one', 'two'], model: 'a/1' },
      { prompt: 'x', model: 'a/1' },
    ];
    const drain = new AbortController();
    const model = new TalkingModel(() => drain.abort());
    const run = await ready(rows, model, 1);
    await execute(run, { drain: drain.signal });
    // As a kill between the answer and the end of its row leaves it.
    const lines = linesOf(run.folder.journal);
    const answers = lines.filter((line) => !/"type":"(?:row|run)"/.test(line));
    expect(answers).toHaveLength(1);
    writeFileSync(run.folder.journal, answers.map((line) => `${line}\n`).join(''));
    const again = new TalkingModel();
    expect(await execute(await ready(rows, again))).toMatchObject({ answered: 1, failed: 1 });
    expect(again.heard).toEqual(['x']);
    expect(recordsOf(run.folder.path)[0]).toMatchObject({
      response: null,
      answer: { error: { code: 'bad_request' }, attempts: 1 },
    });
  });

  it('takes no saved answer to another question, and says how many it did not take', async () => {
    const rows = [{ prompt: ['one', 'two', 'three'], model: 'a/1' }];
    const drain = new AbortController();
    const run = await ready(
      rows,
      new TalkingModel((last) => {
        if (last === 'two') drain.abort();
      }),
    );
    await execute(run, { drain: drain.signal });
    const lines = linesOf(run.folder.journal).map((line) =>
      line.replace(
        /"call":"turn\/1","hash":"[0-9a-f]+"/,
        '"call":"turn/1","hash":"0000000000000000"',
      ),
    );
    writeFileSync(run.folder.journal, lines.map((line) => `${line}\n`).join(''));
    const model = new TalkingModel();
    expect(await execute(await ready(rows, model))).toMatchObject({
      state: 'finished',
      staleAnswers: 1,
    });
    expect(model.heard).toEqual(['one / re: one / two', 'one / re: one / two / re: two / three']);
    // The stale answer was paid for all the same, but it is none of the row's.
    expect(recordsOf(run.folder.path)[0]!.response).toEqual(['re: one', 're: two', 're: three']);
  });

  it('is gone on with in a moment when it has ten thousand answers', async () => {
    const prompt = Array.from({ length: 100 }, (_, turn) => `turn ${turn}`);
    const rows = [{ prompt, model: 'a/1', parameters: { n: 100 } }];
    const run = await ready(rows, new TalkingModel());
    await run.lock.release();
    const saved: string[] = [];
    for (let turn = 0; turn < 99; turn++) {
      for (let sample = 0; sample < 100; sample++) {
        const line = onlyAnswerLine(someAnswer({ row: 0 }, { texts: [`re: turn ${turn}`] }));
        const place = `"turn":${turn},"sample":${sample}`;
        saved.push(`${line.replace('"turn":0,"sample":0', place)}\n`);
      }
    }
    appendFileSync(run.folder.journal, saved.join(''));
    const model = new TalkingModel();
    const startMs = performance.now();
    const outcome = await execute(await ready(rows, model));
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(outcome).toMatchObject({ state: 'finished', answered: 1, models: [{ calls: 10_000 }] });
    expect(model.heard).toHaveLength(100);
    expect(model.heard[0]!.split(' / ')).toHaveLength(199);
  });
});
