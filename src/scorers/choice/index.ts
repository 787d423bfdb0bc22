import { eachText, type Scorer } from '../shape/scorer.ts';
import { chosenLetter } from './chosen-letter.ts';

const LETTER = /^[\s(]*([A-Za-z])[\s).:]*$/;

/** Whether the answer chooses the expected letter of several options. */
export const scorer: Scorer = {
  name: 'choice',
  about:
    'whether the answer chooses the letter that is expected_response: "B", "(B)", "The answer is B"',
  needsExpected: true,
  prepare: () =>
    eachText(({ text, expected }) => {
      const chosen = chosenLetter(text);
      return expected.texts.some((one) => {
        const letter = LETTER.exec(one)?.[1];
        if (letter === undefined) {
          throw new Error(`expected_response "${one.slice(0, 60)}" is not one letter`);
        }
        return letter.toUpperCase() === chosen;
      });
    }),
};
