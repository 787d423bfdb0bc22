import type { JsonObject } from '../../core/json.ts';
import type { MissingColumns, Overflow } from '../../map/index.ts';
import type { GivenRunValues } from '../settings/run-options.ts';

/** What is asked of the rows of a table, and what is made of the answers. Paths are from the engine's working folder. */
export interface MapRequest extends GivenRunValues {
  /** Path of the table; `-` is standard input. */
  readonly file: string;
  /** Models by reference or alias; of several each row is asked of each. Default: those of the settings. */
  readonly models?: readonly string[] | undefined;
  /** Path of a file of steps, each of which asks about what came out of the one before; in place of a prompt. */
  readonly steps?: string | undefined;
  /** The prompt as a template; one of `prompt`, `template` and `task` where models are asked. */
  readonly prompt?: string | undefined;
  /** Path of the prompt's template. */
  readonly template?: string | undefined;
  /** The name of a prompt that is ready. */
  readonly task?: string | undefined;
  /** The column that such a prompt is about; default `input`. */
  readonly on?: string | undefined;
  /** The system message as it is; default none. */
  readonly system?: string | undefined;
  /** Path of a template of the system message; one of `system` and `systemTemplate`. */
  readonly systemTemplate?: string | undefined;
  /** How templates are written; default: what they have in them says it. */
  readonly syntax?: 'liquid' | 'dollar' | undefined;
  /** Parameters for the provider. */
  readonly parameters?: JsonObject | undefined;
  /** Answers of each row, 1 to 1000; default 1. */
  readonly samples?: number | undefined;
  /** The column of texts; default `output`. */
  readonly column?: string | undefined;
  /** The columns of objects, with their types: `question,score:integer`. */
  readonly columns?: string | undefined;
  /** A JSON Schema of what comes out, or the path of one. */
  readonly schema?: string | JsonObject | undefined;
  /** True: one object a row, no list. */
  readonly single?: boolean | undefined;
  /** How often an answer that is not what was asked for is asked for again, 0 to 10; default 2. */
  readonly reasks?: number | undefined;
  /** Most objects of one answer; default 1000. */
  readonly maxObjects?: number | undefined;
  /** What becomes of texts that the token limit cut; default `keep`. */
  readonly onTruncated?: 'keep' | 'fail' | undefined;
  /** Of two texts of a row that are at least so alike one goes, from 0 to 1; default: only repeats go. */
  readonly near?: number | undefined;
  /** True: a row that was answered with nothing has no row in the output; default false: one of nulls. */
  readonly dropEmpty?: boolean | undefined;
  /** What becomes of rows that are too long for their model; default `error`. */
  readonly overflow?: Overflow | undefined;
  /** Characters of each piece of a row that is divided; default 8000. */
  readonly chunkChars?: number | undefined;
  /** Characters that two pieces share; default 200. */
  readonly overlapChars?: number | undefined;
  /** What becomes of rows that lack a column of the template; default `refuse`. */
  readonly missing?: MissingColumns | undefined;
  /** True: columns that are there already are made anew; default false. */
  readonly overwrite?: boolean | undefined;
  /** The column whose lists of objects become rows. */
  readonly explode?: string | undefined;
  /** True: that column stays; default false. */
  readonly keepSource?: boolean | undefined;
  /** A condition in Liquid: rows of which it does not hold are dropped. */
  readonly keep?: string | undefined;
  /** Columns by which repeated rows are found: all but the first go. */
  readonly dedupeRows?: readonly string[] | undefined;
  /** How alike rows are that count as repeated, from 0 to 1; default: equal ones only. */
  readonly dedupeNear?: number | undefined;
  /** True: rows whose calls are equal are asked once; default false. */
  readonly share?: boolean | undefined;
  /** Asks only so many rows, chosen by the seed; the run stays unfinished. */
  readonly sample?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** False: the first rows are not asked alone; default true. */
  readonly setup?: boolean | undefined;
  /** Path of the output; its extension tells the form; default: `output` in the run's folder, of the input's form. */
  readonly output?: string | undefined;
  /** In CSV, an apostrophe stands before what a spreadsheet would take for a formula; default false. */
  readonly excelSafe?: boolean | undefined;
  /** Only the first so many rows; default all. */
  readonly limit?: number | undefined;
  /** Names the run, in place of its input's path. */
  readonly name?: string | undefined;
  /** Path of a limits file; default none. */
  readonly limitsFile?: string | undefined;
  /** True asks rows that have failed once more, into the same folder; default false. */
  readonly onlyFailed?: boolean | undefined;
  /** True begins a new run instead of going on with one; default false. */
  readonly fresh?: boolean | undefined;
}
