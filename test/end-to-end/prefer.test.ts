import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import { filesBelow, onlyRunOf, recordsOf } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function writePrompts(count: number): void {
  mkdirSync(join(folder, 'prompts'));
  for (let at = 0; at < count; at++) {
    const name = `p${String(at).padStart(2, '0')}.txt`;
    writeFileSync(join(folder, 'prompts', name), `What is ${at} + 2?\n`);
  }
}

const verdictsOf = (run: string) =>
  readFileSync(join(run, 'verdicts.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

test('models rank each other, and what comes of it is one document', async () => {
  const words = ['prefer', 'What is 17 * 23?', '-m', 'sim/quick', '-m', 'sim/careful', '--json'];
  const { code, stdout } = await tutti(words, { cwd: folder });
  const document = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(document).toMatchObject({ prompt: 'What is 17 * 23?', seed: 0 });
  expect(document.answers).toMatchObject([
    { model: 'sim/quick', response: '391', answer: { status: 'ok' } },
    { model: 'sim/careful', response: '391', answer: { status: 'ok' } },
  ]);
  expect(document.verdicts).toMatchObject([
    { judge: 'sim/quick', round: 1, status: 'ok', asked: 1 },
    { judge: 'sim/careful', round: 1, status: 'ok', asked: 1 },
  ]);
  expect(document.tally).toHaveLength(2);
});

test('fewer than two answers are ranked by nobody', async () => {
  const sim = await startedSim();
  const [good, bad] = [referenceOf(sim), 'http://127.0.0.1:9/v1#m'];
  const words = ['prefer', 'hi', '-m', good, '-m', bad, '--attempts', '1', '--json'];
  const { code, stdout, stderr } = await tutti(words, { cwd: folder });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    verdicts: [],
    answers: [{ response: 'echo: hi' }, {}],
  });
  expect(stderr).toContain('127.0.0.1:9');
  expect(sim.counts.requests).toBe(1);
});

test('a judge without a verdict lacks, and is asked twice', async () => {
  const sim = await startedSim();
  const judge = referenceOf(sim);
  const words = [
    'prefer',
    'hi',
    '-m',
    'sim/quick',
    '-m',
    'sim/careful',
    '--judge',
    judge,
    '--json',
  ];
  const { code, stdout, stderr } = await tutti(words, { cwd: folder });
  expect(code).toBe(1);
  expect(JSON.parse(stdout).verdicts).toMatchObject([
    { judge, ranking: null, reasons: {}, status: 'unparsed', asked: 2 },
  ]);
  expect(stderr).toContain('no ranking, its reply has');
});

const PANEL = ['-m', 'sim/quick', '-m', 'sim/member', '-m', 'sim/careful'];
const STUDY = ['prefer', '--prompts', 'prompts', '--rounds', '2', '-o', 'out', ...PANEL];

test('a study that is killed goes on, asks nothing twice, and is balanced', async () => {
  writePrompts(9);
  const first = startTutti([...STUDY, '--rpm', '240'], { cwd: folder });
  for (let saved = 0; saved < 12; await sleep(20)) {
    const journal = filesBelow(folder).find((path) => path.endsWith('journal.jsonl'));
    saved = journal === undefined ? 0 : readFileSync(journal, 'utf8').split('\n').length;
  }
  first.kill('SIGKILL');
  await first.done;
  const changed = await tutti([...STUDY, '--seed', '1'], { cwd: folder });
  expect([changed.code, changed.stderr]).toEqual([2, expect.stringContaining('cannot go on')]);
  const { code, stdout, stderr } = await tutti(STUDY, { cwd: folder });
  expect([code, stderr]).toEqual([0, expect.stringContaining('18 of 18 answered')]);
  expect(stderr).toContain('verdicts  54');
  expect(stdout).toContain('54 rankings by 3 judges on 9 prompts');
  const run = onlyRunOf(join(folder, 'out'), 'prefer-prompts');
  const verdicts = verdictsOf(run);
  const places = new Map<string, number>();
  for (const { judge, shown, status } of verdicts) {
    expect(status).toBe('ok');
    for (const [place, model] of shown.entries()) {
      const key = `${judge} ${model} ${place}`;
      places.set(key, (places.get(key) ?? 0) + 1);
    }
  }
  expect([places.size, ...new Set(places.values())]).toEqual([27, 6]);
  expect(verdicts[0]).toMatchObject({ prompt: 'p00', round: 1, judge: 'sim/quick' });
  const records = recordsOf(run);
  expect(records.slice(0, 2).map(({ id }) => id)).toEqual(['p00-round-1', 'p00-round-2']);
  const names = readFileSync(join(run, 'journal.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"type":"answer"'))
    .map((line) => JSON.parse(line))
    .map(({ row, call }) => `${row} ${call}`);
  expect([names.length, new Set(names).size]).toEqual([18 * 6, 18 * 6]);
});

