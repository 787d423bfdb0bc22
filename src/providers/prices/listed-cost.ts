import { hasRareUsage, type Usage } from '../../core/usage.ts';
import { type LinearPrice, linearPrice } from './linear-price.ts';
import { costByPrice } from './price.ts';

type PriceList = typeof import('@pydantic/genai-prices');
type Counted = Readonly<Record<string, number>> & {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_tokens: number;
};

const NO_TOKENS: Counted = { input_tokens: 0, output_tokens: 0, cache_read_tokens: 0 };

/** The list once it is there; null when it cannot be loaded. */
let priceList: PriceList | null | undefined;
let loading: Promise<unknown> | undefined;

/** Names of models come from servers, too: no more of them are remembered than this. */
const MAX_REMEMBERED = 1000;

/** Where the list has a model: the provider with that model alone, and its price if that is simple. */
interface Entry {
  readonly provider: NonNullable<ReturnType<PriceList['findProvider']>>;
  readonly linear: LinearPrice | null;
}

/** What the list has, by provider and model; null where it has nothing. */
const remembered = new Map<string, Entry | null>();

/**
 * Computes what a call cost by the public price list: by the model that answered if the list knows
 * it, else by the one that was asked. Loads the list when first called, which blocks for some 60 ms:
 * not before an answer has come.
 *
 * @returns null when the price or the usage is unknown; a promise only while the list is loaded.
 */
export function listedCost(
  priceListId: string,
  models: readonly (string | null)[],
  usage: Usage,
): Promise<number | null> | number | null {
  if (usage.input === null || usage.output === null || priceList === null) return null;
  if (priceList === undefined) {
    loading ??= import('@pydantic/genai-prices').then(
      (list) => {
        priceList = list;
      },
      () => {
        priceList = null;
      },
    );
    return loading.then(() => listedCost(priceListId, models, usage));
  }
  for (const model of models) {
    const cost = model === null ? null : listed(priceList, usage, model, priceListId);
    if (cost !== null) return cost;
  }
  return null;
}

function listed(list: PriceList, usage: Usage, model: string, providerId: string): number | null {
  const key = `${providerId}/${model}`;
  let entry = remembered.get(key);
  try {
    if (entry === undefined) {
      entry = find(list, model, providerId);
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(key, entry);
    }
    if (entry === null) return null;
    const tokens = (usage.input ?? 0) + (usage.output ?? 0);
    if (entry.linear && tokens < entry.linear.belowTokens && !hasRareUsage(usage)) {
      return costByPrice(entry.linear, usage);
    }
    const total = list.calcPrice(counted(usage), model, entry)?.total_price;
    return total === undefined || !Number.isFinite(total) ? null : total;
  } catch {
    return null; // a usage that the list finds contradictory has no known cost
  }
}

function find(list: PriceList, model: string, providerId: string): Entry | null {
  const found = list.calcPrice(NO_TOKENS, model, { providerId });
  if (found === null) return null;
  const provider = { ...found.provider, models: [found.model] };
  const total = (usage: Counted) => list.calcPrice(usage, model, { provider })?.total_price;
  return { provider, linear: linearPrice(found, total) };
}

function counted(usage: Usage): Counted {
  const input = usage.input ?? 0;
  const output = usage.output ?? 0;
  const cached = Math.min(usage.cached ?? 0, input);
  const written = Math.min(usage.cacheWrite ?? 0, input - cached);
  const forAnHour = Math.min(usage.cacheWriteHour ?? 0, written);
  const heard = Math.min(usage.inputAudio ?? 0, input);
  const spoken = Math.min(usage.outputAudio ?? 0, output);
  return {
    input_tokens: input,
    output_tokens: output,
    cache_read_tokens: cached,
    ...(written > 0 && { cache_write_tokens: written }),
    ...(forAnHour > 0 && { cache_write_1h_tokens: forAnHour }),
    ...(heard > 0 && { input_audio_tokens: heard }),
    ...(spoken > 0 && { output_audio_tokens: spoken }),
  };
}
