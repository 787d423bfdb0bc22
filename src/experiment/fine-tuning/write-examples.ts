import type { Readable } from 'node:stream';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { readRows } from '../../io/datasets/index.ts';
import { NamelessFile } from '../../io/index.ts';
import { cellObjectWriter } from '../forms/cell-object.ts';
import { type Example, type ExampleColumns, textsOf } from './example.ts';
import { ExampleLedger } from './example-ledger.ts';
import { exampleLine } from './example-line.ts';
import type { FineTuningFormat } from './fine-tuning-format.ts';
import { type FoundFlaw, FoundFlaws } from './found-flaws.ts';
import { PartFiles, type WrittenPart } from './part-files.ts';
import { rowExample } from './row-example.ts';

/** What is written, and where to. */
export interface ExamplesRequest {
  /** A table or results, of any form: its path, or a stream. */
  readonly input: string | Readable;
  /** What messages call it; its extension tells the form. */
  readonly label: string;
  readonly format: FineTuningFormat;
  readonly columns: ExampleColumns;
  /** The system message of rows without one of their own; null: none. */
  readonly system: string | null;
  /** Which part of the prompts goes into a file of their own, between 0 and 1; undefined: none. */
  readonly validation: number | undefined;
  readonly seed: number;
  /** Most tokens of an example; undefined: any number. */
  readonly maxTokens: number | undefined;
  /** Most bytes of a file; undefined: any number. */
  readonly maxBytes: number | undefined;
  /** True: rows with something wrong are left out; false: then nothing is written. */
  readonly drop: boolean;
  /** Counts the tokens of a text. */
  readonly countTokens: (text: string) => number;
  /** The path of a file: of a side, and of its part where there are several. */
  readonly pathOf: (side: Side, part: number | null) => Promise<string>;
}

type Side = 'training' | 'validation';

/** What became of the rows. */
export interface WrittenExamples {
  /** None where something was wrong that was not to be left out. */
  readonly training: readonly WrittenPart[];
  readonly validation: readonly WrittenPart[];
  readonly rows: number;
  /** Rows with something wrong: left out, or why nothing was written. */
  readonly wrong: number;
  readonly flaws: readonly FoundFlaw[];
}

/** Marks that stand around the messages of an example. */
const TOKENS_OF_EXAMPLE = 6;

/**
 * Writes the rows of a table as examples for fine-tuning. Reads it twice, to find what is wrong and then to write; memory
 * is some 60 bytes a row.
 *
 * @throws TuttiError `bad_input` for lines that are no rows, and columns that no row has
 */
export async function writeExamples(request: ExamplesRequest): Promise<WrittenExamples> {
  const { input } = request;
  if (typeof input === 'string') return writeTwice(request, () => rowsOf(request, input));
  const kept = await NamelessFile.create();
  try {
    const first = rowsOf(request, input, { tee: (bytes) => kept.write(bytes) });
    return await writeTwice(request, () => rowsOf(request, kept.chunks(), { name: KEPT }), first);
  } finally {
    await kept.close();
  }
}

async function writeTwice(
  request: ExamplesRequest,
  read: () => AsyncIterable<JsonObject>,
  first = read(),
): Promise<WrittenExamples> {
  const { drop, validation, seed } = request;
  const checked = await check(request, first);
  const { rows, flaws, ledger } = checked;
  const told = { rows, wrong: flaws.total, flaws: flaws.list() };
  if (flaws.total > 0 && !drop) return { ...told, training: [], validation: [] };
  if (validation !== undefined) ledger.divide(validation, seededRandom(seed));
  const sides = {
    training: partsOf(request, 'training'),
    validation: validation === undefined ? null : partsOf(request, 'validation'),
  };
  const all = [sides.training, ...(sides.validation === null ? [] : [sides.validation])];
  try {
    let row = 0;
    for await (const value of read()) {
      const side = ledger.sideOf(row++);
      if (side === null) continue;
      const example = rowExample(value, request.columns, request.system);
      if (typeof example === 'string') continue;
      await sides[side]!.add(exampleLine(example, request.format), tokensOf(example, request));
    }
    for (const side of all) await side.seal();
    return {
      ...told,
      training: await sides.training.commit(),
      validation: (await sides.validation?.commit()) ?? [],
    };
  } finally {
    for (const side of all) await side.abort();
  }
}

