import { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { parsedOrUndefined } from '../errors/failed-answer.ts';
import type { ProxySettings } from '../transport/proxy-choice.ts';
import { Secrets } from '../transport/secrets.ts';
import type { AccessToken } from './access-tokens.ts';
import { exchangeOnce } from './exchange-once.ts';
import type { Grant } from './token-grants.ts';

/** A lifetime that is not told is that of all of Google's tokens. */
const USUAL_LIFETIME_SECONDS = 3600;

/** How a token is asked for. */
export interface TokenRequest {
  readonly url: URL;
  readonly form: Grant;
  readonly proxy: ProxySettings;
  readonly certificateFile: string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Asks a token server for a token.
 *
 * @throws CallError `unauthorized` when it refuses the credentials, else what is wrong with the server or the way there.
 */
export async function requestToken({ url, form, ...way }: TokenRequest): Promise<AccessToken> {
  const { status, body } = await exchangeOnce(url, {
    ...way,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'tutti' },
    body: new URLSearchParams(form.parameters).toString(),
  });
  const secrets = new Secrets(form.secrets, form.secrets);
  if (status >= 300) throw refused(status, body, url, form, secrets);
  return readToken(body, url.host);
}

/**
 * Reads the token that an answer holds.
 *
 * @throws CallError `response_not_json` when it holds none.
 */
export function readToken(body: string, host: string): AccessToken {
  const value = parsedOrUndefined(body);
  const { access_token: token, expires_in: seconds } = isJsonObject(value) ? value : {};
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,10000}$/.test(token)) {
    throw new CallError('response_not_json', `${host} answered without an access token`, {
      hint: 'Is it the token server of these credentials?',
    });
  }
  const lifetime = typeof seconds === 'number' && seconds > 0 ? seconds : USUAL_LIFETIME_SECONDS;
  return { text: token, lifetimeMs: lifetime * 1000 };
}

/** Of what the server says only the two fields that are meant to be read, without what was sent to it. */
function refused(
  status: number,
  body: string,
  { host }: URL,
  { file }: Grant,
  secrets: Secrets,
): CallError {
  const value = parsedOrUndefined(body);
  const { error, error_description: description } = isJsonObject(value) ? value : {};
  const words = [error, description].filter((word) => typeof word === 'string').join(': ');
  const said = words === '' ? '' : `: ${plainLine(secrets.redact(words), 300)}`;
  if (status >= 500 || status === 429 || status === 408) {
    return new CallError('server_error', `The token server ${host} answered ${status}${said}`, {
      httpStatus: status,
    });
  }
  const message = `The token server ${host} refused the credentials in ${plainLine(file, 300)} (${status}${said})`;
  return new CallError('unauthorized', message, {
    httpStatus: status,
    hint: 'Log in again: gcloud auth application-default login. Of a service account, is the key still valid?',
  });
}
