import type { Clock, Random } from '../../core/clock.ts';
import type { SimpleModel } from '../../core/model.ts';
import type { Question } from '../../core/workflow.ts';
import type { LaneDescription, Session } from '../runner/session.ts';

/** A row that is one call: what is asked, and of whom. */
export interface OneCall {
  readonly model: SimpleModel;
  readonly question: Question;
}

/** How a workflow is run over rows. */
export interface RunWorkflowOptions<Row> {
  readonly clock: Clock;
  readonly random: Random;
  /**
   * The run's folder; made if need be, and gone on with if it holds a run of the same rows. Without one nothing is
   * kept on disk, and the rows stay in memory.
   */
  readonly folder?: string | undefined;
  /** Limiters and knowledge of endpoints that other runs share; default: its own. */
  readonly session?: Session | undefined;
  /** Names the lane of a model and what it counts against; default its reference, with 64 calls in flight,
   * a few at first. */
  readonly lane?: ((model: SimpleModel) => LaneDescription | undefined) | undefined;
  /** Declares rows that are one call: no function runs for them, and their result is the answer's text. */
  readonly single?: ((row: Row) => OneCall | undefined) | undefined;
  /**
   * Names where a row begins: rows of one entry begin one after the other, and a slow one does not hold back
   * another. Default: one entry for all.
   */
  readonly entry?: ((row: Row) => string) | undefined;
  /** Tries of a call before its error is its answer, at least 1; default 5. */
  readonly attempts?: number | undefined;
  /** Time for one attempt in milliseconds; default 300,000. */
  readonly timeoutMs?: number | undefined;
  /** How long a streamed answer may be silent after its first piece, in milliseconds; default 120 s. */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * A model whose server asks to wait for longer, or refuses for longer, is given up for this run. In milliseconds;
   * default one hour, `Infinity` for none.
   */
  readonly maxWaitMs?: number | undefined;
  /** Equal final errors of a model in a row, with no answer between, that end it for this run; default 10, 0: never. */
  readonly stopAfter?: number | undefined;
  /** Longest time that a row may wait for no call, in milliseconds; default 600,000; 0: any time. */
  readonly rowTimeoutMs?: number | undefined;
  /** Most rows under way at once in an entry; default twice the places of all lanes, 256 to 10,000. */
  readonly openRows?: number | undefined;
  /** Told how far a row's workflow says it has come (`context.progress`), as one line, with the number of the row. */
  readonly onProgress?: ((row: number, line: string) => void) | undefined;
  /**
   * True: each model's first call is alone until it is answered, and three in a row that are refused (400, 403) end
   * the model for this run, none of them answered. Default false.
   */
  readonly firstAlone?: boolean | undefined;
  /** When aborted, no new call starts and those in flight finish. */
  readonly drain?: AbortSignal | undefined;
  /** When aborted, everything ends at once. */
  readonly signal?: AbortSignal | undefined;
}
