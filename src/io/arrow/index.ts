// Apart from the folder's own index, so that only who has an Arrow file loads it, and with it its library.
import type { JsonObject } from '../../core/json.ts';
import type { WrittenColumn } from '../written-column.ts';
import { withArrow } from './arrow-library.ts';

/** Opens an Arrow file or stream (see `openArrowRows`). @throws TuttiError also where the library is not there */
export async function openArrow(chunks: AsyncIterable<Buffer>, name: string) {
  const { openArrowRows } = await withArrow(name, () => import('./open-arrow-rows.ts'));
  return openArrowRows(chunks, name);
}

/** Says at once where an Arrow file could not be written in the end. @throws TuttiError where the library is not there */
export async function needArrow(what: string): Promise<void> {
  await withArrow(what, () => import('./arrow-writer.ts'));
}

/** Opens a writer of an Arrow file (see `ArrowTableWriter`). @throws TuttiError where the library is not there */
export async function openArrowWriter(
  columns: readonly WrittenColumn[],
  write: (bytes: Uint8Array) => Promise<void>,
) {
  const { ArrowTableWriter } = await withArrow(
    'What is to be written',
    () => import('./arrow-writer.ts'),
  );
  return new ArrowTableWriter(columns, write);
}

/** The rows of a table in memory (see `tableObjects`). @throws TuttiError where one of its columns cannot be read */
export async function* arrowTableRows(table: object): AsyncGenerator<JsonObject, void> {
  const name = 'The table';
  const { tableObjects, toldOf } = await withArrow(name, () => import('./table-objects.ts'));
  try {
    yield* tableObjects(table as Parameters<typeof tableObjects>[0]);
  } catch (error) {
    throw toldOf(error, name);
  }
}
