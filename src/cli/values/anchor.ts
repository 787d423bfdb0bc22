import type { Parsed } from '../option.ts';
import { numberFrom } from './number.ts';

/** An item and the rating it shall have. */
export interface Anchor {
  readonly item: string;
  readonly rating: number;
}

/** Reads `MODEL=RATING`; the last `=` splits. */
export function anchor(text: string): Parsed<Anchor> {
  const at = text.lastIndexOf('=');
  const item = text.slice(0, at).trim();
  const rating = numberFrom(-1e9, 1e9)(text.slice(at + 1));
  return at > 0 && item !== '' && 'value' in rating
    ? { value: { item, rating: rating.value } }
    : { problem: 'must be MODEL=RATING, such as gpt-4=1200' };
}
