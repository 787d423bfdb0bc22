import { TuttiError } from '../core/tutti-error.ts';
import type { FirstPass } from './first-pass.ts';
import { type Problem, renderProblem } from './row/problem.ts';

const MAX_SHOWN = 20;

/** What is to be refused, and how it is told. */
export interface RefuseOptions {
  /** What the input is called in messages: its path, or `standard input`. */
  readonly label: string;
  /** Leaves malformed lines out instead of refusing the run. */
  readonly skipInvalid: boolean;
}

/**
 * Refuses an experiment with mistakes: with malformed lines unless they are skipped, with models that
 * cannot be used, and without a row that is left.
 *
 * @throws TuttiError `bad_input` or `unknown_model` with the first mistakes, and how many there are.
 */
export function refuseMistakes(pass: FirstPass, { label, skipInvalid }: RefuseOptions): void {
  const { table, lineProblems, modelProblems } = pass;
  const nothingLeft = table.rowCount === 0 && modelProblems.errors === 0;
  const lists = skipInvalid && !nothingLeft ? [modelProblems] : [lineProblems, modelProblems];
  const total = lists.reduce((sum, { errors }) => sum + errors, 0);
  if (total === 0) return;
  const shown = lists
    .flatMap(({ kept }) => kept.filter(({ severity }) => severity === 'error'))
    .sort(byLine)
    .slice(0, MAX_SHOWN)
    .map((problem) => renderProblem(label, problem));
  const more = total > shown.length ? [`… and ${total - shown.length} more`] : [];
  const skipping =
    lineProblems.errors > 0 && !skipInvalid && !nothingLeft
      ? ['--skip-invalid leaves malformed lines out.']
      : [];
  const showing = more.length > 0 ? ['tutti check shows all of them.'] : [];
  throw new TuttiError(
    modelProblems.errors > 0 ? 'unknown_model' : 'bad_input',
    [...shown, ...more].join('\n'),
    { hint: [...showing, ...skipping].join(' ') || undefined },
  );
}

/** Orders problems as they stand in the file; those of the whole file come first. */
export function byLine(left: Problem, right: Problem): number {
  return (left.line ?? 0) - (right.line ?? 0);
}
