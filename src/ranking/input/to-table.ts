import { TuttiError } from '../../core/tutti-error.ts';
import type { Comparison } from '../table/comparison.ts';
import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { ComparisonTableBuilder } from '../table/comparison-table-builder.ts';

/** Comparisons as a list, anything that can be walked through, or the table itself. */
export type Comparisons = Iterable<Comparison> | ComparisonTable;

/**
 * Puts comparisons into columns; a table is returned as it is.
 *
 * @throws TuttiError `bad_input` for a verdict that is not one of the four.
 */
export function toTable(comparisons: Comparisons): ComparisonTable {
  if (!(Symbol.iterator in comparisons)) return comparisons;
  const builder = new ComparisonTableBuilder();
  for (const comparison of comparisons) addComparison(builder, comparison);
  return builder.finish();
}

/** As `toTable`, for comparisons that arrive one by one. */
export async function toTableAsync(
  comparisons: AsyncIterable<Comparison>,
): Promise<ComparisonTable> {
  const builder = new ComparisonTableBuilder();
  for await (const comparison of comparisons) addComparison(builder, comparison);
  return builder.finish();
}

function addComparison(builder: ComparisonTableBuilder, comparison: Comparison): void {
  const code = VERDICT_CODES[comparison.verdict] as number | undefined;
  if (code === undefined) {
    throw new TuttiError('bad_input', `The verdict "${comparison.verdict}" is not known.`, {
      hint: 'A verdict is left, right, tie or both_bad.',
    });
  }
  const left = builder.item(comparison.left);
  const right = builder.item(comparison.right);
  const row = builder.add(left, right, code, comparison.weight ?? 1);
  for (const column of ['prompt', 'judge', 'category'] as const) {
    const name = comparison[column];
    if (name !== undefined) builder.setGroup(column, row, name);
  }
  for (const [name, value] of Object.entries(comparison.features ?? {})) {
    builder.setFeature(name, row, value);
  }
}
