import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { startedSim } from '../../../test/support/started-sim.ts';
import { bindActions } from '../open-engine.ts';
import { scoreResults } from './score-results.ts';

const ROWS = [
  { id: 1, model: 'a/1', prompt: 'x', expected_response: 'b', response: 'b', match: 'mine' },
  { id: 2, model: 'a/1', prompt: 'y', expected_response: 'b', response: 'c' },
  { id: 3, model: 'a/1', prompt: 'z', response: 'KeyError - gone' },
];

function linesOf(path: string) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe('a file', () => {
  it("of another program is scored into a new one; prompto's errors are no answers", async () => {
    const { context, folder, write } = sampleEngine();
    const source = write('completed.jsonl', ROWS);
    const before = readFileSync(source, 'utf8');
    const out = join(folder, 'scored.jsonl');
    const scored = await scoreResults(context, { source, out, scores: ['match'] });
    expect(scored).toMatchObject({
      file: out,
      scoreNotes: ['match, rows without a score: 1 failed'],
    });
    expect(scored.aggregates.scores).toMatchObject([{ rows: 3, missing: 1, units: 2, mean: 0.5 }]);
    expect(linesOf(out)).toEqual([
      { ...ROWS[0], match: true, 'input-match': 'mine' },
      { ...ROWS[1], match: false },
      ROWS[2],
    ]);
    expect(readFileSync(source, 'utf8')).toBe(before);
  });

  it('may be a table', async () => {
    const { context, folder, write } = sampleEngine();
    const source = write('r.csv', 'model,prompt,expected_response,response\na/1,x,7,7\na/1,y,8,\n');
    const out = join(folder, 'scored.jsonl');
    const scored = await scoreResults(context, { source, out, scores: ['match'] });
    expect(scored.aggregates.scores).toMatchObject([{ rows: 2, missing: 1, mean: 1 }]);
  });

  it('is refused with every line that is no record, and nothing is written', async () => {
    const { context, folder, write } = sampleEngine();
    const source = write('r.jsonl', '{"response":"a"}\nno\n[1]\n');
    const out = join(folder, 'scored.jsonl');
    await expect(scoreResults(context, { source, out, scores: ['length'] })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(
        /r\.jsonl:2: the line is not JSON\n.*:3: the line is not a JSON object/,
      ),
    });
    expect(
      readdirSync(folder).filter((name) => name.startsWith('.') || name === 'scored.jsonl'),
    ).toEqual([]);
  });

  it('is never written over itself, nor without a name for the new one', async () => {
    const { context, write } = sampleEngine();
    const source = write('r.jsonl', ROWS);
    for (const out of [undefined, source]) {
      const refused = scoreResults(context, { source, out, scores: ['match'] });
      await expect(refused).rejects.toMatchObject({
        code: 'bad_usage',
        hint: expect.stringContaining('-o'),
      });
    }
  });
});

it('refuses scorers with everything that is wrong with them', async () => {
  const { context, write } = sampleEngine();
  const source = write('r.jsonl', ROWS);
  const scores = ['mach', 'match', 'match', 'regex:(a', 'json-schema:no.json', './no.ts'];
  const thresholds = [{ key: 'other', mean: 1 }];
  const error = await scoreResults(context, { source, out: 'o', scores, thresholds }).catch(
    (one) => one,
  );
  expect(error).toMatchObject({ code: 'bad_usage' });
  expect(error.message.split('\n')).toEqual([
    expect.stringMatching(/no scorer "mach".*match/),
    expect.stringContaining('Two scorers have the key "match"'),
    expect.stringContaining('json-schema:no.json cannot be read'),
    expect.stringContaining('"other" is of no key that is scored'),
    expect.stringContaining('--score regex:(a: error parsing'),
    expect.stringContaining('no.ts: it cannot be loaded'),
  ]);
});

