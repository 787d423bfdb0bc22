import type { JsonObject } from '../core/json.ts';

/** By which columns rows are compared. */
export interface DedupeColumns {
  readonly columns: readonly string[];
  /** How alike rows are that count as repeated, from 0 (exclusive) to 1; null: equal ones only. */
  readonly near: number | null;
}

/** Tells rows that have come already. */
export interface RowDedupe {
  /** True for one that is like none before; it is then remembered. Await each call before the next one. */
  isNew(row: JsonObject): boolean | Promise<boolean>;
  /** Lets go of what it holds. */
  close?(): Promise<void>;
}

/** Makes what finds repeated rows; what that takes is loaded only then. */
export async function openDedupe({ columns, near }: DedupeColumns): Promise<RowDedupe> {
  const { NearRows, RowHashes } = await import('./quality/index.ts');
  return near === null ? new RowHashes(columns) : new NearRows(columns, near);
}
