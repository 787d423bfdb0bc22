import type { Clock } from '../../core/clock.ts';
import type { RequestLog } from '../exchange/request-log.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import { LimitGate } from '../limits/limit-gate.ts';
import type { SimOptions } from '../settings/sim-options.ts';
import { GeminiFiles } from './gemini-files.ts';
import { ModelStates } from './model-state.ts';

/** Everything that lives as long as a running server. */
export class SimState {
  readonly options: SimOptions;
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly models: ModelStates;
  /** Limits of all models together; null if there are none. */
  readonly gate: LimitGate | null;
  /** Faults of models that have none of their own. */
  readonly faults: FaultPlan;
  readonly startedMs: number;
  /** What was brought to Gemini's Files API. */
  readonly geminiFiles: GeminiFiles;
  /** Requests to models so far. */
  asked = 0;

  constructor(options: SimOptions, clock: Clock, log: RequestLog) {
    this.options = options;
    this.clock = clock;
    this.log = log;
    this.models = new ModelStates(options, clock);
    this.gate = options.limits ? new LimitGate(options.limits, clock) : null;
    this.faults = new FaultPlan(options.faults ?? [], options.seed ?? 1);
    this.startedMs = clock.monotonicMs();
    this.geminiFiles = new GeminiFiles(clock, options.processingMs ?? 0);
  }
}
