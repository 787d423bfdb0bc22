import { CallError } from '../../core/call-error.ts';
import type { JsonObject } from '../../core/json.ts';
import { nearestName } from '../../core/nearest-name.ts';

const THRESHOLDS: Readonly<Record<string, string>> = {
  none: 'BLOCK_NONE',
  few: 'BLOCK_ONLY_HIGH',
  default: 'BLOCK_MEDIUM_AND_ABOVE',
  some: 'BLOCK_MEDIUM_AND_ABOVE',
  most: 'BLOCK_LOW_AND_ABOVE',
};

const CATEGORIES = [
  'HARM_CATEGORY_HATE_SPEECH',
  'HARM_CATEGORY_HARASSMENT',
  'HARM_CATEGORY_DANGEROUS_CONTENT',
  'HARM_CATEGORY_SEXUALLY_EXPLICIT',
];

/**
 * Writes a safety filter word as Gemini's settings for its four categories.
 *
 * @throws CallError `bad_request` for a word that is none of `none`, `few`, `default`, `some`, `most`.
 */
export function safetySettings(filter: string): readonly JsonObject[] {
  const threshold = Object.hasOwn(THRESHOLDS, filter) ? THRESHOLDS[filter]! : undefined;
  if (threshold === undefined) {
    const words = Object.keys(THRESHOLDS);
    throw new CallError('bad_request', `There is no safety filter \`${filter}\``, {
      hint: `It is one of ${words.join(', ')}; did you mean ${nearestName(filter, words) ?? 'default'}?`,
    });
  }
  return CATEGORIES.map((category) => ({ category, threshold }));
}
