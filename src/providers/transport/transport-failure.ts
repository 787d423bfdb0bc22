import { CallError } from '../../core/call-error.ts';
import type { CallErrorCode } from '../../core/error-catalogue.ts';

const TLS_HINT =
  "If the certificate is your own or your company's, name its file in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA=1.";

const BY_CODE: Readonly<Record<string, CallErrorCode>> = {
  ECONNREFUSED: 'connection_failed',
  EHOSTUNREACH: 'connection_failed',
  EHOSTDOWN: 'connection_failed',
  ENETUNREACH: 'connection_failed',
  ENETDOWN: 'connection_failed',
  EADDRNOTAVAIL: 'connection_failed',
  EACCES: 'connection_failed',
  EPERM: 'connection_failed',
  ETIMEDOUT: 'connection_failed',
  EMFILE: 'connection_failed',
  ENFILE: 'connection_failed',
  UND_ERR_CONNECT_TIMEOUT: 'connection_failed',
  UND_ERR_ABORTED: 'connection_failed',
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  EAI_NODATA: 'dns_failed',
  EAI_FAIL: 'dns_failed',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'response_truncated',
  UND_ERR_HEADERS_OVERFLOW: 'response_too_large',
  EPROTO: 'tls_failed',
  UND_ERR_INVALID_ARG: 'bad_request',
  UND_ERR_DESTROYED: 'not_sent',
  UND_ERR_CLOSED: 'not_sent',
};

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|ERROR_IN_C)/;

/** What a server that speaks plain HTTP is to OpenSSL. */
const NO_TLS = /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/;

/** What happens to a secure connection that was good: it says nothing about certificates. */
const TLS_ACCIDENT = /^ERR_SSL_\w*(BAD_RECORD_MAC|ALERT_INTERNAL_ERROR)$/;

/**
 * Says in our words why an exchange over the network failed.
 *
 * @param answering true when the head of the answer had arrived.
 */
export function transportFailure(error: unknown, host: string, answering: boolean): CallError {
  // Whoever opened the connection knows best why it could not.
  if (error instanceof CallError) return error;
  const code = codeOf(error);
  const kind = kindOf(code, answering);
  const detail = code === undefined ? reason(error) : `${code}: ${reason(error)}`;
  const isPlain = kind === 'tls_failed' && code !== undefined && NO_TLS.test(code);
  return new CallError(kind, `${SENTENCES[kind] ?? 'The request failed'}: ${host} (${detail})`, {
    hint: isPlain
      ? `${host} answers without TLS: does its address begin with http://?`
      : HINTS[kind]?.(host),
  });
}

function kindOf(code: string | undefined, answering: boolean): CallErrorCode {
  if (code === undefined) return answering ? 'response_truncated' : 'connection_reset';
  const known = TLS_CODE.test(code) ? 'tls_failed' : BY_CODE[code];
  if (known === 'tls_failed' && (answering || TLS_ACCIDENT.test(code))) {
    return answering ? 'response_truncated' : 'connection_reset';
  }
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return 'response_not_json';
  return answering ? 'response_truncated' : 'connection_reset';
}

/** The code of an error, of what caused it, or of the first of several tries. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 4) return undefined;
  // undici gives some of its parser's errors no code.
  if ((error as Error).name === 'HTTPParserError') return 'HPE_INVALID';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = codeOf(Array.isArray(errors) ? errors[0] : cause, depth + 1);
  return typeof code === 'string' && !code.startsWith('UND_ERR_SOCKET') ? code : inner;
}

function reason(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  // OpenSSL puts numbers before its words, and a file of its source behind them.
  const message = /^[\dA-F]+:error:[\dA-F]+:[^:]*:[^:]*:([^:]+):/.exec(said)?.[1] ?? said;
  return message === '' ? 'no reason given' : message;
}

const SENTENCES: Partial<Record<CallErrorCode, string>> = {
  connection_failed: 'No connection to the server',
  dns_failed: 'The name of the server could not be resolved',
  connection_reset: 'The server closed the connection before it answered',
  response_truncated: 'The answer ended too early',
  response_too_large: 'The head of the answer is too large',
  response_not_json: 'The server does not speak HTTP as expected',
  tls_failed: 'No secure connection to the server',
  bad_request: 'The request cannot be sent',
  not_sent: 'The endpoint was closed before the request was sent',
};

const HINTS: Partial<Record<CallErrorCode, (host: string) => string>> = {
  connection_failed: (host) => `Is the server running at ${host}, and is the address right?`,
  dns_failed: (host) => `Check the spelling of ${host} in the base URL, and the network.`,
  tls_failed: () => TLS_HINT,
};
