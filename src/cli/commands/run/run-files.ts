import { plainLine } from '../../../core/plain-text.ts';
import type {
  Engine,
  FinishedRunNotice,
  FinishRequest,
  ReadyRun,
  RunRequest,
} from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { limitHeapGrowth } from '../../context/heap-growth.ts';
import { countText } from '../../render/figures.ts';
import { renderNotice } from '../../render/notices.ts';
import { type ShowRunOptions, showRun } from '../../render/show-run.ts';
import { tableWidth } from '../../render/text-table.ts';
import { renderRunPlan, renderRunPlanJson } from './plan.ts';

/** What is shown of a run. */
type Shown = Pick<ShowRunOptions, 'json' | 'quiet'>;

/**
 * Runs experiments one after the other; an interruption ends them all. All are prepared before the first one
 * sends anything, so that a mistake in the last one costs nothing.
 *
 * @returns the highest exit code of all.
 */
export async function runFiles(
  engine: Engine,
  requests: readonly RunRequest[],
  context: CliContext,
  options: Shown & { readonly onlyFailed: boolean },
): Promise<number> {
  limitHeapGrowth();
  const waiting: (ReadyRun | FinishedRunNotice)[] = [];
  let worst: number = EXIT_OK;
  try {
    for (const request of requests) waiting.push(await engine.prepareRun(request));
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const code =
        'finished' in run
          ? tellFinished(run, context, options)
          : await showRun(run, context, { ...options, resumable: true });
      worst = Math.max(worst, code);
      if (code === EXIT_INTERRUPTED) break;
    }
  } finally {
    for (const run of waiting) if (!('finished' in run)) await run.discard();
  }
  return worst;
}

/**
 * Writes the results of runs as far as they have come; sends nothing.
 *
 * @returns the highest exit code of all: 1 where rows have no answer
 */
export async function finishFolders(
  engine: Engine,
  folders: readonly string[],
  context: CliContext,
  options: Shown & Omit<FinishRequest, 'folder'>,
): Promise<number> {
  const { json, quiet, ...request } = options;
  const { drain } = context.listenToInterrupts();
  let worst: number = EXIT_OK;
  for (const folder of folders) {
    if (drain.aborted) return EXIT_INTERRUPTED;
    const run = await engine.prepareFinish({ ...request, folder });
    worst = Math.max(worst, await showRun(run, context, { json, quiet, resumable: false }));
  }
  return worst;
}

/** Shows what runs would do. */
export async function showPlans(
  engine: Engine,
  requests: readonly RunRequest[],
  { stdout }: CliContext,
  json: boolean,
): Promise<number> {
  limitHeapGrowth();
  for (const request of requests) {
    const plan = await engine.planRun(request);
    const { file } = request;
    stdout.write(
      json ? renderRunPlanJson(file, plan) : renderRunPlan(file, plan, tableWidth(stdout)),
    );
  }
  return EXIT_OK;
}

function tellFinished(
  { folder, failed, unwritten = [], notices }: FinishedRunNotice,
  { stdout, stderr }: CliContext,
  { json, quiet, onlyFailed }: Shown & { readonly onlyFailed: boolean },
): number {
  const failures = failed > 0 ? `, ${countText(failed)} failed` : '';
  const again =
    failed > 0 ? `  To ask those again: tutti run --only-failed ${plainLine(folder, 1000)}\n` : '';
  const text = onlyFailed
    ? 'Nothing has failed in this run; nothing was sent.\n'
    : `This run is finished${failures}; nothing was sent. --new runs it again.\n${again}`;
  const sentences = [
    ...notices.map(renderNotice),
    ...unwritten.map((sentence) => plainLine(sentence, 500)),
  ];
  const told = sentences.map((sentence) => `${sentence}\n`).join('');
  if (!quiet) stderr.write(`${told}${text}results  ${plainLine(folder, 1000)}\n`);
  if (json) {
    const more = unwritten.length > 0 && { unwritten };
    stdout.write(`${JSON.stringify({ folder, state: 'finished', failed, sent: 0, ...more })}\n`);
  }
  return failed > 0 || unwritten.length > 0 ? EXIT_SOME_FAILED : EXIT_OK;
}
