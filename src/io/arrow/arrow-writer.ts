import {
  Message,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
} from 'apache-arrow';
import { ColumnGroup, type WrittenCell, type WrittenColumn } from '../written-column.ts';
import { dataOf, fieldOf } from './written-data.ts';

/** Writes a table as an Arrow file (Feather of version 2), not packed, in batches of at most 5,000 rows. */
export class ArrowTableWriter {
  readonly #columns: readonly WrittenColumn[];
  readonly #schema: Schema;
  readonly #writer = new GatheringWriter();
  readonly #group: ColumnGroup;
  readonly #write: (bytes: Uint8Array) => Promise<void>;

  /**
   * @param columns of types that Arrow has (see `typeIn`)
   * @param write takes the next bytes, which are valid until its promise is settled
   */
  constructor(columns: readonly WrittenColumn[], write: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = columns;
    this.#schema = new Schema(columns.map(({ name, type }) => fieldOf(name, type)));
    this.#group = new ColumnGroup(columns.length);
    this.#write = write;
    this.#writer.begin(this.#schema);
  }

  /** Adds a row, a cell a column; await what it returns before the next one. */
  add(cells: readonly WrittenCell[]): Promise<void> | undefined {
    return this.#group.add(cells) ? this.#writeBatch() : undefined;
  }

  /** Writes what is left, and the end of the file. */
  async end(): Promise<void> {
    await this.#writeBatch();
    this.#writer.finish();
    await this.#write(this.#writer.take());
  }

  async #writeBatch(): Promise<void> {
    const { rows, data } = this.#group.take();
    if (rows === 0) return;
    const { fields } = this.#schema;
    const children = this.#columns.map(({ type }, at) => dataOf(type, data[at]!));
    const type = new Struct(fields);
    const struct = makeData({ type, length: rows, nullCount: 0, children });
    this.#writer.write(new RecordBatch(this.#schema, struct));
    await this.#write(this.#writer.take());
  }
}

/** Keeps what is to be written until it is taken. */
class GatheringWriter extends RecordBatchFileWriter {
  #pieces: Uint8Array[] = [];

  begin(schema: Schema): void {
    this.reset(undefined, schema);
  }

  take(): Uint8Array {
    const taken = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return taken;
  }

  /** The library leaves out the schema at the begin, which the format has there, too. */
  protected override _writeSchema(schema: Schema): this {
    super._writeSchema(schema);
    return this._writeMessage(Message.from(schema));
  }

  protected override _write(chunk: ArrayBufferView): this {
    if (!this._started) return this;
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // What it comes from may be used again.
    this.#pieces.push(bytes.slice());
    this._position += bytes.length;
    return this;
  }
}
