import type { Answer } from '../core/answer.ts';
import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { Model } from '../core/model.ts';
import type { Limiter } from '../scheduler/index.ts';
import type { Call } from './call.ts';
import type { LaneStatus } from './lane-status.ts';
import { Pump, type PumpOptions } from './pump.ts';

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
  /** Receives every answer as it comes; `key.row` is the number of its target. */
  readonly onAnswer: (answer: Answer) => void;
}

/**
 * Asks every target the same prompt at the same time. A target that cannot be asked at all (bad key,
 * unknown model, unreachable) gets an answer that holds its error, so that each has exactly one.
 */
export async function askOnce(options: AskOnceOptions): Promise<void> {
  const queues = options.targets.map((target, row) => callsOf(target, row, options));
  const { onDelta, onAnswer } = options;
  const pump = new Pump({
    ...options,
    lanes: options.targets.map(({ model, limiters }) => ({ name: model.reference, limiters })),
    source: { next: (lane) => queues[lane]?.shift(), after: () => undefined },
    sink: { write: onAnswer },
    onDelta: onDelta && ((call, text) => onDelta(call.key.row, call.key.sample, text)),
    answerLaneErrors: true,
  });
  options.onStart?.(() => pump.status());
  await pump.run();
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
