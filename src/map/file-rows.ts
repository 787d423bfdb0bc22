import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { readRows } from '../io/datasets/index.ts';
import type { MapRow } from './map-rows.ts';
import { tableObjects } from './table-objects.ts';

/** Reads the rows of a file, of which none is asked; as often as it is gone through. @throws TuttiError `bad_input` for a line that is no row, and where there is none */
export function fileRows(path: string, label: string): AsyncIterable<MapRow> {
  return {
    [Symbol.asyncIterator]: async function* () {
      const batches = readRows(path, {
        name: label,
        isHeader: (cells) => cells.length > 1,
        cellsOf: tableObjects,
        textOf: (line) => JSON.stringify({ input: line }),
        keepsEmptyCells: true,
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
