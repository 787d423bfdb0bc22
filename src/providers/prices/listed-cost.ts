import type { Usage } from '../../core/usage.ts';

type PriceList = typeof import('@pydantic/genai-prices');

let priceList: Promise<PriceList | null> | undefined;

/**
 * Computes what a call cost by the public price list: by the model that answered if the list knows
 * it, else by the one that was asked. Loads the list when first called, which blocks for some 60 ms:
 * not before an answer has come.
 *
 * @returns null when the price or the usage is unknown.
 */
export async function listedCost(
  priceListId: string,
  models: readonly (string | null)[],
  usage: Usage,
): Promise<number | null> {
  if (usage.input === null || usage.output === null) return null;
  priceList ??= import('@pydantic/genai-prices').catch(() => null);
  const list = await priceList;
  if (list === null) return null;
  const counted = {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_read_tokens: Math.min(usage.cached ?? 0, usage.input),
  };
  for (const model of models) {
    const cost = model === null ? null : listed(list, counted, model, priceListId);
    if (cost !== null) return cost;
  }
  return null;
}

function listed(
  list: PriceList,
  usage: Record<string, number>,
  model: string,
  providerId: string,
): number | null {
  try {
    const total = list.calcPrice(usage, model, { providerId })?.total_price;
    return total === undefined || !Number.isFinite(total) ? null : total;
  } catch {
    return null; // a usage that the list finds contradictory has no known cost
  }
}
