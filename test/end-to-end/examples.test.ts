import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { filesBelow, linesOf, onlyRunOf, recordsOf } from '../support/run-results.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const FOLDERS = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  // The others are run by tests of their own.
  .filter((name) => name !== 'prompto' && name !== 'consortium')
  .filter((name) => filesBelow(join(EXAMPLES, name)).some((path) => path.endsWith('.jsonl')));

test.each(FOLDERS)('the example %s is in order and runs on simulated models', async (name) => {
  const cwd = temporaryFolder();
  const experiments = filesBelow(join(EXAMPLES, name)).filter((path) => path.endsWith('.jsonl'));
  expect(experiments).not.toHaveLength(0);
  const checked = await tutti(['check', ...experiments], { cwd });
  expect(checked.stdout + checked.stderr).toContain('nothing is wrong');
  expect(checked.code).toBe(0);
  for (const experiment of experiments) {
    const words = ['run', experiment, '-o', 'o', '--rpm', '470', '--concurrency', '10'];
    const { code, stderr } = await tutti(words, { cwd });
    expect(code, stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'experiment'));
    expect(records).toHaveLength(linesOf(experiment).length);
    for (const { answer } of records) expect(answer.status).toBe('ok');
  }
});

test('the example consortium is in order, answers, and is a model of a run once it is saved', async () => {
  const cwd = temporaryFolder();
  const env = { TUTTI_HOME: join(cwd, 'home') };
  const folder = join(EXAMPLES, 'consortium');
  const [team, voters] = [join(folder, 'team.yaml'), join(folder, 'voters.yaml')];
  for (const file of [team, voters]) {
    const { code, stdout } = await tutti(['consortium', 'check', file], { cwd, env });
    expect(stdout).toContain('nothing is wrong');
    expect(code).toBe(0);
  }
  const questions = join(folder, 'questions.jsonl');
  const { prompt, expected_response: right } = JSON.parse(linesOf(questions)[0]!);
  for (const file of [team, voters]) {
    const { code, stdout, stderr } = await tutti(['consortium', file, prompt], { cwd, env });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(right);
  }
  await tutti(['consortium', 'save', 'voters', voters], { cwd, env });
  const { code, stderr } = await tutti(['run', questions, '-m', 'voters', '-o', 'o'], { cwd, env });
  expect(code, stderr).toBe(0);
  const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'questions'));
  expect(records).toHaveLength(8);
  for (const { answer } of records) {
    expect(answer).toMatchObject({ model: 'voters', consortium: { basis: 'vote', asked: 5 } });
  }
});

test('the example self-refine runs a workflow, and goes on with its folder without asking again', async () => {
  const cwd = temporaryFolder();
  const program = join(EXAMPLES, 'self-refine/refine.ts');
  const refine = () => promisify(execFile)(process.execPath, [program, 'refined'], { cwd });
  const first = (await refine()).stdout;
  expect(first).toContain('why bread rises: 7 calls');
  expect(first).toContain('0 failed');
  const journal = linesOf(join(cwd, 'refined/journal.jsonl'));
  expect(journal).toHaveLength(1 + 3 * 8);
  expect(recordsOf(join(cwd, 'refined')).map(({ answer }) => answer.status)).toEqual([
    'ok',
    'ok',
    'ok',
  ]);
  expect((await refine()).stdout).toContain('why bread rises: 7 calls');
  expect(linesOf(join(cwd, 'refined/journal.jsonl'))).toEqual(journal);
});

test('the first look needs no key and no settings, and says that no model was asked', async () => {
  const cwd = temporaryFolder();
  const { code, stderr, elapsedMs } = await tutti(['try'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('no model was asked');
  expect(stderr).toContain('160 of 160 answered');
  expect(elapsedMs).toBeLessThan(20_000);
  expect(recordsOf(onlyRunOf(join(cwd, 'tutti-try'), 'quickstart'))).toHaveLength(160);
});
