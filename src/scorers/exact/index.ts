import { foldCase } from '../../core/fold-case.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';

/** Whether the answer is the expected one but for space around it, case and how accents are composed. */
export const scorer: Scorer = {
  name: 'exact',
  about: 'whether the answer equals expected_response, but for case and space around it',
  needsExpected: true,
  prepare: () =>
    eachText(({ text, expected }) => {
      const own = foldCase(text.trim());
      return expected.texts.some((one) => foldCase(one.trim()) === own);
    }),
};
