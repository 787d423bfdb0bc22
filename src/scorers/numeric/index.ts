import { positiveNumber, readNamedValues } from '../shape/named-values.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';
import { lastNumber } from '../texts/last-number.ts';

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
        return own !== null && isNear(own, wanted, Math.max(abs, rel * Math.abs(wanted)));
      });
    });
  },
};

/** Decimal fractions are rounded: 0.3 - 0.29 is a little more than 0.01. */
function isNear(own: number, wanted: number, tolerance: number): boolean {
  const rounding =
    tolerance === 0 ? 0 : 4 * Number.EPSILON * Math.max(Math.abs(own), Math.abs(wanted));
  return Math.abs(own - wanted) <= tolerance + rounding;
}
