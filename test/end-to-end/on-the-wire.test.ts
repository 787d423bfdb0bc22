import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { chatCompletion, startScriptedServer } from '../support/scripted-server.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

test('parameters reach the server as they were written, long numbers and unknown keys too', async () => {
  const folder = temporaryFolder();
  const { url, requests } = await startScriptedServer(() => ({ body: chatCompletion('ok') }));
  const parameters =
    '{"seed":12345678901234567890,"temperature":1.5,"top_p":1.0,"my_own":{"deep":[9007199254740993,null,"\\u00e9"]},"max_tokens":7,"stop":["a","b"]}';
  const line = `{"id":12345678901234567891,"model":"${url}/v1#m","prompt":"hi","parameters":${parameters},"kept":12345678901234567892}`;
  writeFileSync(join(folder, 'e.jsonl'), `${line}\n`);
  const { code, stderr } = await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd: folder });
  expect(code, stderr).toBe(0);
  const { body } = requests[0]!;
  expect(body).toContain('"seed":12345678901234567890');
  expect(body).toContain('9007199254740993');
  const { messages, model, ...rest } = JSON.parse(body);
  expect(model).toBe('m');
  expect(messages).toEqual([{ role: 'user', content: 'hi' }]);
  expect({ ...rest, stream: undefined }).toEqual(JSON.parse(parameters));
  const [record] = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  expect(record!.response).toBe('ok');
  const asked = await tutti(
    [
      'ask',
      'hi',
      '-m',
      `${url}/v1#m`,
      '--param',
      'seed=12345678901234567890',
      '--param',
      'x=text',
      '--system',
      'be short',
    ],
    { cwd: folder },
  );
  expect(asked.code).toBe(0);
  expect(requests[1]!.body).toContain('"seed":12345678901234567890');
  expect(JSON.parse(requests[1]!.body)).toMatchObject({
    x: 'text',
    messages: [
      { role: 'system', content: 'be short' },
      { role: 'user', content: 'hi' },
    ],
  });
});

test('messages reach the server as they were written: every key, part, role, space and digit', async () => {
  const folder = temporaryFolder();
  const { url, requests } = await startScriptedServer(() => ({ body: chatCompletion('ok') }));
  const messages =
    '[{"role":"developer","content":"Be brief. ","name":"ann"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":""}]},{"role":"assistant","content":null,"tool_calls":[{"id":"1","x":1.0}]},{"role":"tool","tool_call_id":"1","content":"4"},{"role":"assistant","content":"It is ","prefix":true}]';
  const line = `{"model":"${url}/v1#o3-mini","prompt":${messages},"parameters":{"temperature":0.0,"n":2.0}}`;
  writeFileSync(join(folder, 'e.jsonl'), `${line}\n`);
  const { code, stderr } = await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd: folder });
  expect(code, stderr).toBe(0);
  expect(requests.map(({ body }) => body)).toEqual(
    Array(2).fill(`{"model":"o3-mini","messages":${messages},"temperature":0.0}`),
  );
});

test('parameters cannot change the model, the messages or the stream', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const parameters = {
    model: 'other',
    messages: [{ role: 'user', content: 'evil' }],
    stream: true,
  };
  writeExperiment(folder, 'e.jsonl', [{ model: referenceOf(sim), prompt: 'hi', parameters }]);
  await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd: folder });
  for (const { body } of sim.requests) {
    const { model, messages, stream } = body as JsonObject;
    expect({ model, messages }).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
    });
    expect(stream ?? false).toBe(false);
  }
});

test('several choices are one request where the API has them, and several where not', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const rows = [
    { id: 'openai', model: 'openai/m', prompt: 'a', parameters: { n: 3 } },
    { id: 'anthropic', model: 'anthropic/m', prompt: 'b', parameters: { n: 3, max_tokens: 9 } },
    { id: 'ollama', model: 'ollama/m', prompt: 'c', parameters: { n: 2, num_predict: 9 } },
    { id: 'gemini', model: 'gemini/m', prompt: 'd', parameters: { n: 2 } },
  ];
  writeExperiment(folder, 'e.jsonl', rows);
  const { code, stderr } = await tutti(['run', 'e.jsonl', '-o', 'o'], {
    cwd: folder,
    env: simEnv(sim),
  });
  expect(code, stderr).toBe(0);
  const of = (vendor: string) => sim.requests.filter((request) => request.vendor === vendor);
  expect(of('openai').map(({ body }) => (body as JsonObject).n)).toEqual([3]);
  expect(of('anthropic')).toHaveLength(3);
  for (const { body } of of('anthropic')) expect(body).not.toHaveProperty('n');
  expect(of('ollama')).toHaveLength(2);
  expect(of('ollama')[0]!.body).toMatchObject({ options: { num_predict: 9 } });
  for (const record of recordsOf(onlyRunOf(join(folder, 'o'), 'e'))) {
    expect(record.response, record.id!).toHaveLength(record.parameters.n);
    for (const text of record.response) expect(text).toMatch(/^echo/);
  }
});

