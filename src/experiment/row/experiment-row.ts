import type { JsonObject } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import type { WantedReply } from './reply-form.ts';

/** How a row names its model: by a reference, or by prompto's pair. */
export interface ModelSelector {
  /** The `model` of the row, or null when it has `api` and `model_name`. */
  readonly reference: string | null;
  readonly api: string | null;
  /** Null where the row has `api` alone, which few allow. */
  readonly modelName: string | null;
  /** The `group`, whose limits replace those of the model; null if there is none. */
  readonly group: string | null;
}

/** One line of an experiment, checked. */
export interface ExperimentRow {
  /** The row's `id` as text; null if it has none. */
  readonly id: string | null;
  readonly selector: ModelSelector;
  /** How its prompt is written: one text, a list of texts, or a list of messages. */
  readonly promptForm: 'text' | 'turns' | 'messages';
  /** One list of new messages for each user turn; every turn but the first is one user message. */
  readonly turns: readonly (readonly Message[])[];
  /** The row's `parameters` without `n`. */
  readonly parameters: JsonObject;
  /** Completions wanted of each turn: `parameters.n`, or 1. */
  readonly samples: number;
  readonly mode: 'chat' | 'completion';
  readonly safetyFilter: string | null;
  /** Whether its answers are streamed; null: as the run and the endpoint have it. */
  readonly stream: boolean | null;
  /** Whether the bodies of its answers are kept whole; null: as the run has it. */
  readonly keepRaw: boolean | null;
  /** How the reply must look; null: it is taken as it is. */
  readonly reply: WantedReply | null;
}
