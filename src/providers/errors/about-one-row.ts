import type { CallErrorCode } from '../../core/error-catalogue.ts';
import type { VendorError } from './vendor-error.ts';

/** Codes, in lower case, of errors that are about what one request holds. */
const CODES: Readonly<Record<string, CallErrorCode>> = {
  context_length_exceeded: 'context_too_long',
  contextwindowexceedederror: 'context_too_long',
  exceed_context_size_error: 'context_too_long',
  string_above_max_length: 'context_too_long',
  model_max_prompt_tokens_exceeded: 'context_too_long',
  prompt_too_long: 'context_too_long',
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
    /\b(?:could not|cannot|failed to|unable to) (?:process|decode|load|download|fetch|parse)\b.{0,30}\b(?:image|audio|video|document|pdf|file)\b/i,
    'media_refused',
  ],
  [
    /\b(?:image|audio|video|document|pdf)\b.{0,40}\b(?:exceeds?|too large|not supported|unsupported|invalid|corrupt)/i,
    'media_refused',
  ],
];

/** The class of an error that is about what this one request holds; null for any other. */
export function aboutOneRow(status: number, { codes, message }: VendorError): CallErrorCode | null {
  for (const code of codes) {
    const word = code.toLowerCase();
    if (Object.hasOwn(CODES, word)) return CODES[word]!;
  }
  if (status !== 400 && status !== 413 && status !== 422) return null;
  return TEXTS.find(([words]) => words.test(message))?.[1] ?? null;
}
