import {
  type ComparisonSource,
  DROP_STEPS,
  type FeatureForm,
  type TableRequest,
  type WinnerIs,
} from '../../arena/index.ts';
import type { CliContext } from '../context/context.ts';
import type { OptionValues } from './command.ts';
import { onceOption, repeatedOption, switchOption, valueOption } from './option.ts';
import { cap, name, numberFrom, oneOf, path, rowCondition, wordList } from './option-values.ts';

/** The argument of commands that read comparisons. */
export const COMPARISON_FILES = {
  name: 'FILE',
  description:
    'Comparisons as CSV, TSV, Parquet, JSON lines or a JSON list, also packed with gzip; the form is recognised; - is standard input',
  required: true,
  repeatable: true,
} as const;

/** The options of commands that read comparisons. */
export const COMPARISON_OPTIONS = {
  where: repeatedOption(
    '--where COND',
    'Only rows with COLUMN=VALUE (or COLUMN!=VALUE); several values of one column are alternatives',
    rowCondition,
  ),
  drop: repeatedOption(
    '--drop STEPS',
    'Clean first: leaks (answers that name their maker), duplicates, outliers (judges against all others); commas between',
    wordList(DROP_STEPS),
  ),
  leakWords: onceOption('--leak-words FILE', 'Own words for leaks, one a line', path),
  caps: repeatedOption(
    '--cap COLUMNS=N',
    'Only the first N comparisons of each judge/day, prompt, or other columns',
    cap,
  ),
  features: repeatedOption(
    '--feature NAME',
    'Numeric column, or NAME_a and NAME_b (_left, _right, _x, _y); also length, headings, lists, bold of arena files',
    name,
  ),
  featureForm: valueOption(
    '--feature-form FORM',
    'How two columns become one number: relative (a-b)/(a+b), density (a-b)/(a+b+1) or difference',
    oneOf<FeatureForm>(['relative', 'density', 'difference']),
    'relative',
  ),
  strongWeight: valueOption(
    '--strong-weight X',
    'Weight of the labels A>>B and B>>A of arena-hard judgments, above 0',
    numberFrom(1e-6, 1e6),
    '3',
  ),
  winnerIs: valueOption(
    '--winner-is WHAT',
    'Where a winner can be read in two ways (items named A and B): name of the item, or side',
    oneOf<WinnerIs>(['name', 'side']),
    'refuse such rows',
  ),
  rename: onceOption('--rename FILE', 'New names of items: CSV with the columns from,to', path),
  skipInvalid: switchOption('--skip-invalid', 'Leave rows out that are not understood, counted'),
} as const;

/** Turns the words of a command line into what is to be read. */
export function tableRequest(
  files: readonly string[],
  options: OptionValues<typeof COMPARISON_OPTIONS>,
  context: CliContext,
): TableRequest {
  const { drop, features, leakWords, rename, ...others } = options;
  return {
    ...others,
    files: comparisonSources(files, context),
    drop: drop.flat(),
    leakWordsFile: leakWords,
    renameFile: rename,
    features: features.length > 0 ? features : undefined,
  };
}

/** Files by their paths; `-` is standard input. */
export function comparisonSources(
  files: readonly string[],
  { keyboard }: CliContext,
): ComparisonSource[] {
  return files.map((file) =>
    file === '-' ? { name: 'standard input', stream: keyboard.openBytes() } : file,
  );
}
