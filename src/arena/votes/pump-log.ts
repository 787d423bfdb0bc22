import { basename, dirname } from 'node:path';
import type { JsonContext } from './json-row.ts';
import { pumpRankings } from './pump-rankings.ts';
import { addRankingPairs } from './ranking-pairs.ts';

/** What the log of a panel begins with, after warnings. */
export const PUMP_MARK = 'Running the pump for the following providers';

/**
 * Reads a log of parallellm-pump into pairs. A row's judge is the member, its prompt the name of the log,
 * its answers (column `answers`) the log itself; the left item is the one with the lower number. A
 * member whose text does not rank every answer once is an invalid value at the line of its name.
 */
export function readPumpLog(text: string, context: JsonContext): void {
  const { rankings, problems } = pumpRankings(text);
  for (const { line, problem } of problems) {
    context.collector.invalid.add(context.file, line, problem);
  }
  const prompt = logPrompt(context.file);
  const answers = `${basename(dirname(context.file))}/${prompt}`;
  for (const { judge, ranks, shown } of rankings) {
    const groups = [
      ['prompt', prompt],
      ['judge', judge],
      ['answers', answers],
    ] as const;
    const extras = { groups, features: [], weight: 1 };
    addRankingPairs(context, ranks, `${context.file} ${judge}`, extras, shown);
  }
}

/** The prompt that a log is about: its name without the ending. */
export function logPrompt(path: string): string {
  return basename(path).replace(/\.log(\.gz)?$/, '');
}
