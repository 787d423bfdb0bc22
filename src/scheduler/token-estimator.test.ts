import { describe, expect, it } from 'vitest';
import { FakeMediaStore } from '../../test/support/fake-media.ts';
import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { GenerateRequest } from '../core/model.ts';
import { TokenEstimator } from './token-estimator.ts';

const request = (
  text: string,
  parameters: GenerateRequest['parameters'] = {},
  choices = 1,
): GenerateRequest => ({ messages: [{ role: 'user', content: text }], parameters, choices });

const usage = (input: number | null, output: number | null) => ({
  input,
  output,
  cached: null,
  reasoning: null,
});

describe('a token estimator', () => {
  it('takes four characters for a token and the ceiling for the output until it knows better', () => {
    const estimator = new TokenEstimator();
    expect(estimator.estimate(request('x'.repeat(400)))).toEqual({ input: 104, output: 256 });
    expect(estimator.estimate(request('', { max_tokens: 10 })).output).toBe(10);
    expect(estimator.estimate(request('', { max_tokens: 10 }, 3)).output).toBe(30);
  });

  it('reads a ceiling however it is written, and messages without a content', () => {
    const estimator = new TokenEstimator();
    const parameters = parseExactJson('{"max_tokens":10.0}') as JsonObject;
    expect(estimator.estimate(request('', parameters)).output).toBe(10);
    const messages = [{ role: 'assistant', tool_calls: [] }] as never;
    expect(estimator.estimate({ messages, parameters: {}, choices: 1 }).input).toBeGreaterThan(4);
  });

  it('counts an image as an image, however long its base64 is, and long words of a language as text', () => {
    const estimator = new TokenEstimator();
    const inputOf = (...content: JsonValue[]) =>
      estimator.estimate({ ...request(''), messages: [{ role: 'user', content }] }).input;
    const url = `data:image/png;base64,${'iVBORw0K'.repeat(500_000)}`;
    const text = { type: 'text', text: 'What is it?' };
    const withImage = inputOf(text, { type: 'image_url', image_url: { url } });
    expect(withImage - inputOf(text)).toBeGreaterThan(900);
    expect(withImage).toBeLessThan(1100);
    expect(inputOf({ type: 'text', text: '猫'.repeat(40_000) })).toBeGreaterThan(10_000);
    const part = new FakeMediaStore().part('image', 'image/png', Buffer.alloc(1_000_000));
    expect(inputOf('What is it?', part)).toBeLessThan(1100);
  });

  it('learns from the usage of the endpoint, and never guesses above a ceiling', () => {
    const estimator = new TokenEstimator();
    const asked = request('x'.repeat(400));
    for (let k = 0; k < 100; k++) estimator.learn(asked, usage(208, 40));
    const { input, output } = estimator.estimate(asked);
    expect(input).toBeGreaterThan(200);
    expect(input).toBeLessThan(210);
    expect(output).toBe(40);
    expect(estimator.estimate(request('x', { max_tokens: 5 })).output).toBe(5);
  });

  it('counts a completion once when an answer held several', () => {
    const estimator = new TokenEstimator();
    estimator.learn(request('x', {}, 4), usage(5, 400));
    expect(estimator.estimate(request('x')).output).toBe(100);
  });

  it('ignores a usage that was not given', () => {
    const estimator = new TokenEstimator();
    const before = estimator.estimate(request('hello'));
    estimator.learn(request('hello'), usage(null, null));
    estimator.learn(request('hello'), usage(0, null));
    expect(estimator.estimate(request('hello'))).toEqual(before);
  });
});
