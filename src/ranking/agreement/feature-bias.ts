import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { clusteredShare } from './clustered-share.ts';
import { knownJudges } from './ratings-from-verdicts.ts';
import { type TermTest, termTests } from './term-test.ts';
import type { ShareInterval } from './wilson.ts';

/** Whether judges prefer the answer with more of a feature: the longer one, say. */
export interface FeatureBias {
  readonly feature: string;
  /** Share of decisive verdicts for the answer with more of it; equal answers are left out; by prompt where known. */
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
  const sign = new Float64Array(table.rows);
  const prompt = table.groups.prompt?.ids;
  const tallies = Array.from({ length: knownJudges(table) }, () => new ClusterTally());
  const all = new ClusterTally();
  for (let row = 0; row < table.rows; row++) {
    sign[row] = Math.sign(difference[row]!);
    const verdict = table.verdict[row]!;
    if (sign[row] === 0 || verdict > VERDICT_CODES.right) continue;
    const won = (verdict === VERDICT_CODES.left) === sign[row]! > 0 ? 1 : 0;
    const cluster = prompt?.[row] ?? row;
    all.add(cluster, won);
    tallies[table.groups.judge?.ids[row] ?? 0]?.add(cluster, won);
  }
  return {
    feature,
    all: all.share(level),
    judges: tallies.map((tally) => tally.share(level)),
    term: termTests(table, sign)?.all ?? null,
  };
}

/** Wins of the answer with more, and how many verdicts, by cluster. */
class ClusterTally {
  readonly #places = new Map<number, number>();
  readonly #won: number[] = [];
  readonly #of: number[] = [];

  add(cluster: number, won: number): void {
    let place = this.#places.get(cluster);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(cluster, place);
      this.#won.push(0);
      this.#of.push(0);
    }
    this.#won[place]! += won;
    this.#of[place]! += 1;
  }

  share(level: number): ShareInterval {
    return clusteredShare(this.#won, this.#of, level);
  }
}
