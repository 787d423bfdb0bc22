import type { MapRequest } from '../../../runtime/index.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { EXPORT_OPTIONS } from '../../command-line/export-options.ts';
import {
  anyText,
  onceOption,
  optionalSwitch,
  type Parsed,
  repeatedOption,
  switchOption,
  valueOption,
} from '../../command-line/option.ts';
import {
  countFrom,
  name,
  nameList,
  numberFrom,
  oneOf,
  path,
} from '../../command-line/option-values.ts';
import { parameter } from '../../command-line/parameter.ts';
import { RUN_COMMAND_OPTIONS } from '../../command-line/run-flags.ts';

const { out: _, name: nameOption, ...RUN_OPTIONS } = RUN_COMMAND_OPTIONS;

/** What rows are asked. */
const PROMPT_OPTIONS = {
  template: onceOption('-t, --template FILE', 'Template of the prompt', path),
  prompt: onceOption('--prompt TEXT', 'The prompt as a template: ${column}, or Liquid', anyText),
  task: onceOption(
    '--task NAME',
    'A prompt that is ready: echo, question, sentiment, summary, remove-pii, question-answer or title-summary',
    name,
  ),
  steps: onceOption(
    '--steps FILE',
    "Several steps, each about what came out of the one before: YAML, the flags' names as keys",
    path,
  ),
  on: valueOption('--on COLUMN', 'The column that --task is about', name, 'input'),
  system: onceOption('--system TEXT', 'The system message, as it is', anyText),
  systemTemplate: onceOption('--system-template FILE', 'Template of the system message', path),
  syntax: valueOption(
    '--syntax SYNTAX',
    'How templates are written: liquid or dollar',
    oneOf<'liquid' | 'dollar'>(['liquid', 'dollar']),
    'what the text has in it',
  ),
  models: repeatedOption(
    '-m, --model MODEL',
    'Model that each row is asked of: provider/model-id, BASE_URL#model-id or an alias; of several each row is asked of each',
    anyText,
  ),
  parameters: repeatedOption(
    '--param NAME=VALUE',
    'Parameter for the provider: JSON where VALUE is JSON, else text',
    parameter,
  ),
  samples: valueOption(
    '-n, --samples N',
    'Answers of each row, 1 to 1000',
    countFrom(1, 1000),
    '1',
  ),
} as const;

/** What comes out. */
const OUTPUT_OPTIONS = {
  output: valueOption(
    '-o, --output FILE',
    'The output, its extension tells the form; - is standard output, as JSON lines',
    path,
    "output.EXT in the run's folder, of the input's form",
  ),
  excelSafe: EXPORT_OPTIONS.excelSafe,
  column: valueOption('--column NAME', 'Column of the texts that come out', name, 'output'),
  columns: onceOption(
    '--columns LIST',
    'Columns of the objects that come out, a row each: question,score:integer,tags:string[],label:a|b,note?:string',
    anyText,
  ),
  schema: onceOption(
    '--schema FILE',
    'JSON Schema of what comes out: a list gives a row for each object',
    path,
  ),
  single: switchOption('--single', 'With --columns: one object a row, no list'),
  reasks: valueOption(
    '--reask N',
    'How often an answer that is not what was asked for is asked for again, 0 to 10',
    countFrom(0, 10),
    '2',
  ),
  maxObjects: valueOption(
    '--max-objects N',
    'Most objects of one answer',
    countFrom(1, 1_000_000),
    '1000',
  ),
  onTruncated: valueOption(
    '--on-truncated WHAT',
    'A text that was cut at the token limit: keep or fail',
    oneOf<'keep' | 'fail'>(['keep', 'fail']),
    'keep',
  ),
  near: valueOption(
    '--dedupe near=N',
    'With -n: of two texts of a row that are so alike (0 to 1) one goes',
    nearness,
    'only repeats go',
  ),
  dropEmpty: switchOption(
    '--drop-empty',
    'No row for an answer with nothing in it; default: one of nulls',
  ),
} as const;

/** What becomes of rows. */
const ROW_OPTIONS = {
  missing: valueOption(
    '--missing WHAT',
    'Rows without a column of the template: refuse, empty (an empty text) or skip (not asked)',
    oneOf<'refuse' | 'empty' | 'skip'>(['refuse', 'empty', 'skip']),
    'refuse',
  ),
  overwrite: switchOption('--overwrite', 'Make columns anew that are there already'),
  overflow: valueOption(
    '--overflow WHAT',
    'Rows too long for their model: error, truncate (the longest column, in its middle), split (asked in pieces) or skip',
    oneOf<'error' | 'truncate' | 'split' | 'skip'>(['error', 'truncate', 'split', 'skip']),
    'error',
  ),
  chunkChars: valueOption('--chunk-chars N', 'Characters of a piece', countFrom(1), '8000'),
  overlapChars: valueOption(
    '--overlap-chars N',
    'Characters that two pieces share',
    countFrom(0),
    '200',
  ),
  explode: onceOption('--explode COLUMN', 'Make rows of the lists of objects in a column', name),
  keepSource: switchOption('--keep-source', 'Keep the column of --explode'),
  keep: onceOption(
    '--keep CONDITION',
    'Drop rows of which it does not hold: score >= 3 and label == "a"',
    anyText,
  ),
  dedupeRows: onceOption(
    '--dedupe-rows COLUMNS',
    'Of rows that are equal in these columns keep the first; near=0.85 among them: of rows that are so alike',
    nameList,
  ),
  share: switchOption(
    '--share',
    'Ask equal calls once; default: each row has an answer of its own',
  ),
  limit: valueOption('--limit N', 'Only the first N rows', countFrom(1), 'all'),
  sample: valueOption(
    '--sample N',
    'Ask N rows and show them with what the whole would cost; the same command without it goes on',
    countFrom(1),
    'all',
  ),
  seed: valueOption('--seed N', 'Seed of --sample', countFrom(0), '0'),
  setup: optionalSwitch(
    '--setup, --no-setup',
    "Ask a model's first row alone: what is wrong with a key or a model costs one call",
    'on',
  ),
} as const;

/** All options of `tutti map`. */
export const OPTIONS = {
  ...PROMPT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...ROW_OPTIONS,
  ...RUN_OPTIONS,
  name: nameOption,
  onlyFailed: switchOption(
    '--only-failed',
    'Ask once more the rows that failed, or were answered in part, in the map that the same command has made',
  ),
  dryRun: switchOption('--dry-run', 'Say what would be done; send nothing'),
  json: { ...jsonOption, description: 'Print the counts as one JSON line' },
  quiet: quietOption,
  trust: trustOption,
} as const;

function nearness(text: string): Parsed<number> {
  const value = text.startsWith('near=') ? numberFrom(0, 1)(text.slice(5)) : { problem: '' };
  return 'value' in value ? value : { problem: 'must be near=N, such as near=0.9' };
}

/** What `--dedupe-rows` was given, as the library takes it. */
export function dedupeRowsOf(
  given: readonly string[] | undefined,
): Pick<MapRequest, 'dedupeRows' | 'dedupeNear'> | { readonly problem: string } {
  if (given === undefined) return {};
  const near = given.filter((word) => word.startsWith('near='));
  const dedupeRows = given.filter((word) => !word.startsWith('near='));
  const read = near.map(nearness);
  const wrong = read.find((one) => 'problem' in one);
  if (wrong !== undefined || near.length > 1 || dedupeRows.length === 0) {
    return { problem: '--dedupe-rows must be columns, and at most one near=N (0 to 1)' };
  }
  const [first] = read;
  return { dedupeRows, ...(first && 'value' in first && { dedupeNear: first.value }) };
}
