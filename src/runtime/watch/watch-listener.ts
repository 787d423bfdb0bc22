import type { TuttiError } from '../../core/tutti-error.ts';
import type { RunOutcome, RunProgress } from '../../run/index.ts';
import type { ReadyRun } from '../runs/ready-run.ts';

/** How a watch ended. */
export interface WatchOutcome {
  /** `empty`: nothing waits any more, which ends it only where that was wanted. */
  readonly state: 'empty' | 'interrupted';
  /** Runs that have ended here, unfinished ones too. */
  readonly runs: number;
  /** Of these, those that are unfinished or have failures. */
  readonly imperfect: number;
  /** Files that were put aside. */
  readonly refused: number;
  /** Earlier runs that could not go on, and runs that could not be executed. */
  readonly left: number;
}

/** Hears what a watch does; what nobody wants to hear is left out. */
export interface WatchListener {
  /** Once, before the first file. @param unfinished earlier runs that go on */
  onStart?(unfinished: number): void;
  onRunStart?(run: ReadyRun): void;
  /** Told once of each run, with a function that gives its progress whenever it is asked. */
  onProgress?(run: ReadyRun, progress: () => RunProgress): void;
  onRunEnd?(run: ReadyRun, outcome: RunOutcome, elapsedMs: number): void;
  /** A run could not be executed, or an earlier one could not go on; it stays as it is. */
  onLeft?(folder: string, error: TuttiError): void;
  /** A file cannot be run. @param movedTo where it is now */
  onRefused?(file: string, error: TuttiError, movedTo: string): void;
}
