import type { LaneStatus } from '../../ask/index.ts';
import { type Answer, turnName } from '../../core/answer.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { isComposite, type Model } from '../../core/model.ts';
import type { Question, WorkflowContext } from '../../core/workflow.ts';
import { noLane, ROW_TIMEOUT_MS, Runner, type Session } from '../../run/index.ts';
import { MemoryLog, RowTable } from '../../store/in-memory.ts';
import type { AskTarget } from '../models/open-targets.ts';

/** One question for several models. */
export interface AskEachOptions {
  readonly targets: readonly AskTarget[];
  readonly question: Question;
  /** Completions of each model, at least 1. */
  readonly samples: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly session: Session;
  readonly attempts: number;
  readonly timeoutMs: number;
  /** How long a streamed answer may be silent after its first piece, in milliseconds; default 120 s. */
  readonly idleTimeoutMs?: number | undefined;
  readonly longestWaitMs: number;
  /** When aborted, no call starts any more and those in flight end; default never. */
  readonly drain?: AbortSignal | undefined;
  /** Ends everything; what had no answer gets none. */
  readonly signal: AbortSignal;
  /** Receives a function that tells what each model is doing, before anything is sent. */
  readonly onStart?: (status: () => readonly LaneStatus[]) => void;
  /** Receives each piece of text as it arrives, with the number of its model and sample. */
  readonly onDelta?: (model: number, sample: number, text: string) => void;
  /** Told how far a composite model has come, as one line, with the number of its model and sample. */
  readonly onProgress?: ((model: number, sample: number, line: string) => void) | undefined;
  /** Receives every answer as it comes. */
  readonly onAnswer: (model: number, sample: number, answer: Answer) => void;
}

/**
 * Asks every model the same at the same time. Every sample of each gets exactly one answer; when a model cannot
 * be asked at all (bad key, unknown model, unreachable), that is its error.
 */
export async function askEach(options: AskEachOptions): Promise<void> {
  const { targets, session, clock, random, attempts, timeoutMs, longestWaitMs, signal } = options;
  const { idleTimeoutMs, drain } = options;
  const table = new RowTable();
  for (const entry of targets.keys()) {
    table.addRow({ offset: 0, line: entry + 1, entry, single: false });
  }
  const setups = targets.map(({ model, lane }) => ({
    ...{ name: lane.name, model, group: null },
    asksOthers: false,
  }));
  const runner = new Runner({
    ...{ clock, random, attempts, timeoutMs, idleTimeoutMs, longestWaitMs, drain, signal },
    everyTryCounts: true,
    rowTimeoutMs: ROW_TIMEOUT_MS,
    table,
    entries: setups,
    describeLane: (model) => {
      const { reference } = model;
      const own = targets.find((target) => target.model === model)?.lane;
      const lane = own ?? targets.find(({ parts }) => parts?.has(model))?.parts?.get(model);
      return { reference, setup: session.lane(lane ?? { name: reference, limiters: [] }) };
    },
    plan: (row) => ({
      kind: 'workflow',
      run: (context) => askSamples(targets[row]!.model, row, options, context),
    }),
    savedOf: async () => ({ answers: [], replaced: [] }),
    log: new MemoryLog(),
  });
  options.onStart?.(() => {
    const status = runner.status();
    return setups.map(({ name }, entry) => {
      const lane = runner.laneOfEntry(entry);
      return lane === undefined ? noLane(name, 'running') : status[lane]!;
    });
  });
  await runner.run();
}

async function askSamples(
  model: Model,
  number: number,
  { question, samples, onDelta, onProgress, onAnswer }: AskEachOptions,
  { ask }: WorkflowContext,
): Promise<null> {
  const together = samples === 1 || (!isComposite(model) && model.severalChoices);
  const choices = together ? samples : 1;
  const askSample = async (sample: number) => {
    const answer = await ask(
      turnName(0, sample),
      model,
      { ...question, choices },
      {
        optional: true,
        onDelta: onDelta && ((text) => onDelta(number, sample, text)),
        onProgress: onProgress && ((line) => onProgress(number, sample, line)),
      },
    );
    onAnswer(number, sample, answer);
  };
  const calls = Array.from({ length: together ? 1 : samples }, (_, sample) => askSample(sample));
  await Promise.all(calls);
  return null;
}
