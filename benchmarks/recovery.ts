import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ClaimShape,
  drawClaimWorld,
  drawListWorld,
  drawNewcomerWorld,
} from './recovery/claim-worlds.ts';
import { type ClaimErrors, measureClaims } from './recovery/claims.ts';
import { measureCoverage } from './recovery/coverage.ts';
import { bradleyTerryTruth, centred, drawComparisons, drawWorld } from './recovery/worlds.ts';

// Do intervals hold the truth as often as they say, and is what is called sure right? Seeded worlds in
// which the truth is known. node benchmarks/recovery.ts [WORLDS] [PART…]: default 400 and all parts; 40
// worlds take a minute or two.
const WORLDS = Number(process.argv[2] ?? 400);
const PARTS = process.argv.slice(3);

interface Line {
  readonly name: string;
  readonly figure: string;
  readonly value: number;
  readonly hold: readonly [number, number];
  readonly more: object;
}

const lines: Line[] = [];

function note(name: string, figure: string, value: number, hold: [number, number], more: object) {
  lines.push({ name, figure, value, hold, more });
  const ok = value >= hold[0] && value <= hold[1] ? 'ok' : 'OUTSIDE';
  const shown = `${name.padEnd(58)} ${figure.padEnd(10)} ${value.toFixed(3)}`;
  console.log(`${shown}  hold ${hold[0]}-${hold[1]}  ${ok}  ${JSON.stringify(more)}`);
}

/** The three kinds of intervals on worlds without ties, and with the ties of Davidson's model. */
function intervalWorlds(): void {
  const kinds = [
    ['sandwich', {}, [0.94, 0.96]],
    ['bca', { intervals: 'bootstrap', bootstrapInterval: 'bca' }, [0.94, 0.96]],
    ['percentile', { intervals: 'bootstrap' }, [0.92, 0.97]],
  ] as const;
  for (const [perItem, ties] of [
    [20, 1],
    [40, 1],
    [40, 0],
    [100, 0],
  ] as const) {
    const draw = (seed: number) => {
      const world = drawWorld(seed, { items: 10, sd: 0.4, ties });
      const table = drawComparisons(world, seed, { rows: 5 * perItem });
      return { table, truth: bradleyTerryTruth(world, seed) };
    };
    const label = `10 items, ${perItem} an item, ${ties > 0 ? 'ties' : 'no ties'}`;
    for (const [kind, options, hold] of kinds) {
      const found = measureCoverage(WORLDS, draw, options);
      note(`${label}, ${kind}`, 'coverage', found.coverage, [...hold], found);
    }
  }
}

/** A method that matches the generator is held against the generating strengths. */
function matchingWorlds(): void {
  const found = measureCoverage(
    WORLDS,
    (seed) => {
      const world = drawWorld(seed, { items: 10, sd: 0.7, ties: 0.8 });
      const table = drawComparisons(world, seed, { rows: 200 });
      return { table, truth: centred(world.logStrengths) };
    },
    { method: 'davidson' },
  );
  const label = 'davidson on its own world, 40 an item, sandwich';
  note(label, 'coverage', found.coverage, [0.94, 0.96], found);
}

function judgeWorlds(): void {
  for (const judges of [10, 20, 40, 100]) {
    const draw = (seed: number) => {
      const world = drawWorld(seed, { items: 8, sd: 0.7, judgeSd: 1 });
      const table = drawComparisons(world, seed, { rows: 100 * judges, judges });
      return { table, truth: bradleyTerryTruth(world, seed) };
    };
    const clustered = measureCoverage(WORLDS, draw, { cluster: 'judge' });
    const label = `${judges} judges that differ`;
    note(`${label}, by judge`, 'coverage', clustered.coverage, [0.93, 0.97], clustered);
    if (judges > 10) continue;
    const plain = measureCoverage(WORLDS, draw, { cluster: 'comparison' });
    note(`${label}, by comparison (wrong)`, 'coverage', plain.coverage, [0, 0.8], plain);
  }
}

function rankWorlds(): void {
  const found = measureCoverage(
    WORLDS,
    (seed) => {
      const world = drawWorld(seed, { items: 12, sd: 1 });
      // Two pairs of items that are almost the same.
      const strengths = world.logStrengths.slice();
      strengths[1] = strengths[0]! + 1e-4;
      strengths[3] = strengths[2]! + 1e-3;
      const near = { ...world, logStrengths: strengths };
      return {
        table: drawComparisons(near, seed, { rows: 1200 }),
        truth: centred(strengths),
      };
    },
    {},
  );
  note(
    '12 items, two near-equal pairs: all true ranks in range',
    'worlds',
    found.ranksCovered,
    [0.95, 1],
    found,
  );
}

