import type { PumpOptions } from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import type { AnswerLog, RowEnd, RowTable } from '../../store/index.ts';
import type { DescribeLane, OpenLane } from '../rows/lanes.ts';
import type { RowPlan } from '../rows/row-plan.ts';
import type { SavedLines } from '../rows/saved-answers.ts';
import type { EntrySetup } from './entry.ts';
import type { ResultFlow } from './result-stream.ts';

/** What a run is made of. */
export interface RunnerOptions
  extends Pick<
    PumpOptions,
    | 'clock'
    | 'random'
    | 'attempts'
    | 'timeoutMs'
    | 'idleTimeoutMs'
    | 'longestWaitMs'
    | 'maxWaitMs'
    | 'stopAfter'
    | 'everyTryCounts'
    | 'firstAlone'
    | 'drain'
    | 'signal'
  > {
  /** The rows; it knows what earlier processes have done. */
  readonly table: RowTable;
  readonly entries: readonly EntrySetup[];
  /** Tells the rows that may begin or go on in this process; default: all. */
  readonly isMeant?: ((row: number) => boolean) | undefined;
  /** Says what is done for a row: a `call` exactly for those that the table knows as single. */
  readonly plan: (row: number) => RowPlan | Promise<RowPlan>;
  /** What the journal holds of a row that is open. */
  readonly savedOf: (row: number) => Promise<SavedLines>;
  readonly log: AnswerLog;
  readonly describeLane: DescribeLane;
  /** Longest time that a row may wait for no call, in milliseconds; it is then an error. 0: any time. */
  readonly rowTimeoutMs: number;
  /** Most open rows of an entry; default by the places of all lanes, from 256 to 10,000. */
  readonly openRows?: number | undefined;
  /** Where results go: while that is full no row begins. */
  readonly flow?: ResultFlow | undefined;
  /** Told of every answer that is safe. */
  readonly onAnswer?: ((answer: Answer, lane: OpenLane) => void) | undefined;
  /** Told of every row of several calls that has ended. */
  readonly onRowEnd?: ((row: number, end: RowEnd) => void) | undefined;
  /**
   * Told what the record of a row that has ended has besides its text, `,"response":…,"answer":{…}`, where its last line
   * says it all.
   */
  readonly onRecord?: ((row: number, content: string, failed: boolean) => void) | undefined;
  /** Told of every row that waits for others (`RowPause`), and is not under way any more. */
  readonly onPaused?: ((row: number) => void) | undefined;
  readonly onFailedTry?: PumpOptions['onFailedTry'];
  /** Told how far the own workflow of a row says it has come, as one line. */
  readonly onProgress?: ((row: number, line: string) => void) | undefined;
  /** Told of a saved answer that is not taken because the row asks something else by its name now. */
  readonly onStale?: ((row: number, name: string) => void) | undefined;
}
