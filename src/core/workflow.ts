import type { Answer, AnswerError } from './answer.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { GenerateRequest, Model } from './model.ts';
import { TuttiError } from './tutti-error.ts';

/** How one call of a workflow is made. */
export interface AskOptions {
  /**
   * True for a caller that can do without: when the model cannot be asked at all (bad key, used-up quota), the
   * error is the answer, which is not kept. Default false: the row stays open and is gone on with later.
   */
  readonly optional?: boolean | undefined;
  /** Ends this one call at once, queued or in flight; the answer is then the error `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Tries before the error is the answer, at least 1; default: the run's. */
  readonly attempts?: number | undefined;
  /** Time for one attempt in milliseconds; default: the run's. */
  readonly timeoutMs?: number | undefined;
  /**
   * Time for the whole call in milliseconds, waits and tries included; then its answer is the error `deadline_passed`.
   * It begins when the call is first sent, where it stood behind others of its lane that were answered meanwhile. Of a
   * composite model every call ends by then. Default: any time.
   */
  readonly deadlineMs?: number | undefined;
  /** Receives each piece of text as it arrives; giving it makes a simple model stream. */
  readonly onDelta?: ((text: string) => void) | undefined;
  /** Told of each try that failed: what it had streamed is void, because the next one begins anew. */
  readonly onFailedTry?: ((error: AnswerError) => void) | undefined;
  /** Told how far a composite model has come, as one line such as `round 1: 2 of 3 answered`. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

/** What a workflow asks: a request without what is usual, no parameters and one choice. */
export type Question = Pick<GenerateRequest, 'messages'> & Partial<GenerateRequest>;

/**
 * Asks a model by a name that is used once in its row. Resolves when the answer is safe; never rejects for a
 * failed call.
 */
export type Ask = (
  name: string,
  model: Model,
  question: Question,
  options?: AskOptions,
) => Promise<Answer>;

/** What a workflow is handed. */
export interface WorkflowContext {
  readonly ask: Ask;
  /** Aborted when nothing that the workflow does counts any more, so that it can let go of what it holds. */
  readonly signal: AbortSignal;
  /**
   * Gives the row's record keys of its own behind `answer`; of several values of a name the last one counts. What a
   * composite model notes is not kept.
   */
  readonly note: (keys: JsonObject) => void;
  /** Tells whoever looks on how far it has come, as one line. */
  readonly progress: (line: string) => void;
}

/**
 * What is done for one row: a plain async function. The same answers must lead to the same calls, since it
 * runs again from its start when an interrupted run goes on.
 */
export type Workflow<Row, Result> = (row: Row, context: WorkflowContext) => Promise<Result>;

/** The error of an answer, thrown: a workflow that lets it pass has it as its row's error. */
export class AnswerFailure extends TuttiError {
  static {
    AnswerFailure.prototype.name = 'AnswerFailure';
  }

  readonly error: AnswerError;
  /** What the row shows all the same, such as a text that could not be used; null: nothing. */
  readonly response: JsonValue;

  constructor(error: AnswerError, response: JsonValue = null) {
    super(error.code, error.message, { hint: error.hint ?? undefined });
    this.error = error;
    this.response = response;
  }
}

/**
 * The error that ended a lane, thrown: a workflow that lets it pass cannot be answered in this run. Its row stays open,
 * and is gone on with later; of a composite model whose caller can do without it, it is the answer.
 */
export class LaneFailure extends AnswerFailure {
  static {
    LaneFailure.prototype.name = 'LaneFailure';
  }

  constructor(error: AnswerError) {
    super(error);
  }
}

/**
 * Thrown by a workflow that has come as far as it can before those of other rows have: its row stays open and takes no
 * more room, and whoever runs the rows has it run again from its start, with all it was answered, when they have.
 */
export class RowPause extends Error {
  constructor() {
    super('the row waits for other rows');
    this.name = 'RowPause';
  }
}

/**
 * The text of an answer, its first choice.
 *
 * @throws AnswerFailure when the call failed; TuttiError `bad_usage` for what is no answer, such as its promise.
 */
export function textOf(answer: Answer): string {
  if (!Array.isArray(answer?.texts)) throw noAnswer(answer);
  if (answer.error !== null) throw new AnswerFailure(answer.error);
  return answer.texts[0] ?? '';
}

function noAnswer(given: unknown): TuttiError {
  const what = given instanceof Promise ? 'a promise' : 'something that is no answer';
  return new TuttiError('bad_usage', `textOf was given ${what}`, {
    hint: 'Write textOf(await ask(…)).',
  });
}
