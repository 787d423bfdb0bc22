import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recordsOf, runFoldersOf, writeExperiment } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, type TuttiProcess, tutti } from '../support/tutti-process.ts';

const SETTLE = ['--settle', '300ms'];

/** A pipeline folder, and simulated endpoints for its experiments. */
async function prepare(latencyMs = 0) {
  const folder = temporaryFolder();
  const sim = await startedSim({ latency: { kind: 'fixed', ms: latencyMs } });
  const data = join(folder, 'data');
  const input = join(data, 'input');
  mkdirSync(input, { recursive: true });
  const rowsOf = (name: string, count: number) =>
    Array.from({ length: count }, (_, row) => ({
      id: `${name}-${row}`,
      model: referenceOf(sim, `m${name.length % 3}`),
      prompt: `${name} ${row}`,
    }));
  const write = (name: string, count: number) =>
    writeExperiment(input, `${name}.jsonl`, rowsOf(name, count));
  const watch = (...words: string[]): TuttiProcess =>
    startTutti(['watch', 'data', ...SETTLE, ...words], { cwd: folder });
  return { folder, sim, data, input, rowsOf, write, watch, output: join(data, 'output') };
}

/** Waits until something is true, at most 30 s. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 3_000) throw new Error('it never came true');
    await sleep(10);
  }
}

const isRun = (output: string, name: string) =>
  runFoldersOf(output, name).some((run) => existsSync(join(run, 'completed.jsonl')));

test('of 50 files, 5 broken and 3 copied with a pause, nothing is lost or run twice though it is killed once', async () => {
  const { data, input, output, sim, rowsOf, write, watch } = await prepare(20);
  const names = Array.from({ length: 45 }, (_, k) => `e${k}`);
  const [slow, whole] = [names.slice(0, 3), names.slice(3)];
  for (const name of whole) write(name, 12);
  const writeBroken = (k: number) =>
    writeFileSync(join(input, `broken${k}.jsonl`), `{"prompt": ${k}\n`);
  for (let k = 0; k < 4; k++) writeBroken(k);
  const textOf = (name: string) =>
    rowsOf(name, 12)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
  // Longer than a pause, on a busy machine too.
  const patient = ['--settle', '1200ms'];
  const first = watch(...patient);
  await until(() => first.stderr().includes('watches'));
  const copies = slow.map(async (name) => {
    const text = textOf(name);
    const path = join(input, `${name}.jsonl`);
    const half = Math.floor(text.length / 2);
    writeFileSync(path, text.slice(0, half));
    await sleep(250);
    appendFileSync(path, text.slice(half, half + 40));
    await sleep(250);
    appendFileSync(path, text.slice(half + 40));
  });
  await until(() => sim.counts.requests > 150);
  first.kill('SIGKILL');
  await first.done;
  await Promise.all(copies);
  // The first watch may have come to all that were there.
  writeBroken(4);
  const sentBefore = sim.counts.requests;
  expect(sentBefore).toBeLessThan(45 * 12);
  const last = await watch(...patient, '--once').done;
  expect(last.code).toBe(1);
  expect(readdirSync(input)).toEqual([]);
  const failed = readdirSync(join(data, 'failed')).sort();
  expect(failed).toHaveLength(10);
  expect(readFileSync(join(data, 'failed', 'broken0.jsonl.error.txt'), 'utf8')).toContain(
    'the line is not JSON',
  );
  for (const name of names) {
    const runs = runFoldersOf(output, name);
    expect(runs, name).toHaveLength(1);
    const records = recordsOf(runs[0]!);
    expect(records.map(({ id, response }) => [id, response])).toEqual(
      rowsOf(name, 12).map(({ id, prompt }) => [id, `echo: ${prompt}`]),
    );
    expect(readFileSync(join(runs[0]!, `input-${name}.jsonl`), 'utf8')).toBe(textOf(name));
  }
  // Asked twice is at most what was in flight when it was killed.
  const asked = new Map<string, number>();
  for (const request of sim.requests) {
    asked.set(promptOf(request), (asked.get(promptOf(request)) ?? 0) + 1);
  }
  expect(asked.size).toBe(45 * 12);
  expect(Math.max(...asked.values())).toBeLessThanOrEqual(2);
  expect(sim.counts.requests - 45 * 12).toBeLessThanOrEqual(2 * 12);
}, 60_000);

test('a file that comes while it waits is run, and one of a known name is a new run', async () => {
  const { output, write, watch, input } = await prepare();
  const process = watch();
  await until(() => process.stderr().includes('watches data/input'));
  write('a', 2);
  await until(() => isRun(output, 'a'));
  write('a', 2);
  await until(() => runFoldersOf(output, 'a').length === 2);
  await until(() => readdirSync(input).length === 0);
  process.kill('SIGTERM');
  expect((await process.done).code).toBe(130);
});

test('one that is interrupted goes on with its runs, and says that it does', async () => {
  const { folder, output, sim, write, watch } = await prepare(300);
  write('a', 40);
  const process = watch('--concurrency', '4');
  await until(() => sim.counts.answered >= 4);
  process.kill('SIGINT');
  expect((await process.done).code).toBe(130);
  const again = await tutti(['watch', 'data', ...SETTLE, '--once'], { cwd: folder });
  expect(again.stderr).toContain('goes on with 1 run');
  expect(again.code).toBe(0);
  expect(sim.counts.requests).toBe(40);
  expect(recordsOf(runFoldersOf(output, 'a')[0]!)).toHaveLength(40);
});

test('a run that was killed before its file had moved is taken away, and its file is run', async () => {
  const { folder, data, input, output, write, sim } = await prepare();
  const path = write('a', 3);
  // As a kill leaves it: the run holds its copy, and nothing was sent.
  const run = join(output, 'a', '2026-01-01T00-00-00Z');
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, 'input.jsonl'), readFileSync(path));
  const state = { format: 2, state: 'running', input_sha256: 'x', input_path: '../input/a.jsonl' };
  writeFileSync(join(run, 'run.json'), JSON.stringify(state));
  expect((await tutti(['watch', 'data', ...SETTLE, '--once'], { cwd: folder })).code).toBe(0);
  expect([sim.counts.requests, readdirSync(input), existsSync(run)]).toEqual([3, [], false]);
  expect(readdirSync(join(data, 'failed'))).toEqual([]);
});

test('two watches of one folder do not meet', async () => {
  const { folder, watch } = await prepare();
  const process = watch();
  await until(() => process.stderr().includes('watches data/input'));
  const other = await tutti(['watch', 'data', '--once'], { cwd: folder });
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('has been working in data');
  process.kill('SIGINT');
  await process.done;
});

test('experiments that share no limit run side by side, those that do one after the other', async () => {
  const { folder, input, output, sim, watch } = await prepare(400);
  const experiment = (name: string, model: string) =>
    writeExperiment(input, `${name}.jsonl`, [
      { id: name, model: referenceOf(sim, model), prompt: name },
    ]);
  for (const [name, model] of [
    ['a', 'x'],
    ['b', 'x'],
    ['c', 'y'],
  ] as const)
    experiment(name, model);
  expect((await watch('--once').done).code).toBe(0);
  const began = (name: string) =>
    Date.parse(recordsOf(runFoldersOf(output, name)[0]!)[0]!.answer.started_at);
  expect(began('b') - began('a')).toBeGreaterThanOrEqual(399);
  expect(began('c') - began('b')).toBeLessThan(300);
  expect(existsSync(join(folder, 'data', 'media'))).toBe(true);
});

test('what is wrong with the options or the folder is told before anything is taken', async () => {
  const { folder, input, write } = await prepare();
  write('a', 1);
  const wrong = await tutti(['watch', 'data', '--once', '--limits', 'none.json'], { cwd: folder });
  expect([wrong.code, readdirSync(input)]).toEqual([2, ['a.jsonl']]);
  const missing = await tutti(['watch', 'nowhere', '--once'], { cwd: folder });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('nowhere does not exist');
});

test('prints one JSON line for each run and each file that was put aside', async () => {
  const { input, write, watch } = await prepare();
  write('a', 2);
  writeFileSync(join(input, 'b.jsonl'), 'x');
  const { stdout, code } = await watch('--once', '--json', '--quiet').done;
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(1);
  expect(lines.map(({ state }) => state).sort()).toEqual(['finished', 'refused']);
});

test('uses hardly any processor time while nothing comes', async () => {
  const { folder, watch, output, write } = await prepare();
  write('a', 2);
  const process = watch();
  await until(() => isRun(output, 'a'));
  await sleep(500);
  const before = processorMs(process.pid);
  await sleep(4_000);
  const spent = processorMs(process.pid) - before;
  // 1 % of 4 s, and one of its looks at the folder.
  expect(spent).toBeLessThanOrEqual(40);
  process.kill('SIGINT');
  await process.done;
  expect(statSync(folder).isDirectory()).toBe(true);
}, 20_000);

/** Processor time of a process so far. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
