import type { JsonValue } from '../core/json.ts';
import type { LaneTarget } from './lane-plan.ts';
import type { ExperimentRow } from './row/experiment-row.ts';

/** What its users should know of an experiment whose rows are written as prompto's. */
export type PromptoFinding =
  /** Its results are not quite what prompto writes: a script that reads them has to know. */
  | { readonly kind: 'prompto_rows'; readonly fromTable: boolean }
  /** Rows that are sent otherwise than prompto sends them; `says` is a clause. */
  | { readonly kind: 'unlike_prompto'; readonly rows: number; readonly says: string };

/** What a table holds where its writer meant a value of Python: prompto reads these as values, or as nothing. */
const PYTHON_VALUES: ReadonlySet<JsonValue> = new Set(['True', 'False', 'None', 'NaN', 'nan']);
const PYTHON_SAYS =
  'a parameter is the text True, False, None or NaN, and is sent as that text (prompto makes a value of it)';

/** Counts, among the rows that name `api` and `model_name`, those that prompto would send otherwise. */
export class PromptoRows {
  readonly #counts = new Map<string, number>();
  #any = false;

  take(row: ExperimentRow, target: Pick<LaneTarget, 'unlikePrompto'>): void {
    if (row.selector.reference !== null) return;
    this.#any = true;
    for (const says of target.unlikePrompto?.(row) ?? []) this.#count(says);
    if (Object.values(row.parameters).some((value) => PYTHON_VALUES.has(value))) {
      this.#count(PYTHON_SAYS);
    }
  }

  /** @param fromTable true for rows of a table, whose cells are texts */
  findings(fromTable: boolean): readonly PromptoFinding[] {
    const unlike = [...this.#counts].map(
      ([says, rows]): PromptoFinding => ({ kind: 'unlike_prompto', rows, says }),
    );
    return this.#any ? [...unlike, { kind: 'prompto_rows', fromTable }] : unlike;
  }

  #count(says: string): void {
    this.#counts.set(says, (this.#counts.get(says) ?? 0) + 1);
  }
}
