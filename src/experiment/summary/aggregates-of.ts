import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Aggregates, PairAggregate, ScoreAggregate, Sensitivity } from '../summary/index.ts';
import { nameIn } from './text-in.ts';

/** Of each kind; more are left out. */
const MOST_LINES = 2000;

/** Reads what `summary.json` holds; null where there is no score in it. What is of another kind counts as unknown. */
export function readAggregates(summary: JsonValue): Aggregates | null {
  if (!isJsonObject(summary) || !isJsonObject(summary.aggregates)) return null;
  const { scores, pairs, sensitivity } = summary.aggregates;
  const read = {
    scores: listOf(scores).map(scoreOf),
    pairs: listOf(pairs).map(pairOf),
    sensitivity: listOf(sensitivity).map(sensitivityOf),
  };
  return read.scores.length === 0 ? null : read;
}

function scoreOf(json: JsonObject): ScoreAggregate {
  const corpus = numberOf(json.corpus);
  return {
    ...judgedOf(json),
    model: nameIn(json.model) ?? '',
    group: nameIn(json.group),
    ...{ rows: countOf(json.rows), missing: countOf(json.missing), units: countOf(json.units) },
    mean: numberOf(json.mean),
    ...intervalOf(json),
    ...(corpus !== null && { corpus }),
    method: json.method === 'wilson' ? 'wilson' : 't',
  };
}

function pairOf(json: JsonObject): PairAggregate {
  return {
    ...judgedOf(json),
    ...{ a: nameIn(json.a) ?? '', b: nameIn(json.b) ?? '' },
    units: countOf(json.units),
    difference: numberOf(json.difference),
    ...intervalOf(json),
    ...{ p: numberOf(json.p), pHolm: numberOf(json.pHolm) },
    method: json.method === 't' ? 't' : 'mcnemar-mid-p',
  };
}

function sensitivityOf(json: JsonObject): Sensitivity {
  return {
    ...judgedOf(json),
    model: nameIn(json.model) ?? '',
    originals: countOf(json.originals),
    ...{ meanRange: numberOf(json.meanRange) ?? 0, meanSd: numberOf(json.meanSd) ?? 0 },
    flipShare: numberOf(json.flipShare),
  };
}

function judgedOf(json: JsonObject) {
  const [judge, template] = [nameIn(json.judge), nameIn(json.template)];
  return {
    key: nameIn(json.key) ?? '',
    ...(judge !== null && { judge }),
    ...(template !== null && { template }),
  };
}

function intervalOf({ low, high }: JsonObject) {
  return { low: numberOf(low), high: numberOf(high) };
}

function countOf(value: JsonValue | undefined): number {
  return numberOf(value) ?? 0;
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject).slice(0, MOST_LINES) : [];
}
