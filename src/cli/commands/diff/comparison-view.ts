import type { JsonValue } from '../../../core/json.ts';
import { plainLine } from '../../../core/plain-text.ts';
import type {
  ComparedModels,
  ComparedScore,
  ComparedSide,
  Difference,
  DifferenceKind,
  DifferentResult,
  ResultComparison,
} from '../../../experiment/diff/comparison.ts';
import type { MissingRows } from '../../../experiment/diff/index.ts';
import { countOf, countText, dollarsText } from '../../render/figures.ts';
import { scoreText, withSign } from '../../render/statistics-text.ts';
import { renderTable, type TableColumn } from '../../render/text-table.ts';

/** What the two sides are called, and how wide a table may be. */
export interface ComparisonPlaces {
  readonly a: string;
  readonly b: string;
  readonly width: number;
}

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  broken: 'answered in A only',
  mended: 'answered in B only',
  error: 'other error',
  answer: 'other answer',
};
const MAX_IDS = 5;
const MAX_TEXT = 400;

const SCORES: readonly TableColumn[] = [
  { title: 'number', align: 'left', shrinks: true },
  { title: 'rows', align: 'right' },
  { title: 'A mean', align: 'right' },
  { title: 'B mean', align: 'right' },
  { title: 'B - A', align: 'right' },
  { title: 'higher in B', align: 'right' },
  { title: 'lower', align: 'right' },
];

const MODELS: readonly TableColumn[] = [
  { title: 'model in A', align: 'left', shrinks: true, keepsEnd: true },
  { title: 'in B', align: 'left', shrinks: true, keepsEnd: true },
  { title: 'rows', align: 'right' },
  { title: 'same', align: 'right' },
  ...Object.values(KINDS).map((title): TableColumn => ({ title, align: 'right' })),
];

/** Renders how two runs compare: counts, costs, scores, models, and the differences that matter most. */
export function renderComparison(
  comparison: ResultComparison,
  { a, b, width }: ComparisonPlaces,
): string {
  const { compared, same, different, scores, models, leavesScoresOut } = comparison;
  const kinds = (Object.keys(KINDS) as DifferenceKind[]).map(
    (kind) => `${countText(different[kind])} ${KINDS[kind]}`,
  );
  const lines = [
    sideLine('A', a, comparison.a),
    sideLine('B', b, comparison.b),
    `${countOf(compared, 'row')} compared: ${countText(same)} the same, ${kinds.join(', ')}`,
    costLine(comparison.cost),
    ...scoreLines(scores, width),
    ...(leavesScoresOut ? ['there are more numbers than are compared'] : []),
    ...(models.length > 1 ? ['', ...renderTable(MODELS, models.map(modelCells), width)] : []),
    ...comparison.differences.flatMap((difference) => ['', ...differenceLines(difference)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Renders what of an experiment has no answer yet. */
export function renderMissing(found: MissingRows, file: string): string {
  const { rows, missing, failed, unreadable } = found;
  const left =
    unreadable > 0 ? `${countOf(unreadable, 'line')} of the results cannot be read\n` : '';
  if (missing === 0)
    return `${left}Each of ${countOf(rows, 'row')} has an answer; nothing was written.\n`;
  const failures = failed > 0 ? ` (${countText(failed)} failed)` : '';
  const have = missing === 1 ? 'has' : 'have';
  return `${left}${countText(missing)} of ${countOf(rows, 'row')} ${have} no answer${failures}: ${plainLine(file, 1000)}\n`;
}

function sideLine(side: string, name: string, found: ComparedSide): string {
  const { rows, withoutId, repeated, unreadable, only, onlyIds } = found;
  const ids = onlyIds.slice(0, MAX_IDS).map(idText).join(', ');
  const more = only > Math.min(onlyIds.length, MAX_IDS) ? ', …' : '';
  const notes = [
    ...(only > 0 ? [`${countText(only)} in ${side} alone${ids && ` (${ids}${more})`}`] : []),
    ...(withoutId > 0 ? [`${countText(withoutId)} without the key`] : []),
    ...(repeated > 0 ? [`${countText(repeated)} of an id and model that came before`] : []),
    ...(unreadable > 0 ? [`${countOf(unreadable, 'line')} not readable`] : []),
  ];
  return [`${side}  ${plainLine(name, 500)}: ${countOf(rows, 'row')}`, ...notes].join('; ');
}

function costLine({ aUsd, bUsd, known, unknown }: ResultComparison['cost']): string {
  if (known === 0) return 'cost: not known';
  const rest = unknown > 0 ? ` (of ${countOf(known, 'row')}; ${countText(unknown)} not known)` : '';
  return `cost: A ${dollarsText(aUsd)}, B ${dollarsText(bUsd)}${rest}`;
}

/** Numbers that are the same everywhere say nothing: they are columns of the experiment, as a rule. */
function scoreLines(scores: readonly ComparedScore[], width: number): string[] {
  const told = scores.filter(({ higher, lower }) => higher + lower > 0);
  const equal = scores.filter(({ higher, lower }) => higher + lower === 0);
  const names = equal.map(({ name }) => plainLine(name, 60)).join(', ');
  return [
    ...(told.length > 0 ? ['', ...renderTable(SCORES, told.map(scoreCells), width)] : []),
    ...(equal.length > 0 ? [plainLine(`the same in every row: ${names}`, 500)] : []),
  ];
}

function scoreCells({ name, rows, aMean, bMean, higher, lower }: ComparedScore): string[] {
  const difference = bMean - aMean;
  return [
    plainLine(name, 60),
    countText(rows),
    scoreText(aMean),
    scoreText(bMean),
    withSign(scoreText(difference)),
    countText(higher),
    countText(lower),
  ];
}

function modelCells({ a, b, rows, same, different }: ComparedModels): string[] {
  const kinds = (Object.keys(KINDS) as DifferenceKind[]).map((kind) => countText(different[kind]));
  const other = a === b ? '' : plainLine(b ?? 'none', 100);
  return [plainLine(a ?? 'none', 100), other, countText(rows), countText(same), ...kinds];
}

function differenceLines({ kind, id, a, b }: Difference): string[] {
  const models = [...new Set([a.model, b.model])].filter((model) => model !== null);
  const title = [KINDS[kind], `id ${idText(id)}`, ...models.map((model) => plainLine(model, 100))];
  return [title.join('  '), `  A  ${resultText(a)}`, `  B  ${resultText(b)}`];
}

function resultText({ error, response }: DifferentResult): string {
  if (error !== null) return `[${plainLine(error, 100)}]`;
  return plainLine(typeof response === 'string' ? response : JSON.stringify(response), MAX_TEXT);
}

function idText(id: JsonValue): string {
  return plainLine(typeof id === 'string' ? id : JSON.stringify(id), 60);
}
