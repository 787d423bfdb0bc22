import type { Answer } from '../../core/answer.ts';
import { degradationOf } from '../../core/answer-details.ts';
import { plainLine } from '../../core/plain-text.ts';

/** The line that stands before what a consortium answers that is not complete. */
export function degradedLine(status: 'degraded' | 'failed', why: readonly string[]): string {
  const sentences = why.map((one) => plainLine(one, 500).replace(/\.$/, ''));
  return `[${status}: ${sentences.join('; ')}]`;
}

/** The line before an answer of a consortium that is degraded; null before any other. */
export function degradedLineOf({ details }: Pick<Answer, 'details'>): string | null {
  const why = degradationOf(details);
  return why === null ? null : degradedLine('degraded', why);
}
