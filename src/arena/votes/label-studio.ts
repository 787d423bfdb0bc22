import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { chooseVerdict } from './choose-verdict.ts';
import { shownValue } from './invalid-values.ts';
import { addJsonVerdict, type JsonContext, namedSide, nameOf, type TakeJson } from './json-row.ts';
import { readVerdict } from './verdict-words.ts';

const NAME_KEYS = [
  ['left', 'right'],
  ['model_a', 'model_b'],
  ['model_1', 'model_2'],
  ['model_x', 'model_y'],
] as const;

/** Tells whether a value is a task of Label Studio's full JSON export. */
export function isLabelStudioTask(value: JsonObject): boolean {
  return isJsonObject(value.data) && Array.isArray(value.annotations);
}

/**
 * Reads tasks of Label Studio's JSON export: the names of the items stand in the task's data (`left`,
 * `right`, or `model_a`, `model_b`), each annotation chose a side (`pairwise`) or a word (`choices`).
 * Its prompt is that of the data, else the task; its judge who completed it. Annotations that were
 * cancelled, and tasks that nobody has annotated, are passed over.
 */
export function labelStudioTasks(context: JsonContext): TakeJson {
  return (value, line) => {
    const task = value as JsonObject;
    const data = isJsonObject(task.data) ? task.data : {};
    const keys = NAME_KEYS.find((pair) => pair.every((key) => nameOf(data[key]) !== null));
    if (!keys) return 'its data do not name the two items: left and right, or model_a and model_b';
    const annotations = Array.isArray(task.annotations) ? task.annotations : [];
    for (const annotation of annotations) {
      if (!isJsonObject(annotation) || annotation.was_cancelled === true) continue;
      const row = { prompt: task.id ?? null, ...data, judge: judgeOf(annotation) };
      const problem = takeAnnotation(context, row, keys, annotation, line);
      if (problem !== null) return problem;
    }
    return null;
  };
}

function takeAnnotation(
  context: JsonContext,
  row: JsonObject,
  [leftKey, rightKey]: readonly [string, string],
  annotation: JsonObject,
  line: number,
): string | null {
  const names = [nameOf(row[leftKey])!, nameOf(row[rightKey])!] as const;
  const chosen = chosenIn(annotation);
  if (chosen === null) return 'an annotation chose neither a side nor a word';
  const { winnerIs } = context.options;
  const named = namedSide(context, chosen, names);
  const verdict = chooseVerdict(readVerdict(chosen), named, winnerIs, shownValue(chosen));
  if (typeof verdict === 'string') return verdict;
  return addJsonVerdict(context, row, names, verdict, line);
}

function chosenIn(annotation: JsonObject): string | null {
  const results: readonly JsonValue[] = Array.isArray(annotation.result) ? annotation.result : [];
  for (const result of results) {
    if (!isJsonObject(result) || !isJsonObject(result.value)) continue;
    const { selected, choices } = result.value;
    if (typeof selected === 'string') return selected;
    if (Array.isArray(choices) && typeof choices[0] === 'string') return choices[0];
  }
  return null;
}

/** The number of who completed an annotation, or of the user that stands there with name and address. */
function judgeOf({ completed_by: by }: JsonObject): JsonValue {
  return (isJsonObject(by) ? (by.id ?? by.email) : by) ?? null;
}
