import { RE2JS, RE2JSException } from 're2js';
import { TuttiError } from './tutti-error.ts';

/** A regular expression that somebody wrote: looking takes time in proportion to the text, whatever it is. */
export interface UserPattern {
  /** Tells whether it is found anywhere in a text. */
  readonly isIn: (text: string) => boolean;
  /** What its first group, or all of it where it has none, matches where it is found last; null where it is not. */
  readonly lastIn: (text: string) => string | null;
}

/**
 * Reads a regular expression in the syntax of RE2: no backreferences, no looking around; `(?i)` in front for any case.
 *
 * @throws TuttiError `bad_usage` where it is none
 */
export function userPattern(source: string): UserPattern {
  try {
    const pattern = RE2JS.compile(source);
    return { isIn: (text) => pattern.test(text), lastIn: (text) => lastMatch(pattern, text) };
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw new TuttiError('bad_usage', cause.message, {
      hint: 'Regular expressions are those of RE2: no backreferences, no looking around.',
      cause,
    });
  }
}

function lastMatch(pattern: RE2JS, text: string): string | null {
  const matcher = pattern.matcher(text);
  let last: string | null = null;
  while (matcher.find())
    last = (matcher.groupCount() > 0 ? matcher.group(1) : null) ?? matcher.group();
  return last;
}
