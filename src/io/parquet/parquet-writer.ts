import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';

/** What the values of a column are. */
export type ParquetColumnType = 'text' | 'json' | 'boolean' | 'integer' | 'double';

/** A column that is written. */
export interface WrittenColumn {
  readonly name: string;
  readonly type: ParquetColumnType;
}

/** A value, as the type of its column has it: an integer is a bigint, JSON its text. Null is none. */
export type WrittenCell = string | boolean | bigint | number | null;

/** More rows at once are faster for nobody, and take memory of everybody who reads them. */
const GROUP_ROWS = 5_000;
/** A group ends before that, too, when its cells or their characters are so many. */
const GROUP_CELLS = 2_000_000;
const GROUP_CHARACTERS = 16 * 1024 * 1024;

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
  readonly #mostRows: number;
  #data: WrittenCell[][];
  #rows = 0;
  #characters = 0;

  /** @param write takes the next bytes, which are valid until its promise is settled */
  constructor(columns: readonly WrittenColumn[], write: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = columns;
    this.#mostRows = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CELLS / columns.length)));
    this.#data = columns.map(() => []);
    // The library makes values into JSON, which takes numbers their digits; what is bytes already it leaves alone.
    const schema = schemaOf(columns, ({ type }) => (type === 'json' ? BYTES : TYPES[type]));
    this.#writer = new ParquetWriter({ writer: bytesTo(write), schema, createdBy: 'tutti' });
  }

  /** Adds a row, a cell a column; await what it returns before the next one. */
  add(cells: readonly WrittenCell[]): Promise<void> | undefined {
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]!;
      this.#data[at]!.push(cell);
      if (typeof cell === 'string') this.#characters += cell.length;
    }
    this.#rows++;
    const isFull = this.#rows >= this.#mostRows || this.#characters >= GROUP_CHARACTERS;
    return isFull ? this.#writeGroup() : undefined;
  }

  /** Writes what is left, and the end of the file. */
  async end(): Promise<void> {
    if (this.#rows > 0) await this.#writeGroup();
    this.#writer.schema = schemaOf(this.#columns, ({ type }) => TYPES[type]);
    await this.#writer.finish();
  }

  async #writeGroup(): Promise<void> {
    const columnData = this.#columns.map(({ name, type }, at) => {
      const data = this.#data[at]!;
      return { name, data: type === 'json' ? data.map(bytesOf) : data, offsetIndex: false };
    });
    const rows = this.#rows;
    this.#data = this.#columns.map(() => []);
    this.#rows = 0;
    this.#characters = 0;
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
