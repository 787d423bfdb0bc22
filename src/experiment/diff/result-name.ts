import { type TextHash, textHash } from '../../core/text-hash.ts';

/** What a result is found by. */
export interface ResultName {
  /** Its id as JSON, so that `2` is not `"2"`. */
  readonly id: string;
  /** The model that it names; null where it names none. */
  readonly model: string | null;
}

/** A hash of id and model. */
export function wholeName({ id, model }: ResultName): TextHash {
  return textHash(`${id}\n${model ?? ''}`, 1);
}
