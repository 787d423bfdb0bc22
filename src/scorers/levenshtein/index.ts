import { editDistance } from '../../core/edit-distance.ts';
import { eachText, type Scorer } from '../shape/scorer.ts';

/** How alike the answer and the expected one are: 1 - distance / longer length, in characters. */
export const scorer: Scorer = {
  name: 'levenshtein',
  about:
    'likeness of the answer and expected_response: 1 less the edit distance over the longer length',
  needsExpected: true,
  prepare: () =>
    eachText(({ text, expected }) => Math.max(...expected.texts.map((one) => likeness(text, one)))),
};

function likeness(a: string, b: string): number {
  const longer = Math.max(charactersIn(a), charactersIn(b));
  return longer === 0 ? 1 : 1 - editDistance(a, b) / longer;
}

function charactersIn(text: string): number {
  let pairs = 0;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) pairs++;
  return text.length - pairs;
}
