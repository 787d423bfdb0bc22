import type { JsonObject } from '../core/json.ts';
import type { NamedSchema } from '../core/structured-output.ts';
import type { Template } from '../templates/index.ts';
import type { OutputForm } from './data/index.ts';

/** What becomes of a row whose prompt is longer than its model takes. */
export type Overflow = 'error' | 'truncate' | 'split' | 'skip';

/** How rows that are too long are divided, in characters. */
export interface ChunkSize {
  readonly chunkChars: number;
  readonly overlapChars: number;
}

/** Texts that come out, a row each. */
export interface TextOutput {
  readonly kind: 'text';
  /** The column that gets them. */
  readonly column: string;
  /** True: a text that was cut by the token limit fails its row. */
  readonly failsOnCut: boolean;
  /** How alike two texts of a row are of which one goes, from 0 to 1; null: only exact repeats go. */
  readonly near: number | null;
}

/** Objects that come out. */
export interface DataOutput {
  readonly kind: 'data';
  readonly form: OutputForm;
  /** The schema that is sent, one object for all rows: how it is written is kept by it. */
  readonly schema: NamedSchema;
  /** How often an answer that is not what was asked for is asked for again. */
  readonly reasks: number;
}

/** What is asked for each row, and what comes out: one step of a map. */
export interface MapPlan {
  /** What its calls are called: `rows` where the map is one step. */
  readonly name: string;
  readonly prompt: Template;
  /** Null: no system message. */
  readonly system: Template | null;
  /** Columns that are empty texts in templates where a row lacks them. */
  readonly emptyColumns: readonly string[];
  readonly parameters: JsonObject;
  /** Answers of each row, at least 1. */
  readonly samples: number;
  readonly overflow: Overflow;
  readonly chunks: ChunkSize;
  readonly output: TextOutput | DataOutput;
  readonly stream?: boolean | undefined;
  readonly keepRaw?: boolean | undefined;
}

/** The name of the calls of a map that is one step. */
export const ONLY_STEP = 'rows';

/** The columns that a step makes, in order. */
export function newColumns({ output }: Pick<MapPlan, 'output'>): readonly string[] {
  return output.kind === 'text' ? [output.column] : output.form.columns;
}

/** The columns that a step's templates read, each once. */
export function fieldsOf({
  prompt,
  system,
}: Pick<MapPlan, 'prompt' | 'system'>): readonly string[] {
  return [...new Set([...prompt.fields, ...(system?.fields ?? [])])];
}
