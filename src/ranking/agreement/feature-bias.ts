import { type ComparisonTable, VERDICT_CODES } from '../../core/comparison-table.ts';
import { type TermTest, termTests } from './term-test.ts';
import { type ShareInterval, wilsonInterval } from './wilson.ts';

/** Whether judges prefer the answer with more of a feature: the longer one, say. */
export interface FeatureBias {
  readonly feature: string;
  /** Share of decisive verdicts for the answer with more of it; equal answers are left out. */
  readonly all: ShareInterval;
  /** The same for each judge, in the order of the judge column. */
  readonly judges: readonly ShareInterval[];
  /** "Has more of it" as a term beside the strengths: log odds for that answer; null if unknown. */
  readonly term: TermTest | null;
}

/** Measures the bias of each feature column of a table, in the order of their names. */
export function featureBias(table: ComparisonTable, level: number): FeatureBias[] {
  return Object.keys(table.features)
    .sort()
    .map((feature) => biasOf(table, feature, table.features[feature]!, level));
}

function biasOf(
  table: ComparisonTable,
  feature: string,
  difference: Float64Array,
  level: number,
): FeatureBias {
  const judgeCount = table.groups.judge?.count ?? 1;
  const won = new Uint32Array(judgeCount);
  const of = new Uint32Array(judgeCount);
  const sign = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    sign[row] = Math.sign(difference[row]!);
    const verdict = table.verdict[row]!;
    if (sign[row] === 0 || verdict > VERDICT_CODES.right) continue;
    const judge = table.groups.judge?.ids[row] ?? 0;
    of[judge]! += 1;
    if ((verdict === VERDICT_CODES.left) === sign[row]! > 0) won[judge]! += 1;
  }
  const total = (column: Uint32Array) => column.reduce((sum, count) => sum + count, 0);
  return {
    feature,
    all: wilsonInterval(total(won), total(of), level),
    judges: Array.from(of, (count, judge) => wilsonInterval(won[judge]!, count, level)),
    term: termTests(table, sign)?.all ?? null,
  };
}
