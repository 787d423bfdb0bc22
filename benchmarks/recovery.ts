import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureCoverage } from './recovery/coverage.ts';
import { bradleyTerryTruth, centred, drawComparisons, drawWorld } from './recovery/worlds.ts';

// Do intervals hold the truth as often as they say? Seeded worlds in which the truth is known.
const WORLDS = Number(process.argv[2] ?? 400);

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

intervalWorlds();
matchingWorlds();
judgeWorlds();
rankWorlds();

const results = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}recovery.json`, `${JSON.stringify({ worlds: WORLDS, lines }, null, 2)}\n`);
