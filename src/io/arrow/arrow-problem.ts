import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { TableProblem } from '../table-problem.ts';

/** What is wrong with an Arrow file: the end of a sentence that begins with its name. */
export class ArrowProblem extends TableProblem {}

/** Bytes that contradict themselves. @param what which of them */
export function damaged(what: string): ArrowProblem {
  return new ArrowProblem(`is a damaged Arrow file: ${what}`, 'Fetch or write the file again.');
}

/** How pyarrow writes a file anew in small batches of rows. */
export const REWRITE_LINE =
  'python -c "import sys, pyarrow.feather as f; f.write_feather(f.read_table(sys.argv[1]), sys.argv[2], chunksize=5000)" OLD.arrow NEW.arrow';

/** What users are told of an error. Whatever the library says of bytes that were read whole is damage. */
export function toldOf(error: unknown, name: string): unknown {
  if (error instanceof TuttiError) return error;
  const problem =
    error instanceof ArrowProblem
      ? error
      : damaged(plainLine(error instanceof Error ? error.message : String(error), 200));
  return new TuttiError('bad_input', `${name} ${problem.message}`, {
    hint: problem.hint,
    cause: error,
  });
}
