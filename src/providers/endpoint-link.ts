import type { Dispatcher } from 'undici';
import type { Clock } from '../core/clock.ts';
import type { Usage } from '../core/usage.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { loadProvider } from './load-provider.ts';
import { listedCost } from './prices/listed-cost.ts';
import { costByPrice } from './prices/price.ts';
import type { Provider, RequestWriter } from './provider.ts';
import { handOver } from './request-handover.ts';
import { meantBy, readBaseUrl } from './transport/base-url.ts';
import { ANSWER_LIMIT_BYTES, type BodyBudget, PROCESS_BUDGET } from './transport/body-budget.ts';
import { openConnections } from './transport/connections.ts';
import { isLoopbackHost } from './transport/loopback.ts';
import type { HeaderRules } from './transport/request-headers.ts';
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
  readonly headers: HeaderRules;
  readonly secrets: Secrets;
  readonly limits: SizeLimits;
  /** Computes what a call cost; null when unknown. `models`: the one that answered, the one asked. */
  cost(models: readonly (string | null)[], usage: Usage): Promise<number | null> | number | null;
}

/** Makes the writer of a model's requests; its `fetch` is the hand-over. */
export function openWriter(
  { provider, settings, baseUrl }: EndpointLink,
  modelId: string,
  mode: 'chat' | 'completion',
): RequestWriter {
  const apiKey = settings.apiKey || 'none';
  const { apiVersion } = settings;
  return provider.writer({ modelId, mode, baseUrl, apiKey, apiVersion, fetch: handOver });
}

/** Loads the provider and opens the connections of an endpoint. */
export async function openLink(
  settings: EndpointSettings,
  clock: Clock,
  limits: SizeLimits,
): Promise<EndpointLink> {
  const provider = await loadProvider(settings.provider);
  const address = provider.readAddress?.(settings.baseUrl.trim()) ?? settings.baseUrl;
  const url = readBaseUrl(address, settings.name);
  return {
    settings,
    clock,
    provider,
    origin: url.origin,
    baseUrl: provider.baseUrl(url),
    dispatcher: await openConnections(url, settings.connections, settings.proxy),
    headers: {
      keyHeader: provider.keyHeader,
      hasKey: Boolean(settings.apiKey),
      own: ownHeaders(settings, url),
    },
    secrets: secretsOf(settings, url),
    limits,
    cost: costOf(settings, provider, url),
  };
}

/** The user's headers in lower case; a name and password in the address become one of them. */
function ownHeaders(settings: EndpointSettings, url: URL): Record<string, string> {
  const own: Record<string, string> = {};
  if (url.username !== '' && !settings.apiKey) {
    const account = `${meantBy(url.username)}:${meantBy(url.password)}`;
    own.authorization = `Basic ${Buffer.from(account).toString('base64')}`;
  }
  for (const [name, value] of Object.entries(settings.headers)) own[name.toLowerCase()] = value;
  return own;
}

/** The user's price wins; a server on this machine, or one nobody lists, has no known price. */
function costOf(settings: EndpointSettings, provider: Provider, url: URL): EndpointLink['cost'] {
  const { price } = settings;
  if (price !== null) return (_models, usage) => costByPrice(price, usage);
  const { priceListId } = provider;
  if (priceListId === null || isLoopbackHost(url.hostname)) return () => null;
  return (models, usage) => listedCost(priceListId, models, usage);
}
