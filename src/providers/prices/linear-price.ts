import type { calcPrice, ModelPrice } from '@pydantic/genai-prices';
import type { Price } from './price.ts';

type ListedPrice = NonNullable<ReturnType<typeof calcPrice>>;

/** A price per token, which holds for calls of fewer tokens than the list's first tier. */
export interface LinearPrice extends Price {
  readonly belowTokens: number;
}

/** Shows what is charged besides tokens: a fee for each request, above all. */
const PROBE = { input_tokens: 1000, cache_read_tokens: 400, output_tokens: 500 };

/**
 * Reads a listed price as one per token, because the list's own reckoning takes half as long as a whole
 * call.
 *
 * @param total what the list charges for a usage of this model.
 * @returns null for a price that depends on the time or is charged in another way.
 */
export function linearPrice(
  { model, model_price: price }: ListedPrice,
  total: (usage: typeof PROBE) => number | undefined,
): LinearPrice | null {
  const input = read(price.input_mtok);
  const output = read(price.output_mtok);
  const cached = read(price.cache_read_mtok ?? price.input_mtok);
  if (Array.isArray(model.prices) || input === null || output === null || cached === null) {
    return null;
  }
  const belowTokens = Math.min(input.belowTokens, output.belowTokens, cached.belowTokens);
  const expected = (600 * input.base + 400 * cached.base + 500 * output.base) / 1e6;
  const agrees = Math.abs((total(PROBE) ?? Number.NaN) - expected) <= 1e-9 * expected;
  if (!agrees || belowTokens <= 2000) return null;
  return {
    inputUsdPerMillion: input.base,
    outputUsdPerMillion: output.base,
    cachedInputUsdPerMillion: cached.base,
    belowTokens,
  };
}

function read(price: ModelPrice[string]): { base: number; belowTokens: number } | null {
  if (price === undefined) return null;
  if (typeof price === 'number') return { base: price, belowTokens: Number.POSITIVE_INFINITY };
  return { base: price.base, belowTokens: Math.min(...price.tiers.map(({ start }) => start)) };
}
