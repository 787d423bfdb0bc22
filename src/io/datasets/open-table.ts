import type { FileLayer } from '../file-layer.ts';
import type { TypedTable } from '../typed-table.ts';

/** Where the bytes of a typed table are. */
interface TableBytes {
  /** Where a Parquet file is; null: it is an Arrow file. */
  readonly parquet: string | AsyncIterable<Buffer> | null;
  /** All bytes of an Arrow file. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Closes what has not been read. */
  readonly close: () => Promise<void>;
}

/** Opens a Parquet or Arrow file, and closes what cannot be read; what it takes is loaded only then. @throws TuttiError */
export async function openTable(
  bytes: TableBytes,
  name: string,
  files: FileLayer,
): Promise<TypedTable> {
  try {
    return await opened(bytes, name, files);
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function opened({ parquet, chunks }: TableBytes, name: string, files: FileLayer) {
  if (parquet === null) {
    const { openArrow } = await import('../arrow/index.ts');
    return openArrow(chunks, name);
  }
  const { openParquet } = await import('../parquet/index.ts');
  return openParquet(parquet, name, files);
}
