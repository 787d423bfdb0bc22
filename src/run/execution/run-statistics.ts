import { type Answer, hasUnknownCost, isCut } from '../../core/answer.ts';
import { ValueHistogram } from '../../core/value-histogram.ts';
import { type CountedFailure, FailuresByRow } from './failures-by-row.ts';

/** What one model did in a run. */
export interface ModelSummary {
  readonly model: string;
  /** Calls that have ended, failed ones included. */
  readonly calls: number;
  /** Failed calls, but for those of rows that were asked again because they had failed. */
  readonly errors: number;
  /** The same by the code of their error. */
  readonly errorCodes: Readonly<Record<string, number>>;
  /** The message of the first error of each code. */
  readonly errorMessages: Readonly<Record<string, string>>;
  /** Milliseconds; null without an answer. Within 2 % of the true quantile. */
  readonly medianLatencyMs: number | null;
  readonly p95LatencyMs: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars of the calls whose price is known; null if none is. */
  readonly costUsd: number | null;
  /** Answered calls whose cost is not known. */
  readonly unknownCosts: number;
  /** Calls of which an answer was cut at the token limit, before its first word, too. */
  readonly cut: number;
  /** Choices that were asked for and did not come. */
  readonly choicesMissing: number;
}

interface Counters {
  calls: number;
  errors: number;
  readonly errorCodes: Map<string, number>;
  readonly errorMessages: Map<string, string>;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  knownCosts: number;
  unknownCosts: number;
  cut: number;
  choicesMissing: number;
  readonly latencies: ValueHistogram;
}

/** Sums up the answers of a run by model, in memory that does not grow with them. */
export class RunStatistics {
  readonly #counters = new Map<string, Counters>();
  readonly #failures = new FailuresByRow();

  /** @param models references that come first in this order, whether they have answers or not */
  constructor(models: readonly string[]) {
    for (const model of models) this.#countersOf(model);
  }

  /** Adds an answer of a model. A call that was cancelled is no error. */
  add(model: string, answer: Answer): void {
    const counters = this.#countersOf(model);
    counters.calls++;
    if (answer.error?.code === 'cancelled') return;
    if (isCut(answer)) counters.cut++;
    counters.choicesMissing += answer.details?.choicesMissing ?? 0;
    counters.inputTokens += answer.usage.input ?? 0;
    counters.outputTokens += answer.usage.output ?? 0;
    if (answer.costUsd !== null) {
      counters.knownCosts++;
      counters.costUsd += answer.costUsd;
    }
    if (hasUnknownCost(answer)) counters.unknownCosts++;
    if (answer.status === 'ok') counters.latencies.add(answer.latencyMs);
    else {
      counters.errors++;
      const code = codeOf(answer);
      counters.errorCodes.set(code, (counters.errorCodes.get(code) ?? 0) + 1);
      if (!counters.errorMessages.has(code) && answer.error !== null) {
        counters.errorMessages.set(code, answer.error.message);
      }
    }
  }

  /** Adds an answer of an earlier process, whose failure can be taken back. */
  addSaved(model: string, answer: Answer): void {
    this.add(model, answer);
    if (answer.status === 'ok' || answer.error?.code === 'cancelled') return;
    this.#failures.add(answer.key.row, { model, code: codeOf(answer) });
  }

  /** Takes back that calls of a row have failed: it is asked again. What they cost remains. */
  forgetFailures(row: number): void {
    for (const failure of this.#failures.take(row)) this.#forget(failure);
  }

  #forget({ model, code }: CountedFailure): void {
    const counters = this.#countersOf(model);
    const { errorCodes, errorMessages } = counters;
    counters.errors--;
    const left = (errorCodes.get(code) ?? 0) - 1;
    if (left > 0) errorCodes.set(code, left);
    else {
      errorCodes.delete(code);
      errorMessages.delete(code);
    }
  }

  summaries(): ModelSummary[] {
    return [...this.#counters].map(([model, counters]) => ({
      model,
      calls: counters.calls,
      errors: counters.errors,
      errorCodes: Object.fromEntries(counters.errorCodes),
      errorMessages: Object.fromEntries(counters.errorMessages),
      medianLatencyMs: counters.latencies.quantile(0.5),
      p95LatencyMs: counters.latencies.quantile(0.95),
      inputTokens: counters.inputTokens,
      outputTokens: counters.outputTokens,
      costUsd: counters.knownCosts === 0 ? null : counters.costUsd,
      unknownCosts: counters.unknownCosts,
      cut: counters.cut,
      choicesMissing: counters.choicesMissing,
    }));
  }

  #countersOf(model: string): Counters {
    let counters = this.#counters.get(model);
    if (counters === undefined) {
      counters = {
        calls: 0,
        errors: 0,
        errorCodes: new Map(),
        errorMessages: new Map(),
        inputTokens: 0,
        outputTokens: 0,
        costUsd: 0,
        knownCosts: 0,
        unknownCosts: 0,
        cut: 0,
        choicesMissing: 0,
        latencies: new ValueHistogram(),
      };
      this.#counters.set(model, counters);
    }
    return counters;
  }
}

function codeOf({ error }: Answer): string {
  return error?.code ?? 'internal';
}
