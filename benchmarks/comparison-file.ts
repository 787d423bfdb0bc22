import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '../src/core/seeded-random.ts';

/** What the benchmark's comparisons look like. */
export interface ComparisonFileOptions {
  readonly rows: number;
  readonly models: number;
  /** Adds a column of so many judges. */
  readonly judges?: number;
}

const BLOCK = 1 << 20;

/** Writes `left,right,winner` (and `judge`) of a Bradley-Terry world with 10 % ties; names as models have them. */
export function writeComparisons(path: string, options: ComparisonFileOptions): void {
  const { rows, models, judges = 0 } = options;
  const random = seededRandom(7);
  const names = Array.from({ length: models }, (_, model) => `model-${model}`);
  const strengths = names.map(() => 2 * random() - 1);
  const file = openSync(path, 'w');
  let block = `left,right,winner${judges > 0 ? ',judge' : ''}\n`;
  for (let row = 0; row < rows; row++) {
    const left = Math.floor(random() * models);
    const right = (left + 1 + Math.floor(random() * (models - 1))) % models;
    const p = 1 / (1 + Math.exp(strengths[right]! - strengths[left]!));
    const winner = random() < 0.1 ? 'tie' : random() < p ? 'left' : 'right';
    const judge = judges > 0 ? `,judge-${Math.floor(random() * judges)}` : '';
    block += `${names[left]},${names[right]},${winner}${judge}\n`;
    if (block.length > BLOCK) {
      writeSync(file, block);
      block = '';
    }
  }
  writeSync(file, block);
  closeSync(file);
}
