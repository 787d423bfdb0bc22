import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  listOf,
  type ModelProblemOf,
  type NamedModel,
  readRole,
} from '../made-rows/role-settings.ts';
import { quoted } from '../row/quoted.ts';
import { FORMAT_FIELDS, type JudgeTemplate, readJudgeTemplates } from './judge-template.ts';

/** Who judges, and by which templates. Paths are as the process can open them. */
export interface JudgingRequest {
  /** A folder with `settings.json` and templates; default: judges are models, templates are paths. */
  readonly folder?: string | undefined;
  /** Judges, or several with commas between, at least one. */
  readonly judges: readonly string[];
  /** Files of templates; default `template.txt`. */
  readonly templates?: readonly string[] | undefined;
  /** `[TEMPLATE=]score:LEAST-MOST` or `[TEMPLATE=]label:ONE,ANOTHER`; default: answers are taken as they are. */
  readonly verdicts?: readonly string[] | undefined;
  /** Seed of the keys of fences, a whole number from 0; default 0. */
  readonly seed?: number | undefined;
}

/** Judges and templates, read and checked. */
export interface Judging {
  readonly judges: readonly NamedModel[];
  readonly templates: readonly JudgeTemplate[];
  readonly seed: number;
  /** What is allowed but hardly meant, a sentence each. */
  readonly warnings: readonly string[];
}

const USUAL_TEMPLATE = 'template.txt';

/**
 * Reads the settings of judges and their templates.
 *
 * @param modelProblem says why a model cannot be asked
 * @throws TuttiError `bad_input` with everything that is wrong: an unknown judge or model, a missing template, an open tag
 */
export async function readJudging(
  request: JudgingRequest,
  modelProblem: ModelProblemOf,
): Promise<Judging> {
  const { folder, judges: names, templates: given = [], verdicts = [], seed = 0 } = request;
  const problems: string[] = [];
  const role = { folder, names, role: 'judge', modelProblem };
  const judges = await readRole(role, problems);
  const named = given.length === 0 ? [USUAL_TEMPLATE] : given;
  const files = folder === undefined ? named : named.flatMap(listOf);
  const templates = await readJudgeTemplates({ folder, files, verdicts }, problems);
  if (problems.length > 0) {
    throw new TuttiError('bad_input', problems.join('\n'), { hint: hintFor(problems) });
  }
  return { judges, templates, seed, warnings: templates.flatMap(warningsOf) };
}

/**
 * Refuses templates in Liquid that name a field which no row has.
 *
 * @param fields those that rows have
 * @throws TuttiError `bad_input` with each such field
 */
export function refuseUnknownFields(
  templates: readonly JudgeTemplate[],
  fields: ReadonlySet<string>,
): void {
  const known = new Set([...fields, ...FORMAT_FIELDS, 'record']);
  const problems = templates
    .filter(({ syntax }) => syntax === 'liquid')
    .flatMap(({ file, template }) =>
      template.fields
        .filter((field) => !known.has(field))
        .map((field) => `${plainLine(file, 500)}: ${unknownField(field, known)}`),
    );
  if (problems.length > 0) throw new TuttiError('bad_input', problems.join('\n'));
}

function warningsOf({ file, syntax, template }: JudgeTemplate): string[] {
  const shown = plainLine(file, 500);
  const { fields } = template;
  const unknown = syntax === 'liquid' ? [] : fields.filter((one) => !FORMAT_FIELDS.includes(one));
  const showsAnswer = ['OUTPUT_RESPONSE', 'response', 'record'].some((one) => fields.includes(one));
  return [
    ...unknown.map(
      (field) => `${shown}: ${unknownField(field, FORMAT_FIELDS)}; it stays as it is written`,
    ),
    ...(showsAnswer ? [] : [`${shown} does not show the answer: it has no {OUTPUT_RESPONSE}`]),
  ];
}

function unknownField(field: string, known: Iterable<string>): string {
  const nearest = nearestName(field, known);
  const advice = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
  return `unknown field ${quoted(field)}${advice}`;
}

function hintFor(problems: readonly string[]): string | undefined {
  return problems.some((problem) => problem.includes(`${USUAL_TEMPLATE} does not exist`))
    ? 'A template is a text with {INPUT_PROMPT} and {OUTPUT_RESPONSE}; name its file with --judge-template.'
    : undefined;
}
