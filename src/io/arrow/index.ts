// Apart from the folder's own index, so that only who has an Arrow file loads it, and with it its library.
import type { WrittenColumn } from '../written-column.ts';
import { withArrow } from './arrow-library.ts';

export { isArrowStart } from './arrow-start.ts';

/** Opens an Arrow file or stream (see `openArrowRows`). @throws TuttiError also where the library is not there */
export async function openArrow(chunks: AsyncIterable<Buffer>, name: string) {
  const { openArrowRows } = await withArrow(name, () => import('./open-arrow-rows.ts'));
  return openArrowRows(chunks, name);
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
