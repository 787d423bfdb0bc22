import type { LaneProgress, ModelSummary, RunOutcome } from '../../src/run/index.ts';
import type { ReadyRun } from '../../src/runtime/index.ts';

/** A lane in the middle of its work. */
export function sampleLane(changes: Partial<LaneProgress> = {}): LaneProgress {
  return {
    name: 'sim/quick',
    state: 'running',
    inFlight: 7,
    answered: 31,
    failed: 0,
    retries: 0,
    inputTokens: 400,
    outputTokens: 900,
    costUsd: 0.0094,
    unknownCosts: 0,
    waiting: null,
    error: null,
    rows: 40,
    rowsDone: 31,
    rowsFailed: 0,
    rowsBefore: 0,
    ...changes,
  };
}

/** What came of one model. */
export function sampleSummary(changes: Partial<ModelSummary> = {}): ModelSummary {
  return {
    model: 'sim/quick',
    calls: 40,
    errors: 0,
    errorCodes: {},
    errorMessages: {},
    medianLatencyMs: 210,
    p95LatencyMs: 840,
    inputTokens: 1234,
    outputTokens: 56_789,
    costUsd: 0.0012,
    unknownCosts: 0,
    cut: 0,
    choicesMissing: 0,
    ...changes,
  };
}

/** A run that is done. */
export function sampleOutcome(changes: Partial<RunOutcome> = {}): RunOutcome {
  return {
    state: 'finished',
    rows: 40,
    answered: 40,
    failed: 0,
    models: [sampleSummary()],
    stoppedLanes: [],
    ...changes,
  };
}

/** A run of 40 rows in one lane that may start, and ends at once. */
export function sampleReadyRun(changes: Partial<ReadyRun> = {}): ReadyRun {
  return {
    input: 'prompts.jsonl',
    rows: 40,
    malformedLines: 0,
    limits: new Map([['sim/quick', { concurrency: 64 }]]),
    limiters: ['sim/quick'],
    defaultLimits: { concurrency: 64 },
    totalRequestsPerMinute: null,
    limitsFile: undefined,
    unusedLimits: [],
    resumed: false,
    goesOnByItself: true,
    folder: 'tutti-out/prompts/2026',
    simulated: false,
    notices: [],
    discard: async () => {},
    execute: async () => sampleOutcome(),
    ...changes,
  };
}
