import { plainLine } from '../../core/plain-text.ts';
import type { FinishedRunNotice, ReadyRun } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../context/exit-code.ts';
import { countText } from './figures.ts';
import { renderNotice } from './notices.ts';
import { verdictsText } from './run-end.ts';
import { type ShownRun, type ShowRunOptions, showWholeRun } from './show-run.ts';

/** What is shown of a run. */
export type Shown = Pick<ShowRunOptions, 'json' | 'quiet'>;

/** Executes a run that may start, and shows it; or tells that it is finished already. */
export async function showPreparedRun(
  run: ReadyRun | FinishedRunNotice,
  context: CliContext,
  shown: Shown,
): Promise<ShownRun> {
  if (!('finished' in run)) return await showWholeRun(run, context, { ...shown, resumable: true });
  return { code: tellFinished(run, context, shown), isFinished: true };
}

function tellFinished(
  { folder, failed, verdicts, unwritten = [], notices }: FinishedRunNotice,
  { stdout, stderr }: CliContext,
  { json, quiet }: Shown,
): number {
  const failures = failed > 0 ? `, ${countText(failed)} failed` : '';
  const again =
    failed > 0 ? `  To ask those again: tutti run ${plainLine(folder, 1000)}/failed.jsonl\n` : '';
  const text = `This run is finished${failures}; nothing was sent. --new runs it again.\n${again}`;
  const sentences = [
    ...notices.map(renderNotice),
    ...unwritten.map((sentence) => plainLine(sentence, 500)),
    ...(verdicts ? [verdictsText(verdicts)] : []),
  ];
  const told = sentences.map((sentence) => `${sentence}\n`).join('');
  if (!quiet) stderr.write(`${told}${text}results  ${plainLine(folder, 1000)}\n`);
  if (json) {
    const more = { ...(verdicts && { verdicts }), ...(unwritten.length > 0 && { unwritten }) };
    stdout.write(`${JSON.stringify({ folder, state: 'finished', failed, sent: 0, ...more })}\n`);
  }
  const isWhole = failed === 0 && unwritten.length === 0 && (verdicts?.missing ?? 0) === 0;
  return isWhole ? EXIT_OK : EXIT_SOME_FAILED;
}
