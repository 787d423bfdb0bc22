import type { Answer } from '../core/answer.ts';

/** The choices of an answer, each with how it ended. */
export function choicesOf({ texts, finishReason, details }: Answer): readonly TextChoice[] {
  return texts.map((text, at) => ({
    text,
    finishReason: details?.choices?.[at]?.finishReason ?? finishReason,
  }));
}

/** A text that came, and how it ended. */
export interface TextChoice {
  readonly text: string;
  readonly finishReason: string | null;
}