describe("a run's folder", () => {
  const finishedRun = async () => {
    const sim = await startedSim();
    const settings = `endpoints: {box: {baseUrl: "${sim.baseUrl('openai-chat')}"}}`;
    const sample = sampleEngine(settings);
    const engine = bindActions({ ...sample.context, workingFolder: sample.folder });
    const row = (prompt: string) => ({
      prompt,
      model: 'box/m',
      expected_response: `echo: ${prompt}`,
    });
    sample.write('e.jsonl', [row('a'), { ...row('b'), match: 5 }]);
    const request = { file: 'e.jsonl', out: 'out' };
    const run = async (more: object = {}) => {
      const ready = await engine.prepareRun({ ...request, ...more });
      return 'finished' in ready ? ready : await ready.execute();
    };
    const [folder] = [join(sample.folder, 'out', 'e')].map(
      (path) => () => join(path, readdirSync(path)[0]!),
    );
    return { sim, engine, run, sample, folder: folder! };
  };

  it('is scored as it ends, afterwards, and when the same run is asked for again, to the same bytes', async () => {
    const { engine, run, folder, sim } = await finishedRun();
    const outcome = await run({ scores: ['match'], formats: ['csv'] });
    expect(outcome).toMatchObject({ aggregates: { scores: [{ mean: 1, units: 2 }] } });
    const completed = join(folder(), 'completed.jsonl');
    const atOnce = readFileSync(completed, 'utf8');
    expect(linesOf(completed)[1]).toMatchObject({ 'input-match': 5, match: true });
    expect(readFileSync(join(folder(), 'completed.csv'), 'utf8')).toContain('match');
    const calls = sim.counts.requests;
    const again = await run({ scores: ['match'] });
    expect(again).toMatchObject({ finished: true, aggregates: { scores: [{ mean: 1 }] } });
    expect(readFileSync(completed, 'utf8')).toBe(atOnce);
    await engine.scoreResults({ source: folder(), scores: ['match'] });
    expect(readFileSync(completed, 'utf8')).toBe(atOnce);
    expect(sim.counts.requests).toBe(calls);
  });

  it('keeps other scores and their summary, and loses what was made of its older records', async () => {
    const { engine, run, folder } = await finishedRun();
    await run({ scores: ['match'], formats: ['csv'] });
    writeFileSync(join(folder(), 'report.html'), 'page');
    const scored = await engine.scoreResults({ source: folder(), scores: ['length'] });
    expect(scored.removed).toEqual(['completed.csv', 'report.html']);
    const again = await engine.scoreResults({ source: folder(), scores: ['length'] });
    expect(again).not.toHaveProperty('removed');
    expect(scored.aggregates.scores.map(({ key }) => key)).toEqual(['length']);
    expect(linesOf(join(folder(), 'completed.jsonl'))[0]).toMatchObject({ match: true, length: 7 });
    const { aggregates } = JSON.parse(readFileSync(join(folder(), 'summary.json'), 'utf8'));
    expect(aggregates.scores.map(({ key }: { key: string }) => key)).toEqual(['match', 'length']);
    expect(existsSync(join(folder(), 'completed.csv'))).toBe(false);
  });

  it('says of a mean whether it has reached its threshold', async () => {
    const { run } = await finishedRun();
    const thresholds = [
      { key: 'match', mean: 1 },
      { key: 'length', mean: 8 },
    ];
    const outcome = await run({ scores: ['match', 'length'], thresholds });
    expect(outcome).toMatchObject({
      thresholds: [
        { key: 'match', model: 'box/m', mean: 1, atLeast: 1, isMet: true },
        { key: 'length', model: 'box/m', mean: 7, atLeast: 8, isMet: false },
      ],
    });
  });

  it('refuses what is said of scores where nothing is scored', async () => {
    const { run } = await finishedRun();
    await expect(run({ unit: 'x', compare: [['a', 'b']] })).rejects.toMatchObject({
      code: 'bad_usage',
      message: '--unit, --compare without --score: nothing is scored.',
    });
  });

  it('sends nothing where a scorer is wrong', async () => {
    const { run, sample } = await finishedRun();
    await expect(run({ scores: ['mach'] })).rejects.toMatchObject({ code: 'bad_usage' });
    expect(existsSync(join(sample.folder, 'out'))).toBe(false);
  });

  it('keeps its answers where a scorer breaks between the first row and the last', async () => {
    const { run, sample, folder } = await finishedRun();
    const mine = join(sample.folder, 'mine.mjs');
    writeFileSync(
      mine,
      `import { existsSync, writeFileSync } from 'node:fs';
      const mark = new URL('./mark', import.meta.url);
      if (existsSync(mark)) throw new Error('only once');
      writeFileSync(mark, '');
      export const score = () => 1;`,
    );
    const outcome = await run({ scores: ['./mine.mjs'] });
    expect(outcome).toMatchObject({ state: 'finished', answered: 2 });
    const [first] = linesOf(join(folder(), 'completed.jsonl'));
    expect(first).toMatchObject({ response: 'echo: a', mine: null });
    expect(first.score_errors.mine).toMatch(/only once/);
  });

  it('keeps why an earlier scorer failed, until that one is asked again', async () => {
    const { run, folder } = await finishedRun();
    const errors = async (scores: string[]) => {
      await run({ scores });
      return linesOf(join(folder(), 'completed.jsonl')).map((record) => record.score_errors);
    };
    const [first] = await errors(['choice']);
    expect(first).toEqual({ choice: expect.stringContaining('is not one letter') });
    const [second] = await errors(['length']);
    expect(second).toEqual(first);
    const [third] = await errors(['choice=length']);
    expect(third).toBeUndefined();
  });

  it('that has no results is not scored, and how it gets some is told', async () => {
    const { context, folder } = sampleEngine();
    mkdirSync(join(folder, 'run'));
    const refused = scoreResults(
      { ...context, workingFolder: folder },
      { source: 'run', scores: ['match'] },
    );
    await expect(refused).rejects.toMatchObject({
      code: 'file_missing',
      hint: expect.stringContaining('tutti run run --finish'),
    });
  });
});
