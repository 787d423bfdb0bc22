import { TuttiError } from '../../core/tutti-error.ts';
import type { FileLayer } from '../file-layer.ts';
import { openParquet, type ParquetSource } from '../parquet/index.ts';

/** Reads a Parquet file as the text of JSON lines: an object a row, without what is not there. @throws TuttiError */
export async function parquetLines(
  source: ParquetSource,
  name: string,
  files: FileLayer,
): Promise<AsyncGenerator<Buffer, void>> {
  const { columns, batches } = await openParquet(source, name, files);
  const starts = columns.map((column) => `${JSON.stringify(column.name)}:`);
  async function* lines(): AsyncGenerator<Buffer, void> {
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
  return lines();
}
