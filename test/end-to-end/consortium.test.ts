import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import {
  answerLinesOf,
  onlyRunOf,
  recordsOf,
  runFoldersOf,
  writeExperiment,
} from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const PROMPT = 'What is 6438 + 1000? Answer with a number.';
const GOOD = 'sim/member?skill=1';

let cwd = '';
let env: Record<string, string> = {};

beforeEach(() => {
  cwd = temporaryFolder();
  env = { TUTTI_HOME: join(cwd, 'home') };
});

const call = (...words: string[]) => tutti(words, { cwd, env });
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

function save(name: string, text: string): void {
  mkdirSync(join(cwd, 'home', 'consortiums'), { recursive: true });
  writeFileSync(join(cwd, 'home', 'consortiums', `${name}.yaml`), text);
}

describe('asking a consortium', () => {
  test('shows the answer on standard output, and how it came about on standard error', async () => {
    const words = ['consortium', PROMPT, '-m', `${GOOD}:2`, '-m', `${GOOD}&seed=2`];
    const { code, stdout, stderr } = await call(...words, '--arbiter', 'sim/judge');
    expect([code, stdout.trim().split('\n').at(-1)], stderr).toEqual([0, 'Answer: 7438']);
    for (const part of ['SIMULATED', 'round 1: 3 of 3 answered', 'confidence 1.00 (arbiter)']) {
      expect(stderr).toContain(part);
    }
  });

  test('gives the whole result with --json, and in a file, which it replaces only with a word', async () => {
    const words = ['consortium', 'run', PROMPT, '-m', `${GOOD}:3`, '--strategy', 'voting', '--all'];
    const first = await call(...words, '--json', '--quiet', '--output', 'r.json');
    const result = JSON.parse(first.stdout);
    expect(result).toMatchObject({
      ...{ name: 'consortium', status: 'complete', basis: 'vote', confidence: 1 },
      ...{ confidenceSource: 'agreement', asked: 3, answered: 3, failed: 0, timedOut: 0, seed: 0 },
      agreement: { groups: [{ answer: '7438' }], share: 1, tied: false },
      rounds: [{ round: 1, members: Array(3).fill({ status: 'ok', extracted: '7438' }) }],
    });
    expect(Object.keys(result)).toHaveLength(17);
    expect(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'))).toEqual(result);
    expect(first.stderr).toBe('');
    const second = await call(...words, '--quiet', '--output', 'r.json');
    expect(second.stderr).toBe('replaced r.json\n');
  });

  test('tells a degraded answer in its first line, and ends with 1', async () => {
    const { code, stdout } = await call(
      ...['consortium', PROMPT, '-m', `${GOOD}:2`, '-m', 'sim/member?hang=1'],
      ...['--arbiter', 'sim/judge', '--member-timeout', '500ms', '--max-iterations', '1'],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\[degraded: sim\/member\?hang=1#1 is missing.*\]\n/);
    expect(stdout).toContain('7438');
  });

  test('shows what members said where the quorum is missed, and ends with 1', async () => {
    const { code, stdout } = await call(
      ...['consortium', PROMPT, '-m', GOOD, '-m', 'sim/member?hang=1:2'],
      ...['--arbiter', 'sim/judge', '--member-timeout', '500ms'],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\[failed: .*quorum is 2\]\n## sim\/member\?skill=1#1\n/);
    expect(stdout).toContain('7438');
  });

  test('tells all that is wrong at once, with 2, and sends nothing', async () => {
    const { code, stdout, stderr } = await call(
      ...['consortium', '-m', 'x:70', '-m', 'nope/y', '--arbiter', 'gone', '--strategy', 'votin'],
      ...['--confidence-threshold', '101', '--quorum', '9', '--min-iterations', '4', '--no-stdin'],
    );
    expect([code, stdout]).toEqual([2, '']);
    for (const part of [
      ...['ends in :70', 'count: 1', 'nope/y: no provider', 'gone: is no alias', '"votin"'],
      ...['threshold', 'quorum is 9', 'minIterations is 4', 'There is no prompt'],
    ]) {
      expect(stderr).toContain(part);
    }
  });

  test('takes a strategy from a file of the user, and says what is wrong with one', async () => {
    write(
      'mine.mjs',
      'export const strategy = { prepare: () => ({ select: (all) => ({ kept: all.slice(-1) }) }) };',
    );
    write('odd.mjs', 'export const strategy = { prepare: () => ({ select: () => 7 }) };');
    write('empty.mjs', 'export const x = 1;');
    const ask = (file: string) =>
      call('consortium', PROMPT, '-m', `${GOOD}:2`, '--arbiter', 'sim/judge', '--strategy', file);
    expect((await ask('./mine.mjs')).code).toBe(0);
    const [odd, empty, none] = [
      await ask('./odd.mjs'),
      await ask('empty.mjs'),
      await ask('./no.ts'),
    ];
    expect([odd.code, empty.code, none.code]).toEqual([1, 2, 2]);
    expect(odd.stderr).toContain('--strategy ./odd.mjs: select() failed: it must give');
    expect(none.stderr).toContain('--strategy ./no.ts: there is no such file.');
    expect(empty.stderr).toContain('exports no object `strategy`');
    write('team.yaml', `members: ["${GOOD}"]\narbiter: sim/judge\nstrategy: ./mine.mjs\n`);
    const { code, stdout } = await call('consortium', 'check', 'team.yaml');
    expect(code).toBe(1);
    expect(stdout).toContain('team.yaml:3:11: There is no strategy "./mine.mjs"');
  });

  test('without a lane for its members gives what there is, also with --json', async () => {
    const shut = referenceOf(await startedSim({ faults: parseFaults('401') }));
    const words = ['consortium', PROMPT, '-m', GOOD, '-m', shut, '--arbiter', 'sim/judge'];
    const { code, stdout } = await call(...words, '--quorum', '2', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      {
        ...{ status: 'failed', answer: null, asked: 2, answered: 1, failed: 1 },
        rounds: [{ members: [{ response: expect.stringContaining('7438') }, { status: 'error' }] }],
      },
    ]);
  });

  test('once interrupted ends what is in flight and shows it; twice it stops at once', async () => {
    const sim = await startedSim({ answer: 'rehearsal', latency: { kind: 'fixed', ms: 1_000 } });
    const model = (name: string) => referenceOf(sim, name);
    const words = [
      ...['consortium', PROMPT, '-m', model('member?skill=1'), '-m', model('member?hang=1')],
      ...['--arbiter', model('judge'), '--member-timeout', '4s', '--quorum', '1'],
    ];
    /** Starts one, and interrupts it once both members are asked. */
    const interrupted = async (...more: string[]) => {
      const asked = sim.counts.requests + 2;
      const process = startTutti([...words, ...more], { cwd, env });
      while (sim.counts.requests < asked) await sleep(2);
      process.kill('SIGINT');
      return process;
    };
    const { code, stdout } = await (await interrupted()).done;
    expect(code).toBe(130);
    expect(stdout).toContain('7438');
    const json = await interrupted('--json');
    const document = JSON.parse((await json.done).stdout);
    expect(document).toMatchObject({
      ...{ status: 'failed', degraded: ['stopped before it had an answer'], answer: null },
      rounds: [{ members: [{ status: 'ok', response: expect.stringContaining('7438') }, {}] }],
      ...{ asked: 2, answered: 1 },
    });
    expect(Object.keys(document)).toHaveLength(17);
    const twice = await interrupted();
    await sleep(700);
    const secondMs = performance.now();
    twice.kill('SIGINT');
    expect((await twice.done).code).toBe(130);
    expect(performance.now() - secondMs).toBeLessThan(1_000);
    // No arbiter, and no further try.
    expect(sim.counts.requests).toBe(6);
  });
});

describe('a saved consortium', () => {
  const voters = `members: ["${GOOD}:3"]\nstrategy: voting\nextract: number\nall: true\n`;

  test('is kept, listed, shown, checked and removed', async () => {
    const words = ['consortium', 'save', 'v', '-m', `${GOOD}:3`, '--strategy', 'voting'];
    const made = await call(...words, '--strategy-param', 'voting.extract=number');
    expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('Kept v: ')]);
    const again = await call('consortium', 'save', 'v', '-m', GOOD, '--arbiter', 'sim/judge');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--replace')]);
    expect((await call('consortium', 'list', '--json')).stdout).toContain('"name":"v"');
    expect((await call('consortium', 'show', 'v')).stdout).toBe(
      `members:\n  - ${GOOD}:3\nstrategy:\n  voting:\n    extract: number\n`,
    );
    expect((await call('consortium', 'check', 'v', '--json')).stdout).toContain('"problems":[]');
    expect((await call('models', '--json')).stdout).toContain('"consortiums":["v"]');
    expect((await call('consortium', 'remove', 'v')).code).toBe(0);
    expect((await call('consortium', 'remove', 'v')).code).toBe(1);
    for (const name of ['../x', 'CON', 'list', 'a/b']) {
      expect((await call('consortium', 'save', name, '-m', GOOD)).code, name).toBe(2);
    }
  });

  test('answers rows of a run, which does not go on once it has changed', async () => {
    save(
      'team',
      `members: ["${GOOD}:2", "sim/member?skill=1&latency=100ms"]\narbiter: sim/judge\n`,
    );
    const rows = Array.from({ length: 30 }, (_, n) => ({
      prompt: `${PROMPT} ${n}`,
      model: 'team',
    }));
    writeExperiment(cwd, 'e.jsonl', rows);
    const words = ['run', 'e.jsonl', '-o', 'o', '--concurrency', '1'];
    const plan = await call('run', 'e.jsonl', '--dry-run', '--json');
    expect(JSON.parse(plan.stdout)).toMatchObject({ calls: 120, mostCalls: 30 * 15 });
    const process = startTutti(words, { cwd, env });
    while (runFoldersOf(join(cwd, 'o'), 'e').flatMap(answerLinesOf).length < 8) await sleep(5);
    process.kill('SIGINT');
    expect((await process.done).code).toBe(130);
    save('team', `members: ["${GOOD}:2"]\narbiter: sim/judge\n`);
    const changed = await call(...words);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toMatch(
      /the name team stood for consortium team \(definition [0-9a-f]{12}\)/,
    );
    save(
      'team',
      `members: ["${GOOD}:2", "sim/member?skill=1&latency=100ms"]\narbiter: sim/judge\n`,
    );
    const { code, stderr } = await call(...words);
    expect(code, stderr).toBe(0);
    const records = recordsOf(onlyRunOf(join(cwd, 'o'), 'e'));
    expect(records).toHaveLength(30);
    for (const { answer } of records) {
      expect(answer).toMatchObject({
        ...{ status: 'ok', model: 'team' },
        consortium: { status: 'complete', confidence_source: 'arbiter', asked: 3 },
      });
      expect(JSON.stringify(answer)).not.toContain('"response"');
    }
  });

  test('that is degraded ends a run, and an ask, with 1, and is counted', async () => {
    save(
      'team',
      `members: ["${GOOD}:2", "sim/member?hang=1"]\nstrategy: voting\nall: true\nmemberTimeout: 300ms\n`,
    );
    writeExperiment(cwd, 'e.jsonl', [{ prompt: PROMPT, model: 'team' }]);
    const run = await call('run', 'e.jsonl', '-o', 'o', '--json');
    expect([run.code, JSON.parse(run.stdout).degraded], run.stderr).toEqual([1, 1]);
    expect(run.stderr).toContain('degraded  1 answer');
    const again = await call('run', 'e.jsonl', '-o', 'o', '--json');
    expect([again.code, JSON.parse(again.stdout).degraded]).toEqual([1, 1]);
    const ask = await call('ask', PROMPT, '-m', 'team');
    expect(ask.code).toBe(1);
    expect(ask.stdout).toContain('## team\n[degraded: sim/member?hang=1#1 is missing');
  });

  test('is a member of another, and a judge, with one call in flight at a time', async () => {
    save('voters', voters);
    save('outer', `members: [voters, "${GOOD}"]\narbiter: sim/judge\n`);
    writeExperiment(cwd, 'e.jsonl', [{ prompt: PROMPT, model: 'outer' }]);
    const { code, stderr } = await call('run', 'e.jsonl', '-o', 'o', '--concurrency', '1');
    expect(code, stderr).toBe(0);
    save('a', 'members: [b]\narbiter: sim/judge\n');
    save('b', 'members: [a]\narbiter: sim/judge\n');
    const loop = await call('ask', 'x', '-m', 'a');
    expect([loop.code, loop.stderr]).toEqual([2, expect.stringContaining('a -> b -> a')]);
  });

  test('of the working folder is none', async () => {
    mkdirSync(join(cwd, 'consortiums'));
    writeFileSync(join(cwd, 'consortiums', 'evil.yaml'), voters);
    expect((await call('ask', 'x', '-m', 'evil')).code).toBe(2);
    expect((await call('consortium', 'evil', 'x')).code).toBe(2);
  });
});