test.each([
  ['none', 'BLOCK_NONE'],
  ['few', 'BLOCK_ONLY_HIGH'],
  ['default', 'BLOCK_MEDIUM_AND_ABOVE'],
  ['some', 'BLOCK_MEDIUM_AND_ABOVE'],
  ['most', 'BLOCK_LOW_AND_ABOVE'],
])('the safety filter "%s" is %s for Gemini', async (filter, threshold) => {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const row = { api: 'gemini', model_name: 'g', prompt: 'hi', safety_filter: filter };
  writeExperiment(folder, 'e.jsonl', [row]);
  await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd: folder, env: simEnv(sim) });
  const { safetySettings } = sim.requests[0]!.body as { safetySettings: { threshold: string }[] };
  expect(safetySettings.length).toBeGreaterThanOrEqual(4);
  expect(new Set(safetySettings.map((setting) => setting.threshold))).toEqual(new Set([threshold]));
});

test('an experiment of prompto runs unchanged', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const rows = [
    {
      id: 0,
      api: 'openai',
      model_name: 'gpt-5',
      prompt: 'one',
      parameters: { n: 1, temperature: 1 },
    },
    {
      id: 1,
      api: 'gemini',
      model_name: 'gemini-2.5-pro',
      prompt: ['two', 'two and a half'],
      safety_filter: 'none',
    },
    {
      id: 2,
      api: 'anthropic',
      model_name: 'claude-sonnet-4',
      prompt: [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'three' },
      ],
      parameters: { max_tokens: 5 },
    },
    { id: 3, api: 'azure-openai', model_name: 'my-deployment', prompt: 'four', group: 'g' },
    {
      id: 4,
      api: 'ollama',
      model_name: 'llama3',
      prompt: ['five', 'six', 'seven'],
      expected_response: 'x',
    },
    {
      id: 5,
      api: 'gemini',
      model_name: 'gemini-2.5-pro',
      prompt: [
        { role: 'user', parts: 'eight' },
        { role: 'model', parts: 'said' },
        { role: 'user', parts: 'nine' },
      ],
    },
    { id: 6, api: 'openai', model_name: 'gpt-4.1', prompt: 'ten', mode: 'completion', mine: [1] },
  ];
  writeExperiment(folder, 'e.jsonl', rows);
  const env = simEnv(sim);
  const { code, stderr } = await tutti(['run', 'e.jsonl', '-o', 'o'], { cwd: folder, env });
  expect(code, stderr).toBe(0);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  expect(records.map(({ response }) => response)).toEqual([
    'echo: one',
    ['echo: two', 'echo: two and a half'],
    'echo: three',
    'echo: four',
    ['echo: five', 'echo: six', 'echo: seven'],
    'echo: nine',
    'echo: ten',
  ]);
  for (const [index, row] of rows.entries()) expect(records[index]).toMatchObject(row);
  const anthropic = sim.requests.find(({ vendor }) => vendor === 'anthropic')!;
  expect(JSON.stringify((anthropic.body as JsonObject).system)).toContain('be brief');
  expect(sim.requests.find(({ protocol }) => protocol === 'openai-completion')).toBeDefined();
});

test("prompto's limits hold on the wire: a group has its own, a model's comes before its provider's", async () => {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const rows = (kind: string, more: object) =>
    Array.from({ length: 8 }, (_, row) => ({ prompt: `${kind} ${row}`, ...more }));
  writeExperiment(folder, 'e.jsonl', [
    ...rows('group', { model: 'openai/m', group: 'mine' }),
    ...rows('model', { model: 'openai/slow' }),
    ...rows('provider', { model: 'openai/m' }),
    ...rows('other', { model: 'ollama/m' }),
  ]);
  const limits = { mine: 600, openai: { default: 240, slow: 300 }, gemini: 1 };
  writeFileSync(join(folder, 'limits.json'), JSON.stringify(limits));
  const words = ['run', 'e.jsonl', '-o', 'o', '--limits', 'limits.json'];
  const { code, stderr } = await tutti(words, { cwd: folder, env: simEnv(sim) });
  expect(code, stderr).toBe(0);
  const startsOf = (kind: string) =>
    sim.requests
      .filter((request) => promptOf(request).startsWith(kind))
      .map((one) => one.startedMs);
  /** A quarter of a second's worth may come at once, at least one. */
  for (const [kind, perMinute] of [
    ['group', 600],
    ['model', 300],
    ['provider', 240],
  ] as const) {
    const starts = startsOf(kind);
    const atOnce = Math.max(1, perMinute / 240);
    const leastMs = ((8 - Math.floor(atOnce)) * 60_000) / perMinute;
    expect(starts).toHaveLength(8);
    expect(Math.max(...starts) - Math.min(...starts), kind).toBeGreaterThan(leastMs - 150);
    expect(Math.max(...starts) - Math.min(...starts), kind).toBeLessThan(leastMs + 1_000);
  }
  const others = startsOf('other');
  expect(Math.max(...others) - Math.min(...others)).toBeLessThan(500);
});

function simEnv(sim: Awaited<ReturnType<typeof startedSim>>): Record<string, string> {
  return {
    OPENAI_BASE_URL: sim.url,
    OPENAI_API_KEY: 'any-key-at-all',
    ANTHROPIC_BASE_URL: sim.url,
    ANTHROPIC_API_KEY: 'any-key-at-all',
    GEMINI_BASE_URL: sim.url,
    GEMINI_API_KEY: 'any-key-at-all',
    AZURE_OPENAI_API_ENDPOINT: sim.url,
    AZURE_OPENAI_API_KEY: 'any-key-at-all',
    OLLAMA_API_ENDPOINT: sim.url,
  };
}
