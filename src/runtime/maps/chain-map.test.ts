import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { chatCompletion, startScriptedServer } from '../../../test/support/scripted-server.ts';
import { prepareMap } from '../actions/map.ts';
import { planMap } from '../actions/plan-map.ts';
import { findResults } from '../runs/results-place.ts';
import type { MapRequest } from './map-request.ts';
import type { MapOutcome } from './ready-map.ts';

interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** A server whose answers are said by the prompt; a number is the status of a refusal. */
async function serverOf(replyTo: (prompt: string, asked: Asked) => string | number) {
  const prompts: string[] = [];
  const server = await startScriptedServer(({ body }) => {
    const request = JSON.parse(body) as Asked;
    const prompt = request.messages.find(({ role }) => role === 'user')!.content;
    prompts.push(prompt);
    const reply = replyTo(prompt, request);
    if (typeof reply === 'number') return { status: reply, body: { error: { message: 'no' } } };
    const message = { role: 'assistant', content: reply };
    const choices = [{ index: 0, finish_reason: 'stop', message }];
    return { body: { ...chatCompletion(''), choices } };
  });
  return { prompts, model: `${server.url}/v1#m`, url: server.url };
}

interface ChainRequest extends Partial<MapRequest> {
  readonly yaml: string;
  readonly rows: readonly object[];
}

async function prepared(engine: SampleEngine, { yaml, rows, ...request }: ChainRequest) {
  const steps = join(engine.folder, 'steps.yaml');
  writeFileSync(steps, yaml);
  return prepareMap(engine.context, {
    ...{ file: engine.write('a.jsonl', rows), steps },
    ...{ out: join(engine.folder, 'out'), output: join(engine.folder, 'made.jsonl') },
    ...request,
  });
}

async function mapped(engine: SampleEngine, request: ChainRequest): Promise<MapOutcome> {
  const map = await prepared(engine, request);
  if ('finished' in map) throw new Error('the map is finished');
  return map.execute();
}

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const made = ({ folder }: SampleEngine) => linesOf(join(folder, 'made.jsonl'));

function runFile({ folder }: SampleEngine, name: string) {
  const runs = join(folder, 'out', 'map-a');
  return linesOf(join(runs, readdirSync(runs)[0]!, name));
}

const THREE = `
steps:
  - name: ask
    prompt: 'ask \${topic}'
    columns: q
  - name: rate
    prompt: 'rate \${q}'
    columns: score:integer
    single: true
    keep: score >= 3
  - name: answer
    prompt: 'answer \${q} of \${topic}'
    column: a
`;

/** Two questions a topic; `q1` gets the score 1, all others 5. */
const usual = (prompt: string): string => {
  const [what, about] = prompt.split(' ');
  if (what === 'ask') return JSON.stringify({ rows: [{ q: `${about}1` }, { q: `${about}2` }] });
  if (what === 'rate') return JSON.stringify({ score: about === 'x1' ? 1 : 5 });
  return `the answer to ${prompt.slice('answer '.length)}`;
};

