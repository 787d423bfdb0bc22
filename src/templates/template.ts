import type { JsonValue } from '../core/json.ts';

/** The values of a row's fields by their names; only its own properties count. */
export type FieldValues = Readonly<Record<string, JsonValue>>;

/** A text with places for fields. */
export interface Template {
  /** The fields that it names, known or not, each once: `prompt` for `prompt[0].content`. */
  readonly fields: readonly string[];
  /** True: whether it can be filled in may depend on the values; default false. */
  readonly mayFail?: boolean | undefined;
  /**
   * Puts values in the places of fields. Values are data: nothing in them is read as a template.
   *
   * @throws TemplateMistake where that takes more time or memory than allowed, or fails
   */
  render(values: FieldValues): string;
}

/** What is wrong with a template, with its place in the text, counted from 1. */
export class TemplateMistake extends Error {
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, line: number | null = null, column: number | null = null) {
    super(message);
    this.name = 'TemplateMistake';
    this.line = line;
    this.column = column;
  }
}

/** A value as it stands in a text: texts as they are, anything else as JSON. */
export function valueText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
