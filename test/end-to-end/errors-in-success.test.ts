import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const FOR_EVER: Readonly<Record<string, string>> = {
  html: 'response_not_json',
  empty: 'response_empty',
  'empty-list': 'response_without_choice',
  'no-choice': 'response_without_choice',
  truncated: 'response_truncated',
  'ok-error=500': 'server_error',
  'ok-error=400': 'bad_request',
  'ok-error=overloaded': 'overloaded',
};

test('status 200 without an answer is never an answer, whatever form it has', async () => {
  const folder = temporaryFolder();
  const faults = Object.keys(FOR_EVER);
  const sim = await startedSim({
    models: faults.map((fault, index) => ({ name: `m${index}`, faults: parseFaults(fault) })),
  });
  const rows = faults.map((_, index) => ({ model: referenceOf(sim, `m${index}`), prompt: 'hi' }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--attempts', '2', '--quiet'];
  expect((await tutti(words, { cwd: folder })).code).toBe(1);
  const run = onlyRunOf(join(folder, 'o'), 'e');
  const records = recordsOf(run);
  for (const [index, fault] of faults.entries()) {
    const { answer, response } = records[index]!;
    expect(response, fault).toBeNull();
    expect(answer.status, fault).toBe('error');
    expect(answer.error!.code, fault).toBe(FOR_EVER[fault]);
    const requests = FOR_EVER[fault] === 'bad_request' ? 1 : 2;
    expect(sim.counts.byModel[`m${index}`]!.requests, fault).toBe(requests);
    expect(answer.attempts, fault).toBe(requests);
  }
  expect(recordsOf(run, 'failed.jsonl')).toEqual(records);
});

test('status 200 with a 429 inside waits and uses up no attempt', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim({ faults: parseFaults('ok-error=429@first2') });
  const words = ['ask', 'hi', '-m', referenceOf(sim), '--attempts', '1'];
  const { code, stdout } = await tutti(words, { cwd: folder });
  expect(stdout).toContain('echo: hi');
  expect(code).toBe(0);
  expect(sim.counts.requests).toBe(3);
});

test.each(['ok-error=insufficient_quota@21-40', 'quota@21-40'])(
  'an account out of quota (%s) parks its lane; the others finish and the run goes on later',
  async (fault) => {
    const folder = temporaryFolder();
    const sim = await startedSim({
      models: [{ name: 'poor', faults: parseFaults(fault) }, { name: 'rich' }],
    });
    const rows = Array.from({ length: 60 }, (_, row) => ({
      model: referenceOf(sim, row % 2 ? 'rich' : 'poor'),
      prompt: `question ${row}`,
    }));
    const file = writeExperiment(folder, 'e.jsonl', rows);
    const words = ['run', file, '-o', join(folder, 'o'), '--concurrency', '1'];
    const first = await tutti(words, { cwd: folder });
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('parked');
    expect(sim.counts.byModel.poor!.requests).toBe(21);
    expect(sim.counts.byModel.rich!.requests).toBe(30);
    const run = onlyRunOf(join(folder, 'o'), 'e');
    const records = recordsOf(run);
    expect(records).toHaveLength(60);
    expect(records.filter(({ answer }) => answer.status === 'error')).toHaveLength(10);
    expect(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')).state).toBe('unfinished');
    const requestsBefore = sim.counts.requests;
    // Still without quota: one look is enough.
    expect((await tutti(words, { cwd: folder })).code).toBe(1);
    expect(sim.counts.requests).toBe(requestsBefore + 1);
    while (sim.counts.byModel.poor!.requests < 40) await fetchOnce(sim.url, 'poor');
    const last = await tutti(words, { cwd: folder });
    expect(last.stderr).toContain('60 of 60 answered');
    expect(last.code).toBe(0);
    expect(recordsOf(onlyRunOf(join(folder, 'o'), 'e')).map(({ response }) => response)).toEqual(
      rows.map(({ prompt }) => `echo: ${prompt}`),
    );
    expect(sim.counts.byModel.rich!.requests).toBe(30);
  },
);

async function fetchOnce(url: string, model: string): Promise<void> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'used up' }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', body, headers })).text();
}

test.each([
  ['401', 'unauthorized'],
  ['404', 'model_not_found'],
])('a lane that is answered %s does not burn its rows one by one', async (status, code) => {
  const folder = temporaryFolder();
  const sim = await startedSim({
    models: [{ name: 'bad', faults: parseFaults(status) }, { name: 'good' }],
  });
  const rows = Array.from({ length: 400 }, (_, row) => ({
    model: referenceOf(sim, row % 2 ? 'good' : 'bad'),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--concurrency', '4'];
  const result = await tutti(words, { cwd: folder });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain(status);
  expect(sim.counts.byModel.bad!.requests).toBeLessThanOrEqual(4);
  expect(sim.counts.byModel.good!.requests).toBe(200);
  const ask = await tutti(
    ['ask', 'hi', '--json', '-m', referenceOf(sim, 'bad'), '-m', referenceOf(sim, 'good')],
    { cwd: folder },
  );
  expect(ask.code).toBe(1);
  const records = ask.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const bad = records.find(({ model }) => model.endsWith('bad'));
  expect(bad.answer.error.code).toBe(code);
  expect(bad.answer.error.hint).toEqual(expect.any(String));
  expect(records.find(({ model }) => model.endsWith('good')).response).toBe('echo: hi');
});
