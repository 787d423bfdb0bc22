/** What scores, or verdicts, say of the models of an experiment: all intervals are of 95 %. */
export interface Aggregates {
  readonly scores: readonly ScoreAggregate[];
  readonly pairs: readonly PairAggregate[];
  readonly sensitivity: readonly Sensitivity[];
}

/** By whom and how verdicts were asked for; scores have neither. */
export interface Judged {
  readonly judge?: string;
  readonly template?: string;
}

/** The values of one key for one model. */
export interface ScoreAggregate extends Judged {
  /** Of scores their key; of the shares of labels `verdict:LABEL`. */
  readonly key: string;
  /** Reference of the model, as rows have it. */
  readonly model: string;
  /** Null: of all groups. */
  readonly group: string | null;
  readonly rows: number;
  /** Rows without a value: they failed, nothing was expected of them, or they could not be scored. */
  readonly missing: number;
  /** Units with a value: what is answered once, or in several wordings. */
  readonly units: number;
  /** Mean of the units' means; null without units. */
  readonly mean: number | null;
  /** Null, as is `high`, where the units tell nothing of an error. */
  readonly low: number | null;
  readonly high: number | null;
  /** The score of all texts together, of scorers that have one. */
  readonly corpus?: number;
  readonly method: 'wilson' | 't';
}

/** How two models differ in the values of one key, on the units that both have answered. */
export interface PairAggregate extends Judged {
  readonly key: string;
  readonly a: string;
  readonly b: string;
  readonly units: number;
  /** Mean of `a` less `b`; null without units. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided; null where nothing can be tested. */
  readonly p: number | null;
  /** Adjusted by Holm's method over all pairs of the key. */
  readonly pHolm: number | null;
  readonly method: 'mcnemar-mid-p' | 't';
}

/** How far the values of one unit lie apart, over the units that have two rows or more. */
export interface Sensitivity extends Judged {
  readonly key: string;
  readonly model: string;
  /** Units with two rows or more. */
  readonly originals: number;
  /** Mean over them of the largest less the smallest value. */
  readonly meanRange: number;
  /** Mean over them of the standard deviation (n - 1). */
  readonly meanSd: number;
  /** Share of them whose rows are not all 0 or all 1; null where values are not 0 or 1. */
  readonly flipShare: number | null;
}

/** The key of an aggregate that is the share of a label among verdicts. */
export function labelKey(key: string, label: string): string {
  return `${key}:${label}`;
}

/** The key of records whose values an aggregate sums up. */
export function recordKey(key: string): string {
  return key.split(':', 1)[0]!;
}
