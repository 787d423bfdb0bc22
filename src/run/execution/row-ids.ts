import type { AnswerLog, RowTable } from '../../store/index.ts';
import type { RowPlan } from '../rows/row-plan.ts';

/** The ids of the rows that are under way, so that their lines in the journal can carry them. */
export class RowIds {
  readonly #ids = new Map<number, string>();

  get(row: number): string | undefined {
    return this.#ids.get(row);
  }

  /** Keeps the id of a row that begins. */
  note(row: number, plan: RowPlan): RowPlan {
    if (plan.id !== undefined) this.#ids.set(row, plan.id);
    return plan;
  }

  /** The same log, but a row's id is forgotten with its last line. */
  forgettingAfter(log: AnswerLog, table: RowTable): AnswerLog {
    return {
      append: (answer, marks) => {
        const place = log.append(answer, marks);
        if (table.isSingle(answer.key.row)) this.#ids.delete(answer.key.row);
        return place;
      },
      endRow: (row, end) => {
        const place = log.endRow(row, end);
        this.#ids.delete(row);
        return place;
      },
    };
  }
}
