import type { Answer } from '../../core/answer.ts';
import type { Model } from '../../core/model.ts';
import type { NamedModel } from '../../judge/index.ts';
import type { PreferenceVerdict } from './preference.ts';

/** A panel whose models answer, and whose judges rank the answers. */
export interface PreferOptions {
  /** The panel's own name. */
  readonly reference: string;
  /** 2 to 26. The reference of each is its name in rankings: no other has it. */
  readonly models: readonly NamedModel[];
  /** At least one; they may be the models themselves. */
  readonly judges: readonly Model[];
  /** By what the answers are ranked, in words; default factuality and writing style. */
  readonly criteria?: string | undefined;
  /** Of orders and keys; whole number. */
  readonly seed: number;
  /** False shows judges the names of models in the answers, too. Default true. */
  readonly mask?: boolean | undefined;
  /** Which prompt of a study it is, counted from 0, so that orders are balanced over it; default: by the prompt's text. */
  readonly ordinal?: number | undefined;
  /** Receives the text of answers as it comes, with the number of the model. */
  readonly onDelta?: ((model: number, text: string) => void) | undefined;
  /** Told of each answer, with the number of its model. */
  readonly onAnswer?: ((model: number, answer: Answer) => void) | undefined;
  /** Told of each verdict as it comes. */
  readonly onVerdict?: ((verdict: PreferenceVerdict) => void) | undefined;
}
