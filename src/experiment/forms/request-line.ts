import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { quoted } from '../row/quoted.ts';
import { rowObject } from './row-object.ts';

/** The APIs that a request may have been written for. */
export type RequestApi = 'chat' | 'completion' | 'responses';

/** Whom requests are for. */
export interface RequestTarget {
  /** The API of bodies that do not say it themselves; null: as they look. */
  readonly api: RequestApi | 'embeddings' | null;
  /** The reference of a model that a body names. */
  readonly referenceOf: (model: string, api: RequestApi) => string;
}

/** A line in another form, or why it has none, as the end of a sentence. */
export type RewrittenLine = { readonly text: string } | { readonly problem: string };

/** Path of an API's address, behind the version. */
const PATHS: readonly (readonly [path: string, api: RequestApi | 'embeddings'])[] = [
  ['/chat/completions', 'chat'],
  ['/completions', 'completion'],
  ['/responses', 'responses'],
  ['/embeddings', 'embeddings'],
];

const PROMPT_KEYS = { chat: 'messages', completion: 'prompt', responses: 'input' } as const;

/** The API that a path or an address ends in; null for none that is known. */
export function apiOfPath(path: string): RequestApi | 'embeddings' | null {
  const end = path.replace(/[?#].*$/s, '').replace(/\/$/, '');
  return PATHS.find(([known]) => end.endsWith(known))?.[1] ?? null;
}

/**
 * Makes the reader of a file of requests, from its first line: OpenAI's batch lines (`custom_id`, `url`, `body`), or
 * bodies as the cookbook's processor takes them, with `metadata`. Undefined for rows of an experiment.
 */
export function requestReader(
  firstLine: string,
  target: RequestTarget,
): ((line: string) => RewrittenLine) | undefined {
  const first = rowObject(firstLine);
  const isRequest = first !== null && (isBatchLine(first) || isBody(first, target));
  if (!isRequest) return undefined;
  return (line) => {
    const value = rowObject(line);
    if (value === null) return { text: line };
    if (isBatchLine(value)) return batchRow(value, target);
    return isBody(value, target) ? bodyRow(value, target) : { text: line };
  };
}

function isBatchLine({ custom_id, body, prompt }: JsonObject): boolean {
  return custom_id !== undefined && isJsonObject(body) && prompt === undefined;
}

/** A body of Completions looks like a row, so that the address must say that it is one. */
function isBody(value: JsonObject, { api }: RequestTarget): boolean {
  if (typeof value.model !== 'string') return false;
  if (api === 'completion') return value.prompt !== undefined;
  return value.prompt === undefined && (value.messages ?? value.input) !== undefined;
}

function batchRow(line: JsonObject, target: RequestTarget): RewrittenLine {
  const { custom_id, method, url, body, ...others } = line as JsonObject & { body: JsonObject };
  const path = typeof url === 'string' ? url : '';
  const api = url === undefined ? (target.api ?? apiOfBody(body)) : apiOfPath(path);
  if (api === null) {
    const known = PATHS.slice(0, 3).map(([end]) => `/v1${end}`);
    return { problem: `has the url ${quoted(path)}, which is none of ${known.join(', ')}` };
  }
  if (method !== undefined && method !== 'POST') {
    return { problem: `has the method ${quoted(JSON.stringify(method))}, not "POST"` };
  }
  return row({ id: custom_id! }, body, others, api, target);
}

function bodyRow(value: JsonObject, target: RequestTarget): RewrittenLine {
  const { metadata, ...body } = value;
  const others: JsonObject = metadata === undefined ? {} : { metadata };
  return row({}, body, others, target.api ?? apiOfBody(body), target);
}

function apiOfBody({ messages, prompt }: JsonObject): RequestApi {
  if (messages !== undefined) return 'chat';
  return prompt === undefined ? 'responses' : 'completion';
}

function row(
  start: JsonObject,
  body: JsonObject,
  others: JsonObject,
  api: RequestApi | 'embeddings',
  { referenceOf }: RequestTarget,
): RewrittenLine {
  if (api === 'embeddings') return { problem: 'asks for embeddings, which are no answers' };
  const { model, stream, [PROMPT_KEYS[api]]: prompt, ...parameters } = body;
  if (typeof model !== 'string' || model === '') return { problem: 'has a body without "model"' };
  if (prompt === undefined) return { problem: `has a body without "${PROMPT_KEYS[api]}"` };
  const written: Record<string, JsonValue> = {
    ...others,
    ...start,
    prompt,
    model: referenceOf(model, api),
    ...(api === 'completion' && { mode: 'completion' }),
    ...(stream !== undefined && { stream }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
  return { text: JSON.stringify(written) };
}
