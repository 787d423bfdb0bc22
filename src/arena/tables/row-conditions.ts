import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ComparisonTable, GroupColumn } from '../../ranking/index.ts';

/** What a column must be, or must not be. */
export interface RowCondition {
  readonly column: string;
  readonly value: string;
  /** True for `COLUMN!=VALUE`. */
  readonly negated: boolean;
}

/** Shows a condition as users write it. */
export function conditionText({ column, value, negated }: RowCondition): string {
  return `${column}${negated ? '!=' : '='}${value}`;
}

/**
 * Tells whether conditions hold for the values of a row: of those with `=` on one column any, of all
 * others every one.
 */
export function conditionsHold(
  conditions: readonly RowCondition[],
  valueIn: (column: string) => string | undefined,
): boolean {
  const wanted = new Map<string, boolean>();
  for (const { column, value, negated } of conditions) {
    const equal = valueIn(column) === value;
    if (negated && equal) return false;
    if (!negated) wanted.set(column, equal || (wanted.get(column) ?? false));
  }
  return [...wanted.values()].every(Boolean);
}

/**
 * Makes a test for the rows of a table.
 *
 * @throws TuttiError `bad_usage` for a column or a value that the table does not have.
 */
export function rowTest(
  table: ComparisonTable,
  conditions: readonly RowCondition[],
): (row: number) => boolean {
  const columns = new Map<string, Uint8Array>();
  const byColumn = Map.groupBy(conditions, ({ column }) => column);
  for (const [name, own] of byColumn) columns.set(name, allowedGroups(table, name, own));
  const tests = [...byColumn].map(([name, own]) => ({
    ids: table.groups[name]!.ids,
    allowed: columns.get(name)!,
    // A row without a value is like none of those named.
    missing: own.every(({ negated }) => negated) ? 1 : 0,
  }));
  return (row) => tests.every(({ ids, allowed, missing }) => (allowed[ids[row]!] ?? missing) === 1);
}

function allowedGroups(
  table: ComparisonTable,
  name: string,
  conditions: readonly RowCondition[],
): Uint8Array {
  const column = Object.hasOwn(table.groups, name) ? table.groups[name] : undefined;
  const names = namesOf(column, name, Object.keys(table.groups));
  for (const condition of conditions) {
    if (!names.includes(condition.value)) throw unknownValue(condition, names);
  }
  return Uint8Array.from(names, (own) => (conditionsHold(conditions, () => own) ? 1 : 0));
}

function namesOf(
  column: GroupColumn | undefined,
  name: string,
  known: readonly string[],
): readonly string[] {
  if (column === undefined) throw unknownColumn(name, known);
  if (column.names !== null) return column.names;
  throw new TuttiError('bad_usage', `The column "${name}" has too many values to choose by.`, {
    hint: 'Filter the file before, or choose by another column.',
  });
}

/** The error for a column that is not there. */
export function unknownColumn(name: string, known: readonly string[]): TuttiError {
  const nearest = nearestName(name, known);
  const there = known.length === 0 ? 'There is none.' : `There are: ${known.join(', ')}.`;
  return new TuttiError('bad_usage', `There is no column "${name}" in every row.`, {
    hint: nearest === undefined ? there : `Did you mean ${nearest}?`,
  });
}

/** The error for a value that a column never has. */
export function unknownValue(condition: RowCondition, known: readonly string[]): TuttiError {
  const nearest = nearestName(condition.value, known);
  const some = known.slice(0, 8).join(', ');
  const there = known.length > 8 ? `${some} and ${known.length - 8} more` : some;
  return new TuttiError('bad_usage', `No row has ${condition.column}=${condition.value}.`, {
    hint: nearest === undefined ? `There are: ${there}.` : `Did you mean ${nearest}?`,
  });
}
