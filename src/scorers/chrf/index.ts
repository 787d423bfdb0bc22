import { withoutSpace } from '../../core/python-space.ts';
import { GramMatches } from '../grams/gram-matches.ts';
import { type CorpusScore, eachCounted, type ScoredText, type Scorer } from '../shape/scorer.ts';

const MAX_ORDER = 6;
/** Recall counts as twice as important as precision: chrF2. */
const BETA_SQUARED = 4;

const grams = new GramMatches(MAX_ORDER);

/** By order: n-grams of the text, of the reference, and of both; of several references the best. */
function countsOf({ text, expected }: ScoredText): number[] {
  const symbols = charactersOf(text);
  let best: number[] = [];
  let highest = -1;
  for (const one of expected.texts) {
    const counts = countsAgainst(symbols, charactersOf(one));
    const score = chrf(counts);
    if (score <= highest) continue;
    highest = score;
    best = counts;
  }
  return best;
}

function countsAgainst(symbols: Int32Array, reference: Int32Array): number[] {
  const matches = grams.count(symbols, [reference]);
  return matches.flatMap((matched, at) => {
    const ofReference = Math.max(0, reference.length - at);
    // An order that the reference does not have says nothing of the text.
    const ofText = ofReference === 0 ? 0 : Math.max(0, symbols.length - at);
    return [ofText, ofReference, matched];
  });
}

function charactersOf(text: string): Int32Array {
  const characters = withoutSpace(text);
  const symbols = new Int32Array(characters.length);
  let count = 0;
  for (let at = 0; at < characters.length; at++) {
    const code = characters.codePointAt(at)!;
    if (code > 0xffff) at++;
    symbols[count++] = code;
  }
  return symbols.subarray(0, count);
}

/** chrF2 (Popović, 2015) between 0 and 1: the F-score of the mean precision and the mean recall of all orders that both have. */
function chrf(counts: readonly number[]): number {
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let at = 0; at < counts.length; at += 3) {
    const [ofText, ofReference, matched] = [counts[at]!, counts[at + 1]!, counts[at + 2]!];
    if (ofText === 0 || ofReference === 0) continue;
    precision += matched / ofText;
    recall += matched / ofReference;
    orders++;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return ((1 + BETA_SQUARED) * p * r) / (BETA_SQUARED * p + r);
}

const corpus: CorpusScore = { counts: countsOf, ofText: chrf, ofAll: chrf };

/** chrF2 as sacrebleu 2 gives it, over 100. */
export const scorer: Scorer = {
  name: 'chrf',
  about:
    "sacrebleu's sentence chrF2 against expected_response, 0 to 1; the corpus's in the aggregates",
  needsExpected: true,
  corpus,
  prepare: () => eachCounted(corpus),
};
