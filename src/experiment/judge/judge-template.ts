import { basename, join } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { fenced, readVerdictForm, type Verdict, type VerdictKind } from '../../judge/index.ts';
import {
  compileTemplate,
  syntaxOf,
  type Template,
  TemplateMistake,
} from '../../templates/index.ts';
import { readText } from '../made-rows/role-settings.ts';
import { quoted } from '../row/quoted.ts';

/** How a verdict looks, as it was written and as it is read. */
export interface WantedVerdict {
  readonly form: string;
  readonly kind: VerdictKind<Verdict>;
}

/** A text for judges. */
export interface JudgeTemplate {
  /** Its file's name up to the first dot. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** In which syntax fields are told: those of Liquid are all keys of the row. */
  readonly syntax: 'format' | 'liquid';
  readonly template: Template;
  /** Null: the judge's answer is taken as it is. */
  readonly verdict: WantedVerdict | null;
  /** Sets the key that the filter `fence` uses. */
  readonly useKey: (key: string) => void;
}

/** What is wanted of templates. */
export interface TemplatesRequest {
  /** The folder of the files; undefined: they are paths. */
  readonly folder: string | undefined;
  readonly files: readonly string[];
  /** `[TEMPLATE=]score:1-5` and so on. */
  readonly verdicts: readonly string[];
}

/** Fields that templates in the syntax of `str.format` have. */
export const FORMAT_FIELDS: readonly string[] = ['INPUT_PROMPT', 'OUTPUT_RESPONSE'];

/** Reads the templates of judges. @param problems receives what is wrong, a sentence each */
export async function readJudgeTemplates(
  { folder, files, verdicts }: TemplatesRequest,
  problems: string[],
): Promise<readonly JudgeTemplate[]> {
  const named = [...new Set(files)].map((file) => ({
    file: folder === undefined ? file : join(folder, file),
    names: [templateName(folder === undefined ? basename(file) : file), file, basename(file)],
  }));
  const wanted = wantedVerdicts(
    verdicts,
    named.map(({ names }) => names),
    problems,
  );
  const names = named.map((one) => one.names[0]!);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) problems.push(`two templates are called ${quoted(twice)}`);
  const read = named.map(({ file }, at) => readTemplate(file, names[at]!, wanted[at]!, problems));
  return (await Promise.all(read)).filter((template) => template !== undefined);
}

function templateName(file: string): string {
  return file.split('.')[0]!;
}

async function readTemplate(
  file: string,
  name: string,
  verdict: WantedVerdict | null,
  problems: string[],
): Promise<JudgeTemplate | undefined> {
  const text = await readText(file, problems);
  if (text === undefined) return undefined;
  const syntax = syntaxOf(file);
  let key = '';
  const fence = (value: string, tag = 'data') => fenced(tag, key, value);
  const useKey = (next: string) => {
    key = next;
  };
  try {
    const filters = verdict === null ? {} : { fence };
    const template = await compileTemplate(text, syntax, { filters });
    return { name, file, text, syntax, template, verdict, useKey };
  } catch (error) {
    if (!(error instanceof TemplateMistake)) throw error;
    const place = [plainLine(file, 500), error.line, error.column].filter((one) => one !== null);
    const advice = /undefined filter: fence/.test(error.message) ? ' (it needs --verdict)' : '';
    problems.push(`${place.join(':')}: ${plainLine(error.message)}${advice}`);
    return undefined;
  }
}

/** The verdict of each template: that of its own name, or the one for all. */
function wantedVerdicts(
  verdicts: readonly string[],
  templates: readonly (readonly string[])[],
  problems: string[],
): readonly (WantedVerdict | null)[] {
  const wanted: (WantedVerdict | null)[] = templates.map(() => null);
  const isOwn = templates.map(() => false);
  for (const text of verdicts) {
    const split = /^(?:score|label):/.test(text.trim()) ? -1 : text.indexOf('=');
    const form = text.slice(split + 1).trim();
    const read = readVerdictForm(form);
    if ('problem' in read) {
      problems.push(`the verdict ${quoted(text)} ${read.problem}`);
      continue;
    }
    const name = split < 0 ? null : text.slice(0, split);
    const meant = templates.flatMap((names, at) =>
      name === null || names.includes(name) ? [at] : [],
    );
    if (meant.length === 0)
      problems.push(`the verdict ${quoted(text)} is for no template that is named`);
    for (const at of meant) {
      if (name === null && isOwn[at]) continue;
      wanted[at] = { form, kind: read.kind };
      isOwn[at] ||= name !== null;
    }
  }
  return wanted;
}
