import { plainLine } from '../../core/plain-text.ts';

/** A value of a row as messages show it: in quotes, on one line, never long. */
export function quoted(text: string): string {
  // Space around a name is what nobody sees, and may be all that is wrong with it.
  const around = (place: RegExp) => (text.trim() !== '' && place.test(text) ? ' ' : '');
  return JSON.stringify(`${around(/^\s/)}${plainLine(text, 60)}${around(/\s$/)}`);
}
