import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Sim } from '../../src/sim/index.ts';
import { linesOf } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/self-instruct/', import.meta.url));

it('the example self-instruct makes tasks of seeds, keeps the good ones and answers them', async () => {
  const cwd = temporaryFolder();
  const words = ['map', join(EXAMPLE, 'seeds.csv'), '--steps', join(EXAMPLE, 'steps.yaml')];
  const { code, stdout, stderr } = await tutti([...words, '-o', 'tasks.jsonl', '--json'], { cwd });
  expect(code, stderr).toBe(0);
  const { steps, out } = JSON.parse(stdout);
  expect(steps).toMatchObject([
    { name: 'instructions', in: 5, failed: 0 },
    { name: 'filter', in: steps[0].out, out: steps[2].in, failed: 0 },
    { name: 'answers', out, failed: 0, dropped: 0 },
  ]);
  expect(steps[1].dropped).toBe(steps[1].in - steps[1].out);
  const tasks = linesOf(join(cwd, 'tasks.jsonl')).map((line) => JSON.parse(line));
  expect(tasks).toHaveLength(out);
  for (const task of tasks) {
    expect(Object.keys(task)).toEqual([
      ...['topic', 'example', 'instruction', 'verdict', 'reason', 'output'],
    ]);
    expect(task.verdict).toBe('good');
    expect(task.output).toContain(task.instruction);
  }
  expect(stderr).toContain('dedupe-rows behind instructions: all rows wait there');
  expect(stderr).toMatch(/step +in +out +dropped +failed +cost/);
});

const STEPS = (model: string, dedupe = '') => `
steps:
  - name: list
    prompt: 'list \${text}'
    columns: item
    ${dedupe}
  - name: rate
    prompt: 'rate \${item}'
    columns: score:integer
    single: true
    model: ${model}
    keep: score >= 10
  - name: tell
    prompt: 'tell \${item} \${score}'
`;

/** Endpoints that are slow enough to be killed among their answers, one for each step. */
async function twoSims(): Promise<readonly [Sim, Sim]> {
  const latency = { kind: 'uniform', fromMs: 10, toMs: 20 } as const;
  return [
    await startedSim({ latency, answer: 'rehearsal' }),
    await startedSim({ latency, answer: 'rehearsal' }),
  ];
}

it.each([
  ['nothing', ''],
  ['a step that compares all rows', 'dedupe-rows: item'],
])(
  'steps with %s between, killed at five moments, go on and come out as if nothing had been',
  async (_, dedupe) => {
    const rows = Array.from({ length: 60 }, (_, n) => JSON.stringify({ text: `row ${n}` }));
    const begun = async () => {
      const cwd = temporaryFolder();
      const sims = await twoSims();
      writeFileSync(join(cwd, 'a.jsonl'), `${rows.join('\n')}\n`);
      writeFileSync(join(cwd, 'steps.yaml'), STEPS(referenceOf(sims[1]), dedupe));
      const words = ['map', 'a.jsonl', '--steps', 'steps.yaml', '-m', referenceOf(sims[0])];
      const requests = () => sims.flatMap((sim) => sim.requests);
      return { cwd, requests, words: [...words, '-o', 'out.jsonl', '--json', '-q'] };
    };
    const whole = await begun();
    const right = await tutti(whole.words, whole);
    expect(right.code, right.stderr).toBe(0);
    const { asks, out, steps } = JSON.parse(right.stdout);
    expect(steps).toMatchObject([{ in: 60 }, { in: steps[0].out }, { in: steps[1].out, out }]);

    const killed = await begun();
    const ends: (number | null)[] = [];
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const started = startTutti([...killed.words, '--concurrency', '10'], killed);
      const isDone = started.done.then(() => true);
      while (killed.requests().length < asks * share) {
        const ended = await Promise.race([
          isDone,
          new Promise((resolve) => setTimeout(resolve, 5)),
        ]);
        if (ended === true) break;
      }
      started.kill('SIGKILL');
      ends.push((await started.done).code);
    }
    // A signal leaves no exit code: it was not through every time.
    expect(ends).toContain(null);
    const last = await tutti(killed.words, killed);
    expect(last.code, last.stderr).toBe(0);
    expect(JSON.parse(last.stdout)).toMatchObject({ asks, out, in: 60, answered: 60 });
    const made = (cwd: string) => readFileSync(join(cwd, 'out.jsonl'), 'utf8');
    expect(made(killed.cwd)).toBe(made(whole.cwd));
    // Calls that were in flight are asked again; none that was answered.
    expect(killed.requests().length).toBeLessThanOrEqual(asks + 5 * 20);
    expect(new Set(killed.requests().map(promptOf))).toEqual(
      new Set(whole.requests().map(promptOf)),
    );
  },
);

it('a step whose model refuses the key stops after one call, and goes on once the key is right', async () => {
  const cwd = temporaryFolder();
  const [first, judge] = await Promise.all([
    startedSim({ answer: 'rehearsal' }),
    startedSim({ answer: 'rehearsal', apiKeys: ['right'] }),
  ]);
  writeFileSync(join(cwd, 'a.jsonl'), '{"text":"x"}\n{"text":"y"}\n');
  writeFileSync(join(cwd, 'steps.yaml'), STEPS('openai/judge'));
  const words = ['map', 'a.jsonl', '--steps', 'steps.yaml', '-m', referenceOf(first), '-q'];
  const withKey = (key: string) => ({
    cwd,
    env: { OPENAI_API_KEY: key, OPENAI_BASE_URL: judge.baseUrl('openai-chat') },
  });
  const stopped = await tutti([...words, '--json'], withKey('wrong'));
  expect(stopped.code).toBe(1);
  expect(JSON.parse(stopped.stdout)).toMatchObject({ state: 'unfinished', answered: 0, failed: 0 });
  expect(judge.requests).toHaveLength(1);
  const before = first.requests.length;
  const again = await tutti([...words, '--json'], withKey('right'));
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ state: 'finished', answered: 2 });
  const prompts = first.requests.slice(before).map(promptOf);
  expect(prompts.filter((prompt) => prompt.startsWith('list'))).toEqual([]);
});
