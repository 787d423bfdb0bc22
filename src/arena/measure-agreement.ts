import { type ComparisonSource, readRatingMatrix } from '../io/index.ts';
import {
  type Agreement,
  type AgreementOptions,
  agreement,
  type RatingAgreement,
  ratingAgreement,
  ratingsFromMatrix,
} from '../ranking/index.ts';
import { readTable, type TableReport, type TableRequest } from './read-table.ts';

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
  const { table, report } = await readTable({ ...request, fileAsJudge });
  return { report, agreement: agreement(table, options) };
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
): Promise<RatingAgreement & { readonly judges: number; readonly units: number }> {
  const matrix = await readRatingMatrix(source);
  const ratings = ratingsFromMatrix(matrix);
  const units = Math.max(0, ...matrix.map((row) => row.length));
  return { ...ratingAgreement(ratings, options), judges: matrix.length, units };
}
