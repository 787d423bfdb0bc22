import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { isNestedTooDeeply } from '../../core/json-depth.ts';
import { MAX_WAIT_MS } from './retry-after.ts';
import { waitInText } from './wait-in-text.ts';

/** What a vendor's error body says, whatever its shape. */
export interface VendorError {
  readonly message: string;
  /** Every code-like word of it, the most special first. */
  readonly codes: readonly string[];
  /** An HTTP status given inside the body. */
  readonly innerStatus: number | null;
  /** How long the body asks to wait, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** Headers of another server that the body repeats, as gateways do; their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The quotas that Google's error details name; empty if none. */
  readonly quotaIds: readonly string[];
  /** Tokens that the model takes, and those of the prompt, where the error has them as numbers; null if it has none. */
  readonly tokens: { readonly limit: number | null; readonly given: number | null } | null;
}

/**
 * Finds the error that a parsed body holds at its top, or that its first choice holds: what OpenAI,
 * Anthropic, Google, Mistral and the servers that copy them write. `error: null` is none.
 */
export function errorInBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.length > 0 ? errorInBody(body[0]) : undefined;
  if (!isJsonObject(body)) return undefined;
  if (typeof body.error === 'string' && body.error !== '') return body; // its code stands beside it
  if (isErrorValue(body.error)) return body.error;
  if (body.object === 'error' || body.type === 'error') return body;
  const choice = Array.isArray(body.choices) ? body.choices[0] : undefined;
  return isJsonObject(choice) && isErrorValue(choice.error) ? choice.error : undefined;
}

/** Keys under which a body that is no answer says why, and those which show that it is meant as an error. */
const SAYINGS = ['message', 'detail', 'error_message', 'errorMessage', 'error_msg', 'msg'] as const;

/**
 * The error that a body without any answer in it may be: `{code, message}`, `{detail}`, a list of `errors`. Only for a
 * body, or an event, in which nothing else was found. Undefined if it says nothing.
 */
export function looseError(body: unknown): unknown {
  if (!isJsonObject(body)) return undefined;
  const { errors } = body;
  if (Array.isArray(errors) && errors.length > 0) return errors[0];
  const says = SAYINGS.some((key) => {
    const value = body[key];
    return (
      (typeof value === 'string' && value !== '') || (key === 'detail' && isErrorDetail(value))
    );
  });
  return says ? body : undefined;
}

/** FastAPI's list of what is wrong with a request. */
function isErrorDetail(value: unknown): boolean {
  return isJsonObject(value) || (Array.isArray(value) && value.length > 0);
}

/** An object in which nothing stands is none: some gateways give one beside each good answer. */
function isErrorValue(value: unknown): boolean {
  return isJsonObject(value) ? Object.values(value).some(Boolean) : isWord(value);
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Reads an error value; a body without any known shape gives an error without message or codes. */
export function readVendorError(value: unknown): VendorError {
  if (typeof value === 'string') return { ...NOTHING, message: value };
  if (!isJsonObject(value)) return NOTHING;
  const details = Array.isArray(value.details) ? value.details.filter(isJsonObject) : [];
  const inner = isJsonObject(value.innererror) ? value.innererror : {};
  const words = [
    ...details.map((detail) => detail.reason),
    inner.code,
    value.code,
    value.status,
    value.type,
    value.error_type,
  ];
  const raw = rawOf(value);
  const said = messageOf(value);
  const message = raw === undefined ? said : `${said}: ${raw.message}`;
  return {
    message,
    codes: [...(raw?.codes ?? []), ...words.map(wordOf).filter((word) => word !== null)],
    innerStatus:
      [
        value.code,
        value.status,
        value.status_code,
        value.http_status_code,
        value.error_code,
        value.type,
      ]
        .map(statusOf)
        .find((status) => status !== null) ?? null,
    retryAfterMs: retryDelayOf(details) ?? loadingTimeOf(value) ?? waitInText(message),
    headers: headersIn(value),
    quotaIds: details.flatMap(quotaIdsOf),
    tokens: tokensOf(value),
  };
}

/** A code worth the name: not empty, no bare status, not just `error`. Some services count their errors. */
const WORD = /^(?!\d{1,3}$|error$)./;

function wordOf(value: unknown): string | null {
  const word = typeof value === 'number' ? String(value) : value;
  return typeof word === 'string' && WORD.test(word) ? word : null;
}

const NOTHING: VendorError = {
  message: '',
  codes: [],
  innerStatus: null,
  retryAfterMs: null,
  headers: {},
  quotaIds: [],
  tokens: null,
};

function messageOf(error: JsonObject): string {
  for (const text of [...SAYINGS.map((key) => error[key]), error.error]) {
    if (typeof text === 'string' && text !== '') return innerMessageOf(text) ?? text;
    if (isJsonObject(text) || (Array.isArray(text) && text.length > 0)) return JSON.stringify(text);
  }
  return '';
}

/** OpenRouter repeats in `metadata.raw` what the server behind it said. */
function rawOf({ metadata, code }: JsonObject): VendorError | undefined {
  const raw = isJsonObject(metadata) ? metadata.raw : undefined;
  // Of what ails the server behind it, another one may be free.
  const blamesRequest = code === 400 || code === 413 || code === 422;
  if (typeof raw !== 'string' || raw === '' || !blamesRequest) return undefined;
  const parsed = parsedOr(raw);
  const error = readVendorError(errorInBody(parsed) ?? parsed);
  return error.message === '' ? undefined : error;
}

/** What a text is as JSON, else the text; also of what is too deep to be of any use. */
function parsedOr(text: string): unknown {
  if (isNestedTooDeeply(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Gateways put the whole body of another server into a message. */
function innerMessageOf(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    const { message } = readVendorError(errorInBody(parsed) ?? parsed);
    return message === '' ? undefined : message;
  } catch {
    return undefined;
  }
}

function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 300 && status < 600 ? status : null;
}

function retryDelayOf(details: readonly JsonObject[]): number | null {
  for (const { retryDelay } of details) {
    const seconds = typeof retryDelay === 'string' && /^([\d.]+)s$/.exec(retryDelay);
    if (seconds) return Math.min(Math.ceil(Number(seconds[1]) * 1000), MAX_WAIT_MS);
  }
  return null;
}

/** A server that loads its model says how many seconds that will take. */
function loadingTimeOf({ estimated_time: seconds }: JsonObject): number | null {
  return typeof seconds === 'number' && seconds >= 0
    ? Math.min(Math.ceil(seconds * 1000), MAX_WAIT_MS)
    : null;
}

/** OpenRouter repeats in `metadata.headers` what the limit that was hit says of itself. */
function headersIn({ metadata }: JsonObject): Readonly<Record<string, string>> {
  const headers = isJsonObject(metadata) && isJsonObject(metadata.headers) ? metadata.headers : {};
  const texts = Object.entries(headers).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** llama.cpp has both numbers beside its words. */
function tokensOf({ n_ctx: limit, n_prompt_tokens: given }: JsonObject): VendorError['tokens'] {
  const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
  if (!isCount(limit) && !isCount(given)) return null;
  return {
    limit: isCount(limit) ? Number(limit) : null,
    given: isCount(given) ? Number(given) : null,
  };
}

function quotaIdsOf(detail: JsonObject): string[] {
  const violations = Array.isArray(detail.violations) ? detail.violations.filter(isJsonObject) : [];
  return violations.map((violation) => violation.quotaId).filter((id) => typeof id === 'string');
}