describe('a map of several steps', () => {
  it('takes each child through the further steps, and lets go what is not kept', async () => {
    const engine = sampleEngine();
    const { model, prompts } = await serverOf(usual);
    const rows = [{ topic: 'x' }, { topic: 'y' }];
    const outcome = await mapped(engine, { yaml: THREE, rows, models: [model] });
    expect(made(engine)).toEqual([
      { topic: 'x', q: 'x2', score: 5, a: 'the answer to x2 of x' },
      { topic: 'y', q: 'y1', score: 5, a: 'the answer to y1 of y' },
      { topic: 'y', q: 'y2', score: 5, a: 'the answer to y2 of y' },
    ]);
    expect(outcome.counts).toMatchObject({ in: 2, answered: 2, failed: 0, out: 3, asks: 9 });
    expect(outcome.counts).toMatchObject({ dropped: 1 });
    expect(outcome.steps).toMatchObject([
      { name: 'ask', in: 2, out: 4, failed: 0, dropped: 0 },
      { name: 'rate', in: 4, out: 3, failed: 0, dropped: 1 },
      { name: 'answer', in: 3, out: 3, failed: 0, dropped: 0 },
    ]);
    expect(prompts).not.toContain('answer x1 of x');
    const names = runFile(engine, 'journal.jsonl').flatMap(({ call }) => call ?? []);
    expect(new Set(names)).toEqual(
      new Set(['ask', 'rate/0', 'rate/1', 'answer/0.0', 'answer/1.0']),
    );
    expect(runFile(engine, 'failed.jsonl')).toEqual([]);
    const [run] = readdirSync(join(engine.folder, 'out', 'map-a'));
    const folder = join(engine.folder, 'out', 'map-a', run!);
    expect(readdirSync(folder)).not.toContain('completed.jsonl');
    await expect(findResults(folder, engine.folder)).rejects.toMatchObject({
      code: 'bad_usage',
      message: expect.stringContaining('a map of several steps'),
    });
    const again = await prepared(engine, { yaml: THREE, rows, models: [model] });
    if (!('finished' in again)) throw new Error('it is not finished');
    expect(await again.makeAgain()).toMatchObject({ counts: outcome.counts, steps: outcome.steps });
    expect(prompts).toHaveLength(9);
  });

  it('gives nulls to what failed or came to nothing, and lists the row with what failed of it', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf((prompt) => {
      if (prompt === 'ask z') return 400;
      if (prompt === 'ask e') return '{"rows":[]}';
      return prompt === 'rate y2' ? 'no JSON' : usual(prompt);
    });
    const rows = [{ topic: 'y' }, { topic: 'z' }, { topic: 'e' }];
    const outcome = await mapped(engine, { yaml: THREE, rows, models: [model], reasks: 1 });
    expect(made(engine)).toEqual([
      { topic: 'y', q: 'y1', score: 5, a: 'the answer to y1 of y' },
      { topic: 'y', q: 'y2', score: null, a: null },
      { topic: 'z', q: null, score: null, a: null },
      { topic: 'e', q: null, score: null, a: null },
    ]);
    expect(outcome.counts).toMatchObject({ in: 3, answered: 2, failed: 1, partial: 1, empty: 1 });
    expect(outcome.steps).toMatchObject([
      { in: 3, out: 2, failed: 1 },
      { in: 2, out: 1, failed: 1 },
      { in: 1, out: 1, failed: 0 },
    ]);
    expect(runFile(engine, 'failed.jsonl')).toMatchObject([
      {
        topic: 'y',
        response: 'no JSON',
        answer: { error: { code: 'partial' } },
        errors: [{ ask: 'rate/1', code: 'invalid_output' }],
      },
      { topic: 'z', answer: { error: { code: 'bad_request' } }, errors: [{ ask: 'ask' }] },
    ]);
    const asked = runFile(engine, 'journal.jsonl').flatMap(({ call }) => call ?? []);
    expect(asked).toContain('rate/1/again/1');
  });

  it('asks what has failed once more where that is asked for, and keeps what is right', async () => {
    const engine = sampleEngine();
    let isMended = false;
    const { model, prompts } = await serverOf((prompt) => {
      if (isMended) return usual(prompt);
      if (prompt === 'answer z2 of z') return 400;
      return prompt === 'rate y2' ? 'no JSON' : usual(prompt);
    });
    const request = { yaml: THREE, models: [model], rows: [{ topic: 'y' }, { topic: 'z' }] };
    expect((await mapped(engine, request)).counts).toMatchObject({ answered: 2, partial: 2 });
    const before = prompts.length;
    isMended = true;
    const { counts, steps } = await mapped(engine, { ...request, onlyFailed: true });
    expect(prompts.slice(before).sort()).toEqual(['answer y2 of y', 'answer z2 of z', 'rate y2']);
    expect(counts).toMatchObject({ answered: 2, partial: 0, failed: 0, out: 4 });
    expect(steps.map(({ failed }) => failed)).toEqual([0, 0, 0]);
    expect(made(engine).map(({ a }) => a)).not.toContain(null);
    expect(runFile(engine, 'failed.jsonl')).toEqual([]);
  });

  it('asks what has failed once more behind a step that compares all rows, and asks nothing twice', async () => {
    const engine = sampleEngine();
    const yaml = THREE.replace('columns: q', 'columns: q\n    dedupe-rows: q');
    const failing = new Set(['ask z', 'answer y1 of y']);
    const { model, prompts } = await serverOf((prompt) =>
      failing.has(prompt) ? 400 : usual(prompt),
    );
    const request = { yaml, models: [model], rows: [{ topic: 'y' }, { topic: 'z' }] };
    expect((await mapped(engine, request)).counts).toMatchObject({ partial: 1, failed: 1 });
    failing.delete('ask z');
    const before = prompts.length;
    const { counts } = await mapped(engine, { ...request, onlyFailed: true });
    expect(counts).toMatchObject({ answered: 2, partial: 1, failed: 0 });
    expect(prompts.slice(before).sort()).toEqual([
      ...['answer y1 of y', 'answer z1 of z', 'answer z2 of z'],
      ...['ask z', 'rate z1', 'rate z2'],
    ]);
  });

  it('compares all rows where a step says so, and asks about none that is a repeat', async () => {
    const engine = sampleEngine();
    const { model, prompts } = await serverOf((prompt) =>
      prompt.startsWith('ask') ? '{"rows":[{"q":"same"},{"q":"same"}]}' : usual(prompt),
    );
    const yaml = THREE.replace('columns: q', 'columns: q\n    dedupe-rows: q');
    const rows = Array.from({ length: 20 }, (_, n) => ({ topic: `t${n}` }));
    const { counts, steps } = await mapped(engine, { yaml, rows, models: [model] });
    expect(made(engine)).toEqual([
      { topic: 't0', q: 'same', score: 5, a: 'the answer to same of t0' },
    ]);
    expect(counts).toMatchObject({ in: 20, answered: 20, out: 1, asks: 22 });
    expect(steps).toMatchObject([{ in: 20, out: 1, dropped: 39 }, { in: 1 }, { in: 1 }]);
    expect(prompts.at(-1)).toBe('answer same of t0');
  });

  it('goes on behind such a step only when all rows have come to it', async () => {
    const engine = sampleEngine();
    let isRefused = true;
    const { model, prompts } = await serverOf((prompt) =>
      isRefused && prompt === 'ask t3' ? 401 : usual(prompt),
    );
    const yaml = THREE.replace('columns: q', 'columns: q\n    dedupe-rows: q');
    const rows = Array.from({ length: 4 }, (_, n) => ({ topic: `t${n}` }));
    const stopped = await mapped(engine, { yaml, rows, models: [model] });
    expect(stopped).toMatchObject({ state: 'unfinished', output: null, unasked: 4 });
    expect(prompts.filter((prompt) => !prompt.startsWith('ask'))).toEqual([]);
    isRefused = false;
    const { counts, state } = await mapped(engine, { yaml, rows, models: [model] });
    expect(state).toBe('finished');
    expect(counts).toMatchObject({ in: 4, answered: 4, out: 8 });
    expect(prompts.filter((prompt) => prompt === 'ask t0')).toHaveLength(1);
  });

  it('asks a sample of rows alone, and goes on with the others by the same steps', async () => {
    const engine = sampleEngine();
    const { model, prompts } = await serverOf(usual);
    const yaml = THREE.replace('columns: q', 'columns: q\n    dedupe-rows: q');
    const rows = Array.from({ length: 10 }, (_, n) => ({ topic: `t${n}` }));
    const { sample, output } = await mapped(engine, { yaml, rows, models: [model], sample: 2 });
    expect(output).toBeNull();
    expect(sample).toHaveLength(4);
    expect(prompts).toHaveLength(2 + 4 + 4);
    const whole = await mapped(engine, { yaml, rows, models: [model] });
    expect(whole.counts).toMatchObject({ in: 10, answered: 10, out: 20, asks: 50 });
    expect(prompts).toHaveLength(50);
  });

  it('asks each step of its own model, and each row of each where several are named', async () => {
    const engine = sampleEngine();
    const models: string[] = [];
    const { url } = await serverOf((prompt, asked) => {
      models.push(`${asked.model} ${prompt.split(' ')[0]}`);
      return usual(prompt);
    });
    const of = (name: string) => `${url}/v1#${name}`;
    const yaml = THREE.replace('name: rate', `name: rate\n    model: '${of('judge')}'`);
    const rows = [{ topic: 'y' }];
    await mapped(engine, { yaml, rows, models: [of('one'), of('two')] });
    expect(made(engine)).toHaveLength(4);
    expect(made(engine).map(({ model }) => model)).toEqual([
      of('one'),
      of('one'),
      of('two'),
      of('two'),
    ]);
    expect(new Set(models)).toEqual(
      new Set(['one ask', 'two ask', 'judge rate', 'one answer', 'two answer']),
    );
  });

  it('explodes a list within a step, so that each of it goes on', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf((prompt) =>
      prompt === 'list x' ? '{"items":[{"k":1},{"k":2}]}' : `got ${prompt}`,
    );
    const schema = join(engine.folder, 'schema.json');
    const items = {
      type: 'array',
      items: { type: 'object', properties: { k: { type: 'integer' } } },
    };
    writeFileSync(schema, JSON.stringify({ type: 'object', properties: { items } }));
    const yaml = `
steps:
  - { name: list, prompt: 'list \${topic}', schema: schema.json, explode: items }
  - { name: get, prompt: '\${k}', column: got }
`;
    await mapped(engine, { yaml, rows: [{ topic: 'x' }], models: [model] });
    expect(made(engine)).toEqual([
      { topic: 'x', k: 1, got: 'got 1' },
      { topic: 'x', k: 2, got: 'got 2' },
    ]);
  });

  it('tells all that is wrong with the steps at once, and begins nothing', async () => {
    const engine = sampleEngine();
    const { model, prompts } = await serverOf(usual);
    const yaml = `
steps:
  - { name: a, prompt: '\${topic} \${gone} \${late}', column: t, color: red }
  - { name: a, prompt: '{{ t | foo }}', column: t }
  - { name: b, prompt: '\${t}', columns: 'late,late', keep: 'late >= ' }
  - { name: c, column: u }
`;
    const error = await mapped(engine, {
      yaml,
      rows: [{ topic: 'x' }],
      models: [model],
      prompt: 'x',
    }).catch((thrown) => thrown);
    expect(error.code).toBe('bad_input');
    for (const part of [
      "steps.yaml:3:63: unknown key 'color'",
      'steps.yaml:4:5: the name a is taken by the step at',
      'step a reads "gone", which neither the table has nor a step before it makes',
      'step a reads "late"',
      'step a makes "t", which a step before it makes',
      'undefined filter: foo',
      '--columns has "late" more than once',
      '--keep',
      'the step says nothing to ask',
      '--prompt with --steps',
    ]) {
      expect(error.message).toContain(part);
    }
    expect(prompts).toEqual([]);
    expect(readdirSync(engine.folder)).not.toContain('out');
  });
});

