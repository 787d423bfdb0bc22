import { join } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { compileTemplate, type Template } from '../../templates/index.ts';
import { readText } from '../made-rows/role-settings.ts';
import { quoted } from '../row/quoted.ts';
import { LANGUAGE } from '../row/reply-form.ts';

/** One way of rephrasing a prompt. */
export interface RephraseWay {
  /** What it is called in ids: the number of its template from 0, or a language. */
  readonly name: string;
  /** The keys that say in rows which way it is. */
  readonly keys: { readonly template_index: number } | { readonly language: string };
  readonly template: Template;
  /** Which reply is wanted; null: any text. */
  readonly reply: `list:${number}` | `via:${string}` | null;
}

/** Which ways are wanted. */
export interface WaysRequest {
  /** The folder of the templates; undefined: the file is a path. */
  readonly folder: string | undefined;
  /** A file of templates, one a line; undefined: `template.txt` of the folder, or a usual one. */
  readonly template: string | undefined;
  /** Texts wanted of each template; undefined: the reply is the text. */
  readonly variants: number | undefined;
  readonly translate: readonly string[];
  readonly via: readonly string[];
}

const USUAL =
  'Rephrase the following prompt: keep its task and its meaning, and change its words. Do not answer it. ' +
  'Reply with the rephrased prompt only.\n\n{INPUT_PROMPT}';

/** Makes the ways of rephrasing: templates, then translations, then those there and back. @param problems receives what is wrong */
export async function readWays(
  request: WaysRequest,
  problems: string[],
): Promise<readonly RephraseWay[]> {
  const { template, translate, via, variants } = request;
  const others = [...translations(translate, problems), ...backTranslations(via, problems)];
  const onlyOthers = others.length > 0 && template === undefined && variants === undefined;
  const ofTemplates = onlyOthers ? [] : await templateWays(request, problems);
  const languages = await Promise.all(
    others.map(async ({ text, ...way }) => ({
      ...way,
      template: await compileTemplate(text, 'format'),
    })),
  );
  return [...ofTemplates, ...languages];
}

async function templateWays(
  { folder, template, variants }: WaysRequest,
  problems: string[],
): Promise<readonly RephraseWay[]> {
  const file = template ?? (folder === undefined ? undefined : 'template.txt');
  const path = file === undefined || folder === undefined ? file : join(folder, file);
  const text = path === undefined ? USUAL.replaceAll('\n', '\\n') : await readText(path, problems);
  if (text === undefined) return [];
  const lines = text.split('\n').map((line) => line.replaceAll('\\n', '\n').trim());
  const ways = lines.map(async (line, index) => ({
    name: String(index),
    keys: { template_index: index },
    template: await compileTemplate(line, 'format'),
    reply: variants === undefined ? null : (`list:${variants}` as const),
    isBlank: line === '',
  }));
  const found = (await Promise.all(ways)).filter(({ isBlank }) => !isBlank);
  if (found.length === 0)
    problems.push(`${plainLine(path ?? '', 500)} has no template: every line is blank`);
  return found.map(({ isBlank, ...way }) => way);
}

function translations(languages: readonly string[], problems: string[]) {
  return checked(languages, problems).map((language) => ({
    name: language,
    keys: { language },
    reply: null,
    text: `Translate the following prompt into ${nameOf(language)}. Do not answer it. Reply with the translation only.\n\n{INPUT_PROMPT}`,
  }));
}

function backTranslations(languages: readonly string[], problems: string[]) {
  return checked(languages, problems).map((language) => ({
    name: `via-${language}`,
    keys: { language },
    reply: `via:${language}` as const,
    text: `Translate the following prompt into ${nameOf(language)}. Do not answer it.\n\n{INPUT_PROMPT}`,
  }));
}

function checked(languages: readonly string[], problems: string[]): readonly string[] {
  const wrong = languages.filter((language) => !LANGUAGE.test(language));
  problems.push(...wrong.map((language) => `${quoted(language)} is no language`));
  return [...new Set(languages)].filter((language) => !wrong.includes(language));
}

/** `French (fr)` for a code, a name as it is. */
function nameOf(language: string): string {
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language);
    return name === undefined || name === language ? language : `${name} (${language})`;
  } catch {
    return language;
  }
}
