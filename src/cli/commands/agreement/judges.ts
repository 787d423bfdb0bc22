import { plainLine } from '../../../core/plain-text.ts';
import type { Agreement, ShareInterval } from '../../../ranking/index.ts';
import { countText } from '../../render/figures.ts';
import { percentText, scoreText } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { Style } from '../../terminal/style.ts';

/** How agreement is shown. */
export interface AgreementView {
  readonly width: number;
  readonly style: Style;
  /** Judges shown in a table at most. */
  readonly judges: number;
}

/** Renders each judge against the majority of the others, the one with most units first, and the outliers. */
export function renderJudges({ judges, outliers }: Agreement, view: AgreementView): string {
  const evidence = new Map(outliers.judges.map((one) => [one.judge, one]));
  const sorted = [...judges].sort((a, b) => b.majority.all.of - a.majority.all.of);
  const rows = sorted.slice(0, view.judges).map(({ judge, majority }) => {
    const tested = evidence.get(judge);
    return [
      plainLine(judge, 40),
      shareText(majority.all),
      shareText(majority.decisive),
      tested === undefined
        ? 'not tested'
        : `${scoreText(Number(tested.evidence.toPrecision(3)))}${tested.outlier ? ' OUTLIER' : ''}`,
    ];
  });
  const columns: TableColumn[] = [
    { title: 'judge', align: 'left', shrinks: true },
    { title: 'with the majority', align: 'right' },
    { title: 'neither ties', align: 'right' },
    { title: 'evidence', align: 'left' },
  ];
  const [title = '', ...lines] = renderTable(columns, rows, view.width);
  const hidden = judges.length - rows.length;
  const more = hidden > 0 ? [` … and ${countText(hidden)} more judges; --json has all`] : [];
  const found = outliers.judges.filter(({ outlier }) => outlier);
  const names = found.map(({ judge }) => plainLine(judge, 40)).join(', ');
  const verdict = `${outliers.rule} test in the order of the rows at ${scoreText(outliers.threshold)}, ${countText(outliers.judges.length)} judges tested: ${found.length === 0 ? 'no outlier' : `${countText(found.length)} outliers: ${names}`}`;
  return `${[view.style.bold('Judges against the majority of the others, and evidence of voting against them'), view.style.bold(title), ...lines, ...more, verdict].join('\n')}\n`;
}

function shareText({ share, of, low, high }: ShareInterval): string {
  if (of === 0) return '-';
  const bounds = low === null ? '' : ` (${Math.round(100 * low)}..${Math.round(100 * high!)})`;
  return `${percentText(share)}${bounds} of ${countText(of)}`;
}
