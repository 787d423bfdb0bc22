import { plainLine } from '../../../core/plain-text.ts';
import type { RunPlan } from '../../../runtime/index.ts';
import { countText } from '../../render/figures.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import { fitMiddle } from '../../terminal/display-width.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'lane', align: 'left' },
  { title: 'rows', align: 'right' },
  { title: 'calls', align: 'right' },
  { title: 'tokens in (estimate)', align: 'right' },
  { title: 'limits', align: 'left', shrinks: true },
];

const LONGEST_NAME = 48;

/** Renders what a run would do, lane by lane. */
export function renderRunPlan(file: string, plan: RunPlan, width: number): string {
  const rows = plan.lanes.map((lane) => [
    fitMiddle(plainLine(lane.name), LONGEST_NAME),
    countText(lane.rows),
    countText(lane.calls),
    lane.estimatedInputTokens === null ? 'not known' : `~${countText(lane.estimatedInputTokens)}`,
    lane.limits.map((limit) => plainLine(limit)).join(', ') || 'none',
  ]);
  const title = `${plainLine(file)}: ${countText(plan.rows)} rows, ${countText(plan.calls)} calls; nothing was sent`;
  return `${[title, ...renderTable(COLUMNS, rows, width), ...plan.notes.map((note) => plainLine(note, 500))].join('\n')}\n`;
}
