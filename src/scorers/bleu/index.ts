import { GramMatches } from '../grams/gram-matches.ts';
import { type CorpusScore, eachCounted, type ScoredText, type Scorer } from '../shape/scorer.ts';
import { tokens13a } from './tokens-13a.ts';

const MAX_ORDER = 4;

/** Length of the text and of the nearest reference, matches by order, n-grams by order. */
function countsOf({ text, expected }: ScoredText): number[] {
  const ids = new Map<string, number>();
  const symbolsOf = (one: string) =>
    Int32Array.from(tokens13a(one), (token) => {
      const id = ids.get(token) ?? ids.size;
      if (id === ids.size) ids.set(token, id);
      return id;
    });
  const references = expected.texts.map(symbolsOf);
  const symbols = symbolsOf(text);
  const { length } = symbols;
  const matches = grams.count(symbols, references);
  const totals = matches.map((_, at) => Math.max(0, length - at));
  return [length, nearestLength(length, references), ...matches, ...totals];
}

const grams = new GramMatches(MAX_ORDER);

function nearestLength(length: number, references: readonly Int32Array[]): number {
  const lengths = references.map((reference) => reference.length).sort((a, b) => a - b);
  const nearest = Math.min(...lengths.map((one) => Math.abs(one - length)));
  return lengths.find((one) => Math.abs(one - length) === nearest) ?? 0;
}

/**
 * BLEU (Papineni et al., 2002) between 0 and 1: the geometric mean of the shares of n-grams of 1 to 4 tokens that the
 * reference has, times a penalty for brevity. An order without a match counts as half of one, the next as a quarter,
 * and so on (sacrebleu's `exp`).
 *
 * @param effectiveOrder true leaves out orders that a short text does not have
 */
function bleu(counts: readonly number[], effectiveOrder: boolean): number {
  const [length = 0, reference = 0] = counts;
  const matches = counts.slice(2, 2 + MAX_ORDER);
  const totals = counts.slice(2 + MAX_ORDER);
  if (matches.every((count) => count === 0)) return 0;
  const brevity = length < reference ? Math.exp(1 - reference / length) : 1;
  let share = 1;
  let logs = 0;
  let orders = 0;
  for (const [at, matched] of matches.entries()) {
    const total = totals[at]!;
    if (total === 0) break;
    if (matched === 0) share /= 2;
    logs += Math.log((matched === 0 ? share : matched) / total);
    orders++;
  }
  if (!effectiveOrder && orders < MAX_ORDER) return 0;
  return brevity * Math.exp(logs / orders);
}

const corpus: CorpusScore = {
  counts: countsOf,
  ofText: (counts) => bleu(counts, true),
  ofAll: (sums) => bleu(sums, false),
};

/** BLEU as sacrebleu 2 gives it, over 100. */
export const scorer: Scorer = {
  name: 'bleu',
  about:
    "sacrebleu's sentence BLEU against expected_response, 0 to 1; the corpus's in the aggregates",
  needsExpected: true,
  corpus,
  prepare: () => eachCounted(corpus),
};