describe('the plan of a map of several steps', () => {
  const planned = (engine: SampleEngine, { yaml, rows, ...request }: ChainRequest) => {
    const steps = join(engine.folder, 'steps.yaml');
    writeFileSync(steps, yaml);
    return planMap(engine.context, { file: engine.write('a.jsonl', rows), steps, ...request });
  };
  const rows = [{ topic: 'x' }, { topic: 'y' }];

  it('has what the first step asks, and what each later one asks at most, with what that assumes', async () => {
    const engine = sampleEngine();
    const { url, prompts } = await serverOf(usual);
    const of = (model: string) => `${url}/v1#${model}`;
    const yaml = `
steps:
  - { name: ask, prompt: '\${topic}', columns: q, max-objects: 10, model: '${of('one')}' }
  - { name: rate, prompt: '\${q}', columns: score:integer, single: true, n: 2 }
  - { name: answer, prompt: '\${q} \${score}', model: '${of('one')}' }
`;
    const plan = await planned(engine, { yaml, rows, models: [of('m')] });
    // 2 rows, 20 objects of them, 2 verdicts of each, each of which goes on.
    expect(plan.lanes.find(({ name }) => name === of('m'))).toMatchObject({ mostCalls: 40 });
    expect(plan.lanes.find(({ name }) => name === of('one'))).toMatchObject({ mostCalls: 42 });
    expect(plan).toMatchObject({ rows: 2, calls: 2, mostCalls: 82 });
    const said = plan.notices.map((notice) => 'sentence' in notice && notice.sentence);
    expect(said).toEqual([
      expect.stringMatching(/^step rate: at most 40 calls, .* has the 10 objects/),
      'step answer: at most 40 calls, if each of 2 answers a row of step rate goes on',
      expect.stringMatching(/^tokens, cost and time are those of step ask alone/),
    ]);
    expect(prompts).toEqual([]);
  });

  it('asks of each of several models what is asked at most of it', async () => {
    const engine = sampleEngine();
    const { url } = await serverOf(usual);
    const models = [`${url}/v1#a`, `${url}/v1#b`];
    const yaml = `
steps:
  - { name: one, prompt: '\${topic}', column: first }
  - { name: two, prompt: '\${first}', column: second }
`;
    const plan = await planned(engine, { yaml, rows, models });
    expect(plan).toMatchObject({ calls: 4, mostCalls: 8 });
    expect(plan.lanes).toMatchObject([
      { calls: 2, mostCalls: 4 },
      { calls: 2, mostCalls: 4 },
    ]);
  });

  it('says where nobody can tell, and gives no number', async () => {
    const engine = sampleEngine();
    const { model } = await serverOf(usual);
    const schema = '{"type":"object","properties":{"items":{"type":"array"}}}';
    writeFileSync(join(engine.folder, 's.json'), schema);
    const yaml = `
steps:
  - { name: one, prompt: '\${topic}', schema: s.json, explode: items }
  - { name: two, prompt: '\${topic}', column: second }
`;
    const plan = await planned(engine, { yaml, rows, models: [model] });
    expect(plan).toMatchObject({ calls: 2, mostCalls: Number.POSITIVE_INFINITY });
    expect(plan.notices[0]).toMatchObject({
      sentence: expect.stringMatching(/^step two: nobody can tell how many calls/),
    });
  });
});
