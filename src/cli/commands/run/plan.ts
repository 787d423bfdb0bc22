import { plainLine } from '../../../core/plain-text.ts';
import type { RunPlan } from '../../../runtime/index.ts';
import { countOf, countText } from '../../render/figures.ts';
import { limitsText, unusedLimitsText } from '../../render/limits-text.ts';
import { renderNotice } from '../../render/notices.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import { fitMiddle } from '../../terminal/display-width.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'lane', align: 'left' },
  { title: 'rows', align: 'right' },
  { title: 'calls', align: 'right' },
  { title: 'tokens in (estimate)', align: 'right' },
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
    lane.limits.flatMap(limitsText).join(', ') || 'none',
  ]);
  const title = `${plainLine(file)}: ${countOf(plan.rows, 'row')}, ${countOf(plan.calls, 'call')}; nothing was sent`;
  return `${[title, ...renderTable(COLUMNS, rows, width), ...notesOf(plan)].join('\n')}\n`;
}

/** Writes what a run would do as one JSON line. */
export function renderRunPlanJson(file: string, plan: RunPlan): string {
  const { rows, calls } = plan;
  const lanes = plan.lanes.map((lane) => ({ ...lane, limits: lane.limits.flatMap(limitsText) }));
  return `${JSON.stringify({ file, rows, calls, lanes, notes: notesOf(plan) })}\n`;
}

function notesOf(plan: RunPlan): string[] {
  return [...plan.notices.map(renderNotice), ...unusedLimitsText(plan)];
}
