import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  type ChainPlan,
  type DataOutput,
  fieldsOf,
  type MapPlan,
  ONLY_STEP,
  type OutputShaping,
  type TextOutput,
} from '../../map/index.ts';
import { compileCondition, TemplateMistake } from '../../templates/index.ts';
import { dataForm } from './data-form.ts';
import type { MapRequest } from './map-request.ts';
import { mistakeText, type PromptTexts, promptTexts } from './prompt-texts.ts';

/** A map as it is to be done, and what is wrong or doubtful about it. */
export interface CompiledMap {
  /** Null where nothing is asked. */
  readonly plan: MapPlan | null;
  /** Null: there is one step, the plan. */
  readonly chain: ChainPlan | null;
  readonly shaping: OutputShaping;
  /** What stops the map, a sentence each: with one, the plan is not to be used for more than looking at the table. */
  readonly problems: readonly string[];
  /** What is allowed and hardly meant, a sentence each. */
  readonly doubts: readonly string[];
  /** What changes what is asked, by its flag. */
  readonly options: JsonObject;
}

const DEFAULT_CHUNK = 8_000;
const DEFAULT_OVERLAP = 200;
const DEFAULT_REASKS = 2;
const DEFAULT_MAX_OBJECTS = 1_000;

/** Reads what is asked and what is made of it; gathers what is wrong. @throws TuttiError where a file cannot be read */
export async function compileMap(request: MapRequest, workingFolder: string): Promise<CompiledMap> {
  const problems: string[] = [];
  const texts = await promptTexts(request, workingFolder, problems);
  const output = await outputOf(request, texts, workingFolder, problems);
  const shaping = await shapingOf(request, problems);
  const { samples = 1, overflow = 'error', missing = 'refuse' } = request;
  const { chunkChars = DEFAULT_CHUNK, overlapChars = DEFAULT_OVERLAP } = request;
  if (overlapChars >= chunkChars) {
    problems.push('--overlap-chars must be less than --chunk-chars: pieces would never end');
  }
  const needed = texts === null ? [] : fieldsOf(texts);
  const plan: MapPlan | null =
    texts === null
      ? null
      : {
          name: ONLY_STEP,
          prompt: texts.prompt,
          system: texts.system,
          emptyColumns: missing === 'empty' ? needed : [],
          parameters: request.parameters ?? {},
          samples,
          overflow,
          chunks: { chunkChars, overlapChars },
          output,
          stream: request.stream,
          keepRaw: request.keepRaw,
        };
  const doubts =
    texts !== null && needed.length === 0
      ? ['the template has no column: every row is asked the same']
      : [];
  return {
    ...{ plan, chain: null, shaping, problems, doubts },
    options: optionsOf(request, texts, plan),
  };
}

async function outputOf(
  request: MapRequest,
  texts: PromptTexts | null,
  workingFolder: string,
  problems: string[],
): Promise<TextOutput | DataOutput> {
  const { column = 'output', onTruncated = 'keep', near, schema, single } = request;
  const { reasks = DEFAULT_REASKS, maxObjects = DEFAULT_MAX_OBJECTS } = request;
  const columns = request.columns ?? texts?.columns;
  const isText = columns === undefined && schema === undefined;
  problems.push(...misusedFlags(request, isText));
  if (isText) {
    if (column === '') problems.push('--column is empty');
    return { kind: 'text', column, failsOnCut: onTruncated === 'fail', near: near ?? null };
  }
  const form = await dataForm({ columns, schema, single, maxObjects }, workingFolder);
  if ('problems' in form) {
    problems.push(...form.problems);
    return { kind: 'text', column, failsOnCut: false, near: null };
  }
  return { kind: 'data', form, schema: { name: form.name, schema: form.schema }, reasks };
}

/** Flags that say something of what does not come out. */
function misusedFlags({ column, near, single }: MapRequest, isText: boolean): readonly string[] {
  if (isText) {
    return single
      ? ['--single says that one object comes out: --columns or --schema says which']
      : [];
  }
  return [
    ...(column === undefined ? [] : ['--column names a column of texts, and objects come out']),
    ...(near === undefined
      ? []
      : ['--dedupe compares texts, and objects come out: --dedupe-rows compares rows']),
  ];
}

async function shapingOf(request: MapRequest, problems: string[]): Promise<OutputShaping> {
  const { explode, keepSource = false, overwrite = false, keep, dedupeRows = [] } = request;
  let condition: OutputShaping['keep'] = null;
  if (keep !== undefined) {
    try {
      condition = await compileCondition(keep);
    } catch (error) {
      if (!(error instanceof TemplateMistake)) throw error;
      problems.push(mistakeText('--keep', error));
    }
  }
  const { dedupeNear } = request;
  const dedupe = dedupeRows.length === 0 ? null : { columns: dedupeRows, near: dedupeNear ?? null };
  return {
    explode: explode ?? null,
    keepsSource: keepSource,
    overwrites: overwrite,
    keep: condition,
    dedupe,
  };
}

/** What changes what is asked, but what is said of it by default; a text that is long stands for itself by its hash. */
function optionsOf(
  { parameters = {}, missing = 'refuse', share = false }: MapRequest,
  texts: PromptTexts | null,
  plan: MapPlan | null,
): JsonObject {
  if (texts === null || plan === null) return {};
  const { samples, overflow, chunks, output } = plan;
  return {
    '--prompt': shortened(texts.promptText),
    ...(texts.syntax !== null && { '--syntax': texts.syntax }),
    ...(texts.systemText !== null && { '--system': shortened(texts.systemText) }),
    ...(Object.keys(parameters).length > 0 && { '--param': parameters }),
    ...(samples !== 1 && { '-n': samples }),
    ...(overflow !== 'error' && { '--overflow': overflow }),
    ...(overflow === 'split' && {
      '--chunk-chars': chunks.chunkChars,
      '--overlap-chars': chunks.overlapChars,
    }),
    ...(missing !== 'refuse' && { '--missing': missing }),
    ...(share && { '--share': true }),
    ...(output.kind === 'text' ? textOptions(output) : dataOptions(output)),
  };
}

function textOptions({ failsOnCut }: TextOutput): JsonObject {
  return failsOnCut ? { '--on-truncated': 'fail' } : {};
}

function dataOptions({ form, reasks }: DataOutput): JsonObject {
  return {
    '--columns or --schema': shortened(JSON.stringify(form.schema)),
    ...(reasks !== DEFAULT_REASKS && { '--reask': reasks }),
    ...(form.maxObjects !== DEFAULT_MAX_OBJECTS && { '--max-objects': form.maxObjects }),
  };
}

const LONGEST_SHOWN = 500;

function shortened(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, LONGEST_SHOWN)}… (${hash})`;
}

/** @throws TuttiError `bad_usage` with all that is wrong, where something is */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new TuttiError('bad_usage', problems.join('\n'));
}
