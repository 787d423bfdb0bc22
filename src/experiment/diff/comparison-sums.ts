import {
  type ComparedCosts,
  type ComparedModels,
  type ComparedScore,
  DIFFERENCE_KINDS,
  type DifferenceKind,
} from './comparison.ts';
import type { KeptResults, ResultFacts } from './kept-results.ts';

/** Pairs of models that are told apart. */
const MAX_PAIRS = 1000;

type Kinds = Record<DifferenceKind, number>;

/** Adds up how results differ. */
export class ComparisonSums {
  readonly #kept: KeptResults;
  readonly #scores = new Map<
    string,
    { -readonly [Key in keyof ComparedScore]: ComparedScore[Key] }
  >();
  readonly #models = new Map<
    string,
    ComparedModels & { rows: number; same: number; different: Kinds }
  >();
  readonly #different = noKinds();
  readonly #cost = { aUsd: 0, bUsd: 0, known: 0, unknown: 0 };
  #compared = 0;
  #same = 0;

  constructor(kept: KeptResults) {
    this.#kept = kept;
  }

  /** Adds a result of B and the row of A that it is compared with; says how they differ, null where they do not. */
  add(row: number, b: ResultFacts): DifferenceKind | null {
    const a = this.#kept.get(row);
    const kind = kindOf(a, b);
    this.#compared++;
    const pair = this.#pairOf(a.model, b.model);
    if (pair !== undefined) pair.rows++;
    if (kind === null) {
      this.#same++;
      if (pair !== undefined) pair.same++;
    } else {
      this.#different[kind]++;
      if (pair !== undefined) pair.different[kind]++;
    }
    this.#addCost(a.costUsd, b.costUsd);
    for (const [name, value] of b.scores) this.#addScore(row, name, value);
    return kind;
  }

  result() {
    const models = [...this.#models.values()].sort((one, other) => other.rows - one.rows);
    const scores = [...this.#scores.values()].map((score) => ({
      ...score,
      aMean: score.aMean / score.rows,
      bMean: score.bMean / score.rows,
    }));
    return {
      compared: this.#compared,
      same: this.#same,
      different: this.#different as Readonly<Kinds>,
      cost: this.#cost as ComparedCosts,
      scores: scores as readonly ComparedScore[],
      models: models as readonly ComparedModels[],
    };
  }

  #pairOf(a: string | null, b: string | null) {
    const name = JSON.stringify([a, b]);
    const known = this.#models.get(name);
    if (known !== undefined || this.#models.size === MAX_PAIRS) return known;
    const added = { a, b, rows: 0, same: 0, different: noKinds() };
    this.#models.set(name, added);
    return added;
  }

  #addCost(a: number | null, b: number | null): void {
    if (a === null || b === null) {
      this.#cost.unknown++;
      return;
    }
    this.#cost.known++;
    this.#cost.aUsd += a;
    this.#cost.bUsd += b;
  }

  #addScore(row: number, name: string, b: number): void {
    const a = this.#kept.score(row, name);
    if (a === null) return;
    const sums = this.#scores.get(name) ?? {
      name,
      rows: 0,
      aMean: 0,
      bMean: 0,
      higher: 0,
      lower: 0,
    };
    this.#scores.set(name, sums);
    sums.rows++;
    sums.aMean += a;
    sums.bMean += b;
    if (b > a) sums.higher++;
    else if (b < a) sums.lower++;
  }
}

function noKinds(): Kinds {
  return Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])) as Kinds;
}

function kindOf(a: Omit<ResultFacts, 'scores'>, b: ResultFacts): DifferenceKind | null {
  if (a.error === null && b.error === null) {
    const isSame = a.response.first === b.response.first && a.response.second === b.response.second;
    return isSame ? null : 'answer';
  }
  if (a.error === null) return 'broken';
  if (b.error === null) return 'mended';
  return a.error === b.error ? null : 'error';
}
