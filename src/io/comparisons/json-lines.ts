import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { arenaHardRows } from './arena-hard.ts';
import type { ComparisonForm } from './delimited-columns.ts';
import { shownValue } from './invalid-values.ts';
import { type JsonContext, jsonRows, type TakeJson } from './json-row.ts';
import { rankingRows } from './ranking-pairs.ts';

/** Reads JSON lines; the first one that is not empty decides the form of all. */
export class JsonLines {
  readonly #context: JsonContext;
  #take: TakeJson | null = null;
  #form: ComparisonForm | null = null;
  #line = 1;

  constructor(context: JsonContext) {
    this.#context = context;
  }

  get form(): ComparisonForm | null {
    return this.#form;
  }

  /** Number of the line that is read next. */
  get line(): number {
    return this.#line;
  }

  /** A `TakeLines`. */
  take(bytes: Buffer, length: number, final: boolean): number {
    let at = 0;
    while (at < length) {
      const newline = bytes.indexOf(0x0a, at);
      const complete = newline >= 0 && newline < length;
      if (!complete && !final) return at;
      const end = complete ? newline : length;
      this.#takeLine(bytes.subarray(at, end));
      this.#line += 1;
      at = end + 1;
    }
    return length;
  }

  #takeLine(bytes: Buffer): void {
    if (!isUtf8(bytes)) {
      this.#invalid('is not UTF-8');
      return;
    }
    const text = bytes.toString('utf8').trim();
    if (text === '') return;
    const value = parsed(text);
    if (value === undefined || typeof value !== 'object' || value === null) {
      this.#invalid(`is not a JSON object: ${shownValue(text)}`);
      return;
    }
    this.#take ??= this.#decide(value);
    const problem =
      isJsonObject(value) || this.#form === 'rankings'
        ? this.#take(value, this.#line)
        : 'is a list, not an object';
    if (problem !== null) this.#invalid(problem);
  }

  #decide(value: JsonValue): TakeJson {
    const has = (...keys: string[]) =>
      isJsonObject(value) && keys.every((key) => Object.hasOwn(value, key));
    const rows = (form: ComparisonForm, left: string, right: string, verdict: string) => {
      this.#form = form;
      return jsonRows(this.#context, { left, right, verdict });
    };
    if (has('left', 'right', 'verdict')) return rows('tutti', 'left', 'right', 'verdict');
    if (has('left', 'right', 'winner')) return rows('left-right-winner', 'left', 'right', 'winner');
    if (has('model_a', 'model_b', 'winner')) return rows('arena', 'model_a', 'model_b', 'winner');
    if (has('model_x', 'model_y', 'winner')) {
      return rows('left-right-winner', 'model_x', 'model_y', 'winner');
    }
    if (has('model', 'games')) {
      this.#form = 'arena-hard';
      return arenaHardRows(this.#context);
    }
    if (has('ranking') || isListOfNames(value)) {
      this.#form = 'rankings';
      return rankingRows(this.#context);
    }
    if (Array.isArray(value)) {
      const message = `${this.#context.file} is one JSON list, not JSON lines`;
      throw new TuttiError('bad_input', message, {
        hint: "Write one object a line (`jq -c '.[]'`).",
      });
    }
    const keys = Object.keys(value as object).join(', ');
    throw new TuttiError(
      'bad_input',
      `${this.#context.file}, line ${this.#line}: no known form of comparisons has ${shownValue(keys)}`,
      {
        hint: 'Give one object a line: left, right, verdict; model_a, model_b, winner; model, baseline, games; or ranking.',
      },
    );
  }

  #invalid(problem: string): void {
    this.#context.collector.invalid.add(this.#context.file, this.#line, problem);
  }
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** A line that is itself a ranking, and not a whole file in one JSON list of objects. */
function isListOfNames(value: JsonValue): boolean {
  return Array.isArray(value) && value.length > 0 && !isJsonObject(value[0]);
}
