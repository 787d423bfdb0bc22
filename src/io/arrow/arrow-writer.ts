import {
  Bool,
  type DataType,
  Field,
  Float64,
  Int64,
  Message,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import {
  ColumnGroup,
  type ColumnType,
  type WrittenCell,
  type WrittenColumn,
} from '../written-column.ts';

const TYPES: Readonly<Record<ColumnType, () => DataType>> = {
  text: () => new Utf8(),
  json: () => new Utf8(),
  boolean: () => new Bool(),
  integer: () => new Int64(),
  double: () => new Float64(),
};

/** How a column says that its texts are JSON. */
const JSON_METADATA = [
  ['ARROW:extension:name', 'arrow.json'],
  ['ARROW:extension:metadata', ''],
] as const;

/** Writes a table as an Arrow file (Feather of version 2), not packed, in batches of at most 5,000 rows. */
export class ArrowTableWriter {
  readonly #schema: Schema;
  readonly #writer = new GatheringWriter();
  readonly #group: ColumnGroup;
  readonly #write: (bytes: Uint8Array) => Promise<void>;

  /** @param write takes the next bytes, which are valid until its promise is settled */
  constructor(columns: readonly WrittenColumn[], write: (bytes: Uint8Array) => Promise<void>) {
    const fields = columns.map(({ name, type }) => {
      return new Field(name, TYPES[type](), true, new Map(type === 'json' ? JSON_METADATA : []));
    });
    this.#schema = new Schema(fields);
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
    const children = fields.map(({ type }, at) => vectorFromArray(data[at]!, type).data[0]!);
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
