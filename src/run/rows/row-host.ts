import type { Clock } from '../../core/clock.ts';
import type { RowEnd } from '../../store/index.ts';
import type { GivenCalls } from './given-calls.ts';
import type { IdleRows } from './idle-rows.ts';
import type { Turns } from './turns.ts';

/** What a row under way needs of the run it belongs to. */
export interface RowHost<Row> {
  readonly clock: Clock;
  readonly turns: Turns;
  /** True once no new call starts: rows that wait for nothing in flight are given up. */
  readonly isDraining: boolean;
  /** Ends rows that wait for no call for too long. */
  readonly idleRows: IdleRows;
  /** The lanes that its calls travel in. */
  readonly calls: GivenCalls;
  /** Told how far a row's own workflow says it has come; undefined: nobody is. */
  readonly onProgress: ((row: number, line: string) => void) | undefined;
  /** Told when a row may have come to a stand, or to go on. */
  changed(row: Row): void;
  /** Stops a row that waits for others, without a trace. */
  paused(row: Row): void;
  /** Told once, when a row has ended and all its calls are safe. */
  ended(row: Row, end: RowEnd): void;
}

/** Where a row began. */
export interface RowEntry {
  readonly number: number;
  /** The group in whose lanes its calls travel; null without one. */
  readonly setup: { readonly group: string | null };
}
