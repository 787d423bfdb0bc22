import type { Answer } from '../core/answer.ts';
import type { CallError } from '../core/call-error.ts';
import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { Model } from '../core/model.ts';
import type { Limiter } from '../scheduler/index.ts';
import type { Call } from './call.ts';
import type { LaneStatus } from './lane-status.ts';
import { Pump, type PumpOptions } from './pump.ts';
import { answerOf, newWork } from './work.ts';

/** One of the models that are asked. */
export interface AskTarget {
  readonly model: Model;
  readonly limiters: readonly Limiter[];
}

/** One prompt for several models. */
export interface AskOnceOptions
  extends Pick<
    PumpOptions,
    'clock' | 'random' | 'attempts' | 'timeoutMs' | 'longestWaitMs' | 'drain' | 'signal'
  > {
  readonly targets: readonly AskTarget[];
  readonly messages: readonly Message[];
  readonly parameters: JsonObject;
  /** Completions of each model, at least 1. */
  readonly samples: number;
  /** Receives a function that tells what each target is doing, before anything is sent. */
  readonly onStart?: (status: () => readonly LaneStatus[]) => void;
  /** Receives each piece of text as it arrives, with the number of its target and sample. */
  readonly onDelta?: (target: number, sample: number, text: string) => void;
  /** Told of every try that failed; what it had streamed is void, because the next one begins anew. */
  readonly onFailedTry?: (target: number, sample: number, error: CallError) => void;
  /** Receives every answer as it comes; `key.row` is the number of its target. */
  readonly onAnswer: (answer: Answer) => void;
}

/**
 * Asks every target the same prompt at the same time. Every sample of every target gets exactly one
 * answer; when a target cannot be asked at all (bad key, unknown model, unreachable), that is its error.
 * After a stop, what had no answer gets none.
 */
export async function askOnce(options: AskOnceOptions): Promise<void> {
  const { targets, onDelta, onFailedTry, onAnswer, clock } = options;
  const queues = targets.map((target, row) => callsOf(target, row, options));
  const unanswered = new Set(queues.flat());
  const pump = new Pump({
    ...options,
    lanes: targets.map(({ model, limiters }) => ({ name: model.reference, limiters })),
    source: {
      next: (lane) => queues[lane]?.shift(),
      after: (call) => {
        unanswered.delete(call);
        return undefined;
      },
    },
    sink: { write: onAnswer },
    onDelta: onDelta && ((call, text) => onDelta(call.key.row, call.key.sample, text)),
    onFailedTry: onFailedTry && ((_, { key }, error) => onFailedTry(key.row, key.sample, error)),
    answerLaneErrors: true,
  });
  options.onStart?.(() => pump.status());
  const lanes = await pump.run();
  for (const call of unanswered) {
    const outcome = lanes[call.key.row]?.error;
    if (!outcome) continue;
    const work = { ...newWork(call, false), startedWallMs: clock.wallMs() };
    onAnswer(answerOf(work, { outcome, latencyMs: 0, firstTokenMs: null }));
  }
}

function callsOf(target: AskTarget, row: number, options: AskOnceOptions): Call[] {
  const together = target.model.severalChoices || options.samples === 1;
  return Array.from({ length: together ? 1 : options.samples }, (_, sample) => ({
    key: { row, turn: 0, sample },
    model: target.model,
    request: {
      messages: options.messages,
      parameters: options.parameters,
      choices: together ? options.samples : 1,
    },
  }));
}
