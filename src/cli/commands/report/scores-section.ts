import type { Aggregates, RunReport, ScoreMean } from '../../../experiment/report/index.ts';
import {
  type Axis,
  type Column,
  type Html,
  html,
  rangeAxis,
  renderInterval,
  renderName,
  renderTable,
} from '../../../pages/index.ts';
import { countText } from '../../render/figures.ts';
import {
  coefficientText,
  intervalText,
  scoreText,
  testText,
  UNKNOWN,
} from '../../render/statistics-text.ts';

/** Renders scores with their intervals; nothing for a run that was not scored. */
export function renderScores({ scores }: RunReport): Html | undefined {
  if (scores === null) return undefined;
  const { pairs, sensitivity } = scores;
  const tables = new Map<string, ScoreMean[]>();
  for (const mean of scores.scores) {
    const caption = captionOf(mean);
    tables.set(caption, [...(tables.get(caption) ?? []), mean]);
  }
  return html`${[...tables].map(([caption, means]) => meansTable(caption, means))}
${pairs.length > 0 && pairsTable(pairs)}
${sensitivity.length > 0 && sensitivityTable(sensitivity)}
<p class="quiet">Intervals are of 95 %.</p>`;
}

function captionOf({ key, judge, template }: ScoreMean): string {
  const by = judge === null ? '' : `, judged by ${judge}`;
  return `${key}${by}${template === null ? '' : `, template ${template}`}: mean over units`;
}

function meansTable(caption: string, means: readonly ScoreMean[]): Html {
  const axis = axisOf(means);
  const group: Column<ScoreMean> = { head: 'Group', cell: (mean) => mean.group ?? 'all' };
  const corpus: Column<ScoreMean> = {
    head: 'Corpus',
    meaning: 'The score of all texts together',
    kind: 'number',
    cell: (mean) => scoreText(mean.corpus),
  };
  return renderTable({
    caption,
    columns: [
      { head: 'Model', cell: ({ model }) => renderName(model) },
      ...(means.some((mean) => mean.group !== null) ? [group] : []),
      { head: 'Mean', kind: 'number', cell: ({ mean }) => coefficientText(mean) },
      { head: rangeText(axis), kind: 'figure', cell: (mean) => drawn(mean.mean, mean, axis) },
      { head: 'Interval', kind: 'number', cell: ({ low, high }) => intervalText(low, high) },
      ...(means.some((mean) => mean.corpus !== null) ? [corpus] : []),
      { head: 'Units', kind: 'number', cell: ({ units }) => countOrUnknown(units) },
      { head: 'Rows', kind: 'number', cell: ({ rows }) => countOrUnknown(rows) },
      { head: 'Missing', kind: 'number', cell: ({ missing }) => countOrUnknown(missing) },
    ],
    rows: means,
  });
}

function pairsTable(pairs: Aggregates['pairs']): Html {
  return renderTable({
    caption: 'Differences of models over the units that both answered; p after Holm',
    columns: [
      { head: 'Models', cell: ({ a, b }) => html`${renderName(a)} − ${renderName(b)}` },
      { head: 'Score', cell: ({ key }) => key },
      { head: 'Difference', kind: 'number', cell: ({ difference }) => coefficientText(difference) },
      { head: 'Interval', kind: 'number', cell: ({ low, high }) => intervalText(low, high) },
      { head: 'p', kind: 'number', cell: ({ pHolm }) => testText(pHolm) },
      { head: 'Units', kind: 'number', cell: ({ units }) => countOrUnknown(units) },
    ],
    rows: pairs,
  });
}

function sensitivityTable(lines: Aggregates['sensitivity']): Html {
  return renderTable({
    caption: 'How much a score changes with the wording of a prompt',
    columns: [
      { head: 'Model', cell: ({ model }) => renderName(model) },
      { head: 'Score', cell: ({ key }) => key },
      { head: 'Prompts', kind: 'number', cell: ({ originals }) => countOrUnknown(originals) },
      { head: 'Mean range', kind: 'number', cell: ({ meanRange }) => coefficientText(meanRange) },
      { head: 'Mean deviation', kind: 'number', cell: ({ meanSd }) => coefficientText(meanSd) },
      {
        head: 'Share that flips',
        kind: 'number',
        cell: ({ flipShare }) => coefficientText(flipShare),
      },
    ],
    rows: lines,
  });
}

/** From 0 to 1 where all means lie there, else over what there is. */
function axisOf(means: readonly ScoreMean[]): Axis {
  const ends = means.flatMap(({ mean, low, high }) =>
    [mean, low, high].flatMap((end) => end ?? []),
  );
  return rangeAxis(Math.min(0, ...ends), Math.max(1, ...ends));
}

function rangeText({ edges }: Axis): string {
  return `${scoreText(edges[0]!)} to ${scoreText(edges.at(-1)!)}`;
}

function drawn(estimate: number | null, { low, high }: ScoreMean, axis: Axis) {
  return estimate === null ? UNKNOWN : renderInterval({ estimate, low, high }, axis);
}

function countOrUnknown(count: number | null): string {
  return count === null ? UNKNOWN : countText(count);
}
