import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { SIDE_ENDINGS } from './feature-values.ts';
import { shownValue } from './invalid-values.ts';
import type { ReadComparisonsOptions } from './read-options.ts';

/** The form in which a file holds its comparisons. */
export type ComparisonForm =
  | 'tutti'
  | 'left-right-winner'
  | 'arena'
  | 'arena-hard'
  | 'rankings'
  | 'pump-log';

/** Where the columns of a CSV or TSV file stand. */
export interface DelimitedColumns {
  readonly form: ComparisonForm;
  readonly count: number;
  readonly left: number;
  readonly right: number;
  readonly verdict: number;
  /** -1 where there is none. */
  readonly weight: number;
  readonly time: number;
  /** Columns of groups: the name they get, and their place. */
  readonly groups: readonly { readonly name: string; readonly at: number }[];
  /** Columns of features; `other` is -1 for a column that is a difference already. */
  readonly features: readonly {
    readonly name: string;
    readonly at: number;
    readonly other: number;
  }[];
}

/** Names under which the group columns that every table may have are found, the first wins. */
export const GROUP_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  prompt: ['prompt', 'prompt_id'],
  judge: ['judge', 'worker', 'annotator', 'rater'],
  category: ['category'],
};

/** Names of a column that says when a verdict was given. */
export const TIME_NAMES = ['timestamp', 'timestampms', 'timestamp_ms', 'tstamp'];

const FORMS: readonly (readonly [ComparisonForm, string, string, string])[] = [
  ['tutti', 'left', 'right', 'verdict'],
  ['left-right-winner', 'left', 'right', 'winner'],
  ['arena', 'model_a', 'model_b', 'winner'],
  ['left-right-winner', 'model_x', 'model_y', 'winner'],
];

/**
 * Finds the form of a file and its columns from the names in its first line, in any case.
 *
 * @throws TuttiError `bad_input` when no form fits, a name stands twice or a wanted column is missing.
 */
export function delimitedColumns(
  header: readonly string[],
  options: ReadComparisonsOptions,
  file: string,
): DelimitedColumns {
  const names = header.map((name) => name.trim().toLowerCase());
  const form = FORMS.find(([, ...needed]) => needed.every((name) => names.includes(name)));
  if (!form) throw unknownForm(header, file);
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new TuttiError(
      'bad_input',
      `${file}, line 1: the column ${shownValue(twice)} stands twice`,
    );
  }
  const [name, left, right, verdict] = form;
  const time = names.findIndex((column) => TIME_NAMES.includes(column));
  return {
    form: name,
    count: names.length,
    left: names.indexOf(left),
    right: names.indexOf(right),
    verdict: names.indexOf(verdict),
    weight: names.indexOf('weight'),
    time: options.days ? time : -1,
    groups: groupColumns(names, options, file),
    features: (options.features ?? []).map((feature) => featureColumn(feature, names, file)),
  };
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

function featureColumn(feature: string, names: readonly string[], file: string) {
  for (const [left, right] of SIDE_ENDINGS) {
    const at = names.indexOf(`${feature}${left}`.toLowerCase());
    const other = names.indexOf(`${feature}${right}`.toLowerCase());
    if (at >= 0 && other >= 0) return { name: feature, at, other };
  }
  return { name: feature, at: columnAt(feature, names, file), other: -1 };
}

function columnAt(column: string, names: readonly string[], file: string): number {
  const at = names.indexOf(column.trim().toLowerCase());
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
      hint: 'Give left, right, winner, or model_a, model_b, winner; or JSON lines of these, of rankings or of arena-hard judgments.',
    },
  );
}
