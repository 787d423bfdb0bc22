import { behindThinking } from '../../core/behind-thinking.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { userPattern } from '../../core/user-pattern.ts';
import { chosenLetter } from '../choice/chosen-letter.ts';
import { jsonAnswer } from '../texts/json-answer.ts';
import { answerLine } from './answer-line.ts';
import {
  comparableAnswer,
  comparableJson,
  comparableNumber,
  comparableText,
} from './comparable.ts';
import { withoutMarkup } from './without-markup.ts';

/** Finds the answer in a response, in the one form in which equal answers are the same text; null where there is none. */
export type AnswerExtractor = (response: string) => string | null;

/**
 * Makes what finds answers in responses: `number` (the last one), `choice` (the letter), `json:POINTER` (a value by its
 * RFC 6901 pointer), `text`, `re:PATTERN` (RE2; its first group, or all of it, where it is found last). All but the last
 * two look first at the last `Answer: …` line; by default there must be one, and it is a number, a letter or a text.
 * Numbers are equal however they are written: `1,000`, `1000.0`, `$1000`.
 *
 * @returns what is wrong with the text, as the end of a sentence, where it is none of these
 */
export function answerExtractor(
  text: string | null | undefined,
): AnswerExtractor | { readonly problem: string } {
  const found = extractorOf(text ?? '');
  if ('problem' in found) return found;
  return (response) => {
    const extracted = found.of(behindThinking(response));
    return extracted === null || extracted === '' ? null : extracted;
  };
}

/**
 * The answer that is expected, in the form of `answerExtractor`'s: it may stand alone, without an `Answer:` line.
 *
 * @returns null where it holds no such answer
 */
export function expectedAnswer(
  text: string | null | undefined,
  expected: JsonValue,
): string | null {
  const found = extractorOf(text ?? '');
  if ('problem' in found) return null;
  if (found.isJson) return comparableJson(expected);
  const said = typeof expected === 'string' ? expected : JSON.stringify(expected);
  const extracted = found.bare(said) ?? null;
  return extracted === '' ? null : extracted;
}

interface Extractor {
  readonly of: AnswerExtractor;
  /** Reads an answer that stands alone. */
  readonly bare: AnswerExtractor;
  readonly isJson?: boolean;
}

const FORMS = 'must be number, choice, text, json:POINTER or re:PATTERN';

function extractorOf(text: string): Extractor | { readonly problem: string } {
  const [, name = '', argument] = /^([a-z-]*)(?::(.*))?$/s.exec(text.trim()) ?? [];
  if (name === 'json' && argument !== undefined) return jsonExtractor(argument);
  if (name === 're' && argument !== undefined) return patternExtractor(argument);
  if (argument !== undefined) return { problem: FORMS };
  switch (name) {
    case '':
      if (text.trim() !== '') return { problem: FORMS };
      return { of: (response) => lineOf(response, comparableAnswer), bare: comparableAnswer };
    case 'number':
      return lineFirst(comparableNumber);
    case 'choice':
      return lineFirst(chosenLetter, (said) => chosenLetter(`Answer: ${withoutMarkup(said)}`));
    case 'text':
      return lineFirst(comparableText);
    default:
      return { problem: FORMS };
  }
}

function lineOf(response: string, read: AnswerExtractor): string | null {
  const line = answerLine(response);
  return line === null ? null : read(line.said);
}

/**
 * What the `Answer:` line says, else what stands behind it: whoever answers `unknown` has not said what stands before that.
 * The whole response where there is no such line.
 */
function lineFirst(read: AnswerExtractor, readLine = read): Extractor {
  const of = (response: string) => {
    const line = answerLine(response);
    return line === null ? read(response) : (readLine(line.said) ?? read(line.behind));
  };
  return { of, bare: read };
}

function patternExtractor(source: string): Extractor | { readonly problem: string } {
  if (source === '') return { problem: 'needs a pattern behind re:' };
  try {
    const pattern = userPattern(source);
    const of = (response: string) => {
      const found = pattern.lastIn(response);
      return found === null ? null : comparableAnswer(found);
    };
    return { of, bare: (said) => of(said) ?? comparableAnswer(said) };
  } catch (error) {
    if (!(error instanceof TuttiError)) throw error;
    return { problem: `has a pattern that cannot be read: ${error.message}` };
  }
}

function jsonExtractor(pointer: string): Extractor | { readonly problem: string } {
  if (pointer !== '' && !/^(?:\/(?:[^~/]|~[01])*)+$/.test(pointer)) {
    return { problem: 'needs a JSON pointer behind json:, such as json:/answer' };
  }
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const of = (response: string) => {
    const value = jsonAnswer(response) ?? lastFenced(response);
    const found = value === undefined ? undefined : valueAt(value, steps);
    return found === undefined ? null : comparableJson(found);
  };
  return { of, bare: of, isJson: true };
}

/** As many parts between fences are looked through, from the last one. */
const MOST_PARTS = 1_000;

/** The JSON of the last code fence that holds some. */
function lastFenced(response: string): JsonValue | undefined {
  const parts = response.split('```');
  for (let at = parts.length - 1; at >= Math.max(1, parts.length - MOST_PARTS); at--) {
    const value = at % 2 === 1 ? jsonAnswer(`\`\`\`${parts[at]!}\`\`\``) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueAt(value: JsonValue, steps: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    if (Array.isArray(at) && !/^(?:0|[1-9]\d{0,8})$/.test(step)) return undefined;
    at = (at as JsonObject)[step];
  }
  return at;
}
