import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isComposite, type LearnedForm, type Model, type SimpleModel } from '../../core/model.ts';
import { plainLine } from '../../core/plain-text.ts';
import { isStructuredLevel, type StructuredLevel } from '../../core/structured-output.ts';

/** A model by the name that it has in a run. */
export interface NamedModel {
  readonly name: string;
  readonly model: Model | null;
}

/** Tells each model what an earlier part of the run has learned of its server, as `run.json` has it. */
export function recallForms(models: readonly NamedModel[], learned: JsonValue | undefined): void {
  if (!isJsonObject(learned)) return;
  for (const [name, model] of simpleOnes(models)) {
    const form = readForm(Object.hasOwn(learned, name) ? learned[name] : undefined);
    if (form !== undefined) model.recall?.(form);
  }
}

/** What the models have learned of their servers, as `run.json` has it; undefined if nothing. */
export function learnedForms(models: readonly NamedModel[]): JsonObject | undefined {
  const found = simpleOnes(models).flatMap(([name, model]) => {
    const form = model.learned?.() ?? null;
    return form === null ? [] : [[name, writeForm(form)] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** The same with what earlier parts of the run have learned of models that were not asked again. */
export function allLearned(
  models: readonly NamedModel[],
  before: JsonValue | undefined,
): JsonValue | undefined {
  const learned = learnedForms(models);
  return learned !== undefined && isJsonObject(before)
    ? { ...before, ...learned }
    : (learned ?? before);
}

/** The same in words, a line for each model. */
export function formNotes(models: readonly NamedModel[]): string[] {
  return simpleOnes(models).flatMap(([name, model]) => {
    const form = model.learned?.() ?? null;
    return form === null ? [] : [`${plainLine(name)} ${formInWords(form)}`];
  });
}

function formInWords({ stream, streamOptions, structured, because }: LearnedForm): string {
  const ways = [
    ...(stream === undefined
      ? []
      : [stream ? 'is asked for streams' : 'is asked without streaming']),
    ...(streamOptions === false ? ['is asked without stream_options'] : []),
    ...(structured === undefined ? [] : [LEVELS_IN_WORDS[structured]]),
  ];
  return `${ways.join(' and ')}: ${plainLine(because)}`;
}

const LEVELS_IN_WORDS: Readonly<Record<StructuredLevel, string>> = {
  json_schema: 'is asked for JSON by json_schema',
  json_object: 'is asked for JSON by json_object',
  prompt: 'is asked for JSON by the prompt alone',
};

function simpleOnes(models: readonly NamedModel[]): [name: string, model: SimpleModel][] {
  return models.flatMap(({ name, model }): [string, SimpleModel][] =>
    model === null || isComposite(model) ? [] : [[name, model]],
  );
}

function writeForm({ stream, streamOptions, structured, because }: LearnedForm): JsonObject {
  return {
    ...(stream !== undefined && { stream }),
    ...(streamOptions === false && { stream_options: false }),
    ...(structured !== undefined && { structured }),
    because,
  };
}

function readForm(value: JsonValue | undefined): LearnedForm | undefined {
  if (!isJsonObject(value) || typeof value.because !== 'string') return undefined;
  return {
    ...(typeof value.stream === 'boolean' && { stream: value.stream }),
    ...(value.stream_options === false && { streamOptions: false as const }),
    ...(isStructuredLevel(value.structured) && { structured: value.structured }),
    because: value.because,
  };
}
