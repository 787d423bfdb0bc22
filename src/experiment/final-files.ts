import type { LaneStatus } from '../ask/index.ts';
import { nodeFiles } from '../io/index.ts';
import { type RunFolder, writeCompleted } from '../store/index.ts';
import type { FirstPass } from './first-pass.ts';
import type { Problem } from './problem.ts';
import type { ProblemList } from './problem-list.ts';

/**
 * Writes `completed.jsonl` and `failed.jsonl` when every lane has ended.
 *
 * @throws TuttiError when a file cannot be read or written; nothing has then changed.
 */
export async function writeFinalFiles(
  folder: RunFolder,
  { table, lineProblems }: FirstPass,
  lanes: readonly LaneStatus[],
): Promise<void> {
  await writeCompleted({
    folder,
    table,
    notSent: (row) => {
      const { name, error } = lanes[table.laneOf(row)]!;
      return `not sent, because ${name} stopped: ${error?.message ?? 'it was interrupted'}`;
    },
    invalidLines: invalidLines(lineProblems),
  });
}

/** Removes the files of an earlier part of the run: they do not have the answers that come now. */
export async function removeFinalFiles({ completed, failed }: RunFolder): Promise<void> {
  for (const path of [completed, failed]) await nodeFiles.unlink(path).catch(() => {});
}

/** What was left out; of very many lines the last ones are only counted. */
function* invalidLines({ kept, errors }: ProblemList): Generator<string> {
  const wrong = kept.filter(({ severity }) => severity === 'error');
  for (const problem of wrong) yield invalidLine(problem);
  const more = errors - wrong.length;
  if (more === 0) return;
  const message = `${more} more malformed ${more === 1 ? 'line is' : 'lines are'} left out`;
  yield invalidLine({ line: null, column: null, message });
}

function invalidLine({ line, column, message }: Pick<Problem, 'line' | 'column' | 'message'>) {
  return JSON.stringify({ line, column, error: { code: 'bad_input', message, retryable: false } });
}
