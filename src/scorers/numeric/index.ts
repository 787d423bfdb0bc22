import { decimalDistance, isSameDecimal } from '../../core/decimal.ts';
import { positiveNumber, readNamedValues } from '../shape/named-values.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';
import { type FoundNumber, lastNumber } from '../texts/last-number.ts';

/** Whether the last number of the answer is that of the expected one, within a tolerance. */
export const scorer: Scorer = {
  name: 'numeric',
  about:
    'whether the last number in the answer is that of expected_response; abs= and rel= allow a difference',
  argument: { form: 'abs=N,rel=N', isRequired: false },
  needsExpected: true,
  prepare: ({ argument }) => {
    const tolerances = readNamedValues(argument, { abs: positiveNumber, rel: positiveNumber });
    const { abs = 0, rel = 0 } = tolerances;
    return eachText(({ text, expected }) => {
      const own = lastNumber(text);
      return expected.texts.some((one) => {
        const wanted = lastNumber(one);
        if (wanted === null)
          throw new Error(`expected_response "${one.slice(0, 60)}" has no number`);
        return own !== null && isNear(own, wanted, Math.max(abs, rel * Math.abs(wanted.value)));
      });
    });
  },
};

/** What is expected may have been rounded to a double; numbers too large for it are compared by all of their digits. */
function isNear(own: FoundNumber, wanted: FoundNumber, tolerance: number): boolean {
  const isExact = Math.abs(wanted.value) <= Number.MAX_SAFE_INTEGER;
  if (own.value === wanted.value && isExact) return true;
  if (tolerance === 0) return own.value === wanted.value && isSameDecimal(own.text, wanted.text);
  const distance = decimalDistance(own.text, wanted.text);
  // The tolerance is rounded, too: 0.1 * 0.7 is a little less than 0.07.
  return distance !== null && distance <= tolerance * (1 + 4 * Number.EPSILON);
}
