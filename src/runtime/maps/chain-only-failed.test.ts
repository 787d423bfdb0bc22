import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { chatCompletion, startScriptedServer } from '../../../test/support/scripted-server.ts';
import { prepareMap } from '../actions/map.ts';
import type { MapRequest } from './map-request.ts';
import type { MapOutcome } from './ready-map.ts';

async function serverOf(replyTo: (prompt: string) => string) {
  const prompts: string[] = [];
  const { url } = await startScriptedServer(({ body }) => {
    const prompt: string = JSON.parse(body).messages[0].content;
    prompts.push(prompt);
    return { body: chatCompletion(replyTo(prompt)) };
  });
  return { prompts, model: `${url}/v1#m` };
}

async function mapped(
  engine: SampleEngine,
  { yaml, rows, ...request }: Partial<MapRequest> & { yaml: string; rows: readonly object[] },
): Promise<MapOutcome> {
  const steps = join(engine.folder, 'steps.yaml');
  writeFileSync(steps, yaml);
  const map = await prepareMap(engine.context, {
    ...{ file: engine.write('a.jsonl', rows), steps },
    ...{ out: join(engine.folder, 'out'), output: join(engine.folder, 'made.jsonl') },
    ...request,
  });
  if ('finished' in map) throw new Error('the map is finished');
  return map.execute();
}

const made = ({ folder }: SampleEngine) =>
  readFileSync(join(folder, 'made.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('what failed in a map of several steps', () => {
  it('is all asked once more, however much of one row it is', async () => {
    const engine = sampleEngine();
    const yaml = `
steps:
  - { name: ask, prompt: 'ask', columns: 'q:integer' }
  - { name: rate, prompt: 'rate \${q}', columns: 'score:integer', single: true }
`;
    const rows = Array.from({ length: 250 }, (_, q) => ({ q }));
    let rating = 'none';
    const { model, prompts } = await serverOf((prompt) =>
      prompt === 'ask' ? JSON.stringify({ rows }) : rating,
    );
    const request = { yaml, rows: [{ topic: 'x' }], models: [model], reasks: 0 };
    expect((await mapped(engine, request)).counts).toMatchObject({ partial: 1 });
    const before = prompts.length;
    rating = '{"score":5}';
    const { counts, steps } = await mapped(engine, { ...request, onlyFailed: true });
    expect(prompts).toHaveLength(before + 250);
    expect(counts).toMatchObject({ answered: 1, partial: 0 });
    expect(steps).toMatchObject([{ failed: 0 }, { in: 250, failed: 0 }]);
  });

  it('gives what it repeated back to the rows that had it too', async () => {
    const engine = sampleEngine();
    const yaml = `
steps:
  - { name: ask, prompt: 'ask \${topic}', columns: q, dedupe-rows: q }
  - { name: answer, prompt: 'answer \${q} of \${topic}', column: a }
`;
    let first = '{"rows":[{"q":"same"},{"no":1}]}';
    const { model, prompts } = await serverOf((prompt) => {
      if (prompt === 'ask x') return first;
      return prompt === 'ask y' ? '{"rows":[{"q":"same"},{"q":"own"}]}' : `said: ${prompt}`;
    });
    const rows = [{ topic: 'x' }, { topic: 'y' }];
    const request = { yaml, rows, models: [model], reasks: 0 };
    expect((await mapped(engine, request)).counts).toMatchObject({ partial: 1, dropped: 1 });
    const before = prompts.length;
    first = '{"rows":[{"q":"other"}]}';
    const { counts, steps } = await mapped(engine, { ...request, onlyFailed: true });
    expect(made(engine)).toEqual([
      { topic: 'x', q: 'other', a: 'said: answer other of x' },
      { topic: 'y', q: 'same', a: 'said: answer same of y' },
      { topic: 'y', q: 'own', a: 'said: answer own of y' },
    ]);
    expect(prompts.slice(before).sort()).toEqual([
      'answer other of x',
      'answer same of y',
      'ask x',
    ]);
    expect(counts).toMatchObject({ in: 2, answered: 2, partial: 0, out: 3, dropped: 0 });
    expect(steps).toMatchObject([{ failed: 0 }, { in: 3, out: 3, failed: 0 }]);
  });
});
