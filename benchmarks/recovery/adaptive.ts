import type { Comparison } from '../../src/core/comparison.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { planPairs, rank } from '../../src/ranking/index.ts';
import { centred, drawWorld } from './worlds.ts';

const SCALE = 400 / Math.LN10;

/** What adaptive choice of pairs saves against random pairs. */
export interface AdaptiveSaving {
  /** Comparisons with which adaptive reaches random's mean standard error, over random's. */
  share: number;
  /** Coverage of its intervals. */
  coverage: number;
  worlds: number;
}

/** Compares mean standard errors of adaptive and random pairs over seeded worlds. */
export function measureAdaptive(
  worlds: number,
  shape: { items: number; sd: number; rows: number; batch: number },
): AdaptiveSaving {
  let used = 0;
  let held = 0;
  let counted = 0;
  let measured = 0;
  for (let seed = 1; seed <= worlds; seed++) {
    const truth = centred(drawWorld(seed, shape).logStrengths);
    const judge = judgeOf(truth, seed);
    const goal = meanError(randomRows(judge, shape, seed));
    const reached = climb(judge, shape, seed, goal);
    if (goal === null || reached === null) continue;
    measured++;
    used += reached.rows.length / shape.rows;
    for (const { item, low, high } of rank(reached.rows, { prior: 0.5 }).items) {
      const rating = 1000 + SCALE * truth[Number(item.slice(1))]!;
      if (low! <= rating && rating <= high!) held++;
      counted++;
    }
  }
  return { share: used / measured, coverage: held / counted, worlds: measured };
}

type Judge = (left: number, right: number) => Comparison;

function judgeOf(truth: readonly number[], seed: number): Judge {
  const random = seededRandom(seed, 5);
  return (left, right) => ({
    left: `m${left}`,
    right: `m${right}`,
    verdict: random() < 1 / (1 + Math.exp(truth[right]! - truth[left]!)) ? 'left' : 'right',
  });
}

function randomRows(judge: Judge, shape: { items: number; rows: number }, seed: number) {
  const random = seededRandom(seed, 6);
  return Array.from({ length: shape.rows }, () => {
    const left = Math.floor(random() * shape.items);
    return judge(left, (left + 1 + Math.floor(random() * (shape.items - 1))) % shape.items);
  });
}

/** Adds batches of adaptive pairs to a balanced start until the error is as small as the goal. */
function climb(
  judge: Judge,
  shape: { items: number; rows: number; batch: number },
  seed: number,
  goal: number | null,
): { rows: Comparison[] } | null {
  const items = Array.from({ length: shape.items }, (_, item) => ({ item: `m${item}` }));
  const number = (name: string) => Number(name.slice(1));
  const start = planPairs(items, { strategy: 'balanced', count: 2 * shape.items, seed });
  const rows = start.pairs.map(({ left, right }) => judge(number(left), number(right)));
  while (goal !== null && rows.length < 1.5 * shape.rows) {
    const error = rows.length < shape.rows / 2 ? null : meanError(rows);
    if (error !== null && error <= goal) return { rows };
    const plan = planPairs(items, {
      strategy: 'adaptive',
      count: shape.batch,
      comparisons: rows,
      seed: seed + rows.length,
    });
    for (const { left, right } of plan.pairs) rows.push(judge(number(left), number(right)));
  }
  return null;
}

/** Mean standard error of the ratings in points. */
function meanError(rows: readonly Comparison[]): number | null {
  const { items } = rank(rows, { prior: 0.5 });
  return items.reduce((sum, { low, high }) => sum + (high! - low!) / items.length, 0);
}
