import type { Answer } from '../core/answer.ts';
import type { Clock } from '../core/clock.ts';
import type { TuttiError } from '../core/tutti-error.ts';
import type { FileLayer } from '../io/index.ts';
import type { CallMarks, RowEnd } from './journal-line.ts';
import type { JournalPlace } from './journal-place.ts';

/** Who waits for a line. One of the two is called, once. */
export interface LineWaiter {
  /** It is safe. Must not throw: others wait for theirs. */
  written(place: JournalPlace): void;
  failed(error: unknown): void;
}

/** Keeps what became of the calls and rows of a run. */
export interface AnswerLog {
  /**
   * Keeps an answer.
   *
   * @param marks of a call of a row that has, or may have, several; null for a row's only call
   * @param id the row's, to be kept with it; undefined without one
   */
  keep(answer: Answer, marks: CallMarks | null, id: string | undefined, waiter: LineWaiter): void;
  /** Keeps the end of a row of several calls, or of none. */
  endRow(row: number, end: RowEnd, id: string | undefined, waiter: LineWaiter): void;
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
  /** Told once when the journal fails; a failed sync shows only here and to who keeps the next line. */
  readonly onFailure?: (error: TuttiError) => void;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}
