import { dirname } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readSmallFile } from '../environment/private-file.ts';
import { pathFrom } from '../runs/run-input.ts';
import { knownKeysOf } from '../settings/schema-keys.ts';
import { describeIssues } from '../settings/schema-mistakes.ts';
import type { SettingsProblem } from '../settings/settings-problem.ts';
import { parseYamlSource, textOfBytes } from '../settings/yaml-source.ts';
import type { MapRequest } from './map-request.ts';
import { looseStepsSchema, stepsSchema, type WrittenStep } from './steps-schema.ts';

/** A step as its file says it, with its flags as a map has them. */
export interface StepRequest {
  readonly name: string;
  /** Its model as it is named; undefined: that of the row. */
  readonly model: string | undefined;
  readonly request: Partial<MapRequest>;
  /** `steps.yaml:4:3`. */
  readonly where: string;
}

/** What a file of steps says. */
export interface StepsFile {
  readonly steps: readonly StepRequest[];
  /** Its folder, from which paths in it are. */
  readonly folder: string;
  /** What is wrong with it that does not keep it from being read, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * Reads a file of steps.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_usage` with all that is wrong where it cannot be read
 */
export async function readSteps(path: string, workingFolder: string): Promise<StepsFile> {
  const full = pathFrom(workingFolder, path);
  const file = await readSmallFile(full);
  const shown = plainLine(path, 500);
  if (file === null) {
    throw new TuttiError('file_missing', `${shown} does not exist, or may not be read`);
  }
  const text = textOfBytes(file.bytes);
  if (text === null) throw wrong([{ where: `${shown}:1:1`, message: 'is not UTF-8 text.' }]);
  const source = parseYamlSource(text, shown);
  if (source.problems.length > 0) throw wrong(source.problems);
  const parsed = stepsSchema.safeParse(source.value ?? {});
  const mistakes = parsed.success
    ? []
    : describeIssues(parsed.error.issues, source, knownKeysOf(stepsSchema));
  // Keys that are not known keep nobody from reading the others.
  const read = parsed.success ? parsed : looseStepsSchema.safeParse(source.value);
  if (!read.success) throw wrong(mistakes);
  const { steps } = read.data;
  const where = (index: number) => source.place(['steps', index]);
  return {
    steps: steps.map((step, index) => ({ ...requestOf(step), where: where(index) })),
    folder: dirname(full),
    problems: [
      ...mistakes.map((mistake) => `${mistake.where}: ${mistake.message}`),
      ...steps.flatMap(({ name }, index) => {
        const first = steps.findIndex((one) => one.name === name);
        return first === index
          ? []
          : [`${where(index)}: the name ${name} is taken by the step at ${where(first)}`];
      }),
    ],
  };
}

function requestOf(step: WrittenStep): Omit<StepRequest, 'where'> {
  const { name, model, n, dedupe, ...flags } = step;
  const rows = step['dedupe-rows']?.split(',').map((word) => word.trim());
  const near = rows?.find((word) => word.startsWith('near='));
  const { prompt, template, task, on, system, syntax, parameters, column, columns } = flags;
  const { single, schema, overflow, explode, keep } = flags;
  return {
    name,
    model,
    request: {
      ...{ prompt, template, task, on, system, syntax, column, columns, single, schema },
      ...{ overflow, explode, keep },
      systemTemplate: step['system-template'],
      ...(parameters && { parameters }),
      samples: n,
      ...given('reasks', step.reask),
      ...given('maxObjects', step['max-objects']),
      ...given('onTruncated', step['on-truncated']),
      ...given('near', nearOf(dedupe)),
      ...given('dropEmpty', step['drop-empty']),
      ...given('chunkChars', step['chunk-chars']),
      ...given('overlapChars', step['overlap-chars']),
      ...given(
        'dedupeRows',
        rows?.filter((word) => word !== '' && !word.startsWith('near=')),
      ),
      ...given('dedupeNear', nearOf(near)),
    },
  };
}

/** What a step leaves out is as the command line says it. */
function given<Name extends keyof MapRequest>(
  key: Name,
  value: MapRequest[Name],
): Partial<MapRequest> {
  return value === undefined ? {} : { [key]: value };
}

function nearOf(word: string | undefined): number | undefined {
  return word === undefined ? undefined : Number(word.slice('near='.length));
}

function wrong(problems: readonly SettingsProblem[]): TuttiError {
  const lines = problems.map(({ where, message }) => `${plainLine(where)}: ${message}`);
  return new TuttiError('bad_usage', lines.join('\n'));
}
