import type { MapOutcome } from '../../../runtime/index.ts';
import { countText, dollarsText } from '../../render/figures.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'step', align: 'left', shrinks: true },
  { title: 'in', align: 'right' },
  { title: 'out', align: 'right' },
  { title: 'dropped', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'cost', align: 'right' },
];

/** Renders what became of the rows of each step; nothing where there is one. */
export function renderSteps({ steps }: Pick<MapOutcome, 'steps'>, width: number): string {
  if (steps.length === 0) return '';
  const rows = steps.map((step) => [
    step.name,
    ...[step.in, step.out, step.dropped, step.failed].map(countText),
    step.costUsd === null ? '?' : dollarsText(step.costUsd),
  ]);
  return `${renderTable(COLUMNS, rows, width).join('\n')}\n`;
}
