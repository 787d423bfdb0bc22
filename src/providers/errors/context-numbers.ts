import type { ContextSize } from '../../core/context-size.ts';

/** A number as services write it, by the name of what it counts. */
const count = (name: 'limit' | 'given' | 'prompt' | 'answer') => `(?<${name}>\\d[\\d,]{0,14})`;
const LIMIT = count('limit');
const GIVEN = count('given');
const PROMPT = count('prompt');
const ANSWER = count('answer');

/**
 * How services say that a request is too long, with its numbers: `limit` is the most that the model takes, `given` what
 * was asked for, or `prompt` and `answer` its two parts. The first that is found counts.
 */
const SAYINGS: readonly RegExp[] = [
  // Anthropic
  `prompt is too long: ${GIVEN} tokens > ${LIMIT} maximum`,
  `exceed context limit: ${PROMPT} \\+ ${ANSWER} > ${LIMIT}`,
  // OpenAI, Azure, DeepSeek, OpenRouter, vLLM, SGLang
  `context length (?:is|of) ${LIMIT} tokens.{0,40}\\brequest(?:ed|ing)(?: about| a total of)? ${GIVEN} tokens(?: \\([^()]{0,120}?${ANSWER} (?:in|for) the (?:completion|output)\\)|: [^.]{0,60} and (?<rest>\\d[\\d,]{0,14}) tokens for the completion)?`,
  `context length is ${LIMIT} tokens.{0,40}\\brequested ${ANSWER} output tokens and your prompt contains (?:at least )?${PROMPT} input tokens`,
  `context length is ${LIMIT} tokens.{0,40}\\brequested ${ANSWER} output tokens and your prompt contains`,
  `passed (?:${PROMPT} input tokens|[\\d,]{1,15} input characters) and requested ${ANSWER} output tokens.{0,60}\\bcontext length is only ${LIMIT} tokens`,
  `too large: ${ANSWER}\\.? .{0,40}context length is ${LIMIT} tokens.{0,30}\\brequest has ${PROMPT} input tokens`,
  `context length is ${LIMIT} tokens.{0,40}\\b(?:resulted in|request has) ${GIVEN} (?:input )?tokens`,
  `configured limit of ${LIMIT} tokens.{0,60}\\bresulted in ${GIVEN} tokens`,
  `prompt \\(length ${GIVEN}\\) is longer than the maximum model length of ${LIMIT}`,
  // SGLang, Together
  `input \\(${GIVEN} tokens\\) is longer than the .{0,12}context length \\(${LIMIT} tokens\\)`,
  `input length \\(?${GIVEN}(?: tokens)?\\)? exceeds .{0,20}maximum (?:allowed )?(?:input |context )?length (?:of )?\\(?${LIMIT}`,
  // llama.cpp, LM Studio
  `request \\(${GIVEN} tokens\\) exceeds the available context size \\(${LIMIT} tokens\\)`,
  `input \\(${GIVEN} tokens\\) is larger than the max context size \\(${LIMIT} tokens\\)`,
  `keep the first ${GIVEN} tokens when .{0,60}context length of only ${LIMIT} tokens`,
  `context length \\(n_keep: ${GIVEN} >= n_ctx: ${LIMIT}\\)`,
  // Text Generation Inference, and Text Embeddings Inference
  `max_new_tokens\\W? must be <= ${LIMIT}\\. Given: ${PROMPT} \\W?inputs\\W? tokens and ${ANSWER} `,
  `inputs\\W? must have less than ${LIMIT} tokens\\. Given: ${GIVEN}`,
  // Gemini, xAI, Mistral, Copilot, Moonshot
  `input token count \\(${GIVEN}\\) exceeds the maximum number of tokens allowed \\(?${LIMIT}`,
  `maximum number of tokens allowed \\(?${LIMIT}`,
  `maximum prompt length is ${LIMIT} but the request contains ${GIVEN} tokens`,
  `prompt contains ${GIVEN} tokens.{0,40}, too large for model with ${LIMIT} maximum context length`,
  `token count of ${GIVEN} exceeds the limit of ${LIMIT}`,
  `exceeded model token limit: ${LIMIT}(?: \\(requested: ${GIVEN}\\))?`,
  // Cohere, Fireworks, Cerebras, SambaNova, Alibaba, others
  `tokens in the prompt cannot exceed ${LIMIT} - received ${GIVEN}`,
  `prompt is too long: ${GIVEN}, model maximum context length: ${LIMIT}`,
  `current length is ${GIVEN} while limit is ${LIMIT}`,
  `sequence length of ${GIVEN}, but the maximum supported sequence length is just ${LIMIT}`,
  `range of input length should be \\[\\d{1,9}, ?${LIMIT}\\]`,
  `prompt has ${GIVEN} tokens, but the configured context size is ${LIMIT} tokens`,
  // The limit alone
  `context (?:length|window|size)(?: is| of|:)?(?: only)? \\(?${LIMIT} ?tokens`,
].map((saying) => new RegExp(saying, 'is'));

/** Services say it at once; what stands behind may be the request, said again. */
const MAX_SAID = 4_000;
/** No model takes as many; a larger number is none of tokens. */
const MAX_TOKENS = 1e9;

/** The numbers in what a service says of a request that is too long; undefined if there are none. */
export function contextNumbersIn(message: string): ContextSize | undefined {
  const said = message.slice(0, MAX_SAID);
  for (const saying of SAYINGS) {
    const { groups } = saying.exec(said) ?? {};
    if (groups !== undefined) return sizeOf(groups);
  }
  return undefined;
}

function sizeOf(groups: Readonly<Record<string, string | undefined>>): ContextSize | undefined {
  const limit = tokensIn(groups.limit);
  const prompt = tokensIn(groups.prompt);
  const forAnswer = tokensIn(groups.answer ?? groups.rest);
  const sum = prompt === null ? null : prompt + (forAnswer ?? 0);
  return contextSize(limit, tokensIn(groups.given) ?? sum, forAnswer);
}

/** Both numbers as far as they make sense: what is no more than the limit is not too long. */
export function contextSize(
  limit: number | null,
  given: number | null,
  forAnswer: number | null,
): ContextSize | undefined {
  if (limit === null && given === null) return undefined;
  const isTooLong = limit === null || given === null || given >= limit;
  return { limit, given: isTooLong ? given : null, ...(forAnswer !== null && { forAnswer }) };
}

function tokensIn(text: string | undefined): number | null {
  const tokens = text === undefined ? Number.NaN : Number(text.replaceAll(',', ''));
  return tokens <= MAX_TOKENS ? tokens : null;
}
