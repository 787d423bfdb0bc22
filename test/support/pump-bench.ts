import {
  type AnswerSink,
  type Call,
  type CallSource,
  type EndpointKnowledge,
  Pump,
  type PumpOptions,
} from '../../src/ask/index.ts';
import type { Answer } from '../../src/core/answer.ts';
import { ONLY_CALL } from '../../src/core/answer.ts';
import type { SimpleModel } from '../../src/core/model.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { Limiter, type Limits, type SharedLimit } from '../../src/scheduler/index.ts';
import type { FakeClock } from './fake-clock.ts';

/** A lane of a test: its model asks the texts `name 0`, `name 1`, … */
export interface BenchLane {
  readonly name?: string;
  readonly model: SimpleModel;
  readonly calls: number;
  /** A limiter of its own with these limits, or limiters that lanes share. Default: 4 in flight. */
  readonly limits?: Limits | readonly SharedLimit[] | undefined;
  /** What is known of its endpoint; default: nothing. */
  readonly known?: EndpointKnowledge | undefined;
}

/** A pump on a fake clock, and everything that it did. */
export interface PumpBench {
  readonly pump: Pump;
  readonly answers: Answer[];
  /** Errors that ended a lane, as answers to the calls that had none. */
  readonly unkept: Answer[];
  readonly drain: AbortController;
  readonly abort: AbortController;
}

/** Makes the calls of a lane. */
export function callsOf(lane: BenchLane, laneNumber: number): Call[] {
  return Array.from({ length: lane.calls }, (_, k) => ({
    key: { row: laneNumber * 1_000_000 + k, name: ONLY_CALL },
    model: lane.model,
    request: {
      messages: [{ role: 'user', content: `${lane.name ?? laneNumber} ${k}` }],
      parameters: {},
      choices: 1,
    },
  }));
}

/** A source that gives out lists, one for each lane. */
export function listSource(lists: Call[][]): CallSource {
  const next = lists.map(() => 0);
  return { next: (lane) => lists[lane]![next[lane]!++] };
}

/** Puts a pump together. */
export function pumpBench(
  clock: FakeClock,
  lanes: readonly BenchLane[],
  options: Partial<PumpOptions> = {},
): PumpBench {
  const answers: Answer[] = [];
  const unkept: Answer[] = [];
  const drain = new AbortController();
  const abort = new AbortController();
  const sink: AnswerSink = { write: (answer) => void answers.push(answer) };
  const pump = new Pump({
    lanes: lanes.map(({ name, limits = { concurrency: 4 }, known }, k) => ({
      name: name ?? String(k),
      known,
      limiters: isList(limits) ? limits : [new Limiter(String(k), limits, clock.monotonicMs())],
    })),
    source: {
      ...listSource(lanes.map(callsOf)),
      dropped: (_call, _lane, answer) => void (answer && unkept.push(answer)),
    },
    sink,
    clock,
    random: seededRandom(1),
    attempts: 3,
    timeoutMs: 10_000,
    drain: drain.signal,
    signal: abort.signal,
    ...options,
  });
  return { pump, answers, unkept, drain, abort };
}

function isList(limits: Limits | readonly SharedLimit[]): limits is readonly SharedLimit[] {
  return Array.isArray(limits);
}
