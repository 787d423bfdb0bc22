import { expect, test } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import { startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const PROMPT = 'one two three four five six seven eight nine ten';
const PROVIDERS = ['openai', 'openai-responses', 'anthropic', 'gemini', 'ollama'];

/** Asks in every protocol; answers that people read are streamed. */
async function askAll(fault: string, ...more: string[]) {
  const sim = await startedSim({ faults: parseFaults(fault) });
  const env: Record<string, string> = { OLLAMA_BASE_URL: sim.url };
  for (const name of ['OPENAI', 'ANTHROPIC', 'GEMINI']) {
    env[`${name}_BASE_URL`] = sim.url;
    env[`${name}_API_KEY`] = 'any-key-at-all';
  }
  const models = PROVIDERS.flatMap((provider) => ['-m', `${provider}/m`]);
  const words = ['ask', PROMPT, '--attempts', '1', ...models, ...more];
  const result = await tutti(words, { cwd: temporaryFolder(), env });
  expect(sim.counts.requests).toBe(PROVIDERS.length);
  expect(sim.counts.faults).toBe(PROVIDERS.length);
  return result;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

test.each(['stream-cut', 'stream-error', 'truncated'])(
  'a stream that breaks off (%s) is no answer in any protocol; what had come is marked as cut short',
  async (fault) => {
    const { code, stdout, stderr } = await askAll(fault);
    expect(code).toBe(1);
    expect(count(stdout, 'echo: one')).toBe(PROVIDERS.length);
    expect(count(stdout, '[cut short]')).toBe(PROVIDERS.length);
    expect(stdout).not.toContain('ten');
    for (const provider of PROVIDERS) expect(stderr).toContain(`${provider}/m: `);
  },
);

test('a stream that is complete but for its last line is an answer in every protocol', async () => {
  const { code, stdout } = await askAll('no-done');
  expect(code).toBe(0);
  expect(count(stdout, `echo: ${PROMPT}`)).toBe(PROVIDERS.length);
});

test.each([[[]], [['--json']]])(
  'an error in place of the answer is told as what it is, streamed or not: %j',
  async (more) => {
    const { code, stdout, stderr } = await askAll('ok-error=insufficient_quota', ...more);
    expect(code).toBe(1);
    expect(stdout).not.toContain('"status":"ok"');
    expect(stdout).not.toContain('echo:');
    for (const provider of PROVIDERS) expect(stderr).toContain(`${provider}/m: `);
  },
);

/** Asks by Chat Completions, in which most servers have habits of their own. */
async function askChat(fault: string, ...more: string[]) {
  const sim = await startedSim({ faults: parseFaults(fault) });
  const env = { OPENAI_BASE_URL: sim.url, OPENAI_API_KEY: 'any-key-at-all' };
  const words = ['ask', PROMPT, '--attempts', '1', '-m', 'openai/m', ...more];
  const result = await tutti(words, { cwd: temporaryFolder(), env });
  return { ...result, requests: sim.counts.requests };
}

test.each([
  ['no-finish', 1],
  ['comments', 1],
  ['no-streams', 2],
  ['no-stream-options', 2],
])(
  'a server with a habit of its own (%s) is asked and read all the same',
  async (habit, requests) => {
    const asked = await askChat(habit);
    expect([asked.code, asked.requests]).toEqual([0, requests]);
    expect(asked.stdout).toContain(`echo: ${PROMPT}`);
  },
);

test('a server that only streams is asked for streams where a program reads, unless the user rules it out', async () => {
  expect(await askChat('only-streams', '--json')).toMatchObject({ code: 0, requests: 2 });
  expect(await askChat('only-streams', '--json', '--stream')).toMatchObject({
    code: 0,
    requests: 1,
  });
  expect(await askChat('only-streams', '--json', '--no-stream')).toMatchObject({
    code: 1,
    requests: 1,
  });
});

test('an answer with nothing in it is an error, and so is one that was cut before its first word', async () => {
  const blank = await askChat('blank', '--json');
  expect(JSON.parse(blank.stdout).answer.error.code).toBe('empty_answer');
  const cut = await askChat('blank=length', '--json', '--keep-raw');
  const { answer } = JSON.parse(cut.stdout);
  expect([answer.error.code, answer.usage.input]).toEqual(['cut_before_text', expect.any(Number)]);
  expect(answer.raw.choices[0].finish_reason).toBe('length');
});
