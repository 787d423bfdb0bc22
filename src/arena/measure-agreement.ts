import {
  type Agreement,
  type AgreementOptions,
  agreement,
  type RatingAgreement,
  ratingAgreement,
  ratingsFromMatrix,
} from '../ranking/index.ts';
import { readTable, type TableReport, type TableRequest } from './tables/read-table.ts';
import { type ComparisonSource, readRatingMatrix } from './votes/index.ts';

/**
 * Reads comparisons and measures how far their judges agree. Of several files, one without a column of
 * judges is taken as one judge.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`, `bad_usage`, `no_comparisons`.
 */
export async function measureAgreement(
  request: TableRequest,
  options: AgreementOptions,
): Promise<{ report: TableReport; agreement: Agreement }> {
  const fileAsJudge = request.files.length > 1;
  const { table, report } = await readTable({ ...request, fileAsJudge, turns: true });
  const sides = report.rowsWithoutSides === 0;
  return { report, agreement: agreement(table, { ...options, sides }) };
}

/** How far the raters of a matrix agree. */
export interface MatrixAgreement extends RatingAgreement {
  readonly judges: number;
  readonly units: number;
  /** How often each word that is no rating (`NA`, `nan`, `*`) stood in a cell. */
  readonly missing: Readonly<Record<string, number>>;
}

/**
 * Reads a headerless matrix of judges x units and measures how far the judges agree.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` also for texts where the distance
 * needs numbers.
 */
export async function measureMatrixAgreement(
  source: ComparisonSource,
  options: AgreementOptions,
): Promise<MatrixAgreement> {
  const { rows, missing } = await readRatingMatrix(source);
  const ratings = ratingsFromMatrix(rows);
  const units = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return { ...ratingAgreement(ratings, options), judges: rows.length, units, missing };
}
