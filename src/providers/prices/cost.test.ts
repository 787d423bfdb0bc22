import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { ask, testSettings } from '../testing/ask-endpoint.ts';
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

  it("of a server on this machine are known only by the user's price", async () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 500 };
    const message = { choices: [{ message: { content: '4' } }], model: 'gpt-4o', usage };
    await using server = await startStandIn(json(message));
    expect((await ask(testSettings('openai', server.url))).costUsd).toBeNull();
    const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
    expect((await ask(testSettings('openai', server.url, { price }))).costUsd).toBeCloseTo(0.002);
  });
});
