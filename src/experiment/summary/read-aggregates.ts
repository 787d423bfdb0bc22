import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Aggregates, PairAggregate, ScoreAggregate, Sensitivity } from './aggregates.ts';

/** Reads what `summary.json` holds, which may be anybody's: what is of another kind counts as unknown. */
export function readAggregates(summary: JsonValue): Aggregates {
  const { aggregates } = objectOf(summary);
  const { scores, pairs, sensitivity } = objectOf(aggregates);
  return {
    scores: listOf(scores).map(scoreOf),
    pairs: listOf(pairs).map(pairOf),
    sensitivity: listOf(sensitivity).map(sensitivityOf),
  };
}

function scoreOf(json: JsonObject): ScoreAggregate {
  const corpus = numberIn(json.corpus);
  return {
    ...{ key: textIn(json.key) ?? '', model: textIn(json.model) ?? '', group: textIn(json.group) },
    ...judgedOf(json),
    ...{ rows: countOf(json.rows), missing: countOf(json.missing), units: countOf(json.units) },
    mean: numberIn(json.mean),
    ...intervalOf(json),
    ...(corpus !== null && { corpus }),
    method: json.method === 'wilson' ? 'wilson' : 't',
  };
}

function pairOf(json: JsonObject): PairAggregate {
  return {
    ...{ key: textIn(json.key) ?? '', a: textIn(json.a) ?? '', b: textIn(json.b) ?? '' },
    ...judgedOf(json),
    units: countOf(json.units),
    difference: numberIn(json.difference),
    ...intervalOf(json),
    ...{ p: numberIn(json.p), pHolm: numberIn(json.pHolm) },
    method: json.method === 't' ? 't' : 'mcnemar-mid-p',
  };
}

function sensitivityOf(json: JsonObject): Sensitivity {
  return {
    ...{ key: textIn(json.key) ?? '', model: textIn(json.model) ?? '' },
    ...judgedOf(json),
    originals: countOf(json.originals),
    ...{ meanRange: numberIn(json.meanRange) ?? 0, meanSd: numberIn(json.meanSd) ?? 0 },
    flipShare: numberIn(json.flipShare),
  };
}

function judgedOf(json: JsonObject) {
  const [judge, template] = [textIn(json.judge), textIn(json.template)];
  return { ...(judge !== null && { judge }), ...(template !== null && { template }) };
}

function intervalOf({ low, high }: JsonObject) {
  return { low: numberIn(low), high: numberIn(high) };
}

function countOf(value: JsonValue | undefined): number {
  return numberIn(value) ?? 0;
}

function numberIn(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
