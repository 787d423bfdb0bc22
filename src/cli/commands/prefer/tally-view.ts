import type { InvalidReport } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import type { ShareInterval } from '../../../ranking/index.ts';
import {
  FEWEST_PROMPTS,
  type PanelStatistics,
  type PromptInterval,
} from '../../../ranking/panel/index.ts';
import { countOf, countText } from '../../render/figures.ts';
import {
  coefficientText,
  intervalText,
  percentText,
  testText,
  withSign,
} from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';
import type { Style } from '../../terminal/style.ts';

/** How a tally is shown. */
export interface TallyView {
  /** Cells in a line. */
  readonly width: number;
  readonly style: Style;
}

const MAX_ROWS = 100;
/** As many columns, and judges in a list, as there are labels. */
const MAX_JUDGES = 26;
const MAX_NAME = 100;

/** Renders the tally of a study: first places by prompt and judge, then ranks and what leads judges astray. */
export function renderTally(found: PanelStatistics, view: TallyView): string {
  const parts = [
    firstPlaceLines(found, view),
    rankLines(found, view),
    matrixLines(found, view),
    [...agreementLines(found), ...selfLines(found), ...placeLines(found), ...flipLines(found)],
    [clusterLine(found)],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** Renders where a study holds no ranking. */
export function renderMalformed({ count, examples }: InvalidReport): string {
  if (count === 0) return '';
  const lines = examples.map(
    ({ file, line, problem }) => `  ${plainLine(`${file}, line ${line}: ${problem}`, 300)}`,
  );
  const more =
    count > examples.length ? [`  … and ${countText(count - examples.length)} more`] : [];
  const title = `${countOf(count, 'verdict holds', 'verdicts hold')} no ranking and ${count === 1 ? 'counts' : 'count'} for nothing:`;
  return `${[title, ...lines, ...more].join('\n')}\n`;
}

function firstPlaceLines(found: PanelStatistics, { width, style }: TallyView): string[] {
  const judges = Object.keys(found.matrix).slice(0, MAX_JUDGES);
  const rounds = new Set(found.firsts.map(({ round }) => round)).size > 1;
  const columns: TableColumn[] = [
    nameColumn('prompt'),
    ...(rounds ? [{ title: 'round', align: 'right' } as const] : []),
    ...judges.map(nameColumn),
    { title: '', align: 'left' },
  ];
  const rows = found.firsts
    .slice(0, MAX_ROWS)
    .map(({ prompt, round, firsts, disagree }) => [
      nameText(prompt),
      ...(rounds ? [String(round)] : []),
      ...judges.map((judge) => (firsts[judge] ?? []).map(nameText).join(' = ') || '-'),
      disagree ? 'disagree' : '',
    ]);
  if (rows.length === 0) return [];
  const [title = '', ...lines] = renderTable(columns, rows, width);
  const disagreeing = found.firsts.filter(({ disagree }) => disagree).length;
  return [
    style.bold('First place, by prompt and judge'),
    style.bold(title),
    ...lines,
    ...moreText(found.firsts.length - rows.length),
    ` Judges disagree on ${countText(disagreeing)} of ${countText(found.firsts.length)}.`,
  ];
}

function rankLines(found: PanelStatistics, { width, style }: TallyView): string[] {
  const { responders, rankings, judges, prompts } = found;
  const size = `${countOf(rankings, 'ranking')} by ${countOf(judges, 'judge')} on ${countOf(prompts, 'prompt')}`;
  if (responders.length === 0) return [style.bold(size)];
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  const columns: TableColumn[] = [
    nameColumn('model'),
    right('mean rank'),
    { title: '95 %', align: 'left' },
    right('without own votes'),
    right('first %'),
    right('first two %'),
  ];
  const rows = responders
    .slice(0, MAX_ROWS)
    .map((one) => [
      nameText(one.model),
      rankText(one.meanRank),
      boundsCell({ value: one.meanRank, low: one.low, high: one.high, prompts: found.clusters }),
      rankText(one.meanRankWithoutSelf),
      percentCell(one.top1),
      percentCell(one.top2),
    ]);
  const [title = '', ...lines] = renderTable(columns, rows, width);
  const hidden = moreText(responders.length - rows.length);
  return [style.bold(size), style.bold(title), ...lines, ...hidden, ...changeLines(responders)];
}

function moreText(hidden: number): string[] {
  return hidden > 0 ? [` … and ${countText(hidden)} more (--json has all)`] : [];
}

/** Says which model is first when nobody votes for itself, if that is another one. */
function changeLines(responders: PanelStatistics['responders']): string[] {
  const known = responders.filter((one) => one.meanRankWithoutSelf !== null);
  if (known.length < 2) return [];
  const leaders = (rankOf: (one: (typeof known)[number]) => number) => {
    const best = known.reduce(
      (least, one) => Math.min(least, rankOf(one)),
      Number.POSITIVE_INFINITY,
    );
    return known.filter((one) => rankOf(one) - best < 1e-9).map(({ model }) => nameText(model));
  };
  const [all, foreign] = [
    leaders(({ meanRank }) => meanRank),
    leaders(({ meanRankWithoutSelf }) => meanRankWithoutSelf!),
  ];
  if (all.join() === foreign.join()) return [];
  return [
    ` Without own votes the first place changes: ${foreign.join(', ')}, not ${all.join(', ')}.`,
  ];
}

function matrixLines(
  { matrix, responders }: PanelStatistics,
  { width, style }: TallyView,
): string[] {
  const judges = Object.keys(matrix).slice(0, MAX_ROWS);
  const models = responders.slice(0, MAX_JUDGES);
  if (judges.length < 2) return [];
  const columns: TableColumn[] = [
    nameColumn('judge'),
    ...models.map(({ model }) => ({ ...nameColumn(model), align: 'right' }) as const),
  ];
  const rows = judges.map((judge) => [
    nameText(judge),
    ...models.map(({ model }) => rankText(matrix[judge]![model] ?? null)),
  ]);
  const [title = '', ...lines] = renderTable(columns, rows, width);
  return [style.bold('Mean rank that each judge gave'), style.bold(title), ...lines];
}

function agreementLines({ agreement, clusters }: PanelStatistics): string[] {
  const { kendallW, low, high, nullW, meanCorrelation } = agreement;
  if (kendallW === null) return [];
  const bounds = boundsText({ value: kendallW, low, high, prompts: clusters }, coefficientText);
  return [
    fact(
      'agreement',
      `Kendall's W ${coefficientText(kendallW)}${bounds}; ${coefficientText(nullW)} by chance; mean correlation of two judges ${coefficientText(meanCorrelation)}`,
    ),
  ];
}

function selfLines({ selfPreference: { overall, judges } }: PanelStatistics): string[] {
  if (overall.value === null) return [];
  const text = (one: PromptInterval) => `${signedText(one.value)}${boundsText(one, signedText)}`;
  return [
    fact('own answer', `${text(overall)} places better than others rank it`),
    ...judges
      .slice(0, MAX_JUDGES)
      .map(({ judge, ...one }) => fact('', `${nameText(judge)} ${text(one)}`)),
  ];
}

function placeLines({ positions }: PanelStatistics): string[] {
  if (positions.length === 0) return [];
  const places = positions
    .slice(0, MAX_JUDGES)
    .map(({ place, meanRank }) => `${place}: ${rankText(meanRank)}`);
  return [fact('mean rank by place', `${places.join(', ')} (place in which it was shown)`)];
}

function flipLines({ flips }: PanelStatistics): string[] {
  if (flips.pairs === 0) return [];
  const { consistent, reversed, firstTwice, secondTwice, mcnemar } = flips;
  const share = (one: ShareInterval) =>
    `${percentText(one.share)}${one.low === null ? '' : ` (${intervalText(one.low, one.high, wholePercent)})`}`;
  return [
    fact(
      'both orders',
      `${countOf(flips.pairs, 'pair')}: the same verdict ${share(consistent)}, reversed ${share(reversed)}`,
    ),
    fact(
      '',
      `first shown won twice ${share(firstTwice)}, second twice ${share(secondTwice)}, McNemar p ${testText(mcnemar)}`,
    ),
    fact(
      '',
      'reversals alone are noise; only more of one kind than of the other is a pull of places',
    ),
  ];
}

function clusterLine({ clusters }: PanelStatistics): string {
  const few = clusters < FEWEST_PROMPTS ? ', too few for intervals of means' : '';
  return ` Intervals (95 %) take ${countOf(clusters, 'prompt')} for independent${few}.`;
}

/** Names often differ at their end alone. */
function nameColumn(name: string): TableColumn {
  return { title: nameText(name), align: 'left', shrinks: true, keepsEnd: true };
}

function boundsCell(interval: PromptInterval): string {
  return boundsText(interval, rankText)
    .trim()
    .replace(/^\(|\)$/g, '');
}

/** From ten prompts on an interval lacks where all of them say the same, or fewer hold what it is of. */
function boundsText(
  { low, high, prompts }: PromptInterval,
  text: (value: number | null) => string,
): string {
  if (low !== null) return ` (${intervalText(low, high, text)})`;
  return prompts < FEWEST_PROMPTS ? ' (too few)' : ' (no interval)';
}

/** With one decimal; what lies in the middle goes to the even one, as statisticians round. */
function percentCell(percent: number): string {
  const tenths = 10 * percent;
  const below = Math.floor(tenths);
  const isMiddle = Math.abs(tenths - below - 0.5) < 1e-6;
  return ((isMiddle ? below + (below % 2) : Math.round(tenths)) / 10).toFixed(1);
}

function rankText(value: number | null): string {
  return coefficientText(value, 2);
}

function signedText(value: number | null): string {
  return withSign(rankText(value));
}

function wholePercent(share: number | null): string {
  return share === null ? '' : String(Math.round(100 * share));
}

function nameText(name: string): string {
  return plainLine(name, MAX_NAME);
}

function fact(name: string, text: string): string {
  return ` ${name.padEnd(18)} ${text}`;
}
