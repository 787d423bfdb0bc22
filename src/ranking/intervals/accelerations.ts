import type { Clusters } from '../input/cluster-ids.ts';
import { forEachClusterScore, type SandwichInput } from './sandwich.ts';

/**
 * Efron's acceleration of each item's log strength, Σ u³ / (6 (Σ u²)^3/2), from the influence values
 * u = H⁻¹ gradient of each cluster, relative to the mean item. No refit is needed.
 */
export function accelerations(
  input: SandwichInput,
  clusters: Clusters,
  rows: number,
): Float64Array {
  const { games, inverse } = input;
  const size = Math.sqrt(inverse.length);
  const sums = { squares: new Float64Array(games.items), cubes: new Float64Array(games.items) };
  const influence = new Float64Array(games.items);
  const add = (times: number) => {
    let mean = 0;
    for (const value of influence) mean += value / influence.length;
    for (let item = 0; item < influence.length; item++) {
      const value = influence[item]! - mean;
      sums.squares[item]! += times * value ** 2;
      sums.cubes[item]! += times * value ** 3;
    }
    influence.fill(0);
  };
  const addColumn = (parameter: number, factor: number) => {
    for (let item = 0; item < influence.length; item++) {
      influence[item]! += factor * inverse[parameter * size + item]!;
    }
  };
  if (clusters.ids === null && input.weight === null) {
    addCells(input, size, addColumn, add);
  } else {
    const ids = clusters.ids ?? Uint32Array.from({ length: rows }, (_, row) => row);
    forEachClusterScore(input, ids, clusters.count, size, (score, touched, length) => {
      for (let at = 0; at < length; at++) addColumn(touched[at]!, score[touched[at]!]!);
      add(1);
    });
  }
  return sums.cubes.map((cube, item) =>
    sums.squares[item]! > 0 ? cube / (6 * sums.squares[item]! ** 1.5) : 0,
  );
}

/** Rows of one game with one outcome have the same influence. */
function addCells(
  { games, slopes }: SandwichInput,
  size: number,
  addColumn: (parameter: number, factor: number) => void,
  add: (times: number) => void,
): void {
  for (let cell = 0; cell < 3 * games.count; cell++) {
    const rows = games.weight[cell]!;
    if (rows === 0) continue;
    const game = Math.floor(cell / 3);
    addColumn(games.first[game]!, slopes.d[cell]!);
    addColumn(games.second[game]!, -slopes.d[cell]!);
    for (let c = 0; c < games.covariateCount; c++) {
      const z = games.covariates[game * games.covariateCount + c]!;
      if (z !== 0) addColumn(games.items + c, slopes.d[cell]! * z);
    }
    if (games.items + games.covariateCount < size) addColumn(size - 1, slopes.t[cell]!);
    add(rows);
  }
}
