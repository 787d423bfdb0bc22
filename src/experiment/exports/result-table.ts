import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ResultRow } from './result-row.ts';

/** A column of a table of results. */
export interface TableColumn {
  readonly name: string;
  /** True when a text in it that is wholly JSON must be told from that JSON. */
  readonly isTyped: boolean;
  readonly read: (row: ResultRow) => JsonValue | undefined;
}

const MOST_COLUMNS = 10_000;

/** What of an answer has a column, by the end of its name. */
const ANSWER_COLUMNS: Readonly<Record<string, (answer: JsonObject) => JsonValue | undefined>> = {
  status: ({ status }) => status,
  error: ({ error }) => (isJsonObject(error) ? errorText(error) : null),
  model: ({ model }) => model,
  finish_reason: (answer) => answer.finish_reason,
  input_tokens: ({ usage }) => (isJsonObject(usage) ? usage.input : null),
  output_tokens: ({ usage }) => (isJsonObject(usage) ? usage.output : null),
  cost_usd: (answer) => answer.cost_usd,
  latency_ms: (answer) => answer.latency_ms,
};

/** Gathers the columns of a table of results, in the order in which rows have them; the answer's come last. */
export class ResultTable {
  readonly #keys = new Set<string>();
  readonly #parameters = new Set<string>();
  #hasAnswers = false;

  /** Notes what a row has. @throws TuttiError `bad_input` for more than 10,000 columns. */
  add({ input, answer }: ResultRow): void {
    this.#hasAnswers ||= answer !== null;
    for (const key in input) {
      const value = input[key];
      if (value === null) continue;
      if (key === 'parameters' && isPlainObject(value)) {
        for (const name in value) this.#parameters.add(name);
      } else this.#keys.add(key);
    }
    if (this.#keys.size + this.#parameters.size <= MOST_COLUMNS) return;
    throw new TuttiError('bad_input', `A table would have more than ${MOST_COLUMNS} columns`, {
      hint: 'Rows of a table have the same keys; write what differs into one key.',
    });
  }

  /** All columns; what the answer adds has the names that are free. */
  columns(): readonly TableColumn[] {
    const parameters = [...this.#parameters].map((name) => ({
      name: `parameters-${name}`,
      isTyped: true,
      read: ({ input }: ResultRow) =>
        isPlainObject(input.parameters) ? input.parameters[name] : undefined,
    }));
    const answers = this.#hasAnswers ? answerColumns() : [];
    const taken = new Set([...parameters, ...answers].map(({ name }) => name));
    const keys = [...this.#keys].map((key) => {
      const read = ({ input }: ResultRow) =>
        key === 'parameters' && isPlainObject(input[key]) ? undefined : input[key];
      return { name: freeName(key, taken), isTyped: key === 'parameters', read };
    });
    return [...keys, ...parameters, ...answers];
  }
}

function answerColumns(): TableColumn[] {
  const ofAnswer = Object.entries(ANSWER_COLUMNS).map(([name, readAnswer]) => ({
    name: `answer-${name}`,
    isTyped: false,
    read: ({ answer }: ResultRow) => (answer === null ? undefined : readAnswer(answer)),
  }));
  const response = { name: 'response', isTyped: false, read: (row: ResultRow) => row.response };
  return [response, ...ofAnswer];
}

/** A key whose name another column needs is carried as the input's, as records do it. */
function freeName(key: string, taken: Set<string>): string {
  let name = key;
  while (taken.has(name)) name = `input-${name}`;
  taken.add(name);
  return name;
}

function errorText({ code, message }: JsonObject): string {
  return `${code}: ${message}`;
}

function isPlainObject(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && !JSON.isRawJSON(value);
}
