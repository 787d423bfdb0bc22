import { parseDurationMs } from '../../core/duration.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { FaultWindow } from './fault-rule.ts';

/** The end of a fault entry that says when it strikes. An address such as `http://u@host/` has none. */
export const WINDOW = /@((?:first|every)?\d[\dms.-]*)$/;

/**
 * Reads when a fault strikes: `3`, `10-12`, `first5`, `every10`, `2s-5s`.
 *
 * @throws TuttiError `bad_usage` when it is none of these, or ends before it begins.
 */
export function parseWindow(entry: string, when: string): FaultWindow {
  const [, word, count] = /^(first|every)(\d+)$/.exec(when) ?? [];
  if (word === 'every' && Number(count) > 0) return { kind: 'every', every: Number(count) };
  if (word === 'first' && Number(count) > 0) {
    return { kind: 'numbers', first: 1, last: Number(count) };
  }
  const [from = '', to = from, ...rest] = when.split('-');
  if (rest.length === 0 && /^\d+$/.test(from) && /^\d+$/.test(to) && ordered(from, to)) {
    return { kind: 'numbers', first: Number(from), last: Number(to) };
  }
  const fromMs = parseDurationMs(from);
  const untilMs = parseDurationMs(to);
  if (rest.length === 0 && fromMs !== undefined && untilMs !== undefined && fromMs < untilMs) {
    return { kind: 'time', fromMs, untilMs };
  }
  throw new TuttiError('bad_usage', `fault "${entry}": "@${when}" is no time`, {
    hint: 'Write @3, @10-12, @first5, @every10 or @2s-5s.',
  });
}

function ordered(from: string, to: string): boolean {
  return Number(from) > 0 && Number(from) <= Number(to);
}
