import type { JsonObject } from '../../core/json.ts';
import { valueText } from '../../templates/index.ts';
import { comparedText } from './compared-text.ts';
import { KeptTexts } from './kept-texts.ts';
import { type Bands, bandsFor, MIN_HASHES, minHashes, shinglesOf, similarity } from './min-hash.ts';

/** Buckets of a band; rows of other hashes may fall into one, too. */
const BUCKETS = 2 ** 20;
/** Rows of one bucket that are looked at, latest first: rows from one mould share buckets without being alike. */
const MOST_IN_BUCKET = 32;

/**
 * Remembers rows, and finds those that are nearly like an earlier one: the Jaccard similarity of the runs of five characters
 * of their texts, as `comparedText` has them. Candidates share a band of MinHashes and most bits of a sketch; whether they
 * are alike is then counted on the texts themselves. A row of a similarity of exactly `near` is found in 99 of 100 cases,
 * a closer one more surely; none is dropped that is not as close.
 *
 * Takes 4 bytes for each band of a kept row, 8 for its sketch and 8 for its place, and up to 4 MB for each band; the texts
 * lie in a file.
 */
export class NearRows {
  readonly #columns: readonly string[];
  readonly #near: number;
  readonly #bands: Bands;
  /** For each bucket of each band its latest row, plus 1. */
  readonly #latest: Uint32Array;
  /** For each band of each row the row before, plus 1, in the same bucket. */
  #before: Uint32Array<ArrayBuffer>;
  #sketches = new Uint32Array(2 * 1024);
  readonly #texts = new KeptTexts();

  /**
   * @param columns those whose values make the text of a row
   * @param near from 0 (exclusive) to 1
   */
  constructor(columns: readonly string[], near: number) {
    this.#columns = columns;
    this.#near = near;
    this.#bands = bandsFor(near);
    this.#latest = new Uint32Array(this.#bands.count * BUCKETS);
    this.#before = new Uint32Array(1024 * this.#bands.count);
  }

  /** True for a row that is like none before it; it is then remembered. Await each call before the next one. */
  async isNew(row: JsonObject): Promise<boolean> {
    const text = comparedText(this.#columns.map((name) => ownText(row, name)).join('\n'));
    const shingles = shinglesOf(text);
    const hashes = minHashes(shingles);
    const sketch = sketchOf(hashes);
    const buckets = bucketsOf(hashes, this.#bands);
    for (const candidate of this.#candidates(buckets, sketch)) {
      const other = await this.#texts.get(candidate);
      if (other === text || similarity(shingles, shinglesOf(other)) >= this.#near) return false;
    }
    this.#remember(await this.#texts.add(text), buckets, sketch);
    return true;
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#texts.close();
  }

  #candidates(buckets: Uint32Array, sketch: readonly [number, number]): ReadonlySet<number> {
    const candidates = new Set<number>();
    for (const [band, bucket] of buckets.entries()) {
      let next = this.#latest[band * BUCKETS + bucket]!;
      for (let seen = 0; next > 0 && seen < MOST_IN_BUCKET; seen++) {
        if (this.#isPossible(next - 1, sketch)) candidates.add(next - 1);
        next = this.#before[(next - 1) * this.#bands.count + band]!;
      }
    }
    return candidates;
  }

  /**
   * Of the 64 bits of two sketches, (1 + s) / 2 are equal on average; five standard deviations less than that for `near`
   * are hardly ever seen.
   */
  #isPossible(row: number, [first, second]: readonly [number, number]): boolean {
    const equal = (1 + this.#near) / 2;
    const least = MIN_HASHES * equal - 5 * Math.sqrt(MIN_HASHES * equal * (1 - equal));
    const different =
      ones(this.#sketches[2 * row]! ^ first) + ones(this.#sketches[2 * row + 1]! ^ second);
    return MIN_HASHES - different >= least;
  }

  #remember(row: number, buckets: Uint32Array, [first, second]: readonly [number, number]): void {
    const { count } = this.#bands;
    if (2 * row >= this.#sketches.length) {
      this.#sketches = grown(this.#sketches);
      this.#before = grown(this.#before);
    }
    this.#sketches.set([first, second], 2 * row);
    for (const [band, bucket] of buckets.entries()) {
      const place = band * BUCKETS + bucket;
      this.#before[row * count + band] = this.#latest[place]!;
      this.#latest[place] = row + 1;
    }
  }
}

function ownText(row: JsonObject, name: string): string {
  const value = Object.hasOwn(row, name) ? row[name]! : null;
  return value === null ? '' : valueText(value);
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

/** The lowest bit of each hash. */
function sketchOf(hashes: Uint32Array): readonly [number, number] {
  const words: [number, number] = [0, 0];
  for (const [at, hash] of hashes.entries()) {
    const half = at < 32 ? 0 : 1;
    words[half] = (words[half] << 1) | ((hash >>> 16) & 1);
  }
  return words;
}

/** The bucket of each band. */
function bucketsOf(hashes: Uint32Array, { count, size }: Bands): Uint32Array {
  return Uint32Array.from({ length: count }, (_, band) => {
    let value = 0x9747b28c;
    for (let at = band * size; at < (band + 1) * size; at++) {
      value = Math.imul(value ^ hashes[at]!, 0x85ebca6b);
      value ^= value >>> 15;
    }
    return (value >>> 0) % BUCKETS;
  });
}

function ones(word: number): number {
  let rest = word >>> 0;
  let count = 0;
  for (; rest > 0; count++) rest = (rest & (rest - 1)) >>> 0;
  return count;
}
