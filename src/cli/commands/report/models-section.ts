import type { Distribution, ModelFigures, RunReport } from '../../../experiment/report/index.ts';
import {
  type Column,
  type Html,
  html,
  renderHistograms,
  renderName,
  renderTable,
} from '../../../pages/index.ts';
import { countText, durationText, tokensText } from '../../render/figures.ts';
import { UNKNOWN } from '../../render/statistics-text.ts';
import { costOf } from './top-section.ts';

const MOST_DRAWN = 12;

/** Renders the table of models and what their latencies and tokens are spread over. */
export function renderModels({ models, total }: RunReport): Html {
  const table = renderTable({
    caption: 'What each model did. Latencies are of the last try, of answered rows, within 2 %.',
    columns: columnsFor(total),
    rows: models,
    total: models.length > 1 ? total : undefined,
  });
  const drawn = [...models].sort((a, b) => b.rows - a.rows).slice(0, MOST_DRAWN);
  const inOrder = models.filter((model) => drawn.includes(model));
  const left = models.length - inOrder.length;
  return html`${table}
<div class="figures">
${histograms('Latency', inOrder, ({ latencyMs }) => latencyMs, durationText)}
${histograms('Tokens out', inOrder, ({ output }) => output, countText)}
${histograms('Tokens in', inOrder, ({ input }) => input, countText)}
</div>
<p class="quiet">How many answered rows lie where; each model is drawn to its own height, the line is its median.${left > 0 && ` The ${MOST_DRAWN} models with the most rows are drawn; ${left} are left out.`}</p>`;
}

function histograms(
  caption: string,
  models: readonly ModelFigures[],
  read: (model: ModelFigures) => Distribution,
  text: (value: number) => string,
): Html {
  const series = models.map((model) => {
    const { counts, median } = read(model);
    return { name: model.model, counts, median };
  });
  return renderHistograms({ caption, series, whole: caption !== 'Latency', text });
}

function columnsFor(total: ModelFigures): Column<ModelFigures>[] {
  const count = (
    head: string,
    read: (model: ModelFigures) => number,
    meaning?: string,
  ): Column<ModelFigures> => ({
    ...(meaning !== undefined && { meaning }),
    head,
    kind: 'number',
    cell: (model) => countText(read(model)),
  });
  const latency = (head: string, read: (latencies: Distribution) => number | null) => ({
    head,
    kind: 'number' as const,
    cell: ({ latencyMs }: ModelFigures) => {
      const value = read(latencyMs);
      return value === null ? UNKNOWN : durationText(value);
    },
  });
  const optional = (column: Column<ModelFigures>, isThere: boolean) => (isThere ? [column] : []);
  return [
    { head: 'Model', cell: ({ model }) => renderName(model) },
    count('Rows', ({ rows }) => rows),
    count('Answered', ({ answered }) => answered),
    {
      head: 'Failed',
      kind: 'number',
      cell: ({ failed }) =>
        html`<span class="${failed > 0 ? 'bad' : ''}">${countText(failed)}</span>`,
    },
    ...optional(
      count('Not asked', ({ notAsked }) => notAsked),
      total.notAsked > 0,
    ),
    ...optional(
      count('Cut', ({ cut }) => cut, 'Rows of which an answer was cut at the token limit'),
      total.cut > 0,
    ),
    ...optional(
      count('Sent again', ({ triesMore }) => triesMore, 'Requests beyond the first of each row'),
      total.triesMore > 0,
    ),
    { head: 'Tokens in', kind: 'number', cell: ({ inputTokens }) => tokensText(inputTokens) },
    { head: 'Tokens out', kind: 'number', cell: ({ outputTokens }) => tokensText(outputTokens) },
    { head: 'Cost', kind: 'number', cell: costOf },
    latency('Median', ({ median }) => median),
    latency('90 %', ({ p90 }) => p90),
    latency('99 %', ({ p99 }) => p99),
  ];
}
