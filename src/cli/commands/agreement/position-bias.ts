import { plainLine } from '../../../core/plain-text.ts';
import type { Agreement, PositionBias, ShareInterval } from '../../../ranking/index.ts';
import { countText } from '../../render/figures.ts';
import {
  coefficientText,
  intervalText,
  percentText,
  testText,
  UNKNOWN,
} from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { AgreementView } from './judges.ts';

/** Renders how often the side shown first wins, over all and by judge, where sides are known, and the pull of features. */
export function renderPosition(found: Agreement, view: AgreementView): string {
  const { position, features } = found;
  const pulls = features.map(
    ({ feature, all, term }) =>
      `The answer with more ${plainLine(feature, 40)} wins ${percentText(all.share)}${all.low === null ? '' : ` (${intervalText(all.low, all.high, inWholePercent)})`} of ${countText(all.of)} decisive verdicts${term === null ? '' : ` (log odds ${coefficientText(term.logOdds)}, p ${testText(term.probability)})`}.`,
  );
  const sides = position === null ? [] : sideLines(position, found, view);
  const lines = [...sides, ...pulls];
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}

function sideLines(position: PositionBias, { judges }: Agreement, view: AgreementView): string[] {
  const known = judges.flatMap(({ judge, position: bias }) => (bias ? [{ judge, bias }] : []));
  const busiest = known.sort((a, b) => votes(b.bias) - votes(a.bias)).slice(0, view.judges);
  const named = judges.length > 1 ? busiest : [];
  const rows = [
    rowOf('all', position),
    ...named.map(({ judge, bias }) => rowOf(plainLine(judge, 30), bias)),
  ];
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  const columns: TableColumn[] = [
    { title: 'judge', align: 'left', shrinks: true },
    right('verdicts'),
    right('left %'),
    right('right %'),
    right('tie %'),
    right('decisive %'),
    right('log odds'),
    right('p'),
  ];
  const [title = '', ...lines] = renderTable(columns, rows, view.width);
  const hidden = judges.length - named.length;
  const more = named.length > 0 && hidden > 0 ? [` … and ${countText(hidden)} more judges`] : [];
  const orders = position.bothOrders.pairs === 0 ? [] : [bothOrdersText(position)];
  return [view.style.bold('Which side wins'), view.style.bold(title), ...lines, ...more, ...orders];
}

function votes({ left, right, ties }: PositionBias): number {
  return left + right + ties;
}

function rowOf(name: string, bias: PositionBias): string[] {
  const all = votes(bias);
  return [
    name,
    countText(all),
    inPercent(bias.left / all),
    inPercent(bias.right / all),
    inPercent(bias.ties / all),
    shareCell(bias.leftOfDecisive),
    coefficientText(bias.side?.logOdds ?? null),
    testText(bias.side?.probability ?? null),
  ];
}

function inWholePercent(share: number | null): string {
  return share === null ? '' : `${Math.round(100 * share)}`;
}

function inPercent(share: number): string {
  return (100 * share).toFixed(2);
}

function shareCell({ share, low, high }: ShareInterval): string {
  if (share === null) return UNKNOWN;
  if (low === null || high === null) return inPercent(share);
  return `${inPercent(share)} (${Math.round(100 * low)}..${Math.round(100 * high)})`;
}

function bothOrdersText({ bothOrders }: PositionBias): string {
  const { pairs, flipRate, low, high, leftTwice, rightTwice, mcnemar } = bothOrders;
  const bounds = low === null ? '' : ` (${intervalText(low, high, inWholePercent)})`;
  return `Shown in both orders: ${countText(pairs)} pairs of verdicts, ${percentText(flipRate)}${bounds} flip; left twice ${countText(leftTwice)}, right twice ${countText(rightTwice)} (McNemar p ${testText(mcnemar)}).`;
}
