import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  type ComparisonForm,
  KNOWN_FORMS,
  type RowForm,
  rowForm,
  type VerdictKind,
} from './comparison-forms.ts';
import { ANSWER_TEXTS, SIDE_ENDINGS } from './feature-values.ts';
import { shownValue } from './invalid-values.ts';
import type { ReadComparisonsOptions } from './read-options.ts';

/** Where the columns of a CSV or TSV file stand. */
export interface DelimitedColumns {
  readonly form: ComparisonForm;
  readonly count: number;
  readonly left: number;
  readonly right: number;
  readonly kind: VerdictKind;
  /** Columns of the verdict: one, or those of its kind. */
  readonly verdicts: readonly number[];
  /** -1 where there is none. */
  readonly weight: number;
  readonly time: number;
  /** The turn of a conversation that was judged, where units are to be told apart by it; else -1. */
  readonly turn: number;
  /** Columns of groups: the name they get, and their place. */
  readonly groups: readonly { readonly name: string; readonly at: number }[];
  readonly features: readonly FeatureColumn[];
}

/** Where a feature stands. */
export interface FeatureColumn {
  readonly name: string;
  readonly at: number;
  /** The same for the right answer; -1 where the first column is a difference already. */
  readonly other: number;
  /** True where the cells are the answers themselves and their characters are counted. */
  readonly counted: boolean;
}

/** Names under which the group columns that every table may have are found, the first wins. */
export const GROUP_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  prompt: ['prompt', 'prompt_id', 'question_id', 'instruction'],
  judge: ['judge', 'worker', 'annotator', 'rater', 'completed_by', 'annotator_id', 'judge_model'],
  category: ['category'],
};

/** Names of a column that says when a verdict was given. */
export const TIME_NAMES = ['timestamp', 'timestampms', 'timestamp_ms', 'tstamp'];

/**
 * Finds the form of a file and its columns from the names in its first line, in any case, with spaces
 * for underscores or not. A column that is used must stand once; others may be there twice.
 *
 * @throws TuttiError `bad_input` when no form fits, a used name stands twice or a wanted column is missing.
 */
export function delimitedColumns(
  header: readonly string[],
  options: ReadComparisonsOptions,
  file: string,
): DelimitedColumns {
  const names = header.map(columnName);
  const form = rowForm((column) => names.includes(column));
  if (!form) throw unknownForm(header, file);
  const time = names.findIndex((column) => TIME_NAMES.includes(column));
  const groups = groupColumns(names, options, file);
  const prompted = groups.some(({ name }) => name === 'prompt');
  const found = {
    form: form.form,
    count: names.length,
    left: names.indexOf(form.left),
    right: names.indexOf(form.right),
    kind: form.kind,
    verdicts: form.verdicts.map((column) => names.indexOf(column)),
    weight: names.indexOf('weight'),
    time: options.days ? time : -1,
    turn: options.turns && prompted ? names.indexOf('turn') : -1,
    groups,
    features: (options.features ?? []).map((feature) => featureColumn(feature, names, file)),
  };
  refuseTwice(names, form, found, file);
  return found;
}

/** The name of a column as forms know it: `Model A` is `model_a`. */
export function columnName(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, '_');
}

function refuseTwice(
  names: readonly string[],
  form: RowForm,
  { weight, time, turn, groups, features }: DelimitedColumns,
  file: string,
): void {
  const used = [
    ...[form.left, form.right, ...form.verdicts],
    ...[weight, time, turn].filter((at) => at >= 0).map((at) => names[at]!),
    ...groups.map(({ at }) => names[at]!),
    ...features.flatMap(({ at, other }) =>
      other < 0 ? [names[at]!] : [names[at]!, names[other]!],
    ),
  ];
  const twice = used.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice === undefined) return;
  throw new TuttiError(
    'bad_input',
    `${file}, line 1: the column ${shownValue(twice)} appears twice`,
    {
      hint: 'Rename or remove one of them: it cannot be known which is meant.',
    },
  );
}

function groupColumns(names: readonly string[], options: ReadComparisonsOptions, file: string) {
  const usual = Object.entries(GROUP_SYNONYMS).flatMap(([name, synonyms]) => {
    const found = synonyms.find((synonym) => names.includes(synonym));
    return found === undefined ? [] : [{ name, at: names.indexOf(found) }];
  });
  const further = (options.keepColumns ?? [])
    .filter((column) => !usual.some((group) => group.name === column))
    .map((column) => ({ name: column, at: columnAt(column, names, file) }));
  return [...usual, ...further];
}

function featureColumn(feature: string, names: readonly string[], file: string): FeatureColumn {
  for (const [left, right] of SIDE_ENDINGS) {
    const at = names.indexOf(columnName(`${feature}${left}`));
    const other = names.indexOf(columnName(`${feature}${right}`));
    if (at >= 0 && other >= 0) return { name: feature, at, other, counted: false };
  }
  const texts = ANSWER_TEXTS.find((pair) => pair.every((name) => names.includes(name)));
  if (feature === 'length' && texts !== undefined && !names.includes('length')) {
    const [at, other] = texts.map((name) => names.indexOf(name)) as [number, number];
    return { name: feature, at, other, counted: true };
  }
  return { name: feature, at: columnAt(feature, names, file), other: -1, counted: false };
}

function columnAt(column: string, names: readonly string[], file: string): number {
  const at = names.indexOf(columnName(column));
  if (at >= 0) return at;
  const near = nearestName(column, names);
  throw new TuttiError('bad_input', `${file} has no column ${shownValue(column)}`, {
    hint: near === undefined ? `It has ${names.join(', ')}.` : `Did you mean ${near}?`,
  });
}

function unknownForm(header: readonly string[], file: string): TuttiError {
  const columns = shownValue(header.join(', '));
  return new TuttiError(
    'bad_input',
    `${file}: no known form of comparisons has the columns ${columns}`,
    {
      hint: `Give ${KNOWN_FORMS}; or JSON of these, of rankings or of arena-hard judgments.`,
    },
  );
}