/** Most errors that are held, and how far a share of so many worlds may lie above by chance alone. */
const MAX_ERROR = 0.06;
const chance = (worlds: number) => 2 * Math.sqrt((MAX_ERROR * (1 - MAX_ERROR)) / worlds);

function noteClaims(label: string, found: ClaimErrors): void {
  const most = MAX_ERROR + chance(found.worlds);
  note(label, 'error', found.error, [0, Number(most.toFixed(3))], found);
}

/** Ranges by clusters, few and many, equal and unequal, named or passed over. */
function clusterClaims(): void {
  const worlds = { 5: WORLDS, 10: WORLDS, 59: Math.max(4, Math.round(WORLDS / 8)) } as const;
  for (const items of [5, 10, 59] as const) {
    for (const strengths of ['equal', 'levels', 'spread'] as const) {
      for (const sizes of ['same', 'unequal'] as const) {
        for (const clusters of [2, 3, 5, 8, 13, 30]) {
          const rows = 150 * items;
          const shape = { clusters, items, rows, strengths, sizes, clusterSd: 0.7 } as const;
          const label = `${clusters} clusters (${sizes}), ${items} items, ${strengths}`;
          noteClaims(label, claimsOf({ ...shape, column: 'prompt' }, worlds[items], 'prompt'));
        }
      }
    }
  }
  for (const clusters of [2, 3, 5, 8]) {
    const shape = { clusters, items: 10, rows: 1500, sizes: 'same', clusterSd: 0.7 } as const;
    const equal = { ...shape, strengths: 'equal', column: 'judge' } as const;
    noteClaims(`${clusters} judges, passed over, equal`, claimsOf(equal, WORLDS, undefined));
    const alike = { ...equal, clusterSd: 0, column: 'prompt' } as const;
    noteClaims(`${clusters} clusters that do not differ`, claimsOf(alike, WORLDS, 'prompt'));
  }
}

function claimsOf(shape: ClaimShape, worlds: number, cluster: string | undefined): ClaimErrors {
  return measureClaims(worlds, (seed) => drawClaimWorld(shape, seed), { cluster });
}

/** Ranges where comparisons are few, with and without a prior. */
function smallClaims(): void {
  for (const [items, rows] of [
    [3, 15],
    [5, 50],
    [10, 100],
    [10, 300],
  ] as const) {
    for (const strengths of ['equal', 'levels'] as const) {
      const world = { clusters: 1, items, rows, strengths, clusterSd: 0, sizes: 'same' } as const;
      const draw = (seed: number) => drawClaimWorld({ ...world, column: 'prompt' }, seed);
      for (const prior of [0, 0.5]) {
        const label = `${rows} comparisons of ${items} items, ${strengths}, prior ${prior}`;
        noteClaims(label, measureClaims(WORLDS, draw, { cluster: 'comparison', prior }));
      }
    }
  }
  for (const votes of [2, 3, 5, 8, 12, 20]) {
    const draw = (seed: number) => ({
      table: drawNewcomerWorld(votes, seed),
      truth: Array<number>(6).fill(0),
    });
    const label = `a new item with ${votes} votes, prior 0.5`;
    noteClaims(label, measureClaims(WORLDS, draw, { prior: 0.5 }));
  }
}

function listClaims(): void {
  for (const [lists, items] of [
    [30, 5],
    [30, 10],
    [30, 20],
    [100, 10],
  ] as const) {
    const draw = (seed: number) => ({
      table: drawListWorld(lists, items, seed),
      truth: Array<number>(items).fill(0),
    });
    const found = measureClaims(WORLDS, draw, {});
    noteClaims(`${lists} lists of ${items} items, equal`, found);
    note(`${lists} lists of ${items} items`, 'coverage', found.coverage!, [0.93, 0.97], found);
  }
}

const parts = {
  intervals: intervalWorlds,
  matching: matchingWorlds,
  judges: judgeWorlds,
  ranks: rankWorlds,
  clusters: clusterClaims,
  small: smallClaims,
  lists: listClaims,
};
for (const [name, run] of Object.entries(parts)) {
  if (PARTS.length === 0 || PARTS.includes(name)) run();
}

const results = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(results, { recursive: true });
const file = PARTS.length === 0 ? 'recovery' : `recovery-${PARTS.join('-')}`;
writeFileSync(`${results}${file}.json`, `${JSON.stringify({ worlds: WORLDS, lines }, null, 2)}\n`);
