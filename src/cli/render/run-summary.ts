import { plainLine } from '../../core/plain-text.ts';
import type { ModelSummary } from '../../run/index.ts';
import { countText, durationText, shortSpendText } from './figures.ts';
import { renderTable, type TableColumn } from './text-table.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'model', align: 'left', shrinks: true, keepsEnd: true },
  { title: 'calls', align: 'right' },
  { title: 'errors', align: 'right' },
  { title: 'median', align: 'right' },
  { title: 'p95', align: 'right' },
  { title: 'tokens in', align: 'right' },
  { title: 'out', align: 'right' },
  { title: 'cost', align: 'right' },
];

/** Renders the table at the end of a run, with a line of totals where there are several models. */
export function renderRunSummary(all: readonly ModelSummary[], width: number): string {
  // A consortium has no calls of its own.
  const asked = all.filter(({ calls }) => calls > 0);
  const models = asked.length > 0 ? asked : all;
  const rows = models.map((model) => [
    plainLine(model.model),
    countText(model.calls),
    countText(model.errors),
    latencyText(model.medianLatencyMs),
    latencyText(model.p95LatencyMs),
    countText(model.inputTokens),
    countText(model.outputTokens),
    costText(model),
  ]);
  if (models.length > 1) rows.push(totalRow(models));
  const unknown = models.reduce((sum, { unknownCosts }) => sum + unknownCosts, 0);
  const note =
    unknown > 0
      ? ` ?  price unknown for ${countText(unknown)} ${unknown === 1 ? 'call' : 'calls'}\n`
      : '';
  return `${renderTable(COLUMNS, rows, width).join('\n')}\n${note}`;
}

function totalRow(models: readonly ModelSummary[]): string[] {
  const sum = (value: (model: ModelSummary) => number) =>
    models.reduce((total, model) => total + value(model), 0);
  return [
    'all',
    countText(sum((model) => model.calls)),
    countText(sum((model) => model.errors)),
    '',
    '',
    countText(sum((model) => model.inputTokens)),
    countText(sum((model) => model.outputTokens)),
    costText({
      costUsd: models.every(({ costUsd }) => costUsd === null)
        ? null
        : sum(({ costUsd }) => costUsd ?? 0),
      unknownCosts: sum((model) => model.unknownCosts),
    }),
  ];
}

function costText({
  costUsd,
  unknownCosts,
}: Pick<ModelSummary, 'costUsd' | 'unknownCosts'>): string {
  return costUsd === null && unknownCosts === 0 ? '-' : shortSpendText(costUsd ?? 0, unknownCosts);
}

function latencyText(latencyMs: number | null): string {
  return latencyMs === null ? '-' : durationText(latencyMs);
}
