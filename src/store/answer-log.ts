import type { Answer } from '../core/answer.ts';
import type { Clock } from '../core/clock.ts';
import type { TuttiError } from '../core/tutti-error.ts';
import type { FileLayer } from '../io/index.ts';
import type { CallMarks, RowEnd } from './journal-line.ts';
import type { JournalPlace } from './journal-place.ts';

/** Keeps what became of the calls and rows of a run. */
export interface AnswerLog {
  /**
   * Keeps an answer; resolved when it is safe.
   *
   * @param marks of a call of a row that has, or may have, several; null for a row's only call
   * @param id the row's, to be kept with it; default none
   */
  append(answer: Answer, marks: CallMarks | null, id?: string): Promise<JournalPlace>;
  /** Keeps the end of a row of several calls, or of none; resolved when it is safe. */
  endRow(row: number, end: RowEnd, id?: string): Promise<JournalPlace>;
}

/** How a journal is opened. */
export interface JournalOptions {
  readonly clock: Clock;
  /** Answers that the file holds already, for the message of a failure; default 0. */
  readonly savedBefore?: number;
  /** The run whose journal it is, where the file does not say it yet; default: nothing is written of it. */
  readonly runId?: string | undefined;
  /** Milliseconds between two syncs while there is something to sync; default 1000. */
  readonly syncEveryMs?: number;
  /** Told once when the journal fails; a failed sync shows only here and on the next `append`. */
  readonly onFailure?: (error: TuttiError) => void;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}
