import { VERDICT_CODES } from '../../core/comparison-table.ts';

/** Every way of writing a verdict that the known forms have, in lower case. */
const WORDS = new Map<string, number>([
  ['left', VERDICT_CODES.left],
  ['right', VERDICT_CODES.right],
  ['tie', VERDICT_CODES.tie],
  ['draw', VERDICT_CODES.tie],
  ['both_bad', VERDICT_CODES.both_bad],
  ['both bad', VERDICT_CODES.both_bad],
  ['bothbad', VERDICT_CODES.both_bad],
  ['tie (bothbad)', VERDICT_CODES.both_bad],
  ['tie (both_bad)', VERDICT_CODES.both_bad],
  ['tie (both bad)', VERDICT_CODES.both_bad],
  ['model_a', VERDICT_CODES.left],
  ['model_b', VERDICT_CODES.right],
]);

/** Code of a verdict in any of the known spellings and any case; undefined for anything else. */
export function verdictCode(word: unknown): number | undefined {
  return typeof word === 'string' ? WORDS.get(word.trim().toLowerCase()) : undefined;
}

const SPELLINGS = 'left, right, tie, both_bad (or model_a, model_b, tie (bothbad))';

/** Says which verdicts there are instead of a word that is none; it may be the name of one of the two items. */
export function unknownVerdict(shown: string, isName: boolean): string {
  const known = isName ? ', which names an item; write its side:' : '; known are';
  return `the verdict is ${shown}${known} ${SPELLINGS}`;
}
