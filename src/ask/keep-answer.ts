import type { Answer } from '../core/answer.ts';
import type { AnswerKeeper, AnswerSink, Call } from './call.ts';

/** Hands an answer on to a sink of either kind. */
export function keepAnswer(
  sink: AnswerSink,
  answer: Answer,
  call: Call,
  keeper: AnswerKeeper,
): void {
  try {
    if ('keep' in sink) {
      sink.keep(answer, call, keeper);
      return;
    }
    const kept = sink.write(answer, call);
    if (kept === undefined) keeper.kept();
    else
      kept.then(
        () => keeper.kept(),
        (error) => keeper.failed(error),
      );
  } catch (error) {
    keeper.failed(error);
  }
}
