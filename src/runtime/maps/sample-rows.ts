import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject } from '../../core/json.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { LaneTarget } from '../../experiment/index.ts';
import { CountedRows, type MapTable } from '../../map/index.ts';
import type { RunFolder } from '../../store/index.ts';
import type { AskedMap } from './asked-map.ts';
import { outputTable, unshaped } from './made-output.ts';
import type { MapRequest } from './map-request.ts';

/** A row of the output, to be looked at. */
export type ShownRow = JsonObject;

/** The rows that are chosen to be seen first, by the seed; undefined where all are asked. */
export function sampleOf(
  { sample, seed = 0 }: Pick<MapRequest, 'sample' | 'seed'>,
  rows: number,
): ReadonlySet<number> | undefined {
  if (sample === undefined || sample >= rows) return undefined;
  const random = seededRandom(seed);
  const chosen = new Set<number>();
  // Floyd's way: each choice of so many rows is as likely as any other.
  for (let last = rows - sample; last < rows; last++) {
    const row = Math.floor(random() * (last + 1));
    chosen.add(chosen.has(row) ? last : row);
  }
  return chosen;
}

/** What the answers of the chosen rows are, in their order, before anything is left out. */
export async function sampledRows(
  folder: RunFolder,
  pass: MapTable,
  asked: AskedMap,
  lanes: readonly LaneTarget[],
  rows: ReadonlySet<number>,
): Promise<readonly ShownRow[]> {
  const inOrder = [...rows].sort((left, right) => left - right);
  const shown: ShownRow[] = [];
  const table = outputTable(folder, pass, unshaped(asked), lanes, inOrder);
  for await (const { texts } of table.entries(new CountedRows())) {
    for (const text of texts) shown.push(parseExactJson(text) as ShownRow);
  }
  return shown;
}
