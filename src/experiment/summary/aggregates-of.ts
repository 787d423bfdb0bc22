import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Aggregates, PairAggregate, ScoreAggregate, Sensitivity } from './aggregates.ts';

/** Reads what `summary.json` holds, whoever wrote it: what is of another kind counts as unknown. */
export function aggregatesOf(summary: JsonValue): Aggregates {
  const held = isJsonObject(summary) && isJsonObject(summary.aggregates) ? summary.aggregates : {};
  return {
    scores: listOf(held.scores).map(scoreOf),
    pairs: listOf(held.pairs).map(pairOf),
    sensitivity: listOf(held.sensitivity).map(sensitivityOf),
  };
}

function scoreOf(json: JsonObject): ScoreAggregate {
  const corpus = numberOf(json.corpus);
  return {
    ...judgedOf(json),
    model: textOf(json.model) ?? '',
    group: textOf(json.group),
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
    ...{ a: textOf(json.a) ?? '', b: textOf(json.b) ?? '' },
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
    model: textOf(json.model) ?? '',
    originals: countOf(json.originals),
    ...{ meanRange: numberOf(json.meanRange) ?? 0, meanSd: numberOf(json.meanSd) ?? 0 },
    flipShare: numberOf(json.flipShare),
  };
}

function judgedOf(json: JsonObject) {
  const [judge, template] = [textOf(json.judge), textOf(json.template)];
  return {
    key: textOf(json.key) ?? '',
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
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
