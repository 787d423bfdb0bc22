import { nearestName } from '../core/nearest-name.ts';
import { plainLine } from '../core/plain-text.ts';
import { SCORERS } from './scorers.generated.ts';

/** A scorer as the user asked for it. */
export interface ScorerRequest {
  /** The key of its values in records. */
  readonly key: string;
  /** Name of a scorer here, or the path of a file that is one. */
  readonly name: string;
  /** What stands behind the name and a colon; empty without one. */
  readonly argument: string;
  /** True when the name is a path. */
  readonly isFile: boolean;
}

const WITH_KEY = /^([A-Za-z_][\w.-]*)=(.+)$/s;
/** A path, as `./mine.ts`, or a name that ends as one. */
const PATH = /^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])|\.(?:[cm]?[jt]s)$/;
const KEY = /^[A-Za-z_][\w.-]*$/;

/** Keys that a row or a record needs for something else. */
const TAKEN = new Set([
  ...['id', 'prompt', 'model', 'api', 'model_name', 'parameters', 'group', 'expected_response'],
  ...['mode', 'safety_filter', 'stream', 'keep_raw', 'reply_form', 'reply_key', '__proto__'],
  ...['response', 'answer', 'score_errors', 'verdict', 'verdict_reason', 'verdict_error'],
]);
/** What keys of rows that were made, and columns of tables, begin with. */
const TAKEN_BEGINNING = /^(?:input|answer|parameters)-/;

/**
 * Reads `[KEY=]NAME[:ARGUMENT]`; the key is the name, or the name of the file, where none is given.
 *
 * @returns what is wrong, as a sentence, where it is no scorer
 */
export function readScorerRequest(text: string): ScorerRequest | { readonly problem: string } {
  const [, givenKey, behindKey] = WITH_KEY.exec(text) ?? [];
  const named = behindKey ?? text;
  const isFile = PATH.test(named);
  const colon = isFile ? -1 : named.indexOf(':');
  const name = colon < 0 ? named : named.slice(0, colon);
  const argument = colon < 0 ? '' : named.slice(colon + 1);
  if (!isFile && !Object.hasOwn(SCORERS, name)) return { problem: unknown(name) };
  const key = givenKey ?? (isFile ? fileKey(name) : name);
  if (!KEY.test(key)) {
    return { problem: `The file ${quoted(name)} gives no key: write KEY=${plainLine(name, 200)}.` };
  }
  if (TAKEN.has(key) || TAKEN_BEGINNING.test(key)) {
    return {
      problem: `The key ${quoted(key)} has a meaning of its own in records: choose another.`,
    };
  }
  if (!isFile) {
    const wrong = wrongArgument(name, colon >= 0 && argument !== '');
    if (wrong !== undefined) return { problem: wrong };
  }
  return { key, name, argument, isFile };
}

function fileKey(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.[a-z]+$/i, '');
}

function wrongArgument(name: string, isGiven: boolean): string | undefined {
  const { form } = SCORERS[name]!;
  if (form.startsWith(':') && !isGiven) {
    return `The scorer ${name} needs an argument: ${name}${form}.`;
  }
  return form === '' && isGiven ? `The scorer ${name} takes no argument.` : undefined;
}

function unknown(name: string): string {
  const names = Object.keys(SCORERS);
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `There is no scorer ${quoted(name)}.${meant} There are ${names.join(', ')}, and files such as ./my-scorer.ts.`;
}

function quoted(text: string): string {
  return JSON.stringify(plainLine(text, 60));
}
