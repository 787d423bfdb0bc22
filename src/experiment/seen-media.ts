import type { RowFindings, RunMedia } from '../media/index.ts';
import type { LaneTarget } from './lane-plan.ts';
import type { ExperimentRow } from './row/experiment-row.ts';

/** What the first pass found of media. */
export interface MediaSeen {
  /** SHA-256 of the files that rows name, and of their paths; null where they name none. */
  readonly digest: string | null;
  /** Rows that are left out because of what they show. */
  readonly refusedRows: number;
  /** Rows of which something is not sent as it is written. */
  readonly notedRows: number;
  /** What there is to say of the first of these; null if there is none. */
  readonly firstNote: string | null;
}

/** Looks at the images, sounds, PDFs and videos of rows, and counts what it finds. */
export class SeenMedia {
  readonly #media: RunMedia | undefined;
  #refusedRows = 0;
  #notedRows = 0;
  #firstNote: string | null = null;

  /** @param media undefined: nobody looks */
  constructor(media: RunMedia | undefined) {
    this.#media = media;
  }

  /** What is to be said of a row: a promise where a file has to be read first, null where it is nothing. */
  look(row: ExperimentRow, { media: target }: LaneTarget) {
    return target === undefined ? null : (this.#media?.check(row.turns[0]!, target) ?? null);
  }

  /** Counts a row of which there is something to say. */
  count({ problems, notes }: RowFindings): void {
    if (problems.length > 0) this.#refusedRows++;
    else this.#notedRows++;
    if (problems.length === 0) this.#firstNote ??= notes[0]?.message ?? null;
  }

  /** What was found so far. */
  get found(): MediaSeen {
    return {
      digest: this.#media?.digest ?? null,
      refusedRows: this.#refusedRows,
      notedRows: this.#notedRows,
      firstNote: this.#firstNote,
    };
  }
}
