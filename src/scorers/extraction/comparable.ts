import { decimalKey } from '../../core/decimal.ts';
import { numberOf } from '../../core/exact-json.ts';
import { foldCase } from '../../core/fold-case.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { chosenLetter } from '../choice/chosen-letter.ts';
import { lastNumber } from '../texts/last-number.ts';
import { withUsualNumbers } from '../texts/usual-numbers.ts';
import { withoutMarkup } from './without-markup.ts';

/** Digits, in groups or not, with a fraction, or one divided by another. */
const NUMBER = String.raw`(?:(?:\d{1,3}(?:(?:\{,\}|,\\!|[,\u00a0\u202f\u2009])\d{3}){1,20}|\d{1,60})(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][-+]?\d{1,4})?(?:\s?\/\s?\d{1,20})?`;
/** Nothing but one number, with a currency, a percent sign or brackets around it: `$1,000.00`, `\(42\)`, `€ 3`, `50 %`. */
const ONLY_NUMBER = new RegExp(
  String.raw`^(?:[\s$€£¥₹(=≈~]|\\[($[]|\\boxed\{|US\$){0,8}[-+−–]?\s?[$€£¥₹]?` +
    String.raw`(?:${NUMBER}|\\[dt]?frac\{[\d.]{1,20}\}\{[\d.]{1,20}\})(?:[\s$€£¥₹%)}.。]|\\[)\]%]){0,8}$`,
);
/** A letter alone, or one with its option behind it: `B`, `(b)`, `Option B`, `B) Paris`. */
const LETTER =
  /^[\s*_`"'([{$]{0,8}(?:\\boxed\{|\\text\{){0,2}(?:(?:option|choice)\s{1,3})?[\s(]{0,3}[A-Za-z](?:[\s*_`"')\]}$.:]{0,8}$|[).:]{1,2}\s)/i;
/** `B - Paris`, `B (Paris)`; but not `N - 1`, `P (A)`, `a (small) dog`. */
const LETTER_AND_OPTION =
  /^(?:(?:[Oo]ption|[Cc]hoice)\s{1,3})?[\s(]{0,3}([A-Z])\)?(?:\s{0,3}[-–—]\s{1,3}(?=\p{L}{2})|\s{1,3}\((?=[^()]{0,300}\p{L}{2}|[\s$€£]{0,3}[\d.,]{1,60}[\s%]{0,3}\))[^()]{0,300}\)[\s.]{0,3}$)/u;
/** `Yes, because …`, `Yes (because …)` and `Yes it is` say yes; `No idea` does not say no. */
const YES_OR_NO =
  /^(yes|no|true|false)(?:\s{0,3}[,.;:!(–—-]|\s{1,3}(?:it|they|he|she|this|that|these|those|there|we|you)\s)/i;
/** What stands around a text without belonging to it. */
const AROUND = /[\s*_`"'“”‘’«».,;:!?。！？]/;

/** An answer as it is compared: a number where it is nothing else, the letter of an option, or its words. */
export function comparableAnswer(response: string): string {
  const said = withoutMarkup(response);
  if (ONLY_NUMBER.test(withUsualNumbers(said))) {
    const number = comparableNumber(said);
    if (number !== null) return number;
  }
  if (LETTER.test(said)) {
    const letter = chosenLetter(said);
    if (letter !== null) return letter;
  }
  const letter = LETTER_AND_OPTION.exec(said)?.[1];
  if (letter !== undefined) return letter;
  return (YES_OR_NO.exec(said)?.[1] ?? comparableText(said)).toLowerCase();
}

/** The last number that a text names, written in the one way in which all that are equal are; null without one. */
export function comparableNumber(text: string): string | null {
  const found = lastNumber(text);
  return found === null ? null : decimalKey(found.text);
}

/** A text without case, marks around it and the kinds of its white space; empty for one of marks alone. */
export function comparableText(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && AROUND.test(text[start]!)) start++;
  while (end > start && AROUND.test(text[end - 1]!)) end--;
  return foldCase(text.slice(start, end)).split(/\s+/).join(' ');
}

/** A value of JSON: numbers and texts as they are compared elsewhere, lists and objects whatever the order of keys. */
export function comparableJson(value: JsonValue): string {
  const number = numberOf(value);
  if (number !== null) return decimalKey(JSON.stringify(value)) ?? String(number);
  if (typeof value === 'string') return comparableText(value);
  return JSON.stringify(inOrder(value));
}

function inOrder(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  if (numberOf(value) !== null) return value;
  const entries = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  // Pairs: a key such as __proto__, or one that is a number, would be another in an object.
  return entries.map(([key, one]) => [key, inOrder(one)]);
}
