import { TuttiError } from '../../core/tutti-error.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';

const MIN_WEIGHT = 1e-12;
const MAX_WEIGHT = 1e12;

/**
 * Refuses comparisons that no method can use: an item against itself, a weight that is negative, not
 * finite or absurd, a feature that is not a number. Rows are named counted from 1.
 *
 * @throws TuttiError `bad_input`.
 */
export function checkTable(table: ComparisonTable): void {
  checkItems(table);
  if (table.weight !== null) checkWeights(table.weight, table.rows);
  for (const [name, values] of Object.entries(table.features)) {
    for (let row = 0; row < table.rows; row++) {
      if (Number.isFinite(values[row]!)) continue;
      throw new TuttiError('bad_input', `Comparison ${row + 1}: ${name} is ${values[row]}.`, {
        hint: 'Every value of a feature must be a finite number.',
      });
    }
  }
}

function checkItems(table: ComparisonTable): void {
  const { left, right, verdict, rows, items } = table;
  for (let row = 0; row < rows; row++) {
    if (left[row] === right[row]) {
      throw new TuttiError(
        'bad_input',
        `Comparison ${row + 1}: "${items[left[row]!]}" is compared with itself.`,
        { hint: 'Remove such comparisons; they say nothing about the order of the items.' },
      );
    }
    if (left[row]! >= items.length || right[row]! >= items.length || verdict[row]! > 3) {
      throw new TuttiError('bad_input', `Comparison ${row + 1} names an item that does not exist.`);
    }
  }
}

function checkWeights(weight: Float64Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const value = weight[row]!;
    if (value === 0 || (value >= MIN_WEIGHT && value <= MAX_WEIGHT)) continue;
    throw new TuttiError('bad_input', `Comparison ${row + 1}: the weight is ${value}.`, {
      hint: 'A weight is 0 or a number between 1e-12 and 1e12.',
    });
  }
}

/** Returns the groups of names that differ only in case, white space, forms of a letter and hidden characters. */
export function lookalikeNames(items: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of items) {
    const plain = name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{Cf}]+/gu, '');
    const group = groups.get(plain);
    if (group === undefined) groups.set(plain, [name]);
    else group.push(name);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
