import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { parseFaults, type Sim } from '../../src/sim/index.ts';
import { filesBelow, recordsOf, runFoldersOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type TuttiOptions, tutti } from '../support/tutti-process.ts';

let folder = '';
let sim: Sim;

beforeEach(async () => {
  folder = temporaryFolder();
  sim = await startedSim({
    models: [
      { name: 'm' },
      { name: 'bad', faults: parseFaults('400') },
      { name: 'poor', faults: parseFaults('quota@first1') },
    ],
  });
});

function write(model: string, count = 5): void {
  const rows = Array.from({ length: count }, (_, row) => ({ model, prompt: `question ${row}` }));
  writeExperiment(folder, 'e.jsonl', rows);
}

function run(words: readonly string[] = [], options: Partial<TuttiOptions> = {}) {
  return tutti(['run', 'e.jsonl', '-o', 'o', '--concurrency', '1', ...words], {
    cwd: folder,
    ...options,
  });
}

const runs = () => runFoldersOf(join(folder, 'o'), 'e');

test('a finished run says where its results are, sends nothing, and --new runs it again', async () => {
  write(referenceOf(sim));
  expect((await run()).code).toBe(0);
  const again = await run();
  expect(again.code).toBe(0);
  expect(again.stderr).toContain(runs()[0]!.slice(folder.length + 1));
  expect(sim.counts.requests).toBe(5);
  expect((await run(['--new'])).code).toBe(0);
  expect(sim.counts.requests).toBe(10);
  expect(runs()).toHaveLength(2);
});

test('a finished run is found again after another version of its file has been run', async () => {
  write(referenceOf(sim));
  expect((await run()).code).toBe(0);
  write(referenceOf(sim), 6);
  expect((await run()).code).toBe(0);
  expect(sim.counts.requests).toBe(11);
  write(referenceOf(sim));
  const back = await run();
  expect(back.code).toBe(0);
  expect(back.stderr).toContain('nothing was sent');
  expect(back.stderr).toContain(runs()[0]!.slice(folder.length + 1));
  expect(sim.counts.requests).toBe(11);
});

test('an unfinished run goes on although a newer one of another version is finished', async () => {
  write(referenceOf(sim, 'poor'));
  expect((await run()).code).toBe(1);
  write(referenceOf(sim), 6);
  expect((await run(['--new'])).code).toBe(0);
  expect(sim.counts.requests).toBe(7);
  write(referenceOf(sim, 'poor'));
  expect((await run()).code).toBe(0);
  expect(sim.counts.requests).toBe(12);
  expect(runs()).toHaveLength(2);
});

test('a finished run with failures exits with 1 each time and lists them', async () => {
  write(referenceOf(sim, 'bad'));
  expect((await run()).code).toBe(1);
  expect(sim.counts.requests).toBe(5);
  const again = await run();
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('5 failed');
  expect(sim.counts.requests).toBe(5);
  expect(recordsOf(runs()[0]!, 'failed.jsonl')).toHaveLength(5);
});

test('an unfinished run refuses another input, and goes on when the change is undone', async () => {
  write(referenceOf(sim, 'poor'));
  expect((await run()).code).toBe(1);
  write(referenceOf(sim, 'poor'), 6);
  const changed = await run();
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain('its input has changed');
  expect(changed.stderr).toContain('--new');
  const limited = await run(['--limit', '3']);
  expect(limited.code).toBe(2);
  expect(sim.counts.requests).toBe(1);
  write(referenceOf(sim, 'poor'));
  expect((await run()).code).toBe(0);
  expect(sim.counts.requests).toBe(6);
  expect(runs()).toHaveLength(1);
});

test('an unfinished run refuses an alias that means another model now', async () => {
  const aliasIs = (model: string) =>
    writeFileSync(join(folder, 'tutti.yaml'), `aliases: {it: "${model}"}\n`);
  aliasIs(referenceOf(sim, 'poor'));
  write('it');
  const env = { TUTTI_TRUST: '1' };
  expect((await run([], { env })).code).toBe(1);
  aliasIs(referenceOf(sim, 'm'));
  const changed = await run([], { env });
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain('the name it stood for');
  expect(sim.counts.requests).toBe(1);
  aliasIs(referenceOf(sim, 'poor'));
  expect((await run([], { env })).code).toBe(0);
});

