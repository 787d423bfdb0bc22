import { studentTwoSided } from '../numerics/distributions.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import {
  fitStrengthsAndTerm,
  logistic,
  type StrengthsAndTerm,
  TERM_PRIOR,
} from './nuisance-strengths.ts';
import { addUpRows, type TermRows, termRows } from './term-rows.ts';

/** Above this many items the strengths are not fitted and there is no test. */
const MAX_ITEMS_OF_TERM_TEST = 1500;

/** What a term of the model adds to the log odds of the left answer, all strengths being equal. */
export interface TermTest {
  /** The coefficient: log odds for z = 1. */
  readonly logOdds: number;
  readonly standardError: number;
  /** Two-sided probability of no effect, by t with clusters - 1 degrees. */
  readonly probability: number;
  readonly clusters: number;
}

/** The test over all verdicts, and one for each judge. */
export interface TermTests {
  readonly all: TermTest | null;
  /** Null for a judge whose verdicts lie in fewer than two clusters. */
  readonly judges: readonly (TermTest | null)[];
}

/**
 * Tests a term γ z in logit P(left wins) = θ_left - θ_right + γ z, ties as half a win, errors clustered
 * by prompt (by judge without one; by comparison without either). Over all verdicts the strengths are
 * estimated too; for one judge among several they are held at what all judges say, so that a judge
 * with few verdicts can be tested. A virtual verdict, half for and half against, keeps γ finite.
 *
 * @param z one value a row: 1 everywhere for the side shown first.
 * @returns null for more than `MAX_ITEMS_OF_TERM_TEST` items, or when the fit does not settle.
 */
export function termTests(table: ComparisonTable, z: Float64Array): TermTests | null {
  const items = table.items.length;
  if (items > MAX_ITEMS_OF_TERM_TEST || table.rows === 0) return null;
  const rows = termRows(table, z);
  const fit = fitStrengthsAndTerm(addUpRows(rows, items), items);
  if (!fit) return null;
  const cluster = table.groups.prompt?.ids;
  const all = testOfAll(rows, fit, cluster ?? table.groups.judge?.ids ?? null);
  const judge = table.groups.judge;
  if (!judge || judge.count < 2) return { all, judges: [all] };
  const rowsOf: number[][] = Array.from({ length: judge.known ?? judge.count }, () => []);
  for (let row = 0; row < table.rows; row++) rowsOf[judge.ids[row]!]?.push(row);
  const judges = rowsOf.map((own) => testOfJudge(rows, own, fit, cluster ?? null));
  return { all, judges };
}

function testOfAll(
  rows: TermRows,
  fit: StrengthsAndTerm,
  cluster: Uint32Array | null,
): TermTest | null {
  const size = fit.strengths.length + 1;
  const last = fit.inverse.subarray((size - 1) * size);
  const sums = new Map<number, number>();
  for (let row = 0; row < rows.count; row++) {
    const [left, right, z] = [rows.left[row]!, rows.right[row]!, rows.z[row]!];
    const p = logistic(fit.strengths[left]! - fit.strengths[right]! + fit.term * z);
    const lever = last[left]! - last[right]! + last[size - 1]! * z;
    addTo(sums, cluster ? cluster[row]! : row, lever * (rows.outcome[row]! - p));
  }
  return testOf(fit.term, sums, 1);
}

function testOfJudge(
  rows: TermRows,
  own: readonly number[],
  fit: StrengthsAndTerm,
  cluster: Uint32Array | null,
): TermTest | null {
  const offsets = own.map(
    (row) => fit.strengths[rows.left[row]!]! - fit.strengths[rows.right[row]!]!,
  );
  let [term, information] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const prior = logistic(term);
    let slope = TERM_PRIOR * (0.5 - prior);
    information = TERM_PRIOR * prior * (1 - prior);
    for (const [k, row] of own.entries()) {
      const z = rows.z[row]!;
      const p = logistic(offsets[k]! + term * z);
      slope += z * (rows.outcome[row]! - p);
      information += z * z * p * (1 - p);
    }
    const move = Math.max(-2, Math.min(2, slope / information));
    term += move;
    if (Math.abs(move) < 1e-10) break;
  }
  const sums = new Map<number, number>();
  for (const [k, row] of own.entries()) {
    const p = logistic(offsets[k]! + term * rows.z[row]!);
    addTo(sums, cluster ? cluster[row]! : row, rows.z[row]! * (rows.outcome[row]! - p));
  }
  return testOf(term, sums, information);
}

function addTo(sums: Map<number, number>, cluster: number, value: number): void {
  sums.set(cluster, (sums.get(cluster) ?? 0) + value);
}

function testOf(
  term: number,
  sums: ReadonlyMap<number, number>,
  information: number,
): TermTest | null {
  const clusters = sums.size;
  if (clusters < 2) return null;
  let squares = 0;
  for (const sum of sums.values()) squares += sum * sum;
  const standardError = Math.sqrt((squares * clusters) / (clusters - 1)) / information;
  if (standardError === 0) return null;
  const probability = studentTwoSided(term / standardError, clusters - 1);
  return { logOdds: term, standardError, probability, clusters };
}
