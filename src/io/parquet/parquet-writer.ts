import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { ColumnGroup, type WrittenCell, type WrittenColumn } from '../written-column.ts';

type Elements = ParquetWriter['schema'];

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT64' },
  double: { type: 'DOUBLE' },
} as const;

/** Writes a table as a Parquet file, packed with snappy, in groups of at most 5,000 rows. */
export class ParquetTableWriter {
  readonly #columns: readonly WrittenColumn[];
  readonly #writer: ParquetWriter;
  readonly #group: ColumnGroup;

  /** @param write takes the next bytes, which are valid until its promise is settled */
  constructor(columns: readonly WrittenColumn[], write: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = columns;
    this.#group = new ColumnGroup(columns.length);
    // The library makes values into JSON, which takes numbers their digits; what is bytes already it leaves alone.
    const schema = schemaOf(columns, ({ type }) => (type === 'json' ? BYTES : TYPES[type]));
    this.#writer = new ParquetWriter({ writer: bytesTo(write), schema, createdBy: 'tutti' });
  }

  /** Adds a row, a cell a column; await what it returns before the next one. */
  add(cells: readonly WrittenCell[]): Promise<void> | undefined {
    return this.#group.add(cells) ? this.#writeGroup() : undefined;
  }

  /** Writes what is left, and the end of the file. */
  async end(): Promise<void> {
    await this.#writeGroup();
    this.#writer.schema = schemaOf(this.#columns, ({ type }) => TYPES[type]);
    await this.#writer.finish();
  }

  async #writeGroup(): Promise<void> {
    const { rows, data } = this.#group.take();
    if (rows === 0) return;
    const columnData = this.#columns.map(({ name, type }, at) => {
      const own = data[at]!;
      return {
        name,
        data: type === 'json' ? own.map(bytesOf) : (own as WrittenCell[]),
        offsetIndex: false,
      };
    });
    await this.#writer.write({ columnData, rowGroupSize: rows });
  }
}

const BYTES = { type: 'BYTE_ARRAY' } as const;

function bytesOf(cell: WrittenCell): Buffer | null {
  return cell === null ? null : Buffer.from(cell as string);
}

function schemaOf(
  columns: readonly WrittenColumn[],
  typeOf: (column: WrittenColumn) => Partial<Elements[number]>,
): Elements {
  const elements = columns.map((column) => {
    return { name: column.name, repetition_type: 'OPTIONAL' as const, ...typeOf(column) };
  });
  return [{ name: 'root', num_children: columns.length }, ...elements];
}

/** Gathers the bytes of a group and hands them on. */
function bytesTo(write: (bytes: Uint8Array) => Promise<void>): ByteWriter {
  const writer = new ByteWriter(1024 * 1024);
  const flush = async () => {
    await write(writer.getBytes());
    writer.index = 0;
  };
  return Object.assign(writer, { flush, finish: flush });
}
