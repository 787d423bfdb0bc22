import { isJsonObject, type JsonValue } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { folded } from './answer-verdicts.ts';
import { readConfidence } from './confidence.ts';
import type { ReadReply } from './keyed-reply.ts';
import type { VerdictKind } from './verdict-kind.ts';

/** What a judge says of several answers. */
export interface RankingVerdict {
  /** Labels, best first; equal ones together. */
  readonly ranking: readonly (readonly string[])[];
  /** Why, by label; only of those of which the judge said it. */
  readonly reasons: Readonly<Record<string, string>>;
  /** From 0 to 1; null where it was not asked for or not given. */
  readonly confidence: number | null;
}

/** A choice of one of several answers. */
export interface PickVerdict {
  readonly pick: string;
  /** From 0 to 1; null where it was not given. */
  readonly confidence: number | null;
}

/**
 * A verdict that ranks labels, told in whatever case: each once, equal ones in an inner list.
 *
 * @param options.confidence true asks how sure the judge is, in the place of reasons; default false
 */
export function rankingVerdict(
  labels: readonly string[],
  { confidence = false }: { readonly confidence?: boolean } = {},
): VerdictKind<RankingVerdict> {
  const known = labelTable(labels);
  const more = confidence ? '"confidence": N' : '"reasons": {LABEL: "R", ...}';
  const places =
    `BEST, NEXT and so on are ${listed(labels)}, each once, best first; equally good ones stand together in a list ` +
    `within the list; and ${confidence ? CONFIDENCE_PLACE : 'R is one sentence on the answer with that LABEL'}`;
  return {
    pattern: `{"ranking": [BEST, NEXT, ...], ${more}}`,
    places,
    read: (written) => {
      const ranking = rankingOf(written.ranking, known);
      if ('mistake' in ranking) return ranking;
      const reasons = reasonsOf(written.reasons, known);
      const sure = confidence ? confidenceOf(written.confidence) : { value: null };
      if ('mistake' in sure) return sure;
      return { value: { ranking: ranking.value, reasons, confidence: sure.value } };
    },
  };
}

/** A verdict that picks one of some labels, told in whatever case, and says how sure it is. */
export function pickVerdict(labels: readonly string[]): VerdictKind<PickVerdict> {
  const known = labelTable(labels);
  return {
    pattern: '{"pick": LABEL, "confidence": N}',
    places: `LABEL is one of ${listed(labels)}, and ${CONFIDENCE_PLACE}`,
    read: ({ pick, confidence }) => {
      const label = typeof pick === 'string' ? known.get(folded(pick)) : undefined;
      if (label === undefined) {
        const found = pick === undefined ? 'no "pick"' : `the pick ${shown(pick)}`;
        return { mistake: `has a verdict with ${found}, not one of ${listed(labels)}` };
      }
      const sure = confidenceOf(confidence);
      return 'mistake' in sure ? sure : { value: { pick: label, confidence: sure.value } };
    },
  };
}

const CONFIDENCE_PLACE = 'N is how sure you are, a number from 0 to 1';

type LabelTable = ReadonlyMap<string, string>;

function labelTable(labels: readonly string[]): LabelTable {
  return new Map(labels.map((label) => [folded(label), label]));
}

function rankingOf(
  written: JsonValue | undefined,
  known: LabelTable,
): ReadReply<readonly (readonly string[])[]> {
  if (!Array.isArray(written)) {
    const found = written === undefined ? 'no "ranking"' : `the ranking ${shown(written)}`;
    return { mistake: `has a verdict with ${found}, not a list of labels` };
  }
  const seen = new Set<string>();
  const ranking: string[][] = [];
  for (const entry of written as readonly JsonValue[]) {
    const tied: readonly JsonValue[] = Array.isArray(entry) ? entry : [entry];
    if (tied.length === 0) return { mistake: 'has a ranking with an empty list in it' };
    const group: string[] = [];
    for (const one of tied) {
      const label = typeof one === 'string' ? known.get(folded(one)) : undefined;
      if (label === undefined) {
        const labels = listed([...known.values()]);
        return { mistake: `has a ranking with ${shown(one)}, not one of ${labels}` };
      }
      if (seen.has(label)) return { mistake: `has a ranking with ${shown(label)} twice` };
      seen.add(label);
      group.push(label);
    }
    ranking.push(group);
  }
  const missing = [...known.values()].filter((label) => !seen.has(label));
  if (missing.length === 0) return { value: ranking };
  return { mistake: `has a ranking without ${listed(missing)}` };
}

/** A verdict does not depend on its reasons: what is none is left out. */
function reasonsOf(
  written: JsonValue | undefined,
  known: LabelTable,
): Readonly<Record<string, string>> {
  const reasons = new Map<string, string>();
  for (const [word, reason] of isJsonObject(written) ? Object.entries(written) : []) {
    const label = known.get(folded(word));
    if (label === undefined || typeof reason !== 'string' || reason.trim() === '') continue;
    reasons.set(label, reason);
  }
  return Object.fromEntries(reasons);
}

function confidenceOf(written: JsonValue | undefined): ReadReply<number | null> {
  const confidence = readConfidence(written);
  if (confidence !== undefined) return { value: confidence };
  return {
    mistake: `has a verdict with the confidence ${shown(written)}, not a number from 0 to 1`,
  };
}

function listed(labels: readonly string[]): string {
  return labels.map((label) => JSON.stringify(label)).join(', ');
}

function shown(value: JsonValue | undefined): string {
  return plainLine(JSON.stringify(value) ?? 'undefined', 60);
}