test('limits may change between the parts of a run, and so may what the lanes stand at', async () => {
  write(referenceOf(sim, 'poor'));
  expect((await run()).code).toBe(1);
  expect((await run(['--concurrency', '3', '--rpm', '6000', '--attempts', '9'])).code).toBe(0);
  expect(runs()).toHaveLength(1);
});

test('--limit asks only the first rows', async () => {
  write(referenceOf(sim));
  expect((await run(['--limit', '2'])).code).toBe(0);
  expect(sim.counts.requests).toBe(2);
  expect(recordsOf(runs()[0]!).map(({ prompt }) => prompt)).toEqual(['question 0', 'question 1']);
  expect((await run(['--limit', '0'])).code).toBe(2);
});

test('--dry-run sends nothing and writes nothing', async () => {
  write(referenceOf(sim));
  const before = filesBelow(folder);
  const { code, stdout } = await run(['--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toContain('5 rows, 5 calls');
  expect(sim.counts.requests).toBe(0);
  expect(existsSync(join(folder, 'o'))).toBe(false);
  expect(filesBelow(folder)).toEqual(before);
});

test('standard input is a new run each time, unless it has a name', async () => {
  write(referenceOf(sim, 'poor'));
  const input = readFileSync(join(folder, 'e.jsonl'));
  const words = ['run', '-', '-o', 'o', '--concurrency', '1'];
  const first = await tutti(words, { cwd: folder, input });
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('`tutti run` and this folder go on from here');
  expect((await tutti(words, { cwd: folder, input })).code).toBe(0);
  const runs = runFoldersOf(join(folder, 'o'), 'stdin');
  expect(runs).toHaveLength(2);
  const byFolder = await tutti(['run', runs[0]!], { cwd: folder });
  expect([byFolder.code, byFolder.stderr]).toEqual([0, expect.stringContaining('goes on with')]);
  expect(recordsOf(runs[0]!)).toHaveLength(5);
  const named = [...words, '--name', 'given'];
  expect((await tutti(named, { cwd: folder, input })).code).toBe(0);
  const again = await tutti(named, { cwd: folder, input });
  expect(again.stderr).toContain('This run is finished');
  expect(runFoldersOf(join(folder, 'o'), 'given')).toHaveLength(1);
});

test('--json prints the totals as one line and nothing else', async () => {
  write(referenceOf(sim, 'bad'));
  const { stdout } = await run(['--json']);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const { folder: place, answered, failed } = JSON.parse(stdout);
  expect({ answered, failed }).toEqual({ answered: 0, failed: 5 });
  expect(recordsOf(join(folder, place))).toHaveLength(5);
});

test('unknown models, missing keys and unknown options are all told before anything is sent', async () => {
  writeExperiment(folder, 'e.jsonl', [
    { model: referenceOf(sim), prompt: 'hi' },
    { model: 'opnai/gpt-5', prompt: 'hi' },
    { model: 'anthropic/claude', prompt: 'hi' },
    { api: 'gemini', model_name: 'g', prompt: 'hi' },
  ]);
  const refused = await run();
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('openai/gpt-5');
  expect(refused.stderr).toContain('ANTHROPIC_API_KEY');
  expect(refused.stderr).toContain('GEMINI_API_KEY');
  const option = await run(['--concurency', '3']);
  expect(option.code).toBe(2);
  expect(option.stderr).toContain('--concurrency');
  expect(sim.counts.requests).toBe(0);
  expect(runs()).toHaveLength(0);
});

test('a mistake in the second file is told before the first one sends anything, and locks nothing', async () => {
  write(referenceOf(sim));
  const both = await tutti(['run', 'e.jsonl', 'missing.jsonl', '-o', 'o'], { cwd: folder });
  expect(both.code).toBe(2);
  expect(both.stderr).toContain('missing.jsonl');
  expect(sim.counts.requests).toBe(0);
  expect((await run()).code).toBe(0);
  expect(sim.counts.requests).toBe(5);
});

test('check tells what is wrong with every file, also when one cannot be read', async () => {
  writeFileSync(join(folder, 'e.jsonl'), '{"prompt": "a"}\n');
  const checked = await tutti(['check', 'missing.jsonl', 'e.jsonl'], { cwd: folder });
  expect(checked.code).toBe(2);
  expect(checked.stdout).toContain('missing.jsonl');
  expect(checked.stdout).toContain('e.jsonl:1');
});
