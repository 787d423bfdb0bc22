import { isJsonObject } from './json.ts';
import { plainLine } from './plain-text.ts';

/** Errors of one that is made of several that are named. */
const MOST_NAMED = 3;
/** Causes of causes, and errors within errors, that are named. */
const MOST_DEPTH = 3;
const MOST_CHARACTERS = 500;

/** Says on one line what somebody's code has thrown, which may be anything. */
export function messageOf(thrown: unknown): string {
  try {
    return plainLine(wordsOf(thrown), MOST_CHARACTERS);
  } catch {
    return 'it threw what cannot be shown';
  }
}

/**
 * What somebody's code has thrown, in its own words: the message of an error, with the errors that it is made of
 * (`AggregateError`) and its causes; of what is no error its message, its JSON, or its text.
 *
 * @throws whatever what was thrown throws when it is looked at
 */
export function wordsOf(thrown: unknown): string {
  return withCauses(thrown, MOST_DEPTH);
}

function withCauses(thrown: unknown, depth: number): string {
  const own = ownWords(thrown, depth);
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause === undefined || cause === null || depth === 0) return own;
  const why = withCauses(cause, depth - 1);
  return own.includes(why) ? own : `${own} (${why})`;
}

function ownWords(thrown: unknown, depth: number): string {
  if (thrown instanceof AggregateError && depth > 0) {
    const all = new Set(thrown.errors.map((one) => withCauses(one, depth - 1)));
    const more = all.size > MOST_NAMED ? ` and ${all.size - MOST_NAMED} more` : '';
    const named = [...all].slice(0, MOST_NAMED).join('; ');
    if (named !== '') return `${thrown.message}: ${named}${more}`;
  }
  if (thrown instanceof Error) return String(thrown.message) || thrown.name;
  const text = String(thrown);
  if (!isJsonObject(thrown) || text !== '[object Object]') return text;
  const { message } = thrown;
  if (typeof message === 'string' && message !== '') return message;
  return JSON.stringify(thrown).slice(0, MOST_CHARACTERS);
}
