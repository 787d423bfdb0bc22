import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { hashText } from '../texts/hash-text.ts';
import type { QuestionKind } from './question.ts';

/** A row of an experiment that asks one question. */
export interface QuestionRow {
  readonly id: string;
  readonly prompt: string;
  /** The right answer. */
  readonly expected_response: string;
}

/** How far the wrong numbers are from the truth. */
const OFFSETS = [-1000, -110, -100, -90, -11, -10, -9, 9, 10, 11, 90, 100, 110, 1000];
const SMALLEST = 1000;

/**
 * Makes questions whose text tells the truth: sums that are true or false (`yesno`), with four choices (`choice`), or
 * open (`number`). No two are equal; the same seed gives the same ones.
 *
 * @param count how many, from 0
 */
export function* makeQuestions(
  count: number,
  kind: QuestionKind,
  seed: number,
): Generator<QuestionRow> {
  const digits = Math.max(4, String(count).length);
  for (let index = 0; index < count; index++) {
    const random = seededRandom(hashText(`${seed} ${kind} ${index}`));
    const left = SMALLEST + Math.floor(random() * 9 * SMALLEST);
    // The second summand counts up, so that no question comes twice.
    const right = SMALLEST + index;
    const id = `${kind}-${String(index + 1).padStart(digits, '0')}`;
    yield { id, ...written(kind, left, right, random) };
  }
}

function written(kind: QuestionKind, left: number, right: number, random: Random) {
  const sum = left + right;
  if (kind === 'number') {
    return row(`What is ${left} + ${right}? Answer with a number.`, String(sum));
  }
  if (kind === 'yesno') {
    const isTrue = random() < 0.5;
    const said = isTrue ? sum : sum + (drawn(OFFSETS, 1, random)[0] ?? 1);
    const prompt = `Is ${left} + ${right} equal to ${said}? Answer yes or no.`;
    return row(prompt, isTrue ? 'yes' : 'no');
  }
  const choices = drawn(OFFSETS, 3, random).map((offset) => sum + offset);
  const place = Math.floor(random() * 4);
  choices.splice(place, 0, sum);
  const lines = choices.map((value, index) => `${'ABCD'[index]}) ${value}`);
  const prompt = `What is ${left} + ${right}?\n${lines.join('\n')}\nAnswer with one letter.`;
  return row(prompt, 'ABCD'[place] ?? '');
}

function row(prompt: string, expected: string) {
  return { prompt, expected_response: expected };
}

/** Draws some of a list without drawing one twice. */
function drawn(values: readonly number[], count: number, random: Random): number[] {
  const left = [...values];
  return Array.from({ length: count }, () => {
    const [value = 0] = left.splice(Math.floor(random() * left.length), 1);
    return value;
  });
}
