import { isSameDecimal } from '../../core/decimal.ts';
import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { eachText, type ScoredText, type Scorer } from '../shape/scorer.ts';
import { jsonAnswer } from '../texts/json-answer.ts';

/** Whether the answer is the same JSON as the expected one, whatever the order of keys and the spelling of numbers. */
export const scorer: Scorer = {
  name: 'json-equal',
  about: 'whether the answer is the same JSON as expected_response, whatever the order of keys',
  needsExpected: true,
  prepare: () => eachText(isExpected),
};

function isExpected({ text, expected: { values, whole } }: ScoredText): boolean {
  const own = jsonAnswer(text);
  if (own === undefined) return false;
  // A list means any of; a list that is expected as a whole is meant, too.
  return isSame(own, whole) || values.some((value) => isSame(own, value) || isTextOf(own, value));
}

/** An expected text may be JSON itself, as cells of tables are. */
function isTextOf(own: JsonValue, value: JsonValue): boolean {
  if (typeof value !== 'string') return false;
  const read = jsonAnswer(value);
  return read !== undefined && isSame(own, read);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  const number = numberOf(a);
  if (number !== null) return isSameNumber(a, b, number);
  if (Array.isArray(a)) {
    const isList = Array.isArray(b) && a.length === b.length;
    return isList && a.every((one, at) => isSame(one, b[at]!));
  }
  if (!isJsonObject(a) || !isJsonObject(b) || JSON.isRawJSON(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key]!, b[key]!))
  );
}

/** Numbers too large for a double to tell apart are compared by their digits. */
function isSameNumber(a: JsonValue, b: JsonValue, number: number): boolean {
  if (numberOf(b) !== number) return false;
  return (
    Math.abs(number) <= Number.MAX_SAFE_INTEGER ||
    isSameDecimal(JSON.stringify(a), JSON.stringify(b))
  );
}
