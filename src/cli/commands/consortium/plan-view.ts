import { plainLine } from '../../../core/plain-text.ts';
import type { ConsortiumPlan } from '../../../runtime/index.ts';
import { countText, dollarsText } from '../../render/figures.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'model', align: 'left' },
  { title: 'calls at least', align: 'right' },
  { title: 'at most', align: 'right' },
];

/** Renders what asking a consortium would come to. */
export function renderConsortiumPlan(plan: Omit<ConsortiumPlan, 'notices'>): string {
  const { name, calls, mostCalls, models, leastCostUsd, likelyCostUsd, warnings } = plan;
  const rows = models.map((one) => [
    plainLine(one.model, 100),
    countText(one.calls),
    countText(one.mostCalls),
  ]);
  const cost =
    leastCostUsd === null || likelyCostUsd === null
      ? 'cost: the prices are not known'
      : `cost of the least calls: about ${dollarsText(leastCostUsd)} for what is sent alone; likely ${dollarsText(likelyCostUsd)}, with answers of 256 tokens or of what parameters allow`;
  const range =
    calls === mostCalls ? countText(calls) : `${countText(calls)} to ${countText(mostCalls)}`;
  return [
    `${plainLine(name, 500)}: ${range} calls, retries not counted; nothing was sent`,
    ...renderTable(COLUMNS, rows, 1_000),
    cost,
    ...warnings.map((warning) => plainLine(warning, 500)),
    '',
  ].join('\n');
}
