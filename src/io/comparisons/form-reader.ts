import { isUtf8 } from 'node:buffer';
import { TuttiError } from '../../core/tutti-error.ts';
import type { Cells } from './cells.ts';
import {
  type ComparisonForm,
  type DelimitedColumns,
  delimitedColumns,
} from './delimited-columns.ts';
import { DelimitedRows } from './delimited-rows.ts';
import { DelimitedScanner } from './delimited-scanner.ts';
import { JsonLines } from './json-lines.ts';
import type { JsonContext } from './json-row.ts';
import { PUMP_MARK, readPumpLog } from './pump-log.ts';

/** How the lines of a file are written. */
export type Container = 'csv' | 'tsv' | 'jsonl' | 'log';

/** Finds out how a file is written from its beginning, and reads it accordingly. */
export class FormReader {
  readonly #context: JsonContext;
  readonly #totalBytes: number;
  #container: Container | null = null;
  #json: JsonLines | null = null;
  #scanner: DelimitedScanner | null = null;
  #columns: DelimitedColumns | null = null;
  #rows: DelimitedRows | null = null;

  /** @param totalBytes bytes of all files, for a guess at the number of rows; 0 if unknown. */
  constructor(context: JsonContext, totalBytes: number) {
    this.#context = context;
    this.#totalBytes = totalBytes;
  }

  /** Number of the line that is read next. */
  get line(): number {
    return this.#json?.line ?? this.#scanner?.line ?? 1;
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
    const form = this.#container === 'log' ? 'pump-log' : (this.#json?.form ?? this.#columns?.form);
    if (form && this.#container) return { form, container: this.#container };
    this.#context.collector.invalid.stopIfAny();
    throw new TuttiError('bad_input', `${this.#context.file} is empty`, {
      hint: 'Comparisons are expected: a header line and rows, or JSON lines.',
    });
  }

  #open(bytes: Buffer, length: number): Container {
    this.#guessRows(bytes, length);
    const first = firstLine(bytes, length);
    if (first.startsWith('{') || first.startsWith('[')) {
      this.#json = new JsonLines(this.#context);
      return 'jsonl';
    }
    if (bytes.subarray(0, length).includes(PUMP_MARK)) return 'log';
    const delimiter = [',', '\t', ';'].find((character) => first.includes(character)) ?? ',';
    const tabs = first.split('\t').length > first.split(',').length;
    const chosen = tabs ? '\t' : delimiter;
    this.#scanner = new DelimitedScanner(chosen.charCodeAt(0), this.#context.file, (cells) =>
      this.#rows ? this.#rows.add(cells) : this.#readHeader(cells),
    );
    return tabs ? 'tsv' : 'csv';
  }

  #readHeader(cells: Cells): void {
    const header: string[] = [];
    for (let column = 0; column < cells.count; column++) {
      header.push(cells.bytes.toString('utf8', cells.start[column], cells.end[column]));
    }
    const { collector, options, file } = this.#context;
    this.#columns = delimitedColumns(header, options, file);
    this.#rows = new DelimitedRows(
      collector,
      this.#columns,
      options.featureForm ?? 'relative',
      file,
    );
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

/** The first line that is not empty, without the white space before it. */
function firstLine(bytes: Buffer, length: number): string {
  const start = bytes.toString('latin1', 0, Math.min(length, 64 * 1024)).trimStart();
  const end = start.indexOf('\n');
  return end < 0 ? start : start.slice(0, end);
}
