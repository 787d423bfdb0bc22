/** Something that is wrong with an experiment or its settings, with its place. */
export interface Problem {
  /** `error` stops the run; `warning` is only told by `check`. */
  readonly severity: 'error' | 'warning';
  /** Line in the input, counted from 1; null when it is about no single line. */
  readonly line: number | null;
  /** Column in that line, counted from 1; null when it is about the whole line. */
  readonly column: number | null;
  /** What is wrong, as one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
}

/** Writes a problem as `file:line:column: message`. */
export function renderProblem(file: string, problem: Problem): string {
  const place = [file, problem.line, problem.line === null ? null : problem.column]
    .filter((part) => part !== null)
    .join(':');
  const hint = problem.hint === null ? '' : ` (${problem.hint})`;
  return `${place}: ${problem.message}${hint}`;
}
