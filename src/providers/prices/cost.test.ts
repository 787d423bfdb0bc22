import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json.ts';
import { ANTHROPIC_MESSAGES } from '../anthropic/format.ts';
import { openLink, USUAL_LIMITS } from '../endpoint-link.ts';
import { CHAT_COMPLETIONS } from '../formats/chat-completions.ts';
import { ask, STOPPED_CLOCK, testSettings } from '../testing/ask-endpoint.ts';
import { json, startStandIn } from '../testing/stand-in-server.ts';
import { listedCost } from './listed-cost.ts';
import { costByPrice } from './price.ts';

const USAGE = { input: 1_000_000, cached: 400_000, output: 100_000, reasoning: null };

describe('costs', () => {
  it("follow the user's price, cached input apart", () => {
    const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10 };
    expect(costByPrice(price, USAGE)).toBeCloseTo(3);
    expect(costByPrice({ ...price, cachedInputUsdPerMillion: 0.5 }, USAGE)).toBeCloseTo(2.4);
  });

  it('are unknown, not 0, without usage or price', async () => {
    const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10 };
    expect(costByPrice(price, { ...USAGE, output: null })).toBeNull();
    expect(await listedCost('openai', ['gpt-4o'], { ...USAGE, input: null })).toBeNull();
    expect(await listedCost('openai', ['no-such-model'], USAGE)).toBeNull();
  });

  it('follow the model that answered if the list knows it, else the one asked', async () => {
    const mini = await listedCost('openai', ['gpt-4o-mini'], USAGE);
    expect(await listedCost('openai', ['gpt-4o-mini-2024-07-18', 'gpt-4o'], USAGE)).toBe(mini);
    expect(await listedCost('openai', ['unheard-of', 'gpt-4o-mini'], USAGE)).toBe(mini);
    expect(await listedCost('openai', [null, 'gpt-4o-mini'], USAGE)).toBe(mini);
    expect(mini).toBeGreaterThan(0);
  });

  it.each([
    ['openai', 'gpt-4o-mini'],
    ['openai', 'gpt-4o-mini-2024-07-18'],
    ['google', 'gemini-2.5-pro'],
    ['anthropic', 'claude-sonnet-4-5'],
    ['perplexity', 'sonar'],
    ['deepseek', 'deepseek-chat'],
    ['azure', 'gpt-4o'],
    ['openai', 'no-such-model'],
  ])('are those of the whole list for %s/%s, however many tokens', async (providerId, model) => {
    for (const input of [100, 300_000, 100]) {
      const usage = { input, cached: 10, output: 50, reasoning: null };
      const counted = { input_tokens: input, cache_read_tokens: 10, output_tokens: 50 };
      const whole = calcPrice(counted, model, { providerId })?.total_price ?? null;
      const own = await listedCost(providerId, [model], usage);
      if (whole === null) expect(own).toBeNull();
      else expect(own).toBeCloseTo(whole, 12);
    }
  });

  it.each([
    ['anthropic', 'claude-sonnet-4-5', { cacheWrite: 100_000 }, 0.375],
    ['anthropic', 'claude-sonnet-4-5', { cacheWrite: 100_000, cacheWriteHour: 100_000 }, 0.6],
    ['anthropic', 'claude-sonnet-4-5', { cacheWrite: 50_000, cacheWriteHour: 25_000 }, 0.39375],
    ['anthropic', 'claude-sonnet-4-5', { cached: 100_000 }, 0.03],
    ['anthropic', 'claude-sonnet-4-5', {}, 0.3],
    ['google', 'gemini-2.5-flash', { inputAudio: 100_000 }, 0.1],
    ['google', 'gemini-2.5-flash', {}, 0.03],
    ['openai', 'gpt-5', {}, 0.125],
    ['openai', 'gpt-5', { cached: 100_000 }, 0.0125],
  ])('of %s/%s with %o are %d', async (provider, model, parts, usd) => {
    const usage = { input: 100_000, cached: null, output: 0, reasoning: null, ...parts };
    expect(await listedCost(provider, [model], usage)).toBeCloseTo(usd, 9);
  });

  it("follow the user's price of what is written into a cache", () => {
    const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10, cacheWriteUsdPerMillion: 3 };
    expect(costByPrice(price, { ...USAGE, cacheWrite: 500_000 })).toBeCloseTo(3.5);
  });

  const chat = (usage: object, more: object = {}) => ({
    choices: [{ message: { content: '4' }, finish_reason: 'stop' }],
    model: 'gpt-5',
    usage: { prompt_tokens: 100_000, completion_tokens: 0, ...usage },
    ...more,
  });
  const billOf = (provider: string, body: object) => {
    const answer = (provider === 'anthropic' ? ANTHROPIC_MESSAGES : CHAT_COMPLETIONS).readAnswer(
      body as JsonObject,
    );
    return { bill: answer, usage: answer.usage };
  };

  it.each([
    ['openai', 'gpt-5', chat({}, { service_tier: 'default' }), 0.125],
    ['openai', 'gpt-5', chat({}, { service_tier: 'flex' }), 0.0625],
    ['openai', 'gpt-5', chat({}, { service_tier: 'priority' }), null],
    ['openai', 'gpt-5', chat({}, { service_tier: 'constructor' }), null],
    [
      'anthropic',
      'claude-sonnet-4-5',
      { content: [], usage: { input_tokens: 100_000, output_tokens: 0, service_tier: 'batch' } },
      0.15,
    ],
    [
      'anthropic',
      'claude-sonnet-4-5',
      { content: [], usage: { input_tokens: 100_000, output_tokens: 0, service_tier: 'standard' } },
      0.3,
    ],
    ['openrouter', 'some/new-model', chat({ cost: 0.0042 }), 0.0042],
    [
      'openrouter',
      'some/new-model',
      chat({ cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } }),
      0.021,
    ],
    ['perplexity', 'sonar', chat({ cost: { input_tokens_cost: 1, total_cost: 0.006 } }), 0.006],
    ['xai', 'grok-4', chat({ cost_in_usd_ticks: 37_756_000 }), 0.0037756],
    ['deepinfra', 'x/y', chat({ estimated_cost: 0.00002 }), 0.00002],
    ['openrouter', 'some/new-model', chat({ cost: -1 }), null],
    ['openai', 'gpt-5', chat({ cost: 'free' }), 0.125],
  ])('of %s/%s follow what the answer says of them', async (provider, model, body, usd) => {
    const { bill, usage } = billOf(provider, body);
    const settings = testSettings(provider, 'https://llm.example/v1');
    const link = await openLink(settings, STOPPED_CLOCK, USUAL_LIMITS);
    const cost = await link.cost([model], usage, bill);
    await link.dispatcher.destroy();
    if (usd === null) expect(cost).toBeNull();
    else expect(cost).toBeCloseTo(usd, 9);
  });

  it("follow the user's own price, whatever the server says that it charged", async () => {
    await using server = await startStandIn(json(chat({ cost: 7 })));
    const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
    const settings = testSettings('openai-compatible', server.url, { price });
    expect((await ask(settings)).costUsd).toBeCloseTo(0.1);
  });

  it.each([
    ['0.000612', 0.000612],
    ['0.0', null],
    ['much', null],
  ])('are what the head of an answer says (%s)', async (told, usd) => {
    await using server = await startStandIn(
      json(chat({}), 200, { 'x-litellm-response-cost': told }),
    );
    expect((await ask(testSettings('openai-compatible', server.url))).costUsd).toBe(usd);
  });

  it("of a server on this machine are known only by the user's price", async () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 500 };
    const message = { choices: [{ message: { content: '4' } }], model: 'gpt-4o', usage };
    await using server = await startStandIn(json(message));
    expect((await ask(testSettings('openai', server.url))).costUsd).toBeNull();
    const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
    expect((await ask(testSettings('openai', server.url, { price }))).costUsd).toBeCloseTo(0.002);
  });
});
