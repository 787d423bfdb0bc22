import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { ColumnValues } from '../../io/table-writers/index.ts';
import { ANSWER_COLUMNS } from './answer-columns.ts';
import type { ResultRow } from './result-row.ts';

/** A column of a table of results. */
export interface TableColumn {
  readonly name: string;
  /** True when a text in it that is wholly JSON must be told from that JSON. */
  readonly isTyped: boolean;
  readonly read: (row: ResultRow) => JsonValue | undefined;
  /** What its values are. */
  readonly values: ColumnValues;
}

const MOST_COLUMNS = 10_000;
const PARAMETERS = 'parameters';
const PREFIX = 'parameters-';

/** Gathers the columns of a table of results, in the order in which rows have them; the answer's and scores come last. */
export class ResultTable {
  readonly #keys = new Map<string, TableColumn>();
  readonly #added = new Map<string, TableColumn>();
  readonly #parameters = new Map<string, TableColumn>();
  readonly #answers = answerColumns();
  #hasAnswers = false;

  /** Notes what a row has. @throws TuttiError `bad_input` for more than 10,000 columns. */
  add(row: ResultRow): void {
    const { input, answer, added } = row;
    if (answer !== null) {
      this.#hasAnswers = true;
      for (const { read, values } of this.#answers) values.note(read(row));
    }
    for (const key in input) {
      const value = input[key]!;
      if (key === PARAMETERS && isPlainObject(value)) this.#addParameters(value);
      else {
        const isAdded = this.#added.has(key) || (added.includes(key) && !this.#keys.has(key));
        noted(isAdded ? this.#added : this.#keys, key, keyColumn).values.note(value);
      }
    }
    if (this.#keys.size + this.#added.size + this.#parameters.size <= MOST_COLUMNS) return;
    throw new TuttiError('bad_input', `A table would have more than ${MOST_COLUMNS} columns`, {
      hint: 'Rows of a table have the same keys; write what differs into one key.',
    });
  }

  #addParameters(parameters: JsonObject): void {
    for (const name in parameters) {
      noted(this.#parameters, name, parameterColumn).values.note(parameters[name]);
    }
  }

  /** All columns; those of keys of the input have the names that are free. */
  columns(): readonly TableColumn[] {
    const parameters = [...this.#parameters.values()];
    const answers = this.#hasAnswers ? this.#answers : [];
    const taken = new Set([...parameters, ...answers].map(({ name }) => name));
    // A key that is always null has no column, but one that first is has its place.
    const filled = (columns: ReadonlyMap<string, TableColumn>) =>
      [...columns.values()]
        .filter(({ values }) => !values.isEmpty)
        .map((column) => ({ ...column, name: freeName(column.name, taken) }));
    return [...filled(this.#keys), ...parameters, ...answers, ...filled(this.#added)];
  }
}

/** The column of a name; a new one where there is none. */
function noted(
  columns: Map<string, TableColumn>,
  name: string,
  columnOf: (name: string) => TableColumn,
): TableColumn {
  const known = columns.get(name);
  if (known !== undefined) return known;
  const column = columnOf(name);
  columns.set(name, column);
  return column;
}

function keyColumn(key: string): TableColumn {
  const isTyped = key === PARAMETERS;
  const read = ({ input }: ResultRow) =>
    isTyped && isPlainObject(input[key]) ? undefined : ownValue(input, key);
  return { name: key, isTyped, read, values: new ColumnValues(isTyped) };
}

function parameterColumn(name: string): TableColumn {
  const read = ({ input }: ResultRow) =>
    isPlainObject(input.parameters) ? ownValue(input.parameters, name) : undefined;
  return { name: PREFIX + name, isTyped: true, read, values: new ColumnValues(true) };
}

function answerColumns(): readonly TableColumn[] {
  const ofAnswer = ANSWER_COLUMNS.map(({ name, usual, read: readAnswer }) => ({
    name,
    isTyped: false,
    read: ({ answer }: ResultRow) => (answer === null ? undefined : readAnswer(answer)),
    values: new ColumnValues(false, usual),
  }));
  const read = (row: ResultRow) => row.response;
  return [{ name: 'response', isTyped: false, read, values: new ColumnValues(false) }, ...ofAnswer];
}

/** Keys may be called as what every object has, such as `constructor`. */
function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * A key whose name another column needs is carried as the input's, as records do it; so is one that would be read as a
 * parameter.
 */
function freeName(key: string, taken: Set<string>): string {
  let name = key.startsWith(PREFIX) && key !== PREFIX ? `input-${key}` : key;
  while (taken.has(name)) name = `input-${name}`;
  taken.add(name);
  return name;
}

function isPlainObject(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && !JSON.isRawJSON(value);
}
