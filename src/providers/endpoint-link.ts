import type { Dispatcher } from 'undici';
import type { Clock } from '../core/clock.ts';
import type { Usage } from '../core/usage.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { loadProvider } from './load-provider.ts';
import { modelHeaders } from './model-headers.ts';
import { listedCost } from './prices/listed-cost.ts';
import { costByPrice } from './prices/price.ts';
import type { ModelAddress, Provider } from './provider.ts';
import { readBaseUrl } from './transport/base-url.ts';
import { ANSWER_LIMIT_BYTES, type BodyBudget, PROCESS_BUDGET } from './transport/body-budget.ts';
import { openConnections } from './transport/connections.ts';
import { isLoopbackHost } from './transport/loopback.ts';
import { secretsOf } from './transport/secret-settings.ts';
import type { Secrets } from './transport/secrets.ts';

/** The bounds on the size of answers; smaller ones serve tests. */
export interface SizeLimits {
  /** Most bytes of one answer; 64 MiB. */
  readonly answerBytes: number;
  /** Bounds all answers in flight; 128 MiB for the process. */
  readonly budget: BodyBudget;
}

/** The limits that hold unless a test sets others. */
export const USUAL_LIMITS: SizeLimits = { answerBytes: ANSWER_LIMIT_BYTES, budget: PROCESS_BUDGET };

/** Everything that the calls of one endpoint share. */
export interface EndpointLink {
  readonly settings: EndpointSettings;
  readonly clock: Clock;
  readonly provider: Provider;
  /** The address, completed. */
  readonly baseUrl: string;
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  /** The headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: Secrets;
  readonly limits: SizeLimits;
  /** Computes what a call cost; null when unknown. `models`: the one that answered, the one asked. */
  cost(models: readonly (string | null)[], usage: Usage): Promise<number | null> | number | null;
}

/** Writes down what the requests to one of an endpoint's models are written from. */
export function addressOfModel(
  { settings, baseUrl, origin, headers }: EndpointLink,
  id: string,
): ModelAddress {
  return { id, basePath: baseUrl.slice(origin.length), headers, apiVersion: settings.apiVersion };
}

/** Loads the provider and opens the connections of an endpoint. */
export async function openLink(
  settings: EndpointSettings,
  clock: Clock,
  limits: SizeLimits,
): Promise<EndpointLink> {
  const provider = await loadProvider(settings.provider);
  const address = provider.readAddress?.(settings.baseUrl.trim()) ?? settings.baseUrl;
  const given = readBaseUrl(address, settings.name);
  const { url } = given;
  return {
    settings,
    clock,
    provider,
    origin: url.origin,
    baseUrl: provider.baseUrl(given),
    dispatcher: await openConnections(url, settings.connections, settings.proxy),
    headers: modelHeaders(provider, settings, url),
    secrets: secretsOf(settings, url),
    limits,
    cost: costOf(settings, provider, url),
  };
}

/** The user's price wins; a server on this machine, or one nobody lists, has no known price. */
function costOf(settings: EndpointSettings, provider: Provider, url: URL): EndpointLink['cost'] {
  const { price } = settings;
  if (price !== null) return (_models, usage) => costByPrice(price, usage);
  const { priceListId } = provider;
  if (priceListId === null || isLoopbackHost(url.hostname)) return () => null;
  return (models, usage) => listedCost(priceListId, models, usage);
}
