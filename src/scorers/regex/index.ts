import { userPattern } from '../../core/user-pattern.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';

/** Whether a regular expression is found in the answer. */
export const scorer: Scorer = {
  name: 'regex',
  about: 'whether a regular expression (RE2; (?i) for any case) is found in the answer',
  argument: { form: 'RE', isRequired: true },
  needsExpected: false,
  prepare: ({ argument }) => {
    const { isIn } = userPattern(argument);
    return eachText(({ text }) => isIn(text));
  },
};
