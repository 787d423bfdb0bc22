import { TuttiError } from '../../core/tutti-error.ts';
import { apiOfPath, type RequestTarget } from '../../experiment/index.ts';
import { checkBaseUrl } from '../models/base-url.ts';
import type { ModelContext } from '../models/model-context.ts';

const OPENAI_HOST = 'api.openai.com';

/**
 * Says whom the lines of a file of requests are for: OpenAI, unless an address is given. That of a known provider or of
 * an entry of `endpoints:` is asked by its name, with its key; any other without one.
 *
 * @throws TuttiError `bad_usage` for an address that is none.
 */
export function requestTarget(
  requestUrl: string | undefined,
  { providers, settings }: Pick<ModelContext, 'providers' | 'settings'>,
): RequestTarget {
  if (requestUrl === undefined) return { api: null, referenceOf: openAiReference };
  const read = checkBaseUrl(requestUrl, null);
  if ('problem' in read) {
    throw new TuttiError('bad_usage', `The address of --request-url ${read.problem}`, {
      hint: 'Such as https://api.openai.com/v1/chat/completions.',
    });
  }
  const api = apiOfPath(read.url);
  const url = new URL(read.url);
  if (url.host === OPENAI_HOST) return { api, referenceOf: openAiReference };
  const base = read.url.replace(/\/(?:chat\/completions|completions|responses|embeddings)$/, '');
  const name =
    [...settings.endpoints].find(([, { value }]) => isAddress(value.baseUrl, base))?.[0] ??
    providers.find(({ defaultBaseUrl }) => isAddress(defaultBaseUrl, base))?.name;
  const start = name === undefined ? `${base}#` : `${name}/`;
  return { api, referenceOf: (model) => start + model };
}

/** Tells whether an address is of the same server and protocol. */
function isAddress(known: string | null | undefined, base: string): boolean {
  return known !== null && known !== undefined && URL.parse(known)?.origin === new URL(base).origin;
}

function openAiReference(model: string, api: string): string {
  return `${api === 'responses' ? 'openai-responses' : 'openai'}/${model}`;
}
