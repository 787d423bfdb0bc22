import { type Answer, type AnswerError, answerError } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import type { CompositeModel, GenerateRequest } from '../../core/model.ts';
import { type AskOptions, LaneFailure, type WorkflowContext } from '../../core/workflow.ts';
import { RowSums } from '../../store/in-memory.ts';
import type { AskDeadline } from './ask-deadline.ts';
import { type AskScope, cancelledError } from './ask-scope.ts';
import { errorOfThrown, thrownAs } from './thrown-error.ts';

/** Composite models within one another. One that asks itself would go on until the memory is full. */
const MAX_DEPTH = 50;

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
  /** By when all of its calls must have ended; null: any time. */
  readonly deadline: AskDeadline | null;
  readonly contextOf: (scope: AskScope) => WorkflowContext;
  /** Told when it has its answer: what it left is to be cancelled. */
  readonly onEnd: (scope: AskScope) => void;
  /** Told of the scope in which it was asked, when it cannot be answered in this run. */
  readonly onLost: (outer: AskScope, error: AnswerError) => void;
}

/**
 * Runs a composite model within a row: its calls are the row's, named behind its own name. What it throws is its
 * answer, and so is the error that ended the lane of one of its calls, where its caller can do without it.
 */
export function askComposite(ask: CompositeAsk): Promise<Answer> {
  const { row, name, model, request, options } = ask;
  return new Promise((resolve) => {
    let isOpen = true;
    const end = (answer: Answer) => {
      if (!isOpen) return;
      isOpen = false;
      options.signal?.removeEventListener('abort', cancel);
      ask.onEnd(scope);
      resolve(answer);
    };
    const sums = new RowSums(true);
    const sumsOf = (error: AnswerError | null): Answer => ({
      ...sums.answer(row, error),
      key: { row, name },
      latencyMs: sums.spanMs,
    });
    const fail = (error: AnswerError) => end(sumsOf(error));
    const giveUp = (error: AnswerError) => end({ ...sumsOf(error), laneEnded: true });
    const take = (thrown: unknown) => {
      const failure = thrownAs(thrown, LaneFailure);
      if (failure === undefined) end({ ...sumsOf(errorOfThrown(thrown)), ...paidOf(thrown) });
      else if (options.optional) giveUp(failure.error);
      else if (isOpen) ask.onLost(ask.scope, failure.error);
    };
    const cancel = () => fail(answerError(cancelledError()));
    const scope: AskScope = {
      prefix: `${name}/`,
      parent: ask.scope,
      sums,
      giveUp: options.optional ? giveUp : null,
      deadline: ask.deadline,
    };
    options.signal?.addEventListener('abort', cancel);
    if (options.signal?.aborted) {
      queueMicrotask(cancel);
      return;
    }
    const run = async () => {
      if (depthOf(scope) > MAX_DEPTH) throw tooDeep(model);
      const said = await model.workflow(request, ask.contextOf(scope));
      const { texts, finishReason, model: answering, details } = said;
      if (!isListOfTexts(texts)) throw new TypeError(`${model.reference} answers without texts`);
      if (isOpen) options.onDelta?.(texts[0] ?? '');
      return { texts, finishReason, model: answering, details };
    };
    run().then((said) => end({ ...sumsOf(null), ...said }), take);
  });
}

/** What a composite that has failed says of itself all the same. */
function paidOf(thrown: unknown): Partial<Answer> {
  const paid = thrownAs(thrown, CallError)?.paid ?? null;
  return paid === null ? {} : { model: paid.model, details: paid.details };
}

function depthOf(scope: AskScope): number {
  let depth = 0;
  for (let one = scope.parent; one !== null; one = one.parent) depth++;
  return depth;
}

function tooDeep({ reference }: CompositeModel): TypeError {
  return new TypeError(
    `${reference} is asked within more than ${MAX_DEPTH} composite models: one may ask itself`,
  );
}

/** A composite model is anybody's code. */
function isListOfTexts(texts: unknown): boolean {
  return Array.isArray(texts) && texts.every((text) => typeof text === 'string');
}
