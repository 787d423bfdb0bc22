import {
  CountedRows,
  MapRows,
  type MapTable,
  newColumns,
  OutputTable,
  writeForm,
  writeOutput,
} from '../../map/index.ts';
import type { RunFolder } from '../../store/index.ts';
import type { AskedMap } from './asked-map.ts';
import { type OutputPlace, pathInFolder } from './output-place.ts';

/** Takes the bytes of an output that goes nowhere else. */
export type TakeBytes = (bytes: Uint8Array) => Promise<void>;

/** What was made of a run. */
export interface MadeOutput {
  /** Path of the output, `-` where it was handed over; null: there is none yet. */
  readonly output: string | null;
  readonly counted: CountedRows;
}

/** The output of a run as it is to be made. */
export function outputTable(
  folder: RunFolder,
  pass: MapTable,
  { plan, shaping, dropsEmpty }: AskedMap,
  rows?: readonly number[],
): OutputTable {
  const made = newColumns(plan);
  const columns = new Set(pass.columns);
  return new OutputTable({
    ...shaping,
    rows: new MapRows(folder, pass, rows),
    plan,
    making: {
      made,
      replaces: made.some((name) => columns.has(name)),
      dropsEmpty,
      taken: columns,
    },
    columns: knownColumns(plan, pass.columns),
  });
}

/** A schema may allow more than its properties. */
function knownColumns(plan: AskedMap['plan'], before: readonly string[]): readonly string[] | null {
  if (plan.output.kind === 'data' && plan.output.form.typed === null) return null;
  return [...new Set([...before, ...newColumns(plan)])];
}

/** Makes the output of a run of which every row has ended. @throws TuttiError where it cannot be made or written */
export async function makeOutput(
  folder: RunFolder,
  pass: MapTable,
  asked: AskedMap,
  take: TakeBytes | undefined,
): Promise<MadeOutput> {
  const { place } = asked;
  const path = place.path ?? pathInFolder(place, folder.path);
  return writeTable(outputTable(folder, pass, asked), { ...place, path }, take);
}

/** Writes an output to its place. @throws TuttiError where it cannot be made or written */
export async function writeTable(
  table: OutputTable,
  { path, form }: OutputPlace & { readonly path: string },
  take: TakeBytes | undefined,
): Promise<MadeOutput> {
  const counted =
    path === '-'
      ? await writeForm(table, form, take ?? (async () => {}))
      : await writeOutput(table, path, form);
  return { output: path, counted };
}

/** Counts what became of the rows of a run that is not finished, and makes nothing. */
export async function countRows(
  folder: RunFolder,
  pass: MapTable,
  asked: AskedMap,
): Promise<MadeOutput> {
  const counted = new CountedRows();
  const { shaping } = asked;
  const plain = { ...asked, shaping: { ...shaping, explode: null, dedupe: null, keep: null } };
  for await (const _ of outputTable(folder, pass, plain).entries(counted));
  counted.out = 0;
  return { output: null, counted };
}

/** The counts as far as they are known without reading anything again. */
export function roughCounts({ table, rows, skipped }: MapTable): MadeOutput {
  const counted = new CountedRows();
  const { done, failed } = table.totals();
  counted.in = rows;
  counted.answered = done - failed;
  counted.failed = failed;
  counted.skipped = skipped;
  counted.unasked = rows - done - skipped;
  return { output: null, counted };
}
