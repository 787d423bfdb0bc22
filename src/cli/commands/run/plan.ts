import { plainLine } from '../../../core/plain-text.ts';
import type { RunPlan } from '../../../runtime/index.ts';
import { countOf, countText, dollarsText, durationText } from '../../render/figures.ts';
import { limitsText, unusedLimitsText } from '../../render/limits-text.ts';
import { renderNotice } from '../../render/notices.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import { fitMiddle } from '../../terminal/display-width.ts';

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

/** Renders what a run would do, lane by lane. */
export function renderRunPlan(file: string, plan: RunPlan, width: number): string {
  const rows = plan.lanes.map((lane) => [
    fitMiddle(plainLine(lane.name), MAX_NAME),
    countText(lane.rows),
    countText(lane.calls),
    lane.estimatedInputTokens === null ? 'not known' : `~${countText(lane.estimatedInputTokens)}`,
    costText(lane.leastCostUsd),
    costText(lane.likelyCostUsd),
    lane.limits.flatMap(limitsText).join(', ') || 'none',
  ]);
  const title = `${plainLine(file)}: ${countOf(plan.rows, 'row')}, ${countOf(plan.calls, 'call')}; nothing was sent`;
  const lines = [title, ...renderTable(COLUMNS, rows, width), ...sumsOf(plan), ...notesOf(plan)];
  return `${lines.join('\n')}\n`;
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

/** Writes what a run would do as one JSON line. */
export function renderRunPlanJson(file: string, plan: RunPlan): string {
  const { rows, calls, leastCostUsd, likelyCostUsd, lanesOfUnknownPrice, shortestTime } = plan;
  const costs = { leastCostUsd, likelyCostUsd, lanesOfUnknownPrice };
  const lanes = plan.lanes.map((lane) => ({ ...lane, limits: lane.limits.flatMap(limitsText) }));
  return `${JSON.stringify({ file, rows, calls, lanes, ...costs, shortestTime, notes: notesOf(plan) })}\n`;
}

function notesOf(plan: RunPlan): string[] {
  return [...plan.notices.map(renderNotice), ...unusedLimitsText(plan)];
}
