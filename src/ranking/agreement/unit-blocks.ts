import { rowsByCluster } from '../input/cluster-ids.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import type { VerdictUnits } from './verdict-units.ts';

/** Units put into blocks that are independent of each other: those of one prompt, or each alone. */
export interface UnitBlocks {
  readonly name: 'prompt' | 'unit';
  readonly count: number;
  /** Units of block b: `order[start[b] .. start[b + 1] - 1]`. */
  readonly start: Uint32Array;
  readonly order: Uint32Array;
}

/** Each unit alone. */
export function singleUnits(count: number): UnitBlocks {
  const places = Uint32Array.from({ length: count + 1 }, (_, place) => place);
  return { name: 'unit', count, start: places, order: places.subarray(0, count) };
}

/** The units of each prompt together; each alone where there are fewer than two prompts. */
export function promptBlocks(table: ComparisonTable, units: VerdictUnits): UnitBlocks {
  const prompt = table.groups.prompt?.ids;
  if (!prompt) return singleUnits(units.unitCount);
  const numbers = new Map<number, number>();
  const blockOf = new Uint32Array(units.unitCount);
  for (let row = 0; row < table.rows; row++) {
    let block = numbers.get(prompt[row]!);
    if (block === undefined) {
      block = numbers.size;
      numbers.set(prompt[row]!, block);
    }
    blockOf[units.unit[row]!] = block;
  }
  if (numbers.size < 2) return singleUnits(units.unitCount);
  return { name: 'prompt', count: numbers.size, ...rowsByCluster(blockOf, numbers.size) };
}
