import type { Answer } from '../core/answer.ts';
import { answerJson, responseJson } from './answer-json.ts';

/** The form of the journal's lines; one of another number is not read. */
export const JOURNAL_VERSION = 1;

/** Writes the journal's line of an answer, without its line end. */
export function journalLine(answer: Answer): string {
  const { row, turn, sample } = answer.key;
  return (
    `{"v":${JOURNAL_VERSION},"type":"answer","row":${row},"turn":${turn},"sample":${sample}` +
    `,"response":${responseJson(answer.texts)},"answer":${answerJson(answer)}}`
  );
}
