import { TuttiError } from '../../core/tutti-error.ts';
import { readNamedValues, wholeNumber } from '../shape/named-values.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';

const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

/** What lengths are counted in. */
const UNITS: Readonly<Record<string, (text: string) => number>> = {
  characters: (text) => {
    let count = 0;
    for (const _ of text) count++;
    return count;
  },
  words: (text) => text.match(WORD)?.length ?? 0,
};

/** Whether the answer is as long as it may be; without bounds how long it is. */
export const scorer: Scorer = {
  name: 'length',
  about:
    'whether the answer is within min= and max= characters, or unit=words; without them, how long it is',
  argument: { form: 'max=N,min=N,unit=words', isRequired: false },
  needsExpected: false,
  prepare: ({ argument }) => {
    const { min, max, unit } = readNamedValues(argument, {
      max: wholeNumber,
      min: wholeNumber,
      unit: (text) => (Object.hasOwn(UNITS, text) ? text : undefined),
    });
    if (min !== undefined && max !== undefined && min > max) {
      throw new TuttiError('bad_usage', `min=${min} is more than max=${max}`);
    }
    const lengthOf = UNITS[unit ?? 'characters']!;
    if (min === undefined && max === undefined) return eachText(({ text }) => lengthOf(text));
    return eachText(({ text }) => {
      const length = lengthOf(text);
      return length >= (min ?? 0) && length <= (max ?? Number.POSITIVE_INFINITY);
    });
  },
};
