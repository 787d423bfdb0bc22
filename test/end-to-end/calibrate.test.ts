import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { onlyRunOf } from '../support/run-results.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

let cwd = '';
let env: Record<string, string> = {};

beforeEach(async () => {
  cwd = temporaryFolder();
  env = { TUTTI_HOME: join(cwd, 'home') };
  const { stdout } = await call('sim', 'questions', '--n', '120', '--kind', 'yesno', '--seed', '4');
  write('q.jsonl', stdout);
});

const call = (...words: string[]) => tutti(words, { cwd, env });
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

const UNEVEN = ['0.9&seed=1', ...[2, 3, 4, 5].map((seed) => `0.6&seed=${seed}`)]
  .map((skill) => `  - "sim/member?skill=${skill}"\n`)
  .join('');

describe('tutti consortium calibrate', () => {
  test('shows that a plain vote loses to the best member and a weighted one does not, and asks nobody twice', async () => {
    write('team.yaml', `members:\n${UNEVEN}strategy: voting\n`);
    const words = ['consortium', 'calibrate', './team.yaml', 'q.jsonl', '-o', 'out'];
    const { code, stdout, stderr } = await call(...words, '--json');
    expect(code, stderr).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ questions: 120, beatsEveryMember: false, rounds: { 1: 120 } });
    expect(found).toMatchObject({
      thresholdDoesNothing: true,
      confidence: { source: 'agreement' },
    });
    expect(found.members[0]).toMatchObject({ model: 'sim/member?skill=0.9&seed=1' });
    expect(found.differences[0].difference).toBeLessThan(0);
    const [plain, weighted] = found.alternatives;
    expect(plain).toMatchObject({ name: 'plurality' });
    expect(found.consortium.accuracy).toBeCloseTo(plain.accuracy, 10);
    expect(weighted.accuracy).toBeGreaterThan(plain.accuracy);
    expect(found.consortium.costUsd).toBeGreaterThan(0);
    const journal = () => readFileSync(join(onlyRunOf(join(cwd, 'out'), 'q'), 'journal.jsonl'));
    const before = journal();
    const again = await call(...words);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toContain('This run is finished');
    expect(again.stdout).toContain('weighted vote of the members');
    expect(again.stdout).toContain('It is not shown that the consortium is better');
    expect(journal()).toEqual(before);
  });

  test('counts rows below the quorum as wrong, and ends with 1', async () => {
    write(
      'late.yaml',
      'members: ["sim/member?skill=1:1", "sim/member?hang=1:2"]\nstrategy: voting\nmemberTimeout: 300ms\n',
    );
    const words = [
      'consortium',
      'calibrate',
      './late.yaml',
      'q.jsonl',
      '--limit',
      '5',
      '-o',
      'out',
    ];
    const { code, stdout, stderr } = await call(...words, '--json', '--quiet');
    expect(code, stderr).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      questions: 5,
      members: [{ accuracy: 1 }, { accuracy: 0 }, { accuracy: 0 }],
      consortium: { accuracy: 0 },
      oracle: 1,
    });
  });

  test('sends nothing where a question has no right answer, or the consortium is none', async () => {
    write('team.yaml', `members:\n${UNEVEN}strategy: vote\n`);
    write('q.jsonl', '{"prompt": "Is it?"}\n');
    const wrong = await call('consortium', 'calibrate', './team.yaml', 'q.jsonl');
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('vote');
    write('team.yaml', `members:\n${UNEVEN}strategy: voting\n`);
    const none = await call('consortium', 'calibrate', './team.yaml', 'q.jsonl');
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toContain('1 of 1 questions have no right answer (rows 1)');
  });
});
