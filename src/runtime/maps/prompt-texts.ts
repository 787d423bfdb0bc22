import { plainLine } from '../../core/plain-text.ts';
import {
  compileTask,
  compileTemplate,
  TASKS,
  type Template,
  TemplateMistake,
  templateSyntax,
} from '../../templates/index.ts';
import type { MapRequest } from './map-request.ts';
import { readText } from './read-texts.ts';

/** What rows are asked. */
export interface PromptTexts {
  readonly prompt: Template;
  readonly promptText: string;
  readonly system: Template | null;
  readonly systemText: string | null;
  /** How they are written, where that was said and they do not say it themselves; else null. */
  readonly syntax: 'liquid' | 'dollar' | null;
  /** What comes out, where the prompt is one that is ready and says it. */
  readonly columns: string | undefined;
}

/** A text as it was given. */
interface GivenText {
  /** What messages call it. */
  readonly label: string;
  readonly text: string;
}

/** A template that nothing is asked with, because it is wrong. */
const NO_TEMPLATE: Template = { fields: [], render: () => '' };

/**
 * Reads the templates of prompt and system message; what is wrong with them is added to the problems. Null where
 * nothing is asked.
 *
 * @throws TuttiError where a file is not there or cannot be read
 */
export async function promptTexts(
  request: MapRequest,
  workingFolder: string,
  problems: string[],
): Promise<PromptTexts | null> {
  const given = await givenPrompt(request, workingFolder, problems);
  if (given === null) return null;
  const system = await givenSystem(request, workingFolder, problems);
  return {
    ...given,
    system: system === null ? null : await systemTemplate(system, request, problems),
    systemText: system?.text ?? null,
    syntax: saidSyntax(request, [given.promptText, system?.text ?? '']),
  };
}

/** A syntax that the texts have by themselves changes nothing. */
function saidSyntax({ syntax, task }: MapRequest, texts: readonly string[]): PromptTexts['syntax'] {
  if (syntax === undefined || task !== undefined) return null;
  return texts.every((text) => templateSyntax(text) === syntax) ? null : syntax;
}

/** `--system` is a text as it is; a file is a template. */
async function systemTemplate(
  given: GivenText,
  { system, syntax }: MapRequest,
  problems: string[],
): Promise<Template> {
  if (system === undefined) return compiled(given, syntax, problems);
  return { fields: [], render: () => system };
}

/** The prompt of a request. */
type GivenPrompt = Pick<PromptTexts, 'prompt' | 'promptText' | 'columns'>;

async function givenPrompt(
  { prompt, template, task, on, syntax }: MapRequest,
  workingFolder: string,
  problems: string[],
): Promise<GivenPrompt | null> {
  const ways = [prompt, template, task].filter((way) => way !== undefined);
  if (ways.length > 1) problems.push('--prompt, -t and --task each say what is asked: give one');
  if (task === undefined && on !== undefined)
    problems.push('--on says what --task is about: there is none');
  const written = async (label: string, text: string): Promise<GivenPrompt> => ({
    prompt: await compiled({ label, text }, syntax, problems),
    promptText: text,
    columns: undefined,
  });
  if (prompt !== undefined) return written('--prompt', prompt);
  if (template !== undefined) {
    return written(plainLine(template, 500), await readText(template, workingFolder));
  }
  return task === undefined ? null : readyPrompt(task, on, problems);
}

function readyPrompt(name: string, on: string | undefined, problems: string[]): GivenPrompt {
  const task = TASKS.get(name);
  if (task === undefined) {
    const known = [...TASKS.keys()].join(', ');
    problems.push(`--task ${plainLine(name, 100)} is not known; there are ${known}`);
    return { prompt: NO_TEMPLATE, promptText: '', columns: undefined };
  }
  return {
    prompt: compileTask(task, on),
    promptText: `${name} of ${on ?? 'input'}: ${task.prompt}`,
    columns: task.columns ?? undefined,
  };
}
async function givenSystem(
  { system, systemTemplate }: MapRequest,
  workingFolder: string,
  problems: string[],
): Promise<GivenText | null> {
  if (system !== undefined && systemTemplate !== undefined) {
    problems.push('--system and --system-template both say the system message: give one');
  }
  if (system !== undefined) return { label: '--system', text: system };
  if (systemTemplate === undefined) return null;
  const text = await readText(systemTemplate, workingFolder);
  return { label: plainLine(systemTemplate, 500), text };
}

async function compiled(
  { label, text }: GivenText,
  given: MapRequest['syntax'],
  problems: string[],
): Promise<Template> {
  const syntax = given ?? templateSyntax(text);
  if (typeof syntax === 'object') {
    problems.push(`${label}: ${syntax.problem}`);
    return NO_TEMPLATE;
  }
  try {
    return await compileTemplate(text, syntax, { isStrict: true });
  } catch (error) {
    if (!(error instanceof TemplateMistake)) throw error;
    problems.push(mistakeText(label, error));
    return NO_TEMPLATE;
  }
}

/** What is wrong with a text, with its place in it: `--prompt:1:3: undefined filter: x`. */
export function mistakeText(label: string, { line, column, message }: TemplateMistake): string {
  return `${label}${line === null ? '' : `:${line}:${column}`}: ${plainLine(message, 500)}`;
}
