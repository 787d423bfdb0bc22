import { TuttiError } from '../../core/tutti-error.ts';
import { type OutlierOptions, outlierVoters } from '../agreement/outlier-voters.ts';
import { selectRows } from '../input/select-rows.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { capGroups } from './cap-groups.ts';
import { markDuplicates } from './duplicates.ts';

/** A limit on how many comparisons of one group are used. */
export interface Cap {
  /** Columns whose combination is the group: `['judge', 'day']`, `['prompt']`. */
  readonly columns: readonly string[];
  /** Comparisons of a group that stay, the first of the file; 1 or more. */
  readonly most: number;
}

/** What is removed; nothing unless it is named. They run in the order of these fields. */
export interface CleaningSteps {
  readonly duplicates?: boolean | undefined;
  readonly caps?: readonly Cap[] | undefined;
  /** Removes the verdicts of outlier voters; `true` for the defaults. */
  readonly outliers?: boolean | OutlierOptions | undefined;
}

/** One step and what it did. */
export interface CleaningReport {
  /** `duplicates`, `cap judge/day=30`, `outliers`. */
  readonly step: string;
  readonly removedRows: number;
  /** Judges whose verdicts `outliers` has removed; empty for other steps. */
  readonly judges: readonly string[];
}

/**
 * Removes comparisons that should not be used, step by step, each seeing what the one before has left.
 *
 * @throws TuttiError `bad_input` when a step needs a column that the table does not have.
 */
export function cleanComparisons(
  table: ComparisonTable,
  steps: CleaningSteps,
): { table: ComparisonTable; reports: CleaningReport[] } {
  let current = table;
  const reports: CleaningReport[] = [];
  const apply = (step: string, removed: Uint8Array, judges: readonly string[] = []) => {
    const removedRows = removed.reduce((sum, one) => sum + one, 0);
    reports.push({ step, removedRows, judges });
    if (removedRows > 0) current = without(current, removed);
  };
  if (steps.duplicates) {
    if (!current.groups.judge && !current.groups.prompt)
      throw missing('duplicates', 'judge or prompt');
    apply('duplicates', markDuplicates(current));
  }
  for (const cap of steps.caps ?? []) {
    const name = `cap ${cap.columns.join('/')}=${cap.most}`;
    const absent = cap.columns.find((column) => current.groups[column] === undefined);
    if (absent !== undefined) throw missing(name, absent);
    apply(name, capGroups(current, cap.columns, cap.most));
  }
  if (steps.outliers) {
    const judge = current.groups.judge;
    if (!judge) throw missing('outliers', 'judge');
    const voters = outlierVoters(current, steps.outliers === true ? {} : steps.outliers);
    const outliers = voters.judges.filter((one) => one.outlier);
    const ids = new Set(outliers.map((one) => one.id));
    const removed = Uint8Array.from({ length: current.rows }, (_, row) =>
      ids.has(judge.ids[row]!) ? 1 : 0,
    );
    apply(
      'outliers',
      removed,
      outliers.map((one) => one.judge),
    );
  }
  return { table: current, reports };
}

function without(table: ComparisonTable, removed: Uint8Array): ComparisonTable {
  // `loss` leaves the verdicts as they are: what both bad means is decided later.
  const keep = (row: number) => removed[row] === 0;
  return selectRows(table, { bothBad: 'loss', minComparisons: 0, keep }).table;
}

function missing(step: string, column: string): TuttiError {
  return new TuttiError(
    'bad_input',
    `${step} needs a column ${column}, which some rows do not have.`,
    {
      hint: 'Read the column too, or leave the step out.',
    },
  );
}