function partsOf({ pathOf, maxBytes }: ExamplesRequest, side: Side): PartFiles {
  return new PartFiles({ pathOf: (part) => pathOf(side, part), maxBytes });
}

/** Goes through all rows once, and notes what each is. */
async function check(request: ExamplesRequest, read: AsyncIterable<JsonObject>) {
  const flaws = new FoundFlaws();
  const ledger = new ExampleLedger();
  const { prompt, completion, rejected, system } = request.columns;
  const missing = new Set([prompt, completion, rejected, system].filter((name) => name !== null));
  const seen = new Set<string>();
  let rows = 0;
  for await (const row of read) {
    for (const name of missing) if (Object.hasOwn(row, name)) missing.delete(name);
    if (missing.size > 0 && seen.size < MOST_NAMED)
      for (const name of Object.keys(row)) seen.add(name);
    const example = rowExample(row, request.columns, request.system);
    const flaw =
      typeof example === 'string'
        ? example
        : (ledger.repeatOf(example) ?? sizeFlaw(example, request));
    rows++;
    if (flaw !== null) flaws.add(flaw, rows);
    else ledger.keep(rows - 1, example as Example);
  }
  if (rows === 0) throw new TuttiError('bad_input', `${request.label} has no rows`);
  if (missing.size > 0) throw noColumn([...missing], [...seen], request.label);
  return { rows, flaws, ledger };
}

const MOST_NAMED = 20;

function sizeFlaw(example: Example, request: ExamplesRequest): string | null {
  const { maxTokens, maxBytes, format } = request;
  if (maxTokens !== undefined && tokensOf(example, request) > maxTokens) {
    return `more than ${maxTokens} tokens`;
  }
  const isTooLong =
    maxBytes !== undefined && Buffer.byteLength(exampleLine(example, format)) >= maxBytes;
  return isTooLong ? `more than ${maxBytes} bytes` : null;
}

function tokensOf(example: Example, { countTokens }: ExamplesRequest): number {
  return textsOf(example).reduce((sum, text) => sum + countTokens(text), TOKENS_OF_EXAMPLE);
}

function noColumn(names: readonly string[], known: readonly string[], label: string): TuttiError {
  const shown = (list: readonly string[]) =>
    list
      .slice(0, MOST_NAMED)
      .map((name) => JSON.stringify(plainLine(name, 60)))
      .join(', ');
  return new TuttiError('bad_input', `${label} has no column ${shown(names)}`, {
    hint: `Its columns are ${shown(known)}: name them with --prompt, --completion, --chosen, --rejected, --system-column.`,
  });
}

/** What is kept of a stream are JSON lines, whatever it was. */
const KEPT = 'kept.jsonl';

/** How rows are read that come once. */
interface KeptRows {
  /** What tells their form; default what the input is called. */
  readonly name?: string;
  /** Receives the rows as JSON lines. */
  readonly tee?: (bytes: Buffer) => Promise<void>;
}

/** Rows as they are, of any form. @throws TuttiError `bad_input` for a line that is none */
async function* rowsOf(
  { label, columns }: ExamplesRequest,
  input: string | Readable | AsyncIterable<Buffer>,
  { name = label, tee }: KeptRows = {},
): AsyncGenerator<JsonObject, void> {
  const batches = readRows(input, {
    name,
    isHeader: (cells) => cells.includes(columns.prompt),
    cellsOf: (cells) => cellObjectWriter(cells, []),
    textOf: (prompt) => JSON.stringify({ prompt }),
    tee,
  });
  for await (const lines of batches) {
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      yield problem === null ? rowIn(text, label, number) : refuse(label, number, problem);
    }
  }
}

function rowIn(text: string, label: string, line: number): JsonObject {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    return refuse(label, line, 'is not JSON');
  }
  return isJsonObject(value) ? value : refuse(label, line, 'is not a JSON object');
}

function refuse(label: string, line: number, problem: string): never {
  throw new TuttiError('bad_input', `${plainLine(label, 500)}:${line}: the line ${problem}`);
}
