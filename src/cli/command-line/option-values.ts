import type { RowCondition } from '../../arena/index.ts';
import { parseDurationMs } from '../../core/duration.ts';
import type { Cap } from '../../ranking/index.ts';
import type { Parsed } from './option.ts';

/** Reads a name: any text but an empty one. */
export function name(text: string): Parsed<string> {
  return text.trim() === '' ? { problem: 'must be a name' } : { value: text };
}

/** Reads a path: any text but an empty one or one with a NUL. */
export function path(text: string): Parsed<string> {
  return text === '' || text.includes('\0') ? { problem: 'must be a path' } : { value: text };
}

/** Makes a reader of whole numbers of a range, both ends included. */
export function countFrom(
  minimum: number,
  maximum = 1_000_000_000,
): (text: string) => Parsed<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
    return value >= minimum && value <= maximum
      ? { value }
      : { problem: `must be a whole number from ${minimum} to ${maximum}` };
  };
}

/** Makes a reader of numbers of a range, both ends included: `0.5`, `-3`, `1e-6`. */
export function numberFrom(minimum: number, maximum: number): (text: string) => Parsed<number> {
  return (text) => {
    const value = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text.trim())
      ? Number(text)
      : Number.NaN;
    return value >= minimum && value <= maximum
      ? { value }
      : { problem: `must be a number from ${minimum} to ${maximum}` };
  };
}

/** Makes a reader of seconds of a range, also written as a duration (`500ms`, `2m`); its value is in milliseconds. */
export function secondsFrom(minimum: number, maximum: number): (text: string) => Parsed<number> {
  return (text) => {
    const value = parseDurationMs(text, 's');
    return value !== undefined && value >= minimum * 1000 && value <= maximum * 1000
      ? { value }
      : { problem: `must be ${minimum} to ${maximum} seconds, such as 2 or 500ms` };
  };
}

/** Reads names separated by commas; none is empty. */
export function nameList(text: string): Parsed<readonly string[]> {
  const names = text.split(',').map((word) => word.trim());
  return names.includes('') ? { problem: 'must be names, separated by commas' } : { value: names };
}

/** Makes a reader of one of a few words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Parsed<Word> {
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return (text) => {
    const value = words.find((word) => word === text);
    return value === undefined ? { problem: `must be ${list}` } : { value };
  };
}

/** Makes a reader of some of a few words, separated by commas. */
export function wordList<Word extends string>(
  words: readonly Word[],
): (text: string) => Parsed<readonly Word[]> {
  return (text) => {
    const given = text.split(',').map((word) => word.trim());
    const known = given.flatMap((word) => words.find((one) => one === word) ?? []);
    return known.length === given.length
      ? { value: known }
      : { problem: `must be some of ${words.join(', ')}, separated by commas` };
  };
}

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

/** Reads `COLUMN[/COLUMN]=N`: at most N comparisons of each combination. */
export function cap(text: string): Parsed<Cap> {
  const [, names = '', count = ''] = /^(.+)=(\d{1,9})$/.exec(text.trim()) ?? [];
  const columns = names.split('/').map((name) => name.trim());
  return Number(count) >= 1 && !columns.includes('')
    ? { value: { columns, most: Number(count) } }
    : { problem: 'must be COLUMN=N or COLUMN/COLUMN=N, such as judge/day=30' };
}

/** Reads `COLUMN=VALUE` or `COLUMN!=VALUE`. */
export function rowCondition(text: string): Parsed<RowCondition> {
  const [, column = '', sign = '', value = ''] = /^([^=!]+)(!?=)(.*)$/s.exec(text) ?? [];
  return column.trim() === ''
    ? { problem: 'must be COLUMN=VALUE or COLUMN!=VALUE' }
    : { value: { column: column.trim(), value, negated: sign === '!=' } };
}
