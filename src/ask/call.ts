import type { Answer, CallKey } from '../core/answer.ts';
import type { CallError } from '../core/call-error.ts';
import type { GenerateRequest, SimpleModel } from '../core/model.ts';
import type { Work } from './work.ts';

/** One request to one model, named within its run. */
export interface Call {
  readonly key: CallKey;
  readonly model: SimpleModel;
  readonly request: GenerateRequest;
  /** Tries before its error is its answer; default: the pump's. */
  readonly attempts?: number | undefined;
  /** Time for one attempt in milliseconds; default: the pump's. */
  readonly timeoutMs?: number | undefined;
  readonly onDelta?: ((text: string) => void) | undefined;
  readonly onFailedTry?: ((error: CallError) => void) | undefined;
  /** Kept by its lane: how far it has come. So a call is given out once. */
  work?: Work | undefined;
  /** Told once when it has come to its turn in its lane: it is sent for the first time. */
  onTurn?(): void;
}

/** Where calls of new rows come from. Each lane has its own cursor, so a slow lane never holds back another one's. */
export interface CallSource {
  /**
   * The next call of a lane. `later`: there is none now, but the source will `add` one or `wake` the lane.
   * Undefined: there will never be one. It is asked again only after the call before it was given out.
   */
  next(lane: number): Call | 'later' | undefined | Promise<Call | 'later' | undefined>;
  /** True when there will never be another call for a lane; asked when the lane is woken. Default: `next` says so. */
  isOver?(lane: number): boolean;
  /**
   * Told of a call that ends without an answer, because its lane has ended.
   *
   * @param answer the error that ended the lane, as an answer that is not kept; null when it was told to stop
   */
  dropped?(call: Call, lane: number, answer: Answer | null): void;
  /** Told that a lane takes no more calls. */
  laneEnded?(lane: number): void;
}

/** Who is told, once, what became of an answer. */
export interface AnswerKeeper {
  /** It is kept: the call is done, and its place in flight free. */
  kept(): void;
  /** It cannot be kept, which stops the whole pump: it must not be followed by more. */
  failed(error: unknown): void;
}

/** Where answers go. */
export type AnswerSink = WritingSink | KeepingSink;

/** Says by returning that an answer is kept. */
interface WritingSink {
  /**
   * Keeps an answer; the call is done, and its place in flight free, when this returns or resolves.
   *
   * @throws to stop the whole pump: an answer that cannot be kept must not be followed by more.
   */
  write(answer: Answer, call: Call): void | Promise<void>;
}

/** Tells a keeper that an answer is kept: a promise for each of thousands a second would be a part of their cost. */
interface KeepingSink {
  keep(answer: Answer, call: Call, keeper: AnswerKeeper): void;
}
