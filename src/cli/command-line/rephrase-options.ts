import type { RephrasingRequest } from '../../runtime/index.ts';
import { repeatedOption, switchOption, valueOption } from './option.ts';
import { countFrom, name, nameList, path } from './option-values.ts';
import { usageError } from './usage-error.ts';

const MAX_VARIANTS = 1000;

/** The options of everything that rephrases prompts. */
export const REPHRASE_OPTIONS = {
  rephrasers: repeatedOption(
    '--rephrase NAME',
    'Who rephrases the prompts: a name in settings.json of the rephrase folder, or without a folder a model',
    name,
  ),
  rephraseFolder: valueOption(
    '--rephrase-folder DIR',
    "Folder with settings.json and a file of templates, as prompto's",
    path,
    'names are models',
  ),
  rephraseTemplate: valueOption(
    '--rephrase-template FILE',
    'Texts with {INPUT_PROMPT}, one a line',
    path,
    'template.txt of the folder, else a usual one',
  ),
  rephraseParser: valueOption(
    '--rephrase-parser NAME',
    'split_numbered_list makes several prompts of a reply',
    name,
    'a reply is a prompt',
  ),
  variants: valueOption(
    '--variants N',
    'Ask each template for N different texts as a list that is checked',
    countFrom(1, MAX_VARIANTS),
    'any reply',
  ),
  translate: valueOption('--translate LANGUAGES', 'Translate prompts: fr,sw', nameList, 'none'),
  via: valueOption('--via LANGUAGES', 'Translate prompts there and back: de', nameList, 'none'),
  removeOriginal: switchOption('--remove-original', 'Leave the original prompts out'),
} as const;

/** What was given of them. */
export interface RephraseFlags {
  readonly rephrasers: readonly string[];
  readonly rephraseFolder: string | undefined;
  readonly rephraseTemplate: string | undefined;
  readonly rephraseParser: string | undefined;
  readonly variants: number | undefined;
  readonly translate: readonly string[] | undefined;
  readonly via: readonly string[] | undefined;
  readonly removeOriginal: boolean;
  readonly seed?: number | undefined;
}

/**
 * Who rephrases, and how; undefined where nobody was named.
 *
 * @throws TuttiError `bad_usage` where something is said of rephrasing, and nobody is named
 */
export function rephrasingOf(flags: RephraseFlags): RephrasingRequest | undefined {
  const { rephrasers: models, rephraseFolder: folder, rephraseTemplate: template } = flags;
  const { rephraseParser: parser, variants, translate, via, removeOriginal, seed } = flags;
  if (models.length > 0) {
    return { models, folder, template, parser, variants, translate, via, removeOriginal, seed };
  }
  const given = Object.entries({
    '--rephrase-folder': folder,
    '--rephrase-template': template,
    '--rephrase-parser': parser,
    '--variants': variants,
    '--translate': translate,
    '--via': via,
    '--remove-original': removeOriginal || undefined,
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (given.length === 0) return undefined;
  throw usageError(
    `${given.join(', ')} without --rephrase: nobody is asked.`,
    'Name a model with --rephrase.',
  );
}
