import type { JudgingRequest } from '../../runtime/index.ts';
import { repeatedOption, valueOption } from './option.ts';
import { countFrom, name, path } from './option-values.ts';
import { usageError } from './usage-error.ts';

/** The options of everything that has answers judged. */
export const JUDGE_OPTIONS = {
  judges: repeatedOption(
    '--judge NAME',
    'A judge: a name in settings.json of the judge folder, or without a folder a model',
    name,
  ),
  judgeFolder: valueOption(
    '--judge-folder DIR',
    "Folder with settings.json and templates, as prompto's",
    path,
    'judges are models, templates are paths',
  ),
  judgeTemplates: repeatedOption(
    '--judge-template FILE',
    'Text for judges with {INPUT_PROMPT} and {OUTPUT_RESPONSE}, or *.liquid with every field; default template.txt',
    path,
  ),
  verdicts: repeatedOption(
    '--verdict [TEMPLATE=]FORM',
    'What a judge must give: score:1-5 (score:0.0-1.0 takes fractions) or label:yes,no; without it any text',
    name,
  ),
  seed: valueOption(
    '--seed N',
    'Seed of the keys between which judges see answers',
    countFrom(0),
    '0',
  ),
} as const;

/** What was given of them. */
export interface JudgeFlags {
  readonly judges: readonly string[];
  readonly judgeFolder: string | undefined;
  readonly judgeTemplates: readonly string[];
  readonly verdicts: readonly string[];
  readonly seed: number | undefined;
}

/**
 * Who judges; undefined where nobody was named.
 *
 * @throws TuttiError `bad_usage` where something is said of judges, and none is named
 */
export function judgingOf(flags: JudgeFlags): JudgingRequest | undefined {
  const { judges, judgeFolder: folder, judgeTemplates: templates, verdicts, seed } = flags;
  if (judges.length > 0) {
    return {
      judges,
      folder,
      templates: templates.length > 0 ? templates : undefined,
      verdicts,
      seed,
    };
  }
  const given = [
    ...(folder === undefined ? [] : ['--judge-folder']),
    ...(templates.length === 0 ? [] : ['--judge-template']),
    ...(verdicts.length === 0 ? [] : ['--verdict']),
  ];
  if (given.length === 0) return undefined;
  throw usageError(
    `${given.join(', ')} without --judge: nobody is asked.`,
    'Name a judge with --judge.',
  );
}
