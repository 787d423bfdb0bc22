import type { Question } from './question.ts';

const ANSWER_LINE = /^[ \t]{0,20}Answer:[ \t]{0,20}(\S[^\r\n]{0,200})$/gim;
const MOST_BARE = 40;

/** The answer that a text gives: its last `Answer:` line, or the whole of a short text; null if it gives none. */
export function saidAnswer(text: string): string | null {
  const line = [...text.matchAll(ANSWER_LINE)].at(-1)?.[1];
  const said = line ?? (text.length <= MOST_BARE ? text : '');
  const plain = said
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
  return plain === '' ? null : plain;
}

/** Whether a text answers a question rightly; null if it gives no answer. */
export function isRight(text: string, { right }: Pick<Question, 'right'>): boolean | null {
  const said = saidAnswer(text);
  return said === null ? null : said === right.toLowerCase();
}
