import { packRatings, type Ratings } from './ratings.ts';

/** A cell of a matrix of ratings: a value, or `null`, `undefined` or an empty text where there is none. */
export type RatingCell = string | number | null | undefined;

/**
 * Reads a matrix with one row for each judge and one column for each unit. When every value is a
 * finite number (or the text of one) the values are numbers, else they are texts; short rows are
 * filled with missing values.
 *
 * @param matrix judges x units.
 * @param judges names of the rows; default `judge 1`, `judge 2`, …
 */
export function ratingsFromMatrix(
  matrix: readonly (readonly RatingCell[])[],
  judges?: readonly string[],
): Ratings {
  const present = matrix.flatMap((row) => row.filter(isPresent));
  const values = sortedValues(present);
  const codeOf = new Map<string | number, number>();
  for (const [code, value] of values.entries()) codeOf.set(value, code);
  const numeric = typeof values[0] === 'number';
  const list = { unit: [] as number[], judge: [] as number[], code: [] as number[] };
  let unitCount = 0;
  for (const [judge, row] of matrix.entries()) {
    unitCount = Math.max(unitCount, row.length);
    for (const [unit, cell] of row.entries()) {
      if (!isPresent(cell)) continue;
      list.unit.push(unit);
      list.judge.push(judge);
      list.code.push(codeOf.get(numeric ? Number(cell) : String(cell))!);
    }
  }
  const names = judges ?? matrix.map((_, index) => `judge ${index + 1}`);
  return packRatings(list, unitCount, names, values);
}

function isPresent(cell: RatingCell): cell is string | number {
  return typeof cell === 'number' ? !Number.isNaN(cell) : (cell ?? '').trim() !== '';
}

function sortedValues(present: readonly (string | number)[]): number[] | string[] {
  const numbers = present.map(Number);
  if (numbers.every(Number.isFinite)) return [...new Set(numbers)].sort((a, b) => a - b);
  return [...new Set(present.map(String))].sort();
}
