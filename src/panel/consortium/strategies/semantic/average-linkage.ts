/**
 * Clusters vectors by average linkage: the two clusters whose members are nearest on average, by cosine distance, become
 * one as long as that is not more than `cut`. With n vectors it takes in the order of n² steps, seldom more.
 *
 * @returns the numbers of the vectors by cluster, the largest cluster first; of equal ones that of the first vector
 */
export function averageLinkage(vectors: readonly (readonly number[])[], cut: number): number[][] {
  const linkage = new Linkage(vectors.map(unitVector));
  for (;;) {
    const pair = linkage.nearest();
    if (pair === undefined || !(pair.distance <= cut)) break;
    linkage.join(pair.one, pair.other);
  }
  return linkage.clusters.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** A cluster after another one, and how far apart they are on average. */
interface Neighbour {
  readonly other: number;
  readonly distance: number;
}

const NOBODY: Neighbour = { other: -1, distance: Number.POSITIVE_INFINITY };

/** Clusters by their first vector; of each the nearest one behind it is known. */
class Linkage {
  readonly #members: (number[] | null)[];
  /** Of two clusters the distances of their members, added up. */
  readonly #sums: Float64Array[];
  readonly #nearest: Neighbour[];

  constructor(vectors: readonly Float64Array[]) {
    this.#members = vectors.map((_, at) => [at]);
    this.#sums = vectors.map((a) => Float64Array.from(vectors, (b) => cosineDistance(a, b)));
    this.#nearest = vectors.map((_, at) => this.#nearestBehind(at));
  }

  get clusters(): number[][] {
    return this.#members.flatMap((members) =>
      members === null ? [] : [members.sort((a, b) => a - b)],
    );
  }

  /** The nearest two; of equally near ones the first. */
  nearest(): (Neighbour & { readonly one: number }) | undefined {
    let [one, nearest] = [-1, NOBODY];
    for (const [at, neighbour] of this.#nearest.entries()) {
      if (this.#members[at] === null || !(neighbour.distance < nearest.distance)) continue;
      [one, nearest] = [at, neighbour];
    }
    return one < 0 ? undefined : { one, ...nearest };
  }

  join(one: number, other: number): void {
    this.#members[one]!.push(...this.#members[other]!);
    this.#members[other] = null;
    const [row, gone] = [this.#sums[one]!, this.#sums[other]!];
    for (const [at, members] of this.#members.entries()) {
      if (members === null || at === one) continue;
      row[at] = row[at]! + gone[at]!;
      this.#sums[at]![one] = row[at]!;
    }
    for (let at = 0; at < other; at++) {
      if (this.#members[at] === null) continue;
      const { other: was, distance } = this.#nearest[at]!;
      if (at === one || was === one || was === other) this.#nearest[at] = this.#nearestBehind(at);
      else if (at < one) {
        const now = this.#distance(at, one);
        const isFirst = now < distance || (now === distance && one < was);
        if (isFirst) this.#nearest[at] = { other: one, distance: now };
      }
    }
  }

  #nearestBehind(one: number): Neighbour {
    let nearest = NOBODY;
    for (let other = one + 1; other < this.#members.length; other++) {
      if (this.#members[other] === null) continue;
      const distance = this.#distance(one, other);
      if (distance < nearest.distance) nearest = { other, distance };
    }
    return nearest;
  }

  #distance(one: number, other: number): number {
    const pairs = this.#members[one]!.length * this.#members[other]!.length;
    return this.#sums[one]![other]! / pairs;
  }
}

/** A vector of length 1 in its direction, however large or small its numbers are; of no length where it has none. */
function unitVector(vector: readonly number[]): Float64Array {
  let most = 0;
  for (const number of vector) most = Math.max(most, Math.abs(number));
  if (most === 0) return new Float64Array(vector.length);
  // Divided first: the squares of what is very large or small are no numbers.
  const scaled = Float64Array.from(vector, (number) => number / most);
  let squares = 0;
  for (const number of scaled) squares += number ** 2;
  const length = Math.sqrt(squares);
  return scaled.map((number) => number / length);
}

/** 1 less the cosine of the angle between two unit vectors, 0 to 2; 1 where one has no length. */
function cosineDistance(a: Float64Array, b: Float64Array): number {
  let product = 0;
  for (let at = 0; at < a.length; at++) product += a[at]! * b[at]!;
  const distance = 1 - Math.max(-1, product);
  // What is left of rounding: equal vectors are at no distance.
  return distance < 1e-12 ? 0 : distance;
}
