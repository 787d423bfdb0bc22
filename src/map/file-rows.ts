import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { readRows, type StoredType } from '../io/datasets/index.ts';
import type { MapRow } from './map-rows.ts';
import { tableObjects } from './table-objects.ts';

/** The rows of a file. */
export interface FileRows extends AsyncIterable<MapRow> {
  /** What its columns are, where it says so; nothing before its rows have been gone through. */
  readonly types: ReadonlyMap<string, StoredType>;
}

/** Reads the rows of a file, of which none is asked; as often as it is gone through. @throws TuttiError `bad_input` for a line that is no row, and where there is none */
export function fileRows(path: string, label: string): FileRows {
  const types = new Map<string, StoredType>();
  return {
    types,
    [Symbol.asyncIterator]: async function* () {
      const batches = readRows(path, {
        name: label,
        isHeader: (cells) => cells.length > 1,
        cellsOf: tableObjects,
        textOf: (line) => JSON.stringify({ input: line }),
        keepsEmptyCells: true,
        onColumns: noteTypes(types),
      });
      let isEmpty = true;
      for await (const lines of batches) {
        for (const { number, text, problem } of lines) {
          if (problem === null && text.trim() === '') continue;
          const wrong = problem ?? notAnObject(text);
          if (wrong !== null) throw noRow(label, number, wrong);
          isEmpty = false;
          yield { text: text.trim(), end: null, isSkipped: false };
        }
      }
      if (isEmpty) throw new TuttiError('bad_input', `${plainLine(label, 500)} has no rows`);
    },
  };
}

/** Notes what the columns of a file are that says so. */
export function noteTypes(
  types: Map<string, StoredType>,
): (columns: readonly { readonly name: string; readonly type: StoredType | null }[]) => void {
  return (columns) => {
    for (const { name, type } of columns) if (type !== null) types.set(name, type);
  };
}

function notAnObject(text: string): string | null {
  try {
    return isJsonObject(parseExactJson(text)) ? null : 'is no JSON object';
  } catch (error) {
    return `is no JSON: ${plainLine(error instanceof Error ? error.message : String(error), 200)}`;
  }
}

function noRow(label: string, line: number, problem: string): TuttiError {
  return new TuttiError('bad_input', `${plainLine(label, 500)}:${line}: the line ${problem}`);
}
