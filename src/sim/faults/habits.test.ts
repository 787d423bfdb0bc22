import { afterEach, describe, expect, test } from 'vitest';
import { postJson } from '../../../test/support/post-json.ts';
import { type Sim, startSim } from '../start-sim.ts';
import { parseFaults } from './parse-faults.ts';

const BODY = { model: 'm', messages: [{ role: 'user', content: 'one two' }] };
const STREAM = { ...BODY, stream: true, stream_options: { include_usage: true } };
const PATH = '/v1/chat/completions';

let sim: Sim;
afterEach(() => sim.close());

async function provoke(fault: string, body: object) {
  sim = await startSim({ answer: 'echo', faults: parseFaults(fault) });
  return postJson(sim.url + PATH, body, { authorization: 'Bearer sk-x' });
}

describe('a simulated server', () => {
  test.each([
    ['only-streams', BODY, 400, 'stream mode only'],
    ['only-streams', STREAM, 200, '[DONE]'],
    ['no-streams', STREAM, 400, 'not supported'],
    ['no-streams', BODY, 200, 'echo: one two'],
    ['no-stream-options', STREAM, 400, 'stream_options'],
    ['no-stream-options', { ...BODY, stream: true }, 200, '[DONE]'],
    ['comments', BODY, 200, ': PROCESSING'],
    ['one-choice', { ...BODY, n: 3 }, 200, 'echo: one two'],
    ['blank', BODY, 200, '"content":""'],
    ['blank=length', BODY, 200, '"finish_reason":"length"'],
    ['error-line', STREAM, 200, 'error: {"code":500'],
  ])('with the habit %s answers %j with %i and %s', async (fault, body, status, part) => {
    const answer = await provoke(fault, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(part);
  });

  test('with one-choice gives one, however many are asked for', async () => {
    const { json } = await provoke('one-choice', { ...BODY, n: 3 });
    expect(json.choices).toHaveLength(1);
  });

  test('with no-finish ends a stream by its last line alone', async () => {
    const { text } = await provoke('no-finish', STREAM);
    expect(text).toMatch(/\[DONE\]\n\n$/);
    expect(text).not.toContain('"finish_reason":"stop"');
  });
});
