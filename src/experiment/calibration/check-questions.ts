import type { JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { expectedAnswer } from '../../scorers/extraction/answer-extractor.ts';
import { type RowSource, readSource } from '../made-rows/read-source.ts';

/** The right answer of a row, in the form in which answers are compared; null without one. */
export function rightAnswer(
  { expected_response: expected }: JsonObject,
  extract: string | null,
): string | null {
  return expected === undefined || expected === null ? null : expectedAnswer(extract, expected);
}

/** Rows without a right answer that are named in a message. */
const MOST_NAMED = 5;

/**
 * Looks whether every question has a right answer that can be compared.
 *
 * @param extract how answers are found, see `answerExtractor`
 * @throws TuttiError `bad_input` that names the first rows without one; and for a line that is no row
 */
export async function checkQuestions(source: RowSource, extract: string | null): Promise<void> {
  const wrong: number[] = [];
  let rows = 0;
  for await (const { number, row } of readSource(source)) {
    rows += 1;
    if (rightAnswer(row, extract) === null) wrong.push(number);
  }
  const label = plainLine(source.label, 1000);
  if (rows === 0) throw new TuttiError('bad_input', `${label} has no questions`);
  if (wrong.length === 0) return;
  const named = wrong.slice(0, MOST_NAMED).join(', ');
  const more = wrong.length > MOST_NAMED ? ` and ${wrong.length - MOST_NAMED} more` : '';
  throw new TuttiError(
    'bad_input',
    `${label}: ${wrong.length} of ${rows} questions have no right answer (rows ${named}${more})`,
    { hint: 'Give each row "prompt" and "expected_response", the answer alone.' },
  );
}
