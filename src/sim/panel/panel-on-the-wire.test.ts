import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { startedSim } from '../../../test/support/started-sim.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { SIM_MODELS } from '../settings/sim-models.ts';

const QUESTION = 'Is 1234 + 1000 equal to 2234? Answer yes or no.';
const MESSAGES = [{ role: 'user', content: QUESTION }];

test.each([
  ['where every name is known', {}],
  ['where some are', { models: SIM_MODELS }],
])('a member is asked by its name with parameters %s', async (_, options) => {
  const sim = await startedSim({ answer: 'rehearsal', ...options });
  const post = (model: string) =>
    postJson(`${sim.url}/v1/chat/completions`, { model, messages: MESSAGES });
  const right = await post('member?skill=1');
  expect(right.json.choices[0].message.content).toMatch(/\nAnswer: yes$/);
  expect(right.json.model).toBe('member?skill=1');
  expect((await post('member?skill=0')).json.choices[0].message.content).toMatch(/: no$/);
  expect(sim.requests[0]?.note).toEqual({
    role: 'member',
    question: QUESTION,
    answer: 'yes',
    isRight: true,
  });
  const wrong = await post('member?skil=1');
  expect([wrong.status, wrong.json.error.message]).toEqual([
    400,
    expect.stringContaining('Did you mean skill?'),
  ]);
  expect((await post('member?skill=1&hang=0&latency=1ms')).status).toBe(200);
});

test('a member has its name in an address, too', async () => {
  const sim = await startedSim({ answer: 'rehearsal' });
  const path = `/v1beta/models/${encodeURIComponent('member?skill=1')}:generateContent`;
  const { json } = await postJson(sim.url + path, { contents: [{ parts: [{ text: QUESTION }] }] });
  expect(json.candidates[0].content.parts[0].text).toMatch(/Answer: yes$/);
});

test('a member that hangs keeps the connection until the client goes, and its log says so', async () => {
  const file = join(temporaryFolder(), 'requests.jsonl');
  const sim = await startedSim({ answer: 'rehearsal', log: { file } });
  const body = JSON.stringify({ model: 'member?hang=1', messages: MESSAGES });
  const asked = fetch(`${sim.url}/v1/chat/completions`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(60),
  });
  await expect(asked).rejects.toThrow(/timeout/);
  await expect.poll(() => sim.counts.inFlight).toBe(0);
  await sim.close();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    fault: 'hang',
    answered: false,
    note: { role: 'member' },
  });
});

test('names without a question mark are what they were', async () => {
  const sim = await startedSim({ answer: 'rehearsal' });
  for (const model of ['member', 'judge']) {
    const { json } = await postJson(`${sim.url}/v1/chat/completions`, {
      model,
      messages: MESSAGES,
    });
    expect(json.choices[0].message.content).toMatch(/^(?:yes|no)$/);
  }
});

test('a member answers with JSON where JSON is asked for', async () => {
  const sim = await startedSim({ answer: 'rehearsal' });
  const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };
  const { json } = await postJson(`${sim.url}/v1/chat/completions`, {
    model: 'member?',
    messages: MESSAGES,
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
  });
  expect(JSON.parse(json.choices[0].message.content)).toEqual({ a: expect.any(Number) });
});
