import { plainLine } from '../../core/plain-text.ts';
import type { RunOutcome, VerdictCounts } from '../../run/index.ts';
import type { ReadyRun, ScoredOutcome } from '../../runtime/index.ts';
import { countOf, countText, durationText } from './figures.ts';
import { renderRemoved } from './removed-files.ts';
import { renderRunSummary } from './run-summary.ts';
import { renderScores } from './score-tables.ts';

/** What the end of a run is told with. */
export interface RunEndOptions {
  readonly run: Pick<ReadyRun, 'folder' | 'simulated' | 'goesOnByItself'>;
  readonly elapsedMs: number;
  readonly width: number;
  /** True when the same command goes on with a run that is not finished. */
  readonly resumable: boolean;
  /** Rows that count as failed although a part of what was asked for came; default 0. */
  readonly inPart?: number;
}

/** Renders the end of a run: how many rows were answered, the table by model, why lanes stopped, where the results are. */
export function renderRunEnd(
  outcome: ScoredOutcome,
  { run, elapsedMs, width, resumable, inPart = 0 }: RunEndOptions,
): string {
  const { rows, answered, failed, models, stoppedLanes, state, staleAnswers = 0 } = outcome;
  const { notes = [], unwritten = [], degraded = 0 } = outcome;
  const parts = inPart > 0 ? `, ${countText(inPart)} in part` : '';
  const failures = failed > inPart ? `, ${countText(failed - inPart)} failed` : '';
  const { lostAnswers = 0, damagedLines = 0, takenOver = 0 } = outcome;
  const left = rows - answered - failed - lostAnswers;
  const missing = left > 0 ? `, ${countText(left)} not asked` : '';
  const stopped = stoppedLanes.map((lane) => {
    const hint = lane.error?.hint ? `\n  ${plainLine(lane.error.hint, 500)}` : '';
    const why = plainLine(lane.error?.message ?? 'no reason given', 500);
    return `${plainLine(lane.name)} ${lane.state}: ${why}${hint}\n`;
  });
  const goesOn = run.goesOnByItself
    ? 'the same command goes on from here'
    : '`tutti run` and this folder go on from here';
  const again = state === 'finished' || !resumable ? '' : `   (${goesOn})`;
  return [
    `\n${countText(answered)} of ${countText(rows)} answered${parts}${failures}${missing} · ${durationText(elapsedMs)}`,
    `${run.simulated ? ' (simulated: no model was asked, nothing was paid)' : ''}\n`,
    renderRunSummary(models, width),
    renderScores(outcome, width),
    renderFailures(outcome, run.folder),
    ...(degraded > 0 ? [`${degradedText(degraded)}\n`] : []),
    ...(outcome.verdicts ? [`${verdictsText(outcome.verdicts)}\n`] : []),
    ...(lostAnswers > 0 ? [lostText(lostAnswers)] : []),
    ...(damagedLines > 0 ? [damagedText(damagedLines)] : []),
    ...(takenOver > 0 ? [takenOverText(takenOver)] : []),
    renderShortcomings(models),
    ...(staleAnswers > 0 ? [staleText(staleAnswers)] : []),
    ...[...notes, ...unwritten].map((note) => `${plainLine(note, 500)}\n`),
    ...stopped,
    renderRemoved(outcome),
    `results  ${plainLine(run.folder, 1000)}${again}\n`,
  ].join('');
}

/** Says how many answers of consortiums and panels are degraded. */
export function degradedText(count: number): string {
  return `degraded  ${countOf(count, 'answer')} of several models (answer.consortium.degraded or answer.preference.degraded says why)`;
}

/** Says how many replies of judges have a verdict. */
export function verdictsText({ given, missing }: VerdictCounts): string {
  const none =
    missing > 0 ? `, ${countOf(missing, 'reply', 'replies')} without one (verdict_error)` : '';
  return `verdicts  ${countText(given)}${none}`;
}

function lostText(count: number): string {
  const answers = count === 1 ? '1 answer was' : `${countText(count)} answers were`;
  return `${answers} saved and cannot be read again: something has damaged journal.jsonl; asked again next time\n`;
}

function damagedText(count: number): string {
  return `${countOf(count, 'line')} of journal.jsonl could not be read; what they held was asked again (log.jsonl)\n`;
}

function takenOverText(count: number): string {
  return `${countOf(count, 'answer')} of these ${count === 1 ? 'was' : 'were'} taken over from a run that was not begun here\n`;
}

/** Says how many answers were cut, and how many choices did not come. */
function renderShortcomings(models: RunOutcome['models']): string {
  const cut = models.reduce((sum, model) => sum + model.cut, 0);
  const missing = models.reduce((sum, model) => sum + model.choicesMissing, 0);
  const told = [
    ...(cut > 0 ? [`${countText(cut)} cut at the token limit`] : []),
    ...(missing > 0 ? [`${countOf(missing, 'choice')} asked for did not come`] : []),
  ];
  return told.length === 0 ? '' : `short   ${told.join(', ')}\n`;
}

function staleText(count: number): string {
  const answers = count === 1 ? '1 saved answer was' : `${countText(count)} saved answers were`;
  return `${answers} to another question than is asked now; asked again (log.jsonl)\n`;
}

/** Says of what kinds the failures are, and where each is told. */
function renderFailures({ models, failed }: RunOutcome, folder: string): string {
  const counts = new Map<string, number>();
  for (const { errorCodes } of models) {
    for (const [code, count] of Object.entries(errorCodes)) {
      counts.set(code, (counts.get(code) ?? 0) + count);
    }
  }
  if (failed === 0 || counts.size === 0) return '';
  const kinds = [...counts].sort((a, b) => b[1] - a[1]);
  const list = kinds.map(([code, count]) => `${countText(count)} ${plainLine(code)}`).join(', ');
  const calls = kinds.reduce((sum, [, count]) => sum + count, 0);
  // A row of several calls may fail for another reason, or not at all.
  const what = calls === failed ? 'each' : 'of calls; why each row has failed is';
  return `failed  ${list}   (${what} in ${plainLine(folder, 1000)}/failed.jsonl)\n${firstMessages(kinds, models)}`;
}

/** What the first error of each of the most frequent kinds says. */
function firstMessages(
  kinds: readonly (readonly [code: string, count: number])[],
  models: RunOutcome['models'],
): string {
  const lines = kinds.slice(0, MAX_QUOTED_KINDS).flatMap(([code]) => {
    const message = models.find(({ errorMessages }) => code in errorMessages)?.errorMessages[code];
    return message === undefined ? [] : [`  ${plainLine(code)}: ${plainLine(message, 300)}\n`];
  });
  return lines.join('');
}

/** Kinds of failures of which a message is quoted. */
const MAX_QUOTED_KINDS = 3;
