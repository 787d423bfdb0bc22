import type { Usage } from '../../core/usage.ts';

/** What a model costs, in US dollars per million tokens. */
export interface Price {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  /** Price of input read from the provider's cache; that of other input unless given. */
  readonly cachedInputUsdPerMillion?: number | undefined;
  /** Price of input written into the provider's cache, for however long; that of other input unless given. */
  readonly cacheWriteUsdPerMillion?: number | undefined;
}

const MILLION = 1_000_000;

/** Computes what a call cost by a known price; null when its usage is unknown. */
export function costByPrice(price: Price, usage: Usage): number | null {
  if (usage.input === null || usage.output === null) return null;
  const cached = Math.min(usage.cached ?? 0, usage.input);
  const written = Math.min(usage.cacheWrite ?? 0, usage.input - cached);
  const cachedPrice = price.cachedInputUsdPerMillion ?? price.inputUsdPerMillion;
  const writtenPrice = price.cacheWriteUsdPerMillion ?? price.inputUsdPerMillion;
  const inputUsd =
    (usage.input - cached - written) * price.inputUsdPerMillion +
    cached * cachedPrice +
    written * writtenPrice;
  return (inputUsd + usage.output * price.outputUsdPerMillion) / MILLION;
}
