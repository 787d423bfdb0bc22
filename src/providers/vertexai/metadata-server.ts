import { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { AccessToken } from './access-tokens.ts';
import { exchangeOnce } from './exchange-once.ts';
import { readToken } from './token-request.ts';

const ROOT = '/computeMetadata/v1';
/** The server is on the machine itself, or there is none. */
const TIMEOUT_MS = 3_000;
const FLAVOR = 'metadata-flavor';

/**
 * Asks the machine's metadata server for a token of what it runs as.
 *
 * @throws CallError when it gives none.
 */
export async function metadataToken(
  host: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<AccessToken> {
  const path = '/instance/service-accounts/default/token';
  return readToken(await ask(host, path, clock, signal), host);
}

/**
 * Asks the metadata server which project the machine belongs to, which shows at once whether there is one.
 *
 * @param looked the places where credentials were looked for before
 * @throws TuttiError `missing_key` when there is no such server.
 */
export async function metadataProject(host: string, looked: string, clock: Clock): Promise<string> {
  try {
    const text = await ask(host, '/project/project-id', clock, new AbortController().signal);
    return text.trim();
  } catch (error) {
    const message = `vertexai has no credentials; looked for ${looked}, and asked the metadata server ${host}`;
    throw new TuttiError('missing_key', message, {
      hint: 'Log in: gcloud auth application-default login. Or set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account, or VERTEXAI_API_KEY.',
      cause: error,
    });
  }
}

/** No proxy leads to the machine's own server, and only one that calls itself Google's is believed. */
async function ask(host: string, path: string, clock: Clock, signal: AbortSignal): Promise<string> {
  const { status, headers, body } = await exchangeOnce(new URL(`http://${host}${ROOT}${path}`), {
    method: 'GET',
    headers: { [FLAVOR]: 'Google', 'user-agent': 'tutti' },
    body: null,
    proxy: {},
    clock,
    signal,
    timeoutMs: TIMEOUT_MS,
  });
  if (status === 200 && headers[FLAVOR] === 'Google') return body;
  const code = status >= 500 || status === 429 ? 'server_error' : 'unauthorized';
  throw new CallError(code, `The metadata server ${host} answered ${status}`, {
    httpStatus: status,
    hint: 'Has this machine a service account, with access to Vertex AI?',
  });
}
