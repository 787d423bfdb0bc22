import { basename } from 'node:path';
import { TuttiError } from '../../core/tutti-error.ts';
import { readSummary } from '../../experiment/index.ts';
import { collectReport, type RunReport, runFacts } from '../../experiment/report/index.ts';
import { writeFileAtomically } from '../../io/index.ts';
import { type RunFolder, readRunState } from '../../store/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { findResults, placeFor, placeForStandardInput } from '../runs/results-place.ts';
import { inputOf, labelOf } from '../runs/run-input.ts';
import { reportFile } from '../runs/write-formats.ts';

/** Of what a report is made. */
export interface ReportRequest {
  /** Path of a run's folder, or of a file of results; `-` is standard input. */
  readonly source: string;
  /** Path of the page, `-` where it is not written into a file; default `report.html` in the run's folder, else beside the results. */
  readonly out?: string | undefined;
  /** Most rows of which texts are shown, and most failed ones besides; default 1,000. */
  readonly rows?: number | undefined;
}

/** A report, and where its page goes. */
export interface PlacedReport {
  readonly report: RunReport;
  /** Absolute path; without a meaning where the page is not written into a file. */
  readonly file: string;
}

/**
 * Gathers what a report tells of a run; writes nothing.
 *
 * @throws TuttiError `file_missing`, also for a run that is not finished; `bad_usage` where the page is not named and a
 *   file is there, but for a run's folder; `bad_input` with every line that is no row.
 */
export async function reportRun(
  { workingFolder }: ActionContext,
  { source, out, rows }: ReportRequest,
): Promise<PlacedReport> {
  if (source === '-') return await ofStandardInput({ source, out, rows }, workingFolder);
  const place = await findResults(source, workingFolder);
  const { results, folder } = place;
  const usual =
    folder === null
      ? results.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, '.report.html')
      : reportFile(folder);
  const file = out === '-' ? usual : await placeFor(place, usual, { source, out, workingFolder });
  const state = folder === null ? undefined : await stateOf(folder);
  const name =
    typeof state?.experiment === 'string' ? state.experiment : basename(folder?.path ?? results);
  const report = await collectReport({
    ...{ name, results, rows },
    run: folder === null || state === undefined ? null : runFacts(folder.name, state),
    scores: folder === null ? null : await readSummary(folder),
  });
  return { report, file };
}

async function ofStandardInput(
  { source, out, rows }: ReportRequest,
  workingFolder: string,
): Promise<PlacedReport> {
  const file = out === '-' ? '-' : await placeForStandardInput(out, workingFolder);
  const results = inputOf({ file: source }, workingFolder);
  const name = labelOf({ file: source });
  return { report: await collectReport({ name, results, rows, run: null, scores: null }), file };
}

/** Writes the page of a report; it appears at once and complete, in the place of an older one. */
export async function writeReport(
  _context: ActionContext,
  file: string,
  page: string,
): Promise<void> {
  await writeFileAtomically(file, page);
}

/** A report can do without what cannot be read. */
async function stateOf(folder: RunFolder) {
  return await readRunState(folder).catch(orUndefined);
}

function orUndefined(error: unknown): undefined {
  if (!(error instanceof TuttiError)) throw error;
}
