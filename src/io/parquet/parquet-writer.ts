import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { StoredType } from '../stored-type.ts';
import { ColumnGroup, type WrittenCell, type WrittenColumn } from '../written-column.ts';
import { type Elements, meantElement, physicalElement } from './written-element.ts';
import { isOrdered, valueWriter, type WrittenValue } from './written-value.ts';

/** Writes a table as a Parquet file, packed with snappy, in groups of at most 5,000 rows. */
export class ParquetTableWriter {
  readonly #columns: readonly (WrittenColumn & {
    readonly isOrdered: boolean;
    readonly write: ((cell: WrittenCell) => WrittenValue) | null;
  })[];
  readonly #writer: ParquetWriter;
  readonly #group: ColumnGroup;

  /**
   * @param columns of types that Parquet has (see `typeIn`)
   * @param write takes the next bytes, which are valid until its promise is settled
   */
  constructor(columns: readonly WrittenColumn[], write: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = columns.map((column) => {
      const { type } = column;
      return { ...column, isOrdered: isOrdered(type), write: valueWriter(type) };
    });
    this.#group = new ColumnGroup(columns.length);
    // The library makes values into what it takes their meaning for; what has none is written as it is.
    const schema = schemaOf(columns, physicalElement);
    this.#writer = new ParquetWriter({ writer: bytesTo(write), schema, createdBy: 'tutti' });
  }

  /** Adds a row, a cell a column; await what it returns before the next one. */
  add(cells: readonly WrittenCell[]): Promise<void> | undefined {
    return this.#group.add(cells) ? this.#writeGroup() : undefined;
  }

  /** Writes what is left, and the end of the file. */
  async end(): Promise<void> {
    await this.#writeGroup();
    this.#writer.schema = schemaOf(this.#columns, meantElement);
    await this.#writer.finish();
  }

  async #writeGroup(): Promise<void> {
    const { rows, data } = this.#group.take();
    if (rows === 0) return;
    const columnData = this.#columns.map(({ name, isOrdered: statistics, write }, at) => {
      const cells = data[at]!;
      const values = write === null ? cells : cells.map(write);
      const column = { name, data: values as WrittenValue[], offsetIndex: false, statistics };
      // A dictionary takes it for 0.
      return cells.some(hasMinusZero) ? { ...column, encoding: 'PLAIN' as const } : column;
    });
    await this.#writer.write({ columnData, rowGroupSize: rows });
  }
}

function hasMinusZero(cell: WrittenCell): boolean {
  return Array.isArray(cell) ? cell.some(hasMinusZero) : Object.is(cell, -0);
}

function schemaOf(
  columns: readonly WrittenColumn[],
  elementOf: (type: StoredType) => Partial<Elements[number]>,
): Elements {
  const elements = columns.flatMap(({ name, type }) => elementsOf(name, type, elementOf));
  return [{ name: 'root', num_children: columns.length }, ...elements];
}

/** A list is a group of a repeated group of its items. */
function elementsOf(
  name: string,
  type: StoredType,
  elementOf: (type: StoredType) => Partial<Elements[number]>,
): Elements {
  const optional = { name, repetition_type: 'OPTIONAL' as const };
  if (type.kind !== 'list') return [{ ...optional, ...elementOf(type) }];
  return [
    { ...optional, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...elementsOf('element', type.item, elementOf),
  ];
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
