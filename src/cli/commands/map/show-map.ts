import type { Engine, FinishedMap, MapRequest } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { renderNotices } from '../../render/notices.ts';
import { renderRunEnd } from '../../render/run-end.ts';
import { renderRunPlan, renderRunPlanJson } from '../../render/run-plan.ts';
import { executeWatched, type ShowRunOptions } from '../../render/show-run.ts';
import { tableWidth } from '../../render/text-table.ts';
import {
  isWhole,
  renderFileEnd,
  renderMapEnd,
  renderMapJson,
  renderSample,
  type ShownMap,
} from './map-end.ts';
import { renderSteps } from './step-table.ts';

type Shown = Pick<ShowRunOptions, 'json' | 'quiet'> & {
  /** True where only what has failed was to be asked. */
  readonly onlyFailed: boolean;
};

/** Does a map and shows it. @returns the exit code */
export async function showMap(
  engine: Engine,
  request: MapRequest,
  context: CliContext,
  shown: Shown,
): Promise<number> {
  const { stdout, stderr } = context;
  const map = await engine.prepareMap(request);
  const take = async (bytes: Uint8Array) => stdout.write(Buffer.from(bytes).toString('utf8'));
  if ('finished' in map) return showFinished(map, context, shown, take);
  const { outcome, elapsedMs } = await executeWatched(map, context, shown.quiet, {
    onOutput: take,
  });
  const width = tableWidth(stderr);
  if (!shown.quiet) {
    const inPart = outcome.counts.partial;
    stderr.write(renderRunEnd(outcome, { run: map, elapsedMs, width, resumable: true, inPart }));
    stderr.write(renderSteps(outcome, width));
    stderr.write(renderMapEnd(outcome));
    if (outcome.sample !== undefined) stderr.write(renderSample(outcome, width));
  }
  if (shown.json) stdout.write(renderMapJson(map.folder, outcome));
  // A sample ends with rows that are left; it is well if they are not left because a model cannot be asked.
  const isSample = outcome.sample !== undefined && outcome.stoppedLanes.length === 0;
  return exitCodeOf(outcome, outcome.state === 'finished' || isSample);
}

async function showFinished(
  map: FinishedMap,
  { stdout, stderr }: CliContext,
  { json, quiet, onlyFailed }: Shown,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<number> {
  const made = await map.makeAgain(take);
  const outcome = { ...made, state: 'finished' } as const;
  if (!quiet) {
    stderr.write(renderNotices(map.notices));
    const again = finishedText(outcome, onlyFailed);
    const steps = renderSteps(outcome, tableWidth(stderr));
    const whole = `${again}${steps}${renderMapEnd(outcome)}`;
    stderr.write(map.folder === null ? renderFileEnd(outcome) : whole);
  }
  if (json) stdout.write(renderMapJson(map.folder, outcome));
  return map.folder === null ? EXIT_OK : exitCodeOf(outcome, true);
}

function finishedText({ counts: { failed, partial } }: ShownMap, onlyFailed: boolean): string {
  if (failed + partial === 0) {
    if (onlyFailed) return 'Nothing has failed in this map; nothing was sent.\n';
    return 'This map is finished; nothing was sent. --new asks again.\n';
  }
  return 'This map is finished; nothing was sent. --only-failed asks once more what failed, --new everything.\n';
}

/** Shows what a map would do. */
export async function showPlan(
  engine: Engine,
  request: MapRequest,
  { stdout }: CliContext,
  { json }: Pick<Shown, 'json'>,
): Promise<number> {
  const plan = await engine.planMap(request);
  const width = tableWidth(stdout);
  stdout.write(
    json ? renderRunPlanJson(request.file, plan) : renderRunPlan(request.file, plan, { width }),
  );
  return EXIT_OK;
}

function exitCodeOf(outcome: ShownMap, isDone: boolean): number {
  if (outcome.state === 'interrupted') return EXIT_INTERRUPTED;
  const { failed, partial } = outcome.counts;
  return isDone && failed + partial === 0 && isWhole(outcome) ? EXIT_OK : EXIT_SOME_FAILED;
}
