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
