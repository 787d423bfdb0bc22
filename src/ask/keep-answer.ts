import type { Answer } from '../core/answer.ts';
import type { AnswerSink, Call } from './call.ts';

/** Hands an answer on, and calls back when it is kept, or when it cannot be. */
export function keepAnswer(
  sink: AnswerSink,
  answer: Answer,
  call: Call,
  onKept: () => void,
  onFailed: (error: unknown) => void,
): void {
  try {
    const kept = sink.write(answer, call);
    if (kept === undefined) onKept();
    else kept.then(onKept, onFailed);
  } catch (error) {
    onFailed(error);
  }
}
