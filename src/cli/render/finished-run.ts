import { plainLine } from '../../core/plain-text.ts';
import type { FinishedRunNotice } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../context/exit-code.ts';
import { countText } from './figures.ts';
import { renderNotice } from './notices.ts';
import { renderRemoved } from './removed-files.ts';
import { degradedText, verdictsText } from './run-end.ts';
import { renderScores } from './score-tables.ts';
import type { Shown } from './show-run.ts';
import { tableWidth } from './text-table.ts';

/** Tells of a run that is finished already. @returns the exit code */
export function tellFinished(
  { folder, failed, degraded = 0, unwritten = [], notices, ...scored }: FinishedRunNotice,
  { stdout, stderr }: CliContext,
  { json, quiet, onlyFailed = false, again: how }: Shown,
): number {
  const { verdicts } = scored;
  const failures = failed > 0 ? `, ${countText(failed)} failed` : '';
  const again =
    failed > 0
      ? `  To ask those again: ${how ?? `tutti run --only-failed ${plainLine(folder, 1000)}`}\n`
      : '';
  const text = onlyFailed
    ? 'Nothing has failed in this run; nothing was sent.\n'
    : `This run is finished${failures}; nothing was sent. --new runs it again.\n${again}`;
  const sentences = [
    ...notices.map(renderNotice),
    ...unwritten.map((sentence) => plainLine(sentence, 500)),
  ];
  const told = sentences.map((sentence) => `${sentence}\n`).join('');
  const counts = [
    ...(degraded > 0 ? [`${degradedText(degraded)}\n`] : []),
    ...(verdicts ? [`${verdictsText(verdicts)}\n`] : []),
  ].join('');
  const scores = `${renderScores(scored, tableWidth(stderr))}${counts}${renderRemoved(scored)}`;
  if (!quiet) stderr.write(`${told}${text}${scores}results  ${plainLine(folder, 1000)}\n`);
  if (json) {
    const more = { ...(degraded > 0 && { degraded }), ...(unwritten.length > 0 && { unwritten }) };
    const { finished: _, ...own } = scored;
    const line = { folder, state: 'finished', failed, sent: 0, ...more, ...own };
    stdout.write(`${JSON.stringify(line)}\n`);
  }
  const isBelow = scored.thresholds?.some(({ isMet }) => !isMet) ?? false;
  const isMissing =
    failed > 0 || degraded > 0 || (verdicts?.missing ?? 0) > 0 || unwritten.length > 0;
  return isMissing || isBelow ? EXIT_SOME_FAILED : EXIT_OK;
}
