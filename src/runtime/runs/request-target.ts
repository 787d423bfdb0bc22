import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { apiOfPath, type RequestTarget } from '../../experiment/index.ts';
import { withoutSlashesAtEnd } from '../../providers/index.ts';
import { checkBaseUrl } from '../models/base-url.ts';
import type { ModelContext } from '../models/model-context.ts';

const OPENAI_HOST = 'api.openai.com';

/** Whom requests are for where no address is given. */
export const OPENAI_REQUESTS: RequestTarget = { api: null, referenceOf: openAiReference };

/**
 * Says whom the lines of a file of requests are for: OpenAI, unless an address is given. An entry of `endpoints:` or a
 * known provider with that address, or else the only one on that server, is asked by its name, with its key; any other
 * address without one.
 *
 * @throws TuttiError `bad_usage` for an address that is none, and for one that may be of several.
 */
export function requestTarget(
  requestUrl: string | undefined,
  context: Pick<ModelContext, 'providers' | 'settings'>,
): RequestTarget {
  if (requestUrl === undefined) return OPENAI_REQUESTS;
  const read = checkBaseUrl(requestUrl, null);
  if ('problem' in read) {
    throw new TuttiError('bad_usage', `The address of --request-url ${read.problem}`, {
      hint: 'Such as https://api.openai.com/v1/chat/completions.',
    });
  }
  const api = apiOfPath(read.url);
  if (new URL(read.url).host === OPENAI_HOST) return { api, referenceOf: openAiReference };
  const name = nameAt(read.url, context);
  const start = name === undefined ? `${withoutCallPath(read.url)}#` : `${name}/`;
  return { api, referenceOf: (model) => start + model };
}

interface Known {
  readonly name: string;
  readonly url: string;
}

/** The user's entries come before providers, an equal address before one of the same server. */
function nameAt(
  url: string,
  { providers, settings }: Pick<ModelContext, 'providers' | 'settings'>,
): string | undefined {
  const entries = [...settings.endpoints].flatMap(([name, { value }]) => {
    const usual = providers.find((one) => one.name === value.provider)?.defaultBaseUrl ?? null;
    return knownAt(name, value.baseUrl, usual);
  });
  const usual = providers.flatMap((one) => knownAt(one.name, one.defaultBaseUrl, null));
  for (const isAt of [isSameAddress, isSameServer]) {
    for (const list of [entries, usual]) {
      const found = list.filter((one) => isAt(one.url, url));
      if (found.length > 1) throw severalAt(found);
      if (found[0] !== undefined) return found[0].name;
    }
  }
  return undefined;
}

function knownAt(name: string, address: string | null | undefined, usual: string | null): Known[] {
  const read = address ? checkBaseUrl(address, usual) : null;
  return read && 'url' in read ? [{ name, url: read.url }] : [];
}

function isSameServer(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}

function isSameAddress(one: string, other: string): boolean {
  return versioned(withoutCallPath(one)) === versioned(withoutCallPath(other));
}

/** A bare address is asked below /v1. */
function versioned(address: string): string {
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/v1';
  return url.href;
}

function withoutCallPath(address: string): string {
  const { origin, pathname, search } = new URL(address);
  const path = pathname.replace(/\/(?:chat\/completions|completions|responses|embeddings)$/, '');
  return `${origin}${withoutSlashesAtEnd(path)}${search}`;
}

function severalAt(found: readonly Known[]): TuttiError {
  const names = found.map(({ name }) => plainLine(name, 60)).join(', ');
  return new TuttiError('bad_usage', `The address of --request-url may be that of ${names}`, {
    hint: 'Give the whole address of one of them, as its baseUrl has it; two with the same one cannot be told apart.',
  });
}

function openAiReference(model: string, api: string): string {
  return `${api === 'responses' ? 'openai-responses' : 'openai'}/${model}`;
}
