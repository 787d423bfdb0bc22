import { plainLine } from '../../../core/plain-text.ts';
import type { CalibrateRequest, Engine, ReadCalibration } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { limitHeapGrowth } from '../../context/heap-growth.ts';
import { countOf } from '../../render/figures.ts';
import { showPreparedRun } from '../../render/show-prepared-run.ts';
import { tableWidth } from '../../render/text-table.ts';
import { renderCalibration } from './calibration-view.ts';

/**
 * Asks a consortium the questions, and shows what its answers say of it; an interruption shows nothing of them.
 *
 * @returns the exit code.
 */
export async function showCalibration(
  engine: Engine,
  request: CalibrateRequest,
  context: CliContext,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
): Promise<number> {
  limitHeapGrowth();
  const { stdout, stderr } = context;
  const run = await engine.prepareCalibration(request);
  const { code, isFinished } = await showPreparedRun(run, context, {
    ...{ json: false, quiet, onlyFailed: request.onlyFailed ?? false },
    again: 'the same command with --only-failed',
  });
  if (code !== EXIT_OK && code !== EXIT_SOME_FAILED) return code;
  const { calibration, unanswered, unread } = await engine.measureCalibration(request, run.folder);
  if (unanswered > 0) {
    const left = countOf(unanswered, 'question has', 'questions have');
    const again = isFinished ? '' : ' The same command asks what was not asked.';
    stderr.write(
      `${left} no answer of the consortium and ${unanswered === 1 ? 'counts' : 'count'} for nothing.${again}\n`,
    );
  }
  stderr.write(unreadText(unread));
  stdout.write(
    json
      ? `${JSON.stringify(calibration)}\n`
      : renderCalibration(calibration, { width: tableWidth(stdout), style: stdout.style }),
  );
  return unanswered > 0 ? EXIT_SOME_FAILED : code;
}

/** Else it would look as if who answers in prose were always wrong. */
function unreadText(unread: ReadCalibration['unread']): string {
  if (unread.length === 0) return '';
  const lines = unread.map(
    (one) =>
      `no answer was found in ${one.unread} of ${countOf(one.responses, 'response')} of ${plainLine(one.model, 100)}; they count as wrong\n`,
  );
  const hint =
    'Ask in the questions for a last line "Answer: …", or say with extract how an answer is found.';
  return `${lines.join('')}  ${hint}\n`;
}