test('a study is planned, shortened, and refused by tutti run, which names what goes on with it', async () => {
  writePrompts(5);
  const plan = await tutti([...STUDY, '--dry-run', '--json', '--limit', '3'], { cwd: folder });
  expect([plan.code, filesBelow(join(folder)).length]).toEqual([0, 5]);
  expect(JSON.parse(plan.stdout)).toMatchObject({ rows: 6, calls: 36, mostCalls: 54 });
  const short = [...STUDY, '--limit', '1', '--judge', 'sim/judge', '--seed', '4', '--quiet'];
  expect((await tutti(short, { cwd: folder })).code).toBe(0);
  const run = onlyRunOf(join(folder, 'out'), 'prefer-prompts');
  expect(recordsOf(run).map(({ prompt_id }) => prompt_id)).toEqual(['p00', 'p00']);
  for (const words of [[], ['--only-failed'], ['--dry-run']]) {
    const { code, stderr } = await tutti(['run', run, ...words], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringContaining('the folder of a study')]);
    expect(stderr).toContain(
      'tutti prefer --prompts … -m sim/quick -m sim/member -m sim/careful --judge sim/judge --rounds 2 --seed 4',
    );
  }
});

test('what has failed in a study is asked again by its own command, and by none that has made no study', async () => {
  writePrompts(2);
  const sim = await startedSim({ faults: parseFaults('400@first2') });
  const words = ['prefer', '--prompts', 'prompts', '-o', 'out', '--judge', 'sim/judge'];
  const study = [...words, '-m', referenceOf(sim), '-m', 'sim/quick'];
  const none = await tutti([...study, '--only-failed'], { cwd: folder });
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has no run of this')]);
  expect((await tutti(study, { cwd: folder })).code).toBe(1);
  const run = onlyRunOf(join(folder, 'out'), 'prefer-prompts');
  expect(verdictsOf(run)).toHaveLength(0);
  const told = await tutti(study, { cwd: folder });
  expect(told.stderr).toContain('To ask those again: the same command with --only-failed');
  expect((await tutti([...study, '--only-failed'], { cwd: folder })).code).toBe(0);
  expect(verdictsOf(run)).toMatchObject([{ status: 'ok' }, { status: 'ok' }]);
});

test('the verdicts of a study are read by rank and agreement, made anew by --finish, and shown by --tally', async () => {
  writePrompts(4);
  const rows = [0, 1, 0].map((at) => ({
    id: at,
    prompt: `What is ${at} + 2?`,
    model: 'sim/quick',
  }));
  writeFileSync(join(folder, 'e.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const words = ['prefer', '--prompts', 'e.jsonl', '-o', 'out', ...PANEL, '--judge', 'sim/judge'];
  const { code, stderr } = await tutti(words, { cwd: folder });
  expect([code, stderr]).toEqual([0, expect.stringContaining('2 of 2 answered')]);
  const run = onlyRunOf(join(folder, 'out'), 'prefer-e');
  const before = verdictsOf(run);
  expect(before.map(({ prompt }) => prompt)).toEqual(['0', '1']);
  const finished = await tutti(['run', run, '--finish'], { cwd: folder });
  expect([finished.code, verdictsOf(run)]).toEqual([0, before]);
  for (const command of ['rank', 'agreement']) {
    const read = await tutti([command, join(run, 'verdicts.jsonl')], { cwd: folder });
    expect([command, read.code, read.stderr]).toEqual([command, 0, read.stderr]);
  }
  const tally = await tutti(['prefer', '--tally', run, '--json'], { cwd: folder });
  expect([tally.code, JSON.parse(tally.stdout)]).toEqual([
    0,
    expect.objectContaining({ rankings: 2, prompts: 2, judges: 1, malformed: 0 }),
  ]);
  const again = await tutti(words, { cwd: folder });
  expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('nothing was sent')]);
});

test('a study in which an answer lacks is degraded', async () => {
  writePrompts(2);
  const panel = ['-m', 'sim/quick', '-m', 'sim/careful', '-m', 'http://127.0.0.1:9/v1#m'];
  const judge = ['--judge', 'sim/judge', '--attempts', '1'];
  const words = ['prefer', '--prompts', 'prompts', '-o', 'out', ...panel, ...judge];
  const { code, stderr } = await tutti(words, { cwd: folder });
  expect([code, stderr]).toEqual([1, expect.stringContaining('degraded  2 answers')]);
  const [record] = recordsOf(onlyRunOf(join(folder, 'out'), 'prefer-prompts'));
  expect(record!.answer).toMatchObject({ status: 'ok', preference: { status: 'degraded' } });
});

test('a study of prompts that cannot be ranked is refused with all of them', async () => {
  const rows = [{ prompt: ['a', 'b'] }, { prompt: 'c', parameters: { n: 2 } }, { prompt: 'd' }];
  writeFileSync(join(folder, 'e.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const words = ['prefer', '--prompts', 'e.jsonl', '-o', 'out', ...PANEL];
  const { code, stderr } = await tutti(words, { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('row 1 has several turns');
  expect(stderr).toContain('row 2 asks for several samples');
});

test('Ctrl-C once lets end what is under way, asks no judge any more, and leaves 130', async () => {
  const sim = await startedSim({ latency: { kind: 'fixed', ms: 400 } });
  const words = ['prefer', 'hi', '-m', referenceOf(sim, 'a'), '-m', referenceOf(sim, 'b')];
  const process = startTutti(words, { cwd: folder });
  while (sim.counts.requests < 2) await sleep(10);
  process.kill('SIGINT');
  const { code, stdout } = await process.done;
  expect(code).toBe(130);
  expect(stdout).toContain('hi');
  expect(sim.counts.requests).toBe(2);
});
