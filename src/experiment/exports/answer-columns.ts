import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { ColumnType } from '../../io/table-writers/index.ts';

/** What of an answer is a column of a table. */
interface AnswerColumn {
  readonly name: string;
  /** The type that its values have. */
  readonly usual: ColumnType;
  readonly read: (answer: JsonObject) => JsonValue | undefined;
}

const PREFIX = 'answer-';
const STATUS = `${PREFIX}status`;

/** What of an answer has a column. */
export const ANSWER_COLUMNS: readonly AnswerColumn[] = [
  column('status', 'text', ({ status }) => status),
  column('error', 'text', ({ error }) =>
    isJsonObject(error) ? `${error.code}: ${error.message}` : null,
  ),
  column('model', 'text', ({ model }) => model),
  column('finish_reason', 'text', (answer) => answer.finish_reason),
  column('input_tokens', 'integer', ({ usage }) => (isJsonObject(usage) ? usage.input : null)),
  column('output_tokens', 'integer', ({ usage }) => (isJsonObject(usage) ? usage.output : null)),
  column('cost_usd', 'double', (answer) => answer.cost_usd),
  column('latency_ms', 'double', (answer) => answer.latency_ms),
];

function column(
  name: string,
  usual: ColumnType,
  read: (answer: JsonObject) => JsonValue | undefined,
): AnswerColumn {
  return { name: PREFIX + name, usual, read };
}

/** Tells whether a row of a table has the columns of an answer. */
export function hasAnswerColumns(row: JsonObject): boolean {
  return row[STATUS] === 'ok' || row[STATUS] === 'error';
}

/** Puts an answer together from its columns. @returns it, the row without them, and its keys that came behind them */
export function fromAnswerColumns(row: JsonObject): {
  readonly answer: JsonObject;
  readonly input: JsonObject;
  readonly added: readonly string[];
} {
  const own = new Set(ANSWER_COLUMNS.map(({ name }) => name));
  const keys = Object.keys(row);
  const added = keys.slice(keys.findLastIndex((key) => own.has(key)) + 1);
  const input = Object.fromEntries(Object.entries(row).filter(([key]) => !own.has(key)));
  const cell = (name: string) => row[PREFIX + name] ?? null;
  const [, code, message] = /^(\w+): (.*)$/s.exec(String(cell('error') ?? '')) ?? [];
  const answer: JsonObject = {
    status: cell('status'),
    ...(code !== undefined && { error: { code, message: message! } }),
    model: cell('model'),
    finish_reason: cell('finish_reason'),
    usage: { input: numberIn(cell('input_tokens')), output: numberIn(cell('output_tokens')) },
    cost_usd: numberIn(cell('cost_usd')),
    latency_ms: numberIn(cell('latency_ms')),
  };
  return { answer, input, added };
}

/** A table of text has its numbers as texts; one without digits is unknown, not 0. */
function numberIn(cell: JsonValue): JsonValue {
  if (typeof cell !== 'string') return cell;
  if (cell.trim() === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}
