import { eachText, type Scorer } from '../shape/scorer.ts';

/** Whether the expected answer stands anywhere in the answer. */
export const scorer: Scorer = {
  name: 'includes',
  about: 'whether expected_response stands in the answer',
  needsExpected: true,
  prepare: () => eachText(({ text, expected }) => expected.texts.some((one) => text.includes(one))),
};
