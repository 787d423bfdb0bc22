import type { Answer } from '../core/answer.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { LinePages } from '../io/index.ts';
import { RowEnds } from '../run/execution/index.ts';
import { ownFiles, type RowEnd, type RunFolder, readRowLines } from '../store/index.ts';
import type { MapTable } from './read-table.ts';

/** A row of a map, and how it has ended. */
export interface MapRow {
  /** Its JSON text, as the run keeps it. */
  readonly text: string;
  /** Null: it has not. */
  readonly end: RowEnd | null;
  /** True for one that was never to be asked. */
  readonly isSkipped: boolean;
  /** Of a chain: which row it is, of which model, and all that it was answered. */
  readonly asks?: RowAsks | undefined;
}

/** What a row of several steps was answered. */
export interface RowAsks {
  readonly row: number;
  /** The number of its model. */
  readonly entry: number;
  /** By the names of the asks. */
  readonly answers: () => Promise<ReadonlyMap<string, Answer>>;
}

/** What cannot be read again counts as not answered: it is asked again. */
async function endOf(ends: RowEnds, row: number): Promise<RowEnd | null> {
  try {
    return await ends.of(row);
  } catch (error) {
    if (error instanceof TuttiError && error.code === 'file_unreadable') return null;
    throw error;
  }
}

/** Reads the rows of a map in their order, each with its end; as often as it is gone through. */
export class MapRows {
  readonly #folder: RunFolder;
  readonly #map: Pick<MapTable, 'table' | 'shared'>;
  readonly #only: readonly number[] | undefined;
  readonly #readsAsks: boolean;

  /**
   * @param only the rows that are asked which are meant, by number; default: all rows
   * @param readsAsks true for rows of several steps
   */
  constructor(
    folder: RunFolder,
    map: Pick<MapTable, 'table' | 'shared'>,
    only?: readonly number[],
    readsAsks = false,
  ) {
    this.#readsAsks = readsAsks;
    this.#folder = folder;
    this.#map = map;
    this.#only = only;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<MapRow, void, void> {
    const { table } = this.#map;
    const only = this.#only;
    const shared = only === undefined ? this.#map.shared : null;
    const input = await LinePages.open(this.#folder.input, ownFiles(), { maxPages: 4 });
    const ends = await RowEnds.open(this.#folder, table);
    const journal = this.#readsAsks
      ? await LinePages.open(this.#folder.journal, ownFiles(), { maxPages: 64 })
      : null;
    try {
      const count = only?.length ?? shared?.count ?? table.rowCount;
      for (let at = 0; at < count; at++) {
        const row = only?.[at] ?? at;
        const asked = shared === null ? row : shared.askedFor(row);
        const line = input.line(shared === null ? table.offsetOf(row) : shared.offsetOf(row));
        const text = typeof line === 'string' ? line : await line;
        if (asked === null) yield { text, end: null, isSkipped: true };
        else {
          const end = await endOf(ends, asked);
          const asks = journal === null ? undefined : this.#asksOf(asked, journal);
          yield { text, end, isSkipped: false, asks };
        }
      }
    } finally {
      await input.close();
      await ends.close();
      await journal?.close();
    }
  }

  #asksOf(row: number, journal: LinePages): RowAsks {
    const { table } = this.#map;
    return {
      row,
      entry: table.entryOf(row),
      answers: async () => {
        const { answers } = await readRowLines(journal, row, table.linesOf(row));
        return new Map(answers.map(({ answer }) => [answer.key.name, answer]));
      },
    };
  }
}
