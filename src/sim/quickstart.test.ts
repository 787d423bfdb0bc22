import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { rehearsedAnswer } from './answers/rehearsed-answer.ts';
import { SIM_MODELS } from './settings/sim-models.ts';

interface Line {
  readonly id: string;
  readonly model: string;
  readonly prompt: string;
  readonly parameters?: JsonObject;
  readonly expected_response: string;
}

const file = new URL('../../examples/quickstart/experiment.jsonl', import.meta.url);
const lines = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

function answerTo({ model, prompt }: Line, rightShare?: number): string {
  const settings = SIM_MODELS.find(({ name }) => `sim/${name}` === model);
  const asked = {
    protocol: settings?.protocol ?? 'openai-chat',
    model: settings?.name ?? '',
    messages: [{ role: 'user', text: prompt }],
    prompt,
    choices: 1,
    stream: false,
    includeUsage: false,
    maxTokens: null,
  } as const;
  return rehearsedAnswer(asked, rightShare ?? settings?.rightShare ?? Number.NaN);
}

describe('the quickstart experiment', () => {
  test('asks 40 questions of four models, by prompt, under ids of their own', () => {
    expect(lines).toHaveLength(160);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(160);
    expect(new Set(lines.map(({ prompt }) => prompt)).size).toBe(40);
    const models = ['sim/quick', 'sim/careful', 'sim/moody', 'sim/slow'];
    lines.forEach((line, index) => {
      expect(line.model).toBe(models[index % 4]);
      expect(line.id).toBe(`${line.id.split('.')[0]}.${line.model.slice(4)}`);
    });
    expect(lines.some(({ parameters }) => parameters?.temperature !== undefined)).toBe(true);
  });

  test('has a known answer to every question, equal to the expected one', () => {
    for (const line of lines) expect(answerTo(line, 1), line.prompt).toBe(line.expected_response);
  });

  test('gets a wrong answer that differs from the right one where a model is wrong', () => {
    for (const line of lines) {
      expect(answerTo(line, 0), line.prompt).not.toBe(line.expected_response);
    }
  });

  test('is answered best by careful, and worst by moody', () => {
    const share = (name: string) => {
      const own = lines.filter(({ model }) => model === `sim/${name}`);
      return own.filter((line) => answerTo(line) === line.expected_response).length / own.length;
    };
    expect(share('careful')).toBeGreaterThan(0.85);
    for (const name of ['quick', 'slow']) {
      expect(share(name)).toBeLessThan(share('careful'));
      expect(share(name)).toBeGreaterThan(share('moody'));
    }
  });
});
