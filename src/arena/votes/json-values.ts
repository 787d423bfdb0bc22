import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { arenaHardRows } from './arena-hard.ts';
import { type ComparisonForm, KNOWN_FORMS, rowForm } from './comparison-forms.ts';
import { shownValue } from './invalid-values.ts';
import { type JsonContext, jsonRows, type TakeJson } from './json-row.ts';
import { parseJson } from './json-text.ts';
import { isLabelStudioTask, labelStudioTasks } from './label-studio.ts';
import { rankingRows } from './ranking-pairs.ts';

/** Reads JSON values, from lines or from a list; the first decides the form of all. */
export class JsonValues {
  readonly #context: JsonContext;
  #take: TakeJson | null = null;
  #form: ComparisonForm | null = null;

  constructor(context: JsonContext) {
    this.#context = context;
  }

  get form(): ComparisonForm | null {
    return this.#form;
  }

  /** Takes the text of one value that begins on this line. */
  take(bytes: Buffer, line: number): void {
    const problem = isUtf8(bytes)
      ? this.#takeText(bytes.toString('utf8').trim(), line)
      : 'is not UTF-8';
    if (problem !== null) this.#context.collector.invalid.add(this.#context.file, line, problem);
  }

  #takeText(text: string, line: number): string | null {
    if (text === '') return null;
    const value = parseJson(text);
    if (value === undefined || typeof value !== 'object' || value === null) {
      return `is not a JSON object: ${shownValue(text)}`;
    }
    this.#take ??= this.#decide(value, line);
    if (!isJsonObject(value) && this.#form !== 'rankings') return 'is a list, not an object';
    return this.#take(value, line);
  }

  #decide(value: JsonValue, line: number): TakeJson {
    const has = (key: string) => isJsonObject(value) && Object.hasOwn(value, key);
    const form = rowForm(has);
    if (form) {
      this.#form = form.form;
      return jsonRows(this.#context, form);
    }
    if (has('model') && has('games')) {
      this.#form = 'arena-hard';
      return arenaHardRows(this.#context);
    }
    if (isJsonObject(value) && isLabelStudioTask(value)) {
      this.#form = 'label-studio';
      return labelStudioTasks(this.#context);
    }
    if (has('ranking') || Array.isArray(value)) {
      this.#form = 'rankings';
      return rankingRows(this.#context);
    }
    throw this.#unknown(value as JsonObject, line);
  }

  #unknown(value: JsonObject, line: number): TuttiError {
    const keys = shownValue(Object.keys(value).join(', '));
    const place = `${this.#context.file}, line ${line}`;
    return new TuttiError('bad_input', `${place}: no known form of comparisons has ${keys}`, {
      hint: `Give objects with ${KNOWN_FORMS}; with left, right, verdict; model, baseline, games; or ranking.`,
    });
  }
}
