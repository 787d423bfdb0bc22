import type { Call } from '../ask/index.ts';
import { type Answer, answerError, type CallKey } from '../core/answer.ts';
import type { GenerateRequest, SimpleModel } from '../core/model.ts';
import type { AskOptions } from '../core/workflow.ts';
import type { AskScope } from './ask-scope.ts';
import { requestHash } from './request-hash.ts';

/** A call that a workflow waits for. */
export interface OpenAsk {
  readonly call: Call;
  readonly scope: AskScope;
  /** Cancels it; it may have done so while the call was held. */
  readonly signal: AbortSignal | undefined;
  /** True when the error that ends its lane is its answer. */
  readonly optional: boolean;
  /** See `requestHash`; made when it is first asked for. */
  readonly hash: string;
  /** Its lane; null until it is sent there. */
  lane: number | null;
  /**
   * `held`: saved answers come first. `sent`: it is in its lane. `answered`: its answer is safe, its turn has
   * not come. `dead`: its lane has ended.
   */
  state: 'held' | 'sent' | 'answered' | 'dead';
  /** Hands the answer to the workflow. */
  readonly resolve: (answer: Answer) => void;
  /** Lets go of the signal that could have cancelled it. */
  readonly release: () => void;
}

/**
 * Options whose observers cannot harm what they observe: what one throws is told, when what it was called from is
 * done.
 */
export function guardedObservers(
  options: AskOptions,
  onThrown: (thrown: unknown) => void,
): AskOptions {
  const { onDelta, onFailedTry } = options;
  if (onDelta === undefined && onFailedTry === undefined) return options;
  const guarded =
    <Told>(tell: (told: Told) => void) =>
    (told: Told) => {
      try {
        tell(told);
      } catch (thrown) {
        queueMicrotask(() => onThrown(thrown));
      }
    };
  return {
    ...options,
    onDelta: onDelta && guarded(onDelta),
    onFailedTry: onFailedTry && guarded(onFailedTry),
  };
}

/**
 * Makes a call of what a workflow asks.
 *
 * @param nameOf says what the model's name stands for, when the hash is first needed
 */
export function newAsk(
  key: CallKey,
  model: SimpleModel,
  request: GenerateRequest,
  { attempts, timeoutMs, onDelta, onFailedTry, signal, optional = false }: AskOptions,
  rest: Pick<OpenAsk, 'scope' | 'resolve' | 'release'>,
  nameOf: (model: SimpleModel) => string,
): OpenAsk {
  let hash: string | undefined;
  return {
    get hash() {
      hash ??= requestHash(nameOf(model), request);
      return hash;
    },
    call: {
      key,
      model,
      request,
      attempts,
      timeoutMs,
      onDelta,
      onFailedTry: onFailedTry && ((error) => onFailedTry(answerError(error))),
    },
    ...rest,
    signal,
    optional,
    lane: null,
    state: 'held',
  };
}
