import type { LaneStatus } from '../../ask/index.ts';
import type { CallError } from '../../core/call-error.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { ModelSummary } from './run-statistics.ts';

/** How a run ended. */
export interface RunOutcome {
  /** `interrupted`: it was told to stop. `unfinished`: a lane failed or is parked. Both can be resumed. */
  readonly state: 'finished' | 'unfinished' | 'interrupted';
  readonly rows: number;
  readonly answered: number;
  readonly failed: number;
  readonly models: readonly ModelSummary[];
  /** Lanes that ended before their rows did. */
  readonly stoppedLanes: readonly StoppedLane[];
  /** Good rows in whose answers parts of a consortium are missing; left out when 0. */
  readonly degraded?: number;
  /** Saved answers to questions that the rows do not ask any more, which were asked anew; left out when 0. */
  readonly staleAnswers?: number;
  /** Rows whose saved answers cannot be read again: the journal was damaged; left out when 0. */
  readonly lostAnswers?: number;
  /** Lines of the journal that could not be read when the run went on; left out when 0. */
  readonly damagedLines?: number;
  /** Saved answers of the part of the run that was not begun here; left out when 0. */
  readonly takenOver?: number;
  /** What was learned of servers, such as that one only streams, in sentences; left out when nothing was. */
  readonly notes?: readonly string[];
  /** Further forms of the results that could not be written, a sentence each; left out when there are none. */
  readonly unwritten?: readonly string[];
  /** Replies of judges with a verdict, and those without one that can be read; left out when none was asked for. */
  readonly verdicts?: VerdictCounts;
}

/** How many replies of judges there are. */
export interface VerdictCounts {
  /** With a verdict. */
  readonly given: number;
  /** Without one that can be read. */
  readonly missing: number;
}

/** A lane that ended before its rows did, as plain data. */
export interface StoppedLane {
  readonly name: string;
  /** `failed`: no call of it can succeed. `parked`: its quota is used up. */
  readonly state: LaneStatus['state'];
  readonly error: Pick<CallError, 'code' | 'message' | 'hint'> | null;
}

/** Answers that a run had when it was taken over from elsewhere. */
export function takenOverOf({ taken_over: takenOver }: JsonObject): number {
  return isJsonObject(takenOver) && typeof takenOver.answers === 'number' ? takenOver.answers : 0;
}

/** The lanes that ended before their rows did. */
export function stoppedLanesOf(lanes: readonly LaneStatus[]): StoppedLane[] {
  const stopped = lanes.filter(({ state }) => state === 'failed' || state === 'parked');
  return stopped.map(({ name, state, error }) => {
    if (error === null) return { name, state, error };
    const { code, message, hint } = error;
    return { name, state, error: { code, message, hint } };
  });
}
