import type { Answer } from '../../core/answer.ts';
import type { Clock, Random } from '../../core/clock.ts';
import type { RowEnd } from '../../store/index.ts';
import type { ResultFlow } from '../runner/result-stream.ts';
import type { Session } from '../runner/session.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { RunProgress } from './run-progress.ts';

/** How a run is executed. */
export interface ExecuteOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Limiters and knowledge of endpoints that outlive this run. */
  readonly session: Session;
  /** Tries of a call before its error is its answer. */
  readonly attempts: number;
  /** Time for one attempt in milliseconds. */
  readonly timeoutMs: number;
  /** How long a streamed answer may be silent after its first piece, in milliseconds; default 120 s. */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * A lane that its server asks to wait for longer, or refuses for longer, is parked. In milliseconds; default one
   * hour, `Infinity` for none.
   */
  readonly maxWaitMs?: number | undefined;
  /** Equal final errors in a row, with no answer between, that end their lane; default 10, 0 for any number. */
  readonly stopAfter?: number | undefined;
  /** Longest time that a row may wait for no call, in milliseconds; default 10 minutes, 0 any time. */
  readonly rowTimeoutMs?: number | undefined;
  /** Most open rows of an entry; default by the places of all lanes. */
  readonly openRows?: number | undefined;
  /** Tells the rows that may begin or go on in this process; default: all. The others are left unasked. */
  readonly isMeant?: ((row: number) => boolean) | undefined;
  /**
   * True: each lane's first call is alone until it is answered, and three in a row that are refused (400, 403) end the
   * lane, none of them answered. Default false.
   */
  readonly firstAlone?: boolean | undefined;
  /** When aborted, no new call starts and those in flight finish. */
  readonly drain: AbortSignal;
  /** When aborted, everything ends at once. */
  readonly signal: AbortSignal;
  /** Receives a function that tells how far the run has come, before the first call. */
  readonly onStart?: ((progress: () => RunProgress) => void) | undefined;
  /** Told of every row of several calls that has ended in this process. */
  readonly onRowEnd?: ((row: number, end: RowEnd) => void) | undefined;
  /** Told how far the own workflow of a row says it has come, as one line. */
  readonly onProgress?: ((row: number, line: string) => void) | undefined;
  /** Told of every answer that is safe. */
  readonly onAnswer?: ((answer: Answer) => void) | undefined;
  /** Told of every answer that an earlier process saved. */
  readonly onSavedAnswer?: ((answer: Answer) => void) | undefined;
  /** Asks rows that have failed once more; good answers of theirs are kept. Default false. */
  readonly reopenFailed?: boolean | undefined;
  /** Names the calls of a row that has failed of which good answers are not kept then; default none. */
  readonly forgetsOf?: ((end: RowEnd) => readonly string[]) | undefined;
  /**
   * Of a row that has failed: true where what others are asked may be another thing once it is asked again. Then all are
   * opened again, with the answers that they have; default: never.
   */
  readonly bearsOnOthers?: ((end: RowEnd) => boolean) | undefined;
  /** Sends nothing: writes the final files of what is saved, and leaves the rest unasked. Default false. */
  readonly onlyFinish?: boolean | undefined;
  /**
   * Adds to the outcome what is made from the final files, before the run counts as finished; while it fails, the run
   * goes on to make it again.
   */
  readonly onEnded?: ((outcome: RunOutcome) => Promise<RunOutcome>) | undefined;
  /**
   * Called when all rows that have not ended wait for each other (`RowPause`): true lets them go on, run again from their
   * start; default false.
   */
  readonly onAllPaused?: (() => Promise<boolean>) | undefined;
  /** Where results go: while that is full no row begins. */
  readonly flow?: ResultFlow | undefined;
}
