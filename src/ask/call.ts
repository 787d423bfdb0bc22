import type { Answer, CallKey } from '../core/answer.ts';
import type { GenerateRequest, Model } from '../core/model.ts';

/** One request to one model, named within its run. */
export interface Call {
  readonly key: CallKey;
  readonly model: Model;
  readonly request: GenerateRequest;
  /** True when another call follows from its answer; then it comes before any new one. Default false. */
  readonly hasFollowUp?: boolean;
}

/** Where calls come from. Each lane has its own cursor, so a slow lane never holds back another one's calls. */
export interface CallSource {
  /**
   * The next call of a lane; undefined when it has no more. It is asked again only after the call
   * before it was given out.
   */
  next(lane: number): Call | undefined | Promise<Call | undefined>;
  /** The call that follows from an answer that is safe: the next user turn; undefined if there is none. */
  after(call: Call, answer: Answer): Call | undefined;
}

/** Where answers go. */
export interface AnswerSink {
  /**
   * Keeps an answer; the call is done when this resolves.
   *
   * @throws to stop the whole pump: an answer that cannot be kept must not be followed by more.
   */
  write(answer: Answer): void | Promise<void>;
}
