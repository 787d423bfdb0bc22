import type { ContextSize } from '../../core/context-size.ts';
import type { CallErrorCode } from '../../core/error-catalogue.ts';
import { contextNumbersIn, contextSize } from './context-numbers.ts';
import type { VendorError } from './vendor-error.ts';

/** Codes, in lower case, of errors that are about what one request holds. */
const CODES: Readonly<Record<string, CallErrorCode>> = {
  context_length_exceeded: 'context_too_long',
  contextwindowexceedederror: 'context_too_long',
  exceed_context_size_error: 'context_too_long',
  model_max_prompt_tokens_exceeded: 'context_too_long',
  prompt_too_long: 'context_too_long',
  model_context_window_exceeded: 'context_too_long',
  // GLM (Zhipu, Z.ai) counts its errors.
  '1261': 'context_too_long',
  '1301': 'content_filtered',
  content_filter: 'content_filtered',
  content_policy_violation: 'content_filtered',
  contentpolicyviolationerror: 'content_filtered',
  moderation_blocked: 'content_filtered',
  responsibleaipolicyviolation: 'content_filtered',
  data_inspection_failed: 'content_filtered',
  datainspectionfailed: 'content_filtered',
  invalid_image: 'media_refused',
  invalid_image_url: 'media_refused',
  invalid_image_format: 'media_refused',
  invalid_base64_image: 'media_refused',
  image_parse_error: 'media_refused',
  image_too_large: 'media_refused',
  image_too_small: 'media_refused',
  image_content_policy_violation: 'content_filtered',
  unsupported_image_media_type: 'media_refused',
  empty_image_file: 'media_refused',
  failed_to_download_image: 'media_refused',
  image_file_not_found: 'media_refused',
};

/** How services without such a code say it, with a status that blames the request. */
const TEXTS: readonly (readonly [RegExp, CallErrorCode])[] = [
  [
    /\b(?:maximum|max|model'?s?|the)\b.{0,20}\bcontext (?:length|window|size)\b|\bcontext (?:length|window|size)\b.{0,30}\b(?:exceed|is only|limit)/i,
    'context_too_long',
  ],
  [/\bexceeds?\b.{0,40}\bcontext (?:length|window|size)\b/i, 'context_too_long'],
  [/\b(?:prompt|input|request) (?:is )?too (?:long|many tokens)/i, 'context_too_long'],
  [
    /\b(?:input|prompt) (?:token count|tokens|length)\b.{0,40}\bexceeds?\b|\bexceeds? the maximum number of (?:input )?tokens\b/i,
    'context_too_long',
  ],
  [
    /\b(?:inputs`? must have less than \d|longer than the (?:maximum model|context) length|maximum prompt length is \d|too large for model with \d|exceeded model token limit|range of input length should be|reduce the length of the messages|tokens in the prompt cannot exceed|larger than the max context size|maximum supported sequence length)|inputs`? tokens \+ `?max_new_tokens`? must be <=/i,
    'context_too_long',
  ],
  [
    /\b(?:could not|cannot|failed to|unable to) (?:process|decode|load|download|fetch|parse)\b.{0,30}\b(?:image|audio|video|document|pdf|file)\b/i,
    'media_refused',
  ],
  [
    /\b(?:image|audio|video|document|pdf)\b.{0,40}\b(?:exceeds?|too large|not supported|unsupported|invalid|corrupt)/i,
    'media_refused',
  ],
];

/** What is said of the answer's length alone, which no shorter prompt mends. */
const ANSWER_TOO_LONG =
  /(?<!\+ `?)\bmax_(?:completion_|output_|new_)?tokens\b[^.]{0,40}\b(?:cannot be greater|must be|exceeds|is (?:greater|larger|too large))/i;
/** OpenAI says it of every text that is too long; only those of the conversation are the prompt. */
const LONG_TEXT = /^Invalid '(?:messages|input|prompt)\b[^']{0,200}': string too long/;

/** The class of an error that is about what this one request holds; null for any other. */
export function aboutOneRow(status: number, error: VendorError): CallErrorCode | null {
  const { codes, message } = error;
  for (const code of codes) {
    const word = code.toLowerCase();
    if (Object.hasOwn(CODES, word)) return CODES[word]!;
  }
  const blamesRequest = status === 400 || status === 413 || status === 422;
  // Gateways send what a server refused under a status of their own; the numbers leave no doubt.
  if (!blamesRequest) return status === 200 || status >= 500 ? byNumbers(error) : null;
  if (codes.includes('string_above_max_length')) {
    return LONG_TEXT.test(message) ? 'context_too_long' : null;
  }
  const found = TEXTS.find(([words]) => words.test(message))?.[1] ?? null;
  if (found !== null && found !== 'context_too_long') return found;
  if (byNumbers(error) !== null) return 'context_too_long';
  return found !== null && !isOfAnswer(error) ? found : null;
}

/** By both numbers: more was given than there is room for, and a shorter prompt would do. */
function byNumbers(error: VendorError): CallErrorCode | null {
  const { limit = null, given = null, forAnswer = 0 } = contextSizeOf(error) ?? {};
  const isTooLong = limit !== null && given !== null && given >= limit && forAnswer < limit;
  return isTooLong ? 'context_too_long' : null;
}

function isOfAnswer(error: VendorError): boolean {
  const { limit = null, forAnswer = 0 } = contextSizeOf(error) ?? {};
  return (limit !== null && forAnswer >= limit) || ANSWER_TOO_LONG.test(error.message);
}

/** By how much a request is too long, as far as the error says it. */
export function contextSizeOf({ message, tokens }: VendorError): ContextSize | undefined {
  return tokens === null
    ? contextNumbersIn(message)
    : contextSize(tokens.limit, tokens.given, null);
}
