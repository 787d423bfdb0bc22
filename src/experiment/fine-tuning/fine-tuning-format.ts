/** The forms of files for fine-tuning, with what each example has: one completion, or two of which one is better. */
export const FINE_TUNING_FORMATS = {
  'openai-chat': 'completion',
  anthropic: 'completion',
  gemini: 'completion',
  sharegpt: 'completion',
  alpaca: 'completion',
  dpo: 'preference',
  'openai-dpo': 'preference',
} as const;

/** A form of files for fine-tuning. */
export type FineTuningFormat = keyof typeof FINE_TUNING_FORMATS;

/** Tells whether a word names such a form. */
export function isFineTuningFormat(word: string): word is FineTuningFormat {
  return Object.hasOwn(FINE_TUNING_FORMATS, word);
}
