import { describe, expect, it } from 'vitest';
import { createFakeCli, runWords } from '../../../../test/support/fake-cli.ts';
import { sampleOutcome, sampleReadyRun } from '../../../../test/support/sample-run.ts';
import type { Engine, KeyReport } from '../../../runtime/index.ts';
import { command } from './index.ts';
import { renderNextSteps } from './next-steps.ts';

const report = (name: string, where?: string): KeyReport => ({
  name,
  label: name,
  kind: 'provider',
  keyRequired: true,
  keyVariables: [`${name.toUpperCase()}_API_KEY`],
  key:
    where === undefined
      ? null
      : { variable: `${name.toUpperCase()}_API_KEY`, origin: 'shell', where, ends: null },
  baseUrl: 'https://host/v1',
  baseUrlSource: null,
  baseUrlVariables: [],
  ready: where !== undefined,
});

describe('renderNextSteps', () => {
  it('says which keys were found, where, and a command that uses one', () => {
    const text = renderNextSteps([report('openai'), report('groq', 'shell')]);
    expect(text).toContain('Keys found: GROQ_API_KEY (shell).');
    expect(text).toContain('tutti ask "your question" -m groq/MODEL');
    expect(text).not.toContain('tutti keys set');
  });

  it('says what was looked for when there is none', () => {
    const text = renderNextSteps(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => report(name)));
    expect(text).toContain(
      'No key was found; looked for A_API_KEY, B_API_KEY, C_API_KEY, D_API_KEY and 2 more.',
    );
    expect(text).toContain('tutti keys set openai');
  });
});

describe('tutti try', () => {
  const engine = (state: 'finished' | 'interrupted'): Partial<Engine> => ({
    prepareTry: async ({ out }) =>
      sampleReadyRun({
        folder: `${out}/quickstart/2026`,
        simulated: true,
        execute: async () => sampleOutcome({ state }),
      }),
    listModels: async () => {
      throw new Error('the settings are wrong');
    },
  });

  it('says plainly that no model is asked, before and after, whatever stands in the settings', async () => {
    const { context, stderr, stdout } = createFakeCli({ engine: engine('finished') });
    expect(await runWords(command, ['-o', 'there'], context)).toBe(0);
    expect(stderr.text.split('\n')[0]).toBe(
      'SIMULATED endpoints on 127.0.0.1: no model is asked, nothing is paid',
    );
    expect(stderr.text).toContain('simulated: no model was asked, nothing was paid');
    expect(stderr.text).toContain('results  there/quickstart/2026');
    expect(stdout.text).toBe('');
  });

  it('does not promise to go on after an interruption, for each look is a new one', async () => {
    const { context, stderr } = createFakeCli({ engine: engine('interrupted') });
    expect(await runWords(command, [], context)).toBe(130);
    expect(stderr.text).not.toContain('goes on from here');
    expect(stderr.text).not.toContain('Now for real');
  });
});
