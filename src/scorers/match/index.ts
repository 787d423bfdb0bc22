import { eachText, type Scorer } from '../shape/scorer.ts';

/** Whether the answer is the expected one, character by character. */
export const scorer: Scorer = {
  name: 'match',
  about: 'whether the answer equals expected_response',
  needsExpected: true,
  prepare: () => eachText(({ text, expected }) => expected.texts.includes(text)),
};
