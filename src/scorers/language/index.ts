import { TuttiError } from '../../core/tutti-error.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';

/** Less of a text than this is enough to tell its language, and more takes time. */
const MOST_CHARACTERS = 10_000;

/** Whether the answer is in a language; null where no language can be told, as of a number. */
export const scorer: Scorer = {
  name: 'language',
  about:
    'whether the answer is in a language, such as en; no score where there are no words to tell it by',
  argument: { form: 'CODE', isRequired: true },
  needsExpected: false,
  prepare: async ({ argument }) => {
    // 2 MB of n-grams: loaded only where languages are scored.
    const { eld } = await import('eld/medium');
    const codes = Object.values(eld.info().Languages);
    const wanted = argument.toLowerCase();
    if (!codes.includes(wanted)) {
      throw new TuttiError('bad_usage', `"${argument}" is none of ${codes.sort().join(', ')}`);
    }
    return eachText(({ text }) => {
      const { language } = eld.detect(text.slice(0, MOST_CHARACTERS));
      return language === '' ? null : language === wanted;
    });
  },
};
