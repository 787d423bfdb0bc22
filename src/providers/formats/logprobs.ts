import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/**
 * Reads the log probabilities of a choice in OpenAI's form for chats (`content`: a list of tokens, taken as it is), in
 * its older form for completions (lists side by side), or as a bare list of tokens. Undefined if there are none.
 */
export function logprobsOf(value: unknown): readonly JsonValue[] | undefined {
  if (Array.isArray(value)) return value.length > 0 ? value : undefined;
  if (!isJsonObject(value)) return undefined;
  const lists = [value.content, value.refusal, value.reasoning_content].filter(Array.isArray);
  if (lists.length > 0) return lists.flat().length > 0 ? lists.flat() : undefined;
  return besideOneAnother(value);
}

/** Tokens, their probabilities and the likeliest others in lists of equal length. */
function besideOneAnother({ tokens, token_logprobs: logprobs, ...others }: JsonObject) {
  if (!Array.isArray(tokens) || !Array.isArray(logprobs) || tokens.length === 0) return undefined;
  const ids = others.token_ids;
  const top = others.top_logprobs;
  return tokens.map((token, index) => ({
    token,
    logprob: logprobs[index] ?? null,
    ...(Array.isArray(ids) && { id: ids[index] ?? null }),
    ...(Array.isArray(top) && { top_logprobs: likeliest(top[index]) }),
  }));
}

/** `{" yes": -0.1}` as a list of tokens; one that is a list already as it is. */
function likeliest(value: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([token, logprob]) => ({ token, logprob }));
}
