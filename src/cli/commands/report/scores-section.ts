import type { Aggregates, RunReport, ScoreAggregate } from '../../../experiment/report/index.ts';
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
import { coefficientText, scoreText, testText, UNKNOWN } from '../../render/statistics-text.ts';

/** Renders scores with their intervals; nothing for a run that was not scored. */
export function renderScores({ scores }: RunReport): Html | undefined {
  if (scores === null) return undefined;
  const { pairs, sensitivity } = scores;
  const tables = new Map<string, ScoreAggregate[]>();
  for (const mean of scores.scores) {
    const caption = `${scoreName(mean)}: mean over units`;
    tables.set(caption, [...(tables.get(caption) ?? []), mean]);
  }
  return html`${[...tables].map(([caption, means]) => meansTable(caption, means))}
${pairs.length > 0 && pairsTable(pairs)}
${sensitivity.length > 0 && sensitivityTable(sensitivity)}
<p class="quiet">Intervals are of 95 %.</p>`;
}

/** Of what a line is: the key of a score, or of verdicts with whose they are. */
function scoreName({ key, judge, template }: Pick<ScoreAggregate, 'key' | 'judge' | 'template'>) {
  const by = judge === undefined ? '' : `, judged by ${judge}`;
  return `${key}${by}${template === undefined ? '' : `, template ${template}`}`;
}

function meansTable(caption: string, means: readonly ScoreAggregate[]): Html {
  const axis = axisOf(means);
  const group: Column<ScoreAggregate> = { head: 'Group', cell: (mean) => mean.group ?? 'all' };
  const corpus: Column<ScoreAggregate> = {
    head: 'Corpus',
    meaning: 'The score of all texts together',
    kind: 'number',
    cell: (mean) => scoreText(mean.corpus ?? null),
  };
  return renderTable({
    caption,
    columns: [
      { head: 'Model', cell: ({ model }) => renderName(model) },
      ...(means.some((mean) => mean.group !== null) ? [group] : []),
      { head: 'Mean', kind: 'number', cell: ({ mean }) => coefficientText(mean) },
      { head: rangeText(axis), kind: 'figure', cell: (mean) => drawn(mean.mean, mean, axis) },
      { head: 'Interval', kind: 'number', cell: endsText },
      ...(means.some((mean) => mean.corpus !== undefined) ? [corpus] : []),
      { head: 'Units', kind: 'number', cell: ({ units }) => countText(units) },
      { head: 'Rows', kind: 'number', cell: ({ rows }) => countText(rows) },
      { head: 'Missing', kind: 'number', cell: ({ missing }) => countText(missing) },
    ],
    rows: means,
  });
}

function pairsTable(pairs: Aggregates['pairs']): Html {
  return renderTable({
    caption: 'Differences of models over the units that both answered; p after Holm',
    columns: [
      { head: 'Models', cell: ({ a, b }) => html`${renderName(a)} − ${renderName(b)}` },
      { head: 'Score', cell: scoreName },
      { head: 'Difference', kind: 'number', cell: ({ difference }) => coefficientText(difference) },
      { head: 'Interval', kind: 'number', cell: endsText },
      { head: 'p', kind: 'number', cell: ({ pHolm }) => testText(pHolm) },
      { head: 'Units', kind: 'number', cell: ({ units }) => countText(units) },
    ],
    rows: pairs,
  });
}

function sensitivityTable(lines: Aggregates['sensitivity']): Html {
  return renderTable({
    caption: 'How much a score changes with the wording of a prompt',
    columns: [
      { head: 'Model', cell: ({ model }) => renderName(model) },
      { head: 'Score', cell: scoreName },
      { head: 'Prompts', kind: 'number', cell: ({ originals }) => countText(originals) },
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

/** From 0 to 1 where all means lie there, wherever their intervals end; else over all there is. */
function axisOf(means: readonly ScoreAggregate[]): Axis {
  const isShare = means.every(({ mean }) => mean === null || (mean >= 0 && mean <= 1));
  if (isShare) return rangeAxis(0, 1);
  const ends = means.flatMap(({ mean, low, high }) =>
    [mean, low, high].flatMap((end) => end ?? []),
  );
  return rangeAxis(Math.floor(Math.min(0, ...ends)), Math.ceil(Math.max(...ends)));
}

/** The ends of an interval, which may be below 0. */
function endsText({ low, high }: Pick<ScoreAggregate, 'low' | 'high'>): string {
  if (low === null || high === null) return UNKNOWN;
  return `${coefficientText(low)} to ${coefficientText(high)}`;
}

function rangeText({ edges }: Axis): string {
  return `${scoreText(edges[0]!)} to ${scoreText(edges.at(-1)!)}`;
}

function drawn(estimate: number | null, { low, high }: ScoreAggregate, axis: Axis) {
  return estimate === null ? UNKNOWN : renderInterval({ estimate, low, high }, axis);
}
