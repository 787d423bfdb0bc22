import type { FieldValues } from './template.ts';

/** A condition on a row. */
export interface Condition {
  /** The columns that it names, each once. */
  readonly fields: readonly string[];
  /** Tells whether a row meets it. A column that the row lacks is nothing; nothing in a row is read as a condition. */
  holds(row: FieldValues): boolean;
}

/**
 * Reads a condition as it stands in `{% if … %}` of Liquid, such as `score >= 3 and label == "a"`, with parentheses.
 * Tables hold numbers as texts: a text that is a number, `true` or `false` is compared as that with a number or a
 * boolean, and two texts that are numbers are ordered as numbers. What cannot be compared is neither less nor greater.
 *
 * @throws TemplateMistake with line and column; also for `a and b or c` without parentheses, which Liquid reads from
 *   the right and everybody else from the left
 */
export async function compileCondition(text: string): Promise<Condition> {
  return (await import('./liquid-condition.ts')).readCondition(text);
}
