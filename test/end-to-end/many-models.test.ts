import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { linesOf, onlyRunOf, recordsOf } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

let folder = '';
let sim: Sim;

beforeEach(async () => {
  folder = temporaryFolder();
  sim = await startedSim();
});

function run(words: readonly string[]) {
  return tutti(['run', ...words, '-o', 'o'], { cwd: folder });
}

test('asks each model each line of a text, goes on with that, and says which option has changed', async () => {
  const [one, two] = [referenceOf(sim, 'one'), referenceOf(sim, 'two')];
  writeFileSync(join(folder, 'p.txt'), 'first\n\nsecond\n');
  const words = ['p.txt', '-m', one, '-m', two, '--param', 'seed=12345678901234567890'];
  const { code, stderr } = await run(words);
  expect(code, stderr).toBe(0);
  const path = onlyRunOf(join(folder, 'o'), 'p.txt');
  expect(recordsOf(path).map(({ model, response }) => [model, response])).toEqual([
    [one, 'echo: first'],
    [two, 'echo: first'],
    [one, 'echo: second'],
    [two, 'echo: second'],
  ]);
  expect(linesOf(join(path, 'input.jsonl'))[0]).toBe(
    `{"prompt":"first","parameters":{"seed":12345678901234567890},"model":"${one}"}`,
  );
  expect((await run(words)).stderr).toContain('This run is finished');
  reopen(path);
  const changed = await run(words.slice(0, 3));
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain('line 1 is the first that differs (4 lines before, 2 now)');
  expect(changed.stderr).toContain('--param was {"seed":12345678901234567890} and is not given');
  expect((await tutti(['run', path], { cwd: folder })).code).toBe(0);
  expect(sim.counts.requests).toBe(4);
});

/** Makes a finished run one that was interrupted. */
function reopen(path: string): void {
  const file = join(path, 'run.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"state": "finished"', '"state": "unfinished"'));
}

test('asks the prompts of a folder, and has all lanes together within one limit', async () => {
  mkdirSync(join(folder, 'prompts'));
  for (let i = 0; i < 30; i++) writeFileSync(join(folder, 'prompts', `q${i}.txt`), `${i}\n`);
  const models = ['one', 'two'].flatMap((name) => ['-m', referenceOf(sim, name)]);
  const words = ['--prompts', 'prompts', ...models, '--total-rpm', '3000'];
  const { code, stderr, elapsedMs } = await run(words);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('3,000 requests/min in all');
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'prompts'));
  expect(records.map(({ id }) => id).slice(0, 4)).toEqual(['q0', 'q0', 'q1', 'q1']);
  // 50 a second after the first 12: less would be two limits.
  expect(elapsedMs).toBeGreaterThan(900);
});
