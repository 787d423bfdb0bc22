import type { Clock } from '../core/clock.ts';
import type { Usage } from '../core/usage.ts';
import type { Account } from './account.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { pathOfId } from './formats/path-of-id.ts';
import { loadProvider } from './load-provider.ts';
import { modelHeaders } from './model-headers.ts';
import { listedCost } from './prices/listed-cost.ts';
import { costByPrice } from './prices/price.ts';
import type { CallFacts, Provider } from './provider.ts';
import { addressOf, readAddress, withQuery } from './transport/base-url.ts';
import { ANSWER_LIMIT_BYTES, type BodyBudget, PROCESS_BUDGET } from './transport/body-budget.ts';
import type { Connections } from './transport/connection-set.ts';
import { openConnections } from './transport/connections.ts';
import { isLoopbackHost } from './transport/loopback.ts';
import { secretsOf } from './transport/secret-settings.ts';
import type { Secrets } from './transport/secrets.ts';

/** The bounds on the size of answers; smaller ones serve tests. */
export interface SizeLimits {
  /** Most bytes of one answer; 64 MiB. */
  readonly answerBytes: number;
  /** Bounds all answers in flight; 16 MiB for the process. */
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
  /** The query of the address; empty if it has none. */
  readonly query: string;
  readonly origin: string;
  readonly dispatcher: Connections;
  /** The headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must not be shown; it grows with the tokens of the account. */
  readonly secrets: Secrets;
  /** Who asks by tokens; undefined where a key does, or nothing. */
  readonly account: Account | undefined;
  readonly limits: SizeLimits;
  /** Makes the path of a call of what its provider wrote; null: that is the path. */
  readonly finishPath: ((path: string, modelId: string) => string) | null;
  /** Computes what a call cost; null when unknown. `models`: the one that answered, the one asked. */
  cost(
    models: readonly (string | null)[],
    usage: Usage,
    bill: Bill,
  ): Promise<number | null> | number | null;
}

/** What an answer says of its price. */
export type Bill = Pick<CallFacts, 'serviceTier' | 'chargedUsd'>;

/** Loads the provider and opens the connections of an endpoint. */
export async function openLink(
  settings: EndpointSettings,
  clock: Clock,
  limits: SizeLimits,
): Promise<EndpointLink> {
  const provider = await loadProvider(settings.provider);
  const address = provider.readAddress?.(settings.baseUrl.trim(), settings) ?? settings.baseUrl;
  const given = readAddress(address, settings.name);
  const { url, query } = given;
  const baseUrl = settings.path === undefined ? provider.baseUrl(given) : addressOf(url);
  const account = await provider.openAccount?.(settings, clock);
  const secrets = growingSecrets(settings, url, query, account);
  return {
    settings,
    account,
    get secrets() {
      return secrets();
    },
    clock,
    provider,
    origin: url.origin,
    baseUrl,
    query,
    finishPath: pathFinisher(baseUrl.slice(url.origin.length), query, settings.path),
    dispatcher: await openConnections(url, settings),
    headers: modelHeaders(provider, settings, url),
    limits,
    cost: costOf(settings, provider, url),
  };
}

/** The secrets of an endpoint as they are at the moment: tokens come and go. */
function growingSecrets(
  settings: EndpointSettings,
  url: URL,
  query: string,
  account: Account | undefined,
): () => Secrets {
  let secrets = secretsOf(settings, url, query);
  let tokens: readonly string[] = [];
  return () => {
    if (account === undefined || account.secrets === tokens) return secrets;
    tokens = account.secrets;
    const known = [...settings.secrets, ...tokens];
    secrets = secretsOf({ ...settings, secrets: known }, url, query);
    return secrets;
  };
}

function pathFinisher(
  basePath: string,
  query: string,
  own: string | undefined,
): EndpointLink['finishPath'] {
  if (own === undefined) return query === '' ? null : (path) => withQuery(path, query);
  const template = own.startsWith('/') ? own : `/${own}`;
  return (_, id) => withQuery(basePath + template.replaceAll('{model}', () => pathOfId(id)), query);
}

/**
 * The user's price wins, then what the server says that it charged. A server on this machine, or one nobody lists, has
 * no known price; nor has a tier of which only the vendor knows what it costs.
 */
function costOf(settings: EndpointSettings, provider: Provider, url: URL): EndpointLink['cost'] {
  const { price } = settings;
  if (price !== null) return (_models, usage) => costByPrice(price, usage);
  const { priceListId, tierFactors } = provider;
  const isListed = priceListId !== null && !isLoopbackHost(url.hostname);
  return (models, usage, { serviceTier, chargedUsd }) => {
    if (chargedUsd != null) return chargedUsd;
    if (!isListed) return null;
    const factor = tierFactors && serviceTier ? factorOf(tierFactors, serviceTier) : 1;
    if (factor === null) return null;
    const cost = listedCost(priceListId, models, usage);
    if (factor === 1 || cost === null) return cost;
    return typeof cost === 'number'
      ? cost * factor
      : cost.then((usd) => (usd === null ? null : usd * factor));
  };
}

/** Null for a tier that only the vendor knows the price of. */
function factorOf(factors: Readonly<Record<string, number>>, tier: string): number | null {
  return Object.hasOwn(factors, tier) ? factors[tier]! : null;
}
