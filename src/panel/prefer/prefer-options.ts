import type { Answer } from '../../core/answer.ts';
import type { ModelNameOptions } from '../../core/maker-names.ts';
import type { Model } from '../../core/model.ts';
import type { PreferenceVerdict } from './preference.ts';

/** A model that is asked, and what it is known by. */
export interface PreferredModel {
  /** Its reference is its name in rankings: no other has it. */
  readonly model: Model;
  /** What it, or its parts, are called elsewhere: an answer gives its author away by these names, too. Default none. */
  readonly names?: readonly ModelName[] | undefined;
}

/** A name of a model. */
export interface ModelName extends Pick<ModelNameOptions, 'alias' | 'modelId'> {
  readonly reference: string;
}

/** A panel whose models answer, and whose judges rank the answers. */
export interface PreferOptions {
  /** The panel's own name. */
  readonly reference: string;
  /** 2 to 26. */
  readonly models: readonly PreferredModel[];
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
