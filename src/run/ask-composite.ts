import { type Answer, type AnswerError, answerError } from '../core/answer.ts';
import type { CompositeModel, GenerateRequest } from '../core/model.ts';
import type { AskOptions, WorkflowContext } from '../core/workflow.ts';
import { RowSums } from '../store/index.ts';
import { type AskScope, cancelledError } from './ask-scope.ts';
import { errorOfThrown } from './thrown-error.ts';

/** A composite model that is asked within a row. */
export interface CompositeAsk {
  readonly row: number;
  /** Its whole name in the row. */
  readonly name: string;
  readonly model: CompositeModel;
  readonly request: GenerateRequest;
  readonly options: AskOptions;
  /** Where it is asked from. */
  readonly scope: AskScope;
  /** Aborted when what it does counts no more. */
  readonly abort: AbortController;
  readonly contextOf: (scope: AskScope, signal: AbortSignal) => WorkflowContext;
  /** Told when it has its answer: what it left is to be cancelled. */
  readonly onEnd: (scope: AskScope) => void;
}

/**
 * Runs a composite model within a row: its calls are the row's, named behind its own name. What it throws is its
 * answer, and so is the error that ended the lane of one of its calls, where its caller can do without it.
 */
export function askComposite(ask: CompositeAsk): Promise<Answer> {
  const { row, name, model, request, options, abort } = ask;
  return new Promise((resolve) => {
    let isOpen = true;
    const end = (answer: Answer) => {
      if (!isOpen) return;
      isOpen = false;
      options.signal?.removeEventListener('abort', cancel);
      ask.onEnd(scope);
      resolve(answer);
    };
    const sumsOf = (error: AnswerError | null): Answer => ({
      ...scope.sums.answer(row, error),
      key: { row, name },
      latencyMs: scope.sums.spanMs,
    });
    const fail = (error: AnswerError) => end(sumsOf(error));
    const cancel = () => fail(answerError(cancelledError()));
    const scope: AskScope = {
      prefix: `${name}/`,
      parent: ask.scope,
      sums: new RowSums(),
      giveUp: options.optional ? fail : null,
    };
    options.signal?.addEventListener('abort', cancel);
    if (options.signal?.aborted) queueMicrotask(cancel);
    const run = async () => model.workflow(request, ask.contextOf(scope, abort.signal));
    run().then(
      ({ texts, finishReason, model: answering }) => {
        if (isOpen) options.onDelta?.(texts[0] ?? '');
        end({ ...sumsOf(null), texts, finishReason, model: answering });
      },
      (error: unknown) => fail(errorOfThrown(error)),
    );
  });
}
