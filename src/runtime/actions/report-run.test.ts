import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { reportRun, writeReport } from './report-run.ts';

const RECORD = {
  prompt: 'p',
  model: 'a/1',
  match: true,
  response: 'x',
  answer: { status: 'ok', usage: { input: 1, output: 1 }, cost_usd: 0, latency_ms: 3 },
};
const STATE = { state: 'finished', input_sha256: 'ab', experiment: 'mine', format: 2 };

function sampleRun(files: Readonly<Record<string, string>> = {}) {
  const sample = sampleEngine();
  mkdirSync(join(sample.folder, 'run'));
  sample.write('run/completed.jsonl', [RECORD]);
  sample.write('run/run.json', JSON.stringify(STATE));
  for (const [name, text] of Object.entries(files)) sample.write(`run/${name}`, text);
  return sample;
}

test("tells of a run's folder, with its settings, and its page goes there", async () => {
  const { context, folder } = sampleRun();
  const { report, file } = await reportRun(context, { source: 'run' });
  expect(file).toBe(join(folder, 'run/report.html'));
  expect(report).toMatchObject({ name: 'mine', run: { state: 'finished', folder: 'run' } });
  expect(report).toMatchObject({ scores: null, total: { rows: 1 }, shown: { rows: 1 } });
  await writeReport(context, file, 'one');
  await writeReport(context, (await reportRun(context, { source: 'run' })).file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
});

test('has the scores of the summary, and those of each row', async () => {
  const scores = [{ key: 'match', model: 'a/1', mean: 1, low: 0.2, high: 1 }];
  const { context } = sampleRun({ 'summary.json': JSON.stringify({ aggregates: { scores } }) });
  const { report } = await reportRun(context, { source: 'run' });
  expect(report.scores?.scores).toMatchObject([{ key: 'match', mean: 1, low: 0.2 }]);
  const [prompt] = report.shown.prompts;
  expect(prompt!.rows[0]!.scores).toEqual([{ key: 'match', value: 'true' }]);
});

test('does without a run.json or a summary that cannot be read', async () => {
  const { context } = sampleRun({ 'run.json': '{', 'summary.json': '[1' });
  const { report } = await reportRun(context, { source: 'run' });
  expect(report).toMatchObject({ name: 'run', run: null, scores: null });
});

test('tells of a file of results, and puts its page beside it, over nothing of the user', async () => {
  const { context, folder, write } = sampleEngine();
  write('results.jsonl', [RECORD]);
  const { report, file } = await reportRun(context, { source: 'results.jsonl' });
  expect(file).toBe(join(folder, 'results.report.html'));
  expect(report).toMatchObject({ name: 'results.jsonl', run: null });
  write('results.report.html', 'mine');
  await expect(reportRun(context, { source: 'results.jsonl' })).rejects.toMatchObject({
    code: 'bad_usage',
    message: `${file} is there already`,
  });
  const named = await reportRun(context, { source: 'results.jsonl', out: 'results.report.html' });
  expect(named.file).toBe(file);
});

test('says what is wrong: no results yet, a line that is none, the page in the place of the results', async () => {
  const { context, folder, write } = sampleEngine();
  mkdirSync(join(folder, 'run'));
  await expect(reportRun(context, { source: 'run' })).rejects.toMatchObject({
    code: 'file_missing',
    hint: expect.stringContaining('`tutti run run --finish`'),
  });
  write('a.jsonl', '{"prompt":"p"}\nnonsense\n');
  await expect(reportRun(context, { source: 'a.jsonl' })).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringContaining('a.jsonl:2: the line is not JSON'),
  });
  await expect(reportRun(context, { source: 'a.jsonl', out: './a.jsonl' })).rejects.toMatchObject({
    code: 'bad_usage',
  });
  await expect(reportRun(context, { source: 'nowhere' })).rejects.toMatchObject({
    code: 'file_missing',
  });
});
