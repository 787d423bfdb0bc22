import { ValueHistogram } from '../../core/value-histogram.ts';
import type { RowFigures } from './row-figures.ts';
import type { Distribution, ModelFigures } from './run-report.ts';

/** Sums up the rows of a model. */
export class ModelTally {
  #rows = 0;
  #answered = 0;
  #failed = 0;
  #notAsked = 0;
  #cut = 0;
  #triesMore = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #costUsd: number | null = null;
  #unknownCosts = 0;
  readonly #latencyMs = new ValueHistogram();
  readonly #input = new ValueHistogram();
  readonly #output = new ValueHistogram();

  add(row: RowFigures): void {
    const { inputTokens, outputTokens, costUsd, latencyMs } = row;
    this.#rows++;
    if (row.status === 'not_asked') {
      this.#notAsked++;
      return;
    }
    if (row.isCut) this.#cut++;
    this.#triesMore += Math.max(0, (row.attempts ?? 1) - 1);
    this.#inputTokens += inputTokens ?? 0;
    this.#outputTokens += outputTokens ?? 0;
    if (costUsd !== null) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
    else if (row.status === 'answered' || (inputTokens ?? 0) + (outputTokens ?? 0) > 0) {
      this.#unknownCosts++;
    }
    if (row.status === 'failed') {
      this.#failed++;
      return;
    }
    this.#answered++;
    if (latencyMs !== null) this.#latencyMs.add(latencyMs);
    if (inputTokens !== null) this.#input.add(inputTokens);
    if (outputTokens !== null) this.#output.add(outputTokens);
  }

  figures(model: string): ModelFigures {
    return {
      model,
      rows: this.#rows,
      answered: this.#answered,
      failed: this.#failed,
      notAsked: this.#notAsked,
      cut: this.#cut,
      triesMore: this.#triesMore,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      costUsd: this.#costUsd,
      unknownCosts: this.#unknownCosts,
      latencyMs: distribution(this.#latencyMs, (value) => value),
      input: distribution(this.#input, Math.round),
      output: distribution(this.#output, Math.round),
    };
  }
}

function distribution(values: ValueHistogram, round: (value: number) => number): Distribution {
  const quantile = (share: number) => {
    const value = values.quantile(share);
    return value === null ? null : round(value);
  };
  return {
    median: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    counts: values.counts().map(({ value, count }) => ({ value: round(value), count })),
  };
}
