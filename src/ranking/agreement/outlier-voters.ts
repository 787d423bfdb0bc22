import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { judgeNames } from './ratings-from-verdicts.ts';

/** How outlier voters are looked for. */
export interface OutlierOptions {
  /**
   * `sequential` (default): evidence against the verdicts of all other judges, ties left out,
   * threshold judges / alpha. `fastchat`: FastChat's own rule, which counts the voter's own verdicts
   * as reference too, takes a tie for half a win, and has the threshold 1 / alpha.
   */
  readonly rule?: 'sequential' | 'fastchat';
  /** Chance that an honest panel has any voter flagged (`sequential`); default 0.05. */
  readonly alpha?: number;
  /** Judges with fewer verdicts are not tested; default 5. */
  readonly fewestVotes?: number;
  /** Verdicts looked at per judge, in the order of the table; default 100. */
  readonly mostVotes?: number;
}

/** What the sequential test says of a judge. */
export interface OutlierVerdict {
  readonly judge: string;
  /** Number of the judge in the table's judge column. */
  readonly id: number;
  readonly outlier: boolean;
  /** Largest evidence reached; above the threshold means outlier. */
  readonly evidence: number;
  /** Verdicts looked at, up to the one that crossed the threshold. */
  readonly votes: number;
}

/** The tested judges and the threshold of their evidence. */
export interface OutlierVoters {
  readonly rule: 'sequential' | 'fastchat';
  readonly threshold: number;
  readonly judges: readonly OutlierVerdict[];
}

/**
 * Finds judges whose verdicts go against those of the others. For each verdict on a pair of items
 * with p = share of decisive verdicts at or below it (or at or above it) the evidence is multiplied
 * by 1 / (2p), which an honest voter's product exceeds t only with probability 1/t (FastChat's
 * `outlier_detect`). In `sequential` p counts the verdict itself once, so it is never 0.
 */
export function outlierVoters(table: ComparisonTable, options: OutlierOptions = {}): OutlierVoters {
  const { rule = 'sequential', alpha = 0.05, fewestVotes = 5, mostVotes = 100 } = options;
  const rowsOf = Map.groupBy(rowNumbers(table), (row) => table.groups.judge?.ids[row] ?? 0);
  const tested = [...rowsOf].filter(([, rows]) => rows.length >= fewestVotes);
  const threshold = (rule === 'fastchat' ? 1 : Math.max(1, tested.length)) / alpha;
  const wins = decisiveWins(table, rowNumbers(table));
  const names = judgeNames(table);
  const judges = tested
    .sort(([a], [b]) => a - b)
    .map(([id, rows]) => {
      const own = rule === 'fastchat' ? null : decisiveWins(table, rows);
      const found = evidenceOf(table, rows.slice(0, mostVotes), wins, own, threshold);
      return { judge: names[id]!, id, ...found };
    });
  return { rule, threshold, judges };
}

function rowNumbers(table: ComparisonTable): number[] {
  return Array.from({ length: table.rows }, (_, row) => row);
}

/** Decisive verdicts by ordered pair: `winner * items + loser`. */
function decisiveWins(table: ComparisonTable, rows: readonly number[]): Map<number, number> {
  const wins = new Map<number, number>();
  for (const row of rows) {
    const verdict = table.verdict[row]!;
    if (verdict > VERDICT_CODES.right) continue;
    const [left, right] = [table.left[row]!, table.right[row]!];
    const [winner, loser] = verdict === VERDICT_CODES.left ? [left, right] : [right, left];
    const key = winner * table.items.length + loser;
    wins.set(key, (wins.get(key) ?? 0) + 1);
  }
  return wins;
}

/** The direction of a pair, the same in all its rows: evidence of one direction must add up. */
function byName(table: ComparisonTable, a: number, b: number): [number, number] {
  return table.items[a]! < table.items[b]! ? [a, b] : [b, a];
}

function evidenceOf(
  table: ComparisonTable,
  rows: readonly number[],
  wins: ReadonlyMap<number, number>,
  own: ReadonlyMap<number, number> | null,
  threshold: number,
): { outlier: boolean; evidence: number; votes: number } {
  let [upper, lower, evidence, votes] = [1, 1, 1, 0];
  for (const row of rows) {
    const [low, high] = byName(table, table.left[row]!, table.right[row]!);
    const [key, reverse] = [low * table.items.length + high, high * table.items.length + low];
    const won = (wins.get(key) ?? 0) - (own?.get(key) ?? 0);
    const lost = (wins.get(reverse) ?? 0) - (own?.get(reverse) ?? 0);
    const verdict = table.verdict[row]!;
    const tie = verdict > VERDICT_CODES.right;
    votes += 1;
    if ((tie && own) || won + lost === 0) continue;
    const winner = verdict === VERDICT_CODES.left ? table.left[row]! : table.right[row]!;
    const itself = own ? 1 : 0;
    const total = won + lost + itself;
    const atOrBelow = (!tie && winner === low ? total : lost + (tie ? 0 : itself)) / total;
    const atOrAbove = (!tie && winner === high ? total : won + (tie ? 0 : itself)) / total;
    upper = Math.min(Number.MAX_VALUE, upper / (2 * atOrBelow));
    lower = Math.min(Number.MAX_VALUE, lower / (2 * atOrAbove));
    evidence = Math.max(evidence, upper, lower);
    if (evidence > threshold) return { outlier: true, evidence, votes };
  }
  return { outlier: false, evidence, votes };
}
