import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { nameIn } from './text-in.ts';

/** Means of scores by model, differences of models, and how much wording matters. */
export interface Aggregates {
  readonly scores: readonly ScoreMean[];
  readonly pairs: readonly ScorePair[];
  readonly sensitivity: readonly Sensitivity[];
}

/** The mean of a score over a model's units, with its interval. */
export interface ScoreMean {
  readonly key: string;
  readonly model: string;
  /** Null for all of them. */
  readonly group: string | null;
  readonly judge: string | null;
  readonly template: string | null;
  readonly rows: number | null;
  readonly missing: number | null;
  readonly units: number | null;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The score of all texts together, where there is one. */
  readonly corpus: number | null;
}

/** The difference of two models over the units that both have. */
export interface ScorePair {
  readonly key: string;
  readonly a: string;
  readonly b: string;
  readonly units: number | null;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** After Holm. */
  readonly pHolm: number | null;
}

/** How much a model's score changes with the wording. */
export interface Sensitivity {
  readonly key: string;
  readonly model: string;
  readonly originals: number | null;
  readonly meanRange: number | null;
  readonly meanSd: number | null;
  readonly flipShare: number | null;
}

const MOST_LINES = 500;

/** Reads what `summary.json` holds; null where there is no score in it. What is of another kind counts as unknown. */
export function readAggregates(summary: JsonValue): Aggregates | null {
  if (!isJsonObject(summary)) return null;
  const { scores, pairs, sensitivity } = isJsonObject(summary.aggregates)
    ? summary.aggregates
    : summary;
  const read = {
    scores: listOf(scores).map(scoreOf),
    pairs: listOf(pairs).map(pairOf),
    sensitivity: listOf(sensitivity).map(sensitivityOf),
  };
  return read.scores.length === 0 ? null : read;
}

function scoreOf(json: JsonObject): ScoreMean {
  return {
    ...nameOf(json),
    group: nameIn(json.group),
    judge: nameIn(json.judge),
    template: nameIn(json.template),
    rows: numberOf(json.rows),
    missing: numberOf(json.missing),
    units: numberOf(json.units),
    mean: numberOf(json.mean),
    ...intervalOf(json),
    corpus: numberOf(json.corpus),
  };
}

function pairOf(json: JsonObject): ScorePair {
  return {
    key: nameIn(json.key) ?? '',
    a: nameIn(json.a) ?? '',
    b: nameIn(json.b) ?? '',
    units: numberOf(json.units),
    difference: numberOf(json.difference),
    ...intervalOf(json),
    pHolm: numberOf(json.pHolm),
  };
}

function sensitivityOf(json: JsonObject): Sensitivity {
  return {
    ...nameOf(json),
    originals: numberOf(json.originals),
    meanRange: numberOf(json.meanRange),
    meanSd: numberOf(json.meanSd),
    flipShare: numberOf(json.flipShare),
  };
}

function nameOf({ key, model }: JsonObject) {
  return { key: nameIn(key) ?? '', model: nameIn(model) ?? '' };
}

function intervalOf({ low, high }: JsonObject) {
  return { low: numberOf(low), high: numberOf(high) };
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject).slice(0, MOST_LINES) : [];
}
