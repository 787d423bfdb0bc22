import { plainLine } from '../../core/plain-text.ts';
import type { PairAggregate, ScoreAggregate, Sensitivity } from '../../experiment/index.ts';
import type { ScoreOutcome } from '../../runtime/index.ts';
import { countText } from './figures.ts';
import { coefficientText, testText, UNKNOWN, withSign } from './statistics-text.ts';
import { renderTable, type TableColumn } from './text-table.ts';

type Cell<Entry> = TableColumn & { readonly text: (entry: Entry) => string };

const MODEL: Cell<{ readonly model: string }> = {
  title: 'model',
  align: 'left',
  shrinks: true,
  keepsEnd: true,
  text: ({ model }) => plainLine(model),
};

const SCORES: readonly Cell<ScoreAggregate>[] = [
  { title: 'score', align: 'left', text: nameOf },
  MODEL,
  { title: 'group', align: 'left', shrinks: true, text: ({ group }) => plainLine(group ?? '') },
  { title: 'mean', align: 'right', text: ({ mean }) => meanText(mean) },
  { title: '95 %', align: 'left', text: intervalText },
  {
    title: 'corpus',
    align: 'right',
    text: ({ corpus }) => (corpus === undefined ? '' : meanText(corpus)),
  },
  { title: 'units', align: 'right', text: ({ units }) => countText(units) },
  { title: 'rows', align: 'right', text: ({ rows }) => countText(rows) },
  { title: 'missing', align: 'right', text: ({ missing }) => countText(missing) },
];

const PAIRS: readonly Cell<PairAggregate>[] = [
  { title: 'score', align: 'left', text: nameOf },
  { title: 'a', align: 'left', shrinks: true, keepsEnd: true, text: ({ a }) => plainLine(a) },
  { title: 'b', align: 'left', shrinks: true, keepsEnd: true, text: ({ b }) => plainLine(b) },
  { title: 'a - b', align: 'right', text: ({ difference }) => withSign(meanText(difference)) },
  { title: '95 %', align: 'left', text: intervalText },
  { title: 'units', align: 'right', text: ({ units }) => countText(units) },
  { title: 'p', align: 'right', text: ({ p }) => testText(p) },
  { title: 'p (Holm)', align: 'right', text: ({ pHolm }) => testText(pHolm) },
];

const SENSITIVITY: readonly Cell<Sensitivity>[] = [
  { title: 'score', align: 'left', text: nameOf },
  MODEL,
  { title: 'units in several rows', align: 'right', text: ({ originals }) => countText(originals) },
  { title: 'range', align: 'right', text: ({ meanRange }) => meanText(meanRange) },
  { title: 'sd', align: 'right', text: ({ meanSd }) => meanText(meanSd) },
  { title: 'flip', align: 'right', text: ({ flipShare }) => meanText(flipShare) },
];

/** Pairs that are shown; `--json` and `summary.json` have all. */
const MOST_PAIRS = 30;

/** Renders what scores tell: a table of means, one of pairs, how far wordings lie apart, thresholds that were missed. */
export function renderScores(outcome: Partial<ScoreOutcome>, width: number): string {
  const { aggregates, thresholds = [], scoreNotes = [] } = outcome;
  if (aggregates === undefined) return '';
  const { scores, pairs, sensitivity } = aggregates;
  // Models that have answered nothing in common are not compared.
  const compared = pairs.filter(({ units }) => units > 0);
  const shown = compared.sort((a, b) => (a.pHolm ?? 2) - (b.pHolm ?? 2)).slice(0, MOST_PAIRS);
  const more = compared.length - shown.length;
  const missed = thresholds.filter(({ isMet }) => !isMet);
  return [
    ...tableOf(SCORES, scores, width),
    ...tableOf(PAIRS, shown, width),
    ...(more > 0 ? [` and ${countText(more)} more pairs (--json has all)`] : []),
    ...tableOf(SENSITIVITY, sensitivity, width),
    ...missed.map(({ key, model, mean, atLeast }) => {
      const whose = model === null ? '' : ` of ${plainLine(model)}`;
      const is = mean === null ? 'there is no mean' : `the mean is ${meanText(mean)}`;
      return `below   ${plainLine(key)}${whose}: ${is}, the threshold ${atLeast}`;
    }),
    ...scoreNotes.map((note) => plainLine(note, 500)),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** A column that says nothing of any entry is left out. */
function tableOf<Entry>(
  columns: readonly Cell<Entry>[],
  entries: readonly Entry[],
  width: number,
): string[] {
  if (entries.length === 0) return [];
  const told = columns.filter(({ text }) => entries.some((entry) => text(entry) !== ''));
  const rows = entries.map((entry) => told.map(({ text }) => text(entry)));
  return ['', ...renderTable(told, rows, width)];
}

function nameOf({ key, judge, template }: Pick<ScoreAggregate, 'key' | 'judge' | 'template'>) {
  return plainLine([key, judge, template].filter((part) => part !== undefined).join(' · '), 60);
}

/** Three digits behind the point, fewer before large numbers. */
function meanText(value: number | null): string {
  const size = Math.abs(value ?? 0);
  return coefficientText(value, size >= 1000 ? 0 : size >= 10 ? 1 : 3);
}

function intervalText({
  low,
  high,
}: {
  readonly low: number | null;
  readonly high: number | null;
}) {
  return low === null || high === null ? UNKNOWN : `${meanText(low)} to ${meanText(high)}`;
}
