import { plainLine } from '../../core/plain-text.ts';
import type { RunPlan } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_OK } from '../context/exit-code.ts';
import { fitMiddle } from '../terminal/display-width.ts';
import { countOf, countText, dollarsText, durationText } from './figures.ts';
import { limitsText, unusedLimitsText } from './limits-text.ts';
import { renderNotice } from './notices.ts';
import { renderTable, type TableColumn, tableWidth } from './text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'lane', align: 'left' },
  { title: 'rows', align: 'right' },
  { title: 'calls', align: 'right' },
  { title: 'tokens in (estimate)', align: 'right' },
  { title: 'least cost', align: 'right' },
  { title: 'likely', align: 'right' },
  { title: 'limits', align: 'left', shrinks: true },
];

const MAX_NAME = 48;

/** How a plan is shown. */
export interface PlanViewOptions {
  /** Cells of a line. */
  readonly width: number;
  /** True where the run ends when its prompts are rephrased; default false. */
  readonly onlyRephrase?: boolean | undefined;
}

/** Shows what a run would do, in words or as JSON. @returns the exit code */
export function showPlan(
  file: string,
  plan: RunPlan,
  { stdout }: Pick<CliContext, 'stdout'>,
  { json, onlyRephrase }: Pick<PlanViewOptions, 'onlyRephrase'> & { readonly json: boolean },
): number {
  const width = tableWidth(stdout);
  stdout.write(
    json ? renderRunPlanJson(file, plan) : renderRunPlan(file, plan, { width, onlyRephrase }),
  );
  return EXIT_OK;
}

/** Renders what a run would do, lane by lane, and what comes before and after. */
export function renderRunPlan(
  file: string,
  plan: RunPlan,
  { width, onlyRephrase = false }: PlanViewOptions,
): string {
  const rows = plan.lanes.map((lane) => [
    fitMiddle(plainLine(lane.name), MAX_NAME),
    countText(lane.rows),
    callsText(lane),
    lane.estimatedInputTokens === null ? 'not known' : `~${countText(lane.estimatedInputTokens)}`,
    costText(lane.leastCostUsd),
    costText(lane.likelyCostUsd),
    lane.limits.flatMap(limitsText).join(', ') || 'none',
  ]);
  const title = `${plainLine(file)}: ${countOf(plan.rows, 'row')}, ${callsText(plan)} ${plan.calls === 1 ? 'call' : 'calls'}; nothing was sent`;
  const stages = stagesOf(plan, onlyRephrase);
  const table = renderTable(COLUMNS, rows, width);
  const lines = [title, ...table, ...sumsOf(plan), ...stages, ...notesOf(plan)];
  return `${lines.join('\n')}\n`;
}

/** A consortium may ask more often than it must, and so may the later steps of a map. */
function callsText({ calls, mostCalls = calls }: Pick<RunPlan, 'calls' | 'mostCalls'>): string {
  if (!Number.isFinite(mostCalls)) return `${countText(calls)} or more`;
  return calls === mostCalls ? countText(calls) : `${countText(calls)} to ${countText(mostCalls)}`;
}

function costText(costUsd: number | null): string {
  return costUsd === null ? '?' : dollarsText(costUsd);
}

function sumsOf(plan: RunPlan): string[] {
  const { leastCostUsd, likelyCostUsd, lanesOfUnknownPrice, shortestTime } = plan;
  const { totalRequestsPerMinute } = plan;
  const unknown =
    lanesOfUnknownPrice > 0 ? `; price unknown for ${countOf(lanesOfUnknownPrice, 'lane')}` : '';
  return [
    ...(totalRequestsPerMinute === null
      ? []
      : [`all lanes together: ${countText(totalRequestsPerMinute)} requests/min`]),
    leastCostUsd === null || likelyCostUsd === null
      ? 'cost: the prices are not known'
      : `cost: about ${dollarsText(leastCostUsd)} for what is sent alone; likely ${dollarsText(likelyCostUsd)}, with answers of 256 tokens or of what parameters allow${unknown}`,
    shortestTime === null
      ? 'time: no limit on requests or tokens a minute is set'
      : `time: at least ${durationText(shortestTime.shortestMs)} (${plainLine(shortestTime.limitedBy, 100)})`,
  ];
}

/** What is asked before and after the rows, which the table has not. */
function stagesOf({ rephrasing, judging }: RunPlan, onlyRephrase: boolean): string[] {
  return [
    ...(rephrasing === undefined ? [] : [rephrasingText(rephrasing, onlyRephrase)]),
    ...(judging === undefined || onlyRephrase ? [] : [judgingText(judging, rephrasing)]),
  ];
}

function rephrasingText(
  { calls, leastCostUsd, likelyCostUsd, keepsOriginals }: NonNullable<RunPlan['rephrasing']>,
  onlyRephrase: boolean,
): string {
  const cost =
    leastCostUsd === null || likelyCostUsd === null
      ? 'of unknown price'
      : `about ${dollarsText(leastCostUsd)}, likely ${dollarsText(likelyCostUsd)}`;
  const place = keepsOriginals ? 'besides those above' : 'in the place of those above';
  const then = onlyRephrase
    ? 'and nothing else: none of those above'
    : `the new prompts are rows ${place}`;
  return `before: at least ${countOf(calls, 'call')} for other words (${cost}); ${then}`;
}

function judgingText(
  { calls }: NonNullable<RunPlan['judging']>,
  rephrasing: RunPlan['rephrasing'],
): string {
  const more = rephrasing === undefined ? '' : ', and as many for each new wording of all prompts';
  return `afterwards: ${countOf(calls, 'call')} of judges if no row fails${more}; a reply without a verdict is asked for once more`;
}

/** Writes what a run would do as one JSON line. */
export function renderRunPlanJson(file: string, plan: RunPlan): string {
  const { rows, calls, mostCalls, leastCostUsd, likelyCostUsd } = plan;
  const { lanesOfUnknownPrice, shortestTime } = plan;
  const most = mostCalls !== undefined && { mostCalls };
  const costs = { leastCostUsd, likelyCostUsd, lanesOfUnknownPrice };
  const { rephrasing, judging } = plan;
  const stages = { ...(rephrasing && { rephrasing }), ...(judging && { judging }) };
  const lanes = plan.lanes.map((lane) => ({ ...lane, limits: lane.limits.flatMap(limitsText) }));
  return `${JSON.stringify({ file, rows, calls, ...most, lanes, ...costs, shortestTime, ...stages, notes: notesOf(plan) })}\n`;
}

function notesOf(plan: RunPlan): string[] {
  return [...plan.notices.map(renderNotice), ...unusedLimitsText(plan)];
}
