import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { diffResults } from '../actions/diff-results.ts';
import { prepareJudge, writeJudgeRows } from '../actions/judge.ts';
import { missingRows } from '../actions/missing-rows.ts';
import { prepareRephrase, writeRephrased } from '../actions/rephrase.ts';
import { reportRun } from '../actions/report-run.ts';
import { scoreResults } from '../actions/score-results.ts';

function sample() {
  const engine = sampleEngine();
  const results = engine.write('r.jsonl', [{ id: 1, prompt: 'a', response: 'b' }]);
  engine.write('template.txt', 'Is {OUTPUT_RESPONSE} right?');
  const context = { ...engine.context, workingFolder: engine.folder };
  return { ...engine, context, results };
}

const JUDGING = { judging: { judges: ['sim/quick'] } };

describe('what can be read only once', () => {
  it('is refused before anything is read where it would be read again, and why is said', async () => {
    const { context, results } = sample();
    const more = { rephrasing: { models: ['sim/quick'] } };
    for (const file of ['-', '/dev/null']) {
      for (const refused of [
        () => diffResults(context, { a: file, b: results }),
        () => diffResults(context, { a: results, b: file }),
        () => missingRows(context, { input: file, results, out: 'new.jsonl' }),
        () => prepareJudge(context, { file, ...JUDGING }),
        () => prepareRephrase(context, { file, ...more }),
      ]) {
        await expect(refused()).rejects.toMatchObject({
          code: 'bad_usage',
          message: expect.stringContaining('is read only once, and is needed more often'),
          hint: expect.stringContaining('Write it into a file'),
        });
      }
    }
  });

  it('has no place of its own for what is made of it', async () => {
    const { context } = sample();
    for (const refused of [
      () => scoreResults(context, { source: '-', scores: ['length'] }),
      () => reportRun(context, { source: '-' }),
    ]) {
      await expect(refused()).rejects.toMatchObject({
        code: 'bad_usage',
        hint: 'Name the new file with -o.',
      });
    }
  });
});

it('rows for judges never replace the answers that they are made of, by whatever name', async () => {
  const { context, folder, results } = sample();
  const link = join(folder, 'link.jsonl');
  symlinkSync(results, link);
  const before = readFileSync(results, 'utf8');
  for (const out of ['r.jsonl', link]) {
    const written = writeJudgeRows(context, { file: 'r.jsonl', ...JUDGING }, out);
    await expect(written).rejects.toMatchObject({
      code: 'bad_usage',
      message: 'r.jsonl would be written over itself',
    });
  }
  expect(readFileSync(results, 'utf8')).toBe(before);
});

it('rephrased prompts never replace the experiment that they are made of', async () => {
  const { context, folder, write } = sample();
  const path = write('post-rephrase-x.jsonl', [{ prompt: 'a', model: 'sim/quick' }]);
  const before = readFileSync(path, 'utf8');
  const rephrasing = { models: ['sim/quick'] };
  const request = { file: 'post-rephrase-x.jsonl', name: 'x', out: folder, rephrasing };
  await expect(writeRephrased(context, request, 'no-run')).rejects.toMatchObject({
    code: 'bad_usage',
    message: 'post-rephrase-x.jsonl would be written over itself',
  });
  expect(readFileSync(path, 'utf8')).toBe(before);
});
