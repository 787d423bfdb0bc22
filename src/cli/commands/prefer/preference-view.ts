import { plainLine } from '../../../core/plain-text.ts';
import { panelStatistics } from '../../../ranking/panel/index.ts';
import type { PreferOutcome } from '../../../runtime/index.ts';
import { countOf } from '../../render/figures.ts';
import { coefficientText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { Style } from '../../terminal/style.ts';
import { tallyOf } from './preference-tally.ts';

/** How rankings are shown. */
export interface PreferenceView {
  /** Cells in a line. */
  readonly width: number;
  readonly style: Style;
}

type ShownVerdict = PreferOutcome['verdicts'][number];

const MAX_NAME = 100;
const MAX_REASON = 1000;
const COLUMNS: readonly TableColumn[] = [
  { title: 'model', align: 'left', shrinks: true, keepsEnd: true },
  { title: 'mean rank', align: 'right' },
  { title: 'without own', align: 'right' },
  { title: 'first %', align: 'right' },
  { title: 'n', align: 'right' },
];

/** Renders each ranking with its reasons, and what they come to together; nothing without a ranking. */
export function renderPreference(outcome: PreferOutcome, view: PreferenceView): string {
  const ranked = outcome.verdicts.filter(({ ranking }) => ranking !== null);
  if (ranked.length === 0) return '';
  const rankings = ranked.map((verdict) => renderRanking(verdict, view)).join('\n');
  return `${rankings}\n${renderTally(outcome, view)}`;
}

/** Says which judges gave no ranking, or one that lacks something, and why; for standard error. */
export function renderVerdictErrors({ details }: PreferOutcome): string {
  return details
    .flatMap(({ judge, error, degraded }) => {
      if (error !== null) return [`${nameText(judge)}: no ranking, ${plainLine(error, 500)}\n`];
      if (degraded === undefined) return [];
      const why = plainLine(degraded.join('; '), 500);
      return [`${nameText(judge)}: its ranking is degraded: ${why}\n`];
    })
    .join('');
}

/** The labels are those that the judge knew, which its reasons speak of. */
function renderRanking(verdict: ShownVerdict, { style }: PreferenceView): string {
  const { judge, ranking, reasons, shown, masked } = verdict;
  const lines: string[] = [];
  let place = 1;
  for (const group of ranking ?? []) {
    const number = group.length > 1 ? `${place}=` : `${place}.`;
    for (const model of group) {
      const label = String.fromCharCode('A'.charCodeAt(0) + shown.indexOf(model));
      const reason = Object.hasOwn(reasons, model) ? reasons[model] : undefined;
      const why = reason === undefined ? '' : `: ${plainLine(reason, MAX_REASON)}`;
      lines.push(` ${number.padEnd(3)} ${style.bold(nameText(model))} (${label})${why}`);
    }
    place += group.length;
  }
  const names = masked > 0 ? `, ${countOf(masked, 'name')} masked` : '';
  const title = `${nameText(judge)} ranks${judge !== '' && shown.includes(judge) ? ' (its own among them)' : ''}${names}`;
  return `## ${title}\n${lines.join('\n')}\n`;
}

function renderTally(outcome: PreferOutcome, { width, style }: PreferenceView): string {
  const statistics = panelStatistics(outcome.verdicts);
  const rows = tallyOf(outcome, statistics).map((one) => [
    nameText(one.model),
    coefficientText(one.meanRank, 2),
    coefficientText(one.meanRankWithoutSelf, 2),
    one.top1 === null ? '-' : one.top1.toFixed(0),
    String(one.verdicts),
  ]);
  const [title = '', ...lines] = renderTable(COLUMNS, rows, width);
  const { kendallW, nullW } = statistics.agreement;
  const agreement =
    kendallW === null
      ? []
      : [
          ` agreement: Kendall's W ${coefficientText(kendallW)}, ${coefficientText(nullW)} by chance`,
        ];
  return `${[style.bold(title), ...lines, ...agreement].join('\n')}\n`;
}

function nameText(name: string): string {
  return plainLine(name, MAX_NAME);
}
