import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonValue } from '../../core/json.ts';
import { PagedNumbers } from '../../store/in-memory.ts';
import type { ResultRow } from '../exports/result-row.ts';
import { modelOfRow } from '../row/model-name.ts';
import {
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind,
  type DifferentResult,
  type ResultComparison,
} from './comparison.ts';
import { ComparisonSums } from './comparison-sums.ts';
import { factsOf, KeptResults } from './kept-results.ts';
import { ResultIndex } from './result-index.ts';
import { idTextOf, isFound, type ResultLine, readResultLines } from './result-lines.ts';

/** Which results are compared. */
export interface CompareOptions {
  /** Paths of two results files or experiments, of any form. Both are read twice. */
  readonly a: string;
  readonly b: string;
  /** The key by which rows are found; default `id`. */
  readonly idKey?: string | undefined;
  /** Differences that are given word for word, at most; default 10. */
  readonly most?: number | undefined;
}

/**
 * Compares two results files: answers, errors, numbers and costs, by id, and by id and model where an id stands more than
 * once in one of them. Holds some 60 bytes a row of A, 8 for each of its scores, and 20 bytes a row of B.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`
 */
export async function compareResults(options: CompareOptions): Promise<ResultComparison> {
  const { a, b, idKey = 'id', most = 10 } = options;
  const index = new ResultIndex();
  const kept = new KeptResults();
  const left = new Side(idKey);
  for await (const lines of readResultLines(a)) {
    for (const line of lines) {
      const found = left.take(line);
      if (found === undefined) continue;
      index.addA(found, found.number);
      kept.set(found.number, factsOf(found.row, idKey));
    }
  }
  for await (const lines of readResultLines(b)) {
    for (const line of lines) {
      const id = isFound(line) ? idTextOf(line, idKey) : undefined;
      if (id !== undefined) index.addB({ id, model: null });
    }
  }
  const right = new Side(idKey);
  const sums = new ComparisonSums(kept);
  const differences = new DifferenceList(most);
  const matched = new PagedNumbers(Uint8Array);
  for await (const lines of readResultLines(b)) {
    for (const line of lines) {
      const found = right.take(line);
      if (found === undefined) continue;
      const row = index.find(found);
      if (row === undefined) right.addOnly(found.id, most);
      else if (matched.get(row) !== 0) right.repeated++;
      else {
        matched.set(row, 1);
        const kind = sums.add(row, factsOf(found.row, idKey));
        if (kind !== null) differences.add(kind, row, found);
      }
    }
  }
  await readAAgain({ path: a, index, matched, left, differences, idKey, most });
  return {
    a: left.result(),
    b: right.result(),
    ...sums.result(),
    leavesScoresOut: kept.leavesScoresOut,
    differences: differences.list(),
  };
}

interface LastPass {
  readonly path: string;
  readonly index: ResultIndex;
  readonly matched: PagedNumbers;
  readonly left: Side;
  readonly differences: DifferenceList;
  readonly idKey: string;
  readonly most: number;
}

/** Reads A once more, for what B does not have, and for the texts of differences. */
async function readAAgain(pass: LastPass): Promise<void> {
  const { path, index, matched, left, differences, idKey, most } = pass;
  const again = new Side(idKey);
  for await (const lines of readResultLines(path)) {
    for (const line of lines) {
      const found = again.take(line);
      if (found === undefined) continue;
      differences.complete(found.number, found.row);
      if (matched.get(found.number) !== 0) continue;
      // Behind another one of its name it was never looked for.
      const own = index.find(found);
      if (own === undefined || own === found.number) left.addOnly(found.id, most);
      else left.repeated++;
    }
  }
}

/** A row of one side. */
interface FoundRow {
  /** Its number among the rows that can be found, from 0. */
  readonly number: number;
  readonly id: string;
  readonly model: string | null;
  readonly row: ResultRow;
}

/** Counts what one side has. */
class Side {
  readonly #idKey: string;
  repeated = 0;
  #rows = 0;
  #found = 0;
  #withoutId = 0;
  #unreadable = 0;
  #only = 0;
  readonly #onlyIds: JsonValue[] = [];

  constructor(idKey: string) {
    this.#idKey = idKey;
  }

  take(line: ResultLine): FoundRow | undefined {
    if (!isFound(line)) {
      this.#unreadable++;
      return undefined;
    }
    const { row } = line;
    this.#rows++;
    const id = idTextOf(line, this.#idKey);
    if (id === undefined) {
      this.#withoutId++;
      return undefined;
    }
    return { number: this.#found++, id, model: modelOfRow(row.input), row };
  }

  addOnly(id: string, most: number): void {
    this.#only++;
    if (this.#onlyIds.length < most) this.#onlyIds.push(parseExactJson(id));
  }

  result() {
    return {
      rows: this.#rows,
      withoutId: this.#withoutId,
      repeated: this.repeated,
      unreadable: this.#unreadable,
      only: this.#only,
      onlyIds: this.#onlyIds,
    };
  }
}

/** The first differences of each kind; what A has of them comes when it is read once more. */
class DifferenceList {
  readonly #most: number;
  readonly #byKind = new Map<DifferenceKind, number[]>();
  readonly #byRow = new Map<number, Omit<Difference, 'a'> & { a?: DifferentResult }>();

  constructor(most: number) {
    this.#most = most;
  }

  add(kind: DifferenceKind, row: number, { id, row: b }: FoundRow): void {
    const rows = this.#byKind.get(kind) ?? [];
    if (rows.length >= this.#most) return;
    this.#byKind.set(kind, [...rows, row]);
    this.#byRow.set(row, { kind, id: parseExactJson(id), b: shown(b) });
  }

  complete(row: number, a: ResultRow): void {
    const difference = this.#byRow.get(row);
    if (difference !== undefined) difference.a = shown(a);
  }

  list(): readonly Difference[] {
    const rows = DIFFERENCE_KINDS.flatMap((kind) => this.#byKind.get(kind) ?? []);
    return rows.slice(0, this.#most).map((row) => this.#byRow.get(row) as Difference);
  }
}

function shown(row: ResultRow): DifferentResult {
  const { error } = factsOf(row, '');
  return { model: modelOfRow(row.input), error, response: row.response };
}
