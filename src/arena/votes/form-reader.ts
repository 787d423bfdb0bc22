import { isUtf8 } from 'node:buffer';
import { TuttiError } from '../../core/tutti-error.ts';
import type { Cells } from '../../io/delimited/index.ts';
import { DelimitedScanner } from '../../io/delimited/index.ts';
import type { ComparisonForm } from './comparison-forms.ts';
import { type Container, containerOf, isJsonList } from './container.ts';
import { type DelimitedColumns, delimitedColumns } from './delimited-columns.ts';
import { DelimitedRows } from './delimited-rows.ts';
import { JsonLines } from './json-lines.ts';
import { JsonList } from './json-list.ts';
import type { JsonContext } from './json-row.ts';
import { JsonValues } from './json-values.ts';
import { readPumpLog } from './pump-log.ts';

/** Finds out how a file is written from its beginning, and reads it accordingly. */
export class FormReader {
  readonly #context: JsonContext;
  readonly #values: JsonValues;
  readonly #totalBytes: number;
  #container: Container | null = null;
  #json: JsonLines | JsonList | null = null;
  #scanner: DelimitedScanner | null = null;
  #columns: DelimitedColumns | null = null;
  #rows: DelimitedRows | null = null;

  /** @param totalBytes bytes of all files, for a guess at the number of rows; 0 if unknown. */
  constructor(context: JsonContext, totalBytes: number) {
    this.#context = context;
    this.#values = new JsonValues(context);
    this.#totalBytes = totalBytes;
  }

  /** Number of the line that is read next. */
  get line(): number {
    return this.#json?.line ?? this.#scanner?.line ?? 1;
  }

  /** False for a JSON list, which can be read without line ends. */
  needsLines(bytes: Buffer, length: number): boolean {
    return this.#container === null ? !isJsonList(bytes, length) : this.#container !== 'json';
  }

  /** A `TakeLines`. */
  take(bytes: Buffer, length: number, final: boolean): number {
    this.#container ??= this.#open(bytes, length);
    if (this.#json) return this.#json.take(bytes, length, final);
    if (this.#scanner) return this.#scanner.take(bytes, length, final);
    if (this.#container !== 'log' || !final) return 0;
    const whole = bytes.subarray(0, length);
    if (!isUtf8(whole)) throw new TuttiError('bad_input', `${this.#context.file} is not UTF-8`);
    readPumpLog(whole.toString('utf8'), this.#context);
    return length;
  }

  /** What the file was. @throws TuttiError `bad_input` when it held nothing that has a form. */
  finish(): { form: ComparisonForm; container: Container } {
    if (this.#json instanceof JsonList) this.#json.finish();
    const form =
      this.#container === 'log' ? 'pump-log' : (this.#values.form ?? this.#columns?.form);
    if (form && this.#container) return { form, container: this.#container };
    this.#context.collector.invalid.stopIfAny();
    throw new TuttiError('bad_input', `${this.#context.file} is empty`, {
      hint: 'Comparisons are expected: a header line and rows, or JSON lines.',
    });
  }

  #open(bytes: Buffer, length: number): Container {
    this.#guessRows(bytes, length);
    const { container, delimiter } = containerOf(bytes, length);
    if (container === 'jsonl') this.#json = new JsonLines(this.#values);
    if (container === 'json') this.#json = new JsonList(this.#values, this.#context.file);
    if (delimiter !== null) {
      this.#scanner = new DelimitedScanner(delimiter.charCodeAt(0), this.#context.file, (cells) =>
        this.#rows ? this.#rows.add(cells) : this.#readHeader(cells),
      );
    }
    return container;
  }

  #readHeader(cells: Cells): void {
    const header: string[] = [];
    for (let column = 0; column < cells.count; column++) {
      header.push(cells.bytes.toString('utf8', cells.start[column], cells.end[column]));
    }
    // Excel's line that only names the delimiter.
    if (header[0]!.startsWith('sep=') && header.slice(1).every((cell) => cell === '')) return;
    const { collector, options, file } = this.#context;
    if (header.some((cell) => cell.trimEnd().includes('\r'))) {
      throw new TuttiError('bad_input', `${file}: lines end with a return alone`, {
        hint: "Write it with line feeds (`tr '\\r' '\\n'`).",
      });
    }
    this.#columns = delimitedColumns(header, options, file);
    this.#rows = new DelimitedRows(collector, this.#columns, options, file);
  }

  /** Room for all rows at once saves copying columns while they grow. */
  #guessRows(bytes: Buffer, length: number): void {
    if (this.#totalBytes === 0) return;
    let lines = 0;
    for (let at = bytes.indexOf(0x0a); at >= 0 && at < length; at = bytes.indexOf(0x0a, at + 1))
      lines++;
    this.#context.collector.expectRows(Math.ceil((this.#totalBytes / length) * lines * 1.01) + 16);
  }
}
