import { eachText, type ScoredText, type Scorer } from '../shape/scorer.ts';
import { commonSubsequence } from './common-subsequence.ts';

/** Marks are vowels in some scripts. */
const WORD = /[\p{L}\p{M}\p{Nd}]+/gu;

/** ROUGE-L: the F1 of the longest common subsequence of words; of several expected answers the best. */
export const scorer: Scorer = {
  name: 'rouge-l',
  about: 'ROUGE-L against expected_response: F1 of the longest common subsequence of words',
  needsExpected: true,
  prepare: () => eachText(rougeL),
};

function rougeL({ text, expected }: ScoredText): number {
  const ids = new Map<string, number>();
  const own = wordsOf(text, ids);
  return Math.max(...expected.texts.map((one) => f1(own, wordsOf(one, ids))));
}

/** Numbers for the words of a text: runs of letters with their marks, and of digits, in lower case. */
function wordsOf(text: string, ids: Map<string, number>): Int32Array {
  const words = text.normalize('NFC').toLowerCase().match(WORD) ?? [];
  return Int32Array.from(words, (word) => {
    const id = ids.get(word) ?? ids.size;
    if (id === ids.size) ids.set(word, id);
    return id;
  });
}

function f1(own: Int32Array, wanted: Int32Array): number {
  const common = commonSubsequence(wanted, own);
  return common === 0 ? 0 : (2 * common) / (own.length + wanted.length);
}
