import type { LineWaiter } from './answer-log.ts';
import type { JournalPlace } from './journal-place.ts';

/** A line on its way to the file, and who waits for it. */
export interface WaitingLine extends JournalPlace {
  readonly isAnswer: boolean;
  readonly waiter: LineWaiter;
}

/** How many lines end, with their line end, at or before a place of the file. */
export function wholeLines(lines: readonly Omit<JournalPlace, 'content'>[], end: number): number {
  let count = 0;
  while (count < lines.length) {
    const line = lines[count]!;
    if (line.offset + line.length + 1 > end) break;
    count++;
  }
  return count;
}
