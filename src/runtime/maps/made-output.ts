import { realpath } from 'node:fs/promises';
import type { LaneTarget } from '../../experiment/index.ts';
import {
  type ChainPlan,
  type ChainRows,
  CountedRows,
  chainColumns,
  MapRows,
  type MapTable,
  newColumns,
  OutputTable,
  type OutputWriting,
  writeForm,
  writeOutput,
} from '../../map/index.ts';
import type { RunFolder } from '../../store/index.ts';
import type { AskedMap } from './asked-map.ts';
import { pathInFolder } from './output-place.ts';

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
  { plan, chain, references, shaping, dropsEmpty }: AskedMap,
  lanes: readonly LaneTarget[],
  rows?: readonly number[],
): OutputTable {
  const made = chain === null ? newColumns(plan) : chainColumns(chain).made;
  const columns = new Set(pass.columns);
  return new OutputTable({
    ...shaping,
    rows: new MapRows(folder, pass, rows, chain !== null),
    plan,
    ...(chain && { chain: () => openChain(chain, { references }, lanes) }),
    making: {
      made,
      replaces: made.some((name) => columns.has(name)),
      dropsEmpty,
      taken: columns,
    },
    types: pass.types,
    columns: chain === null ? knownColumns(plan, pass.columns) : chainNames(chain, pass.columns),
  });
}

/** What makes the rows of several steps' output; loaded only where there are several. */
async function openChain(
  chain: ChainPlan,
  asked: Pick<AskedMap, 'references'>,
  lanes: readonly LaneTarget[],
): Promise<ChainRows> {
  const [{ ChainOutput }, { StepModels }] = await Promise.all([
    import('../../map/chain/index.ts'),
    import('./step-models.ts'),
  ]);
  const models = new StepModels(chain, asked, lanes);
  return ChainOutput.open(chain, (entry) => models.described(entry));
}

function chainNames(chain: ChainPlan, before: readonly string[]): readonly string[] | null {
  const { made, mayMakeAny } = chainColumns(chain);
  return mayMakeAny ? null : [...new Set([...before, ...made])];
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
  lanes: readonly LaneTarget[],
  take: TakeBytes | undefined,
): Promise<MadeOutput> {
  const { place } = asked;
  const path = place.path ?? pathInFolder(place, folder.path, pass.form);
  const form = place.form ?? pass.form;
  const { excelSafe } = place;
  return writeTable(outputTable(folder, pass, asked, lanes), { path, form, excelSafe }, take);
}

/** Writes an output to its place. @throws TuttiError where it cannot be made or written */
export async function writeTable(
  table: OutputTable,
  { path, ...how }: OutputWriting & { readonly path: string },
  take: TakeBytes | undefined,
): Promise<MadeOutput> {
  const counted =
    path === '-'
      ? await writeForm(table, how, take ?? (async () => {}))
      : await writeOutput(table, await behindLinks(path), how);
  return { output: path, counted };
}

/** What stands behind a link is replaced, not the link. */
async function behindLinks(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** The same map, with every row that came out, as it came. */
export function unshaped(asked: AskedMap): AskedMap {
  return { ...asked, shaping: { ...asked.shaping, explode: null, dedupe: null, keep: null } };
}

/** Counts what became of the rows of a run that is not finished, and makes nothing. */
export async function countRows(
  folder: RunFolder,
  pass: MapTable,
  asked: AskedMap,
  lanes: readonly LaneTarget[],
): Promise<MadeOutput> {
  const counted = new CountedRows();
  for await (const _ of outputTable(folder, pass, unshaped(asked), lanes).entries(counted));
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
