import { TuttiError } from '../../core/tutti-error.ts';
import type { TypedTable } from '../typed-table.ts';

/** Writes a Parquet or Arrow file as the text of JSON lines: an object a row, without what is not there. @throws TuttiError */
export async function* tableLines(
  { columns, batches }: TypedTable,
  name: string,
): AsyncGenerator<Buffer, void> {
  const starts = columns.map((column) => `${JSON.stringify(column.name)}:`);
  for await (const rows of batches) {
    let text = '';
    for (const { number, cells, problem } of rows) {
      if (problem !== null) {
        throw new TuttiError('bad_input', `${name}, row ${number}: the row ${problem}`);
      }
      const members = cells.flatMap((cell, at) => {
        if (cell === null) return [];
        return [starts[at] + (columns[at]!.isText ? JSON.stringify(cell) : cell)];
      });
      text += `{${members.join(',')}}\n`;
    }
    yield Buffer.from(text);
  }
}
