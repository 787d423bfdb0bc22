import { describe, expect, it } from 'vitest';
import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { type PanelStatistics, type PanelVerdict, panelStatistics } from './index.ts';

/** A world in which models answer and judge. */
interface World {
  readonly models: number;
  readonly rounds: number;
  /** How far the models' answers differ on average, from the first to the last. */
  readonly spread: number;
  /** How much better the first shown looks. */
  readonly bias: number;
  /** How much better its own answer looks to a judge. */
  readonly self: number;
  /** Steps in which a judge sees, so that answers tie; 0 for none. */
  readonly step: number;
  /** Share of verdicts that lack. */
  readonly missing: number;
  /** True where the answers of a prompt's rounds are the same. */
  readonly sameAnswers: boolean;
  /** How much better longer answers look to all judges; the first model's are the longest. */
  readonly length: number;
  /** True where each judge has an order of its own. */
  readonly ownOrders: boolean;
}

const FAIR: World = {
  models: 4,
  rounds: 2,
  spread: 0,
  bias: 0,
  self: 0,
  step: 0,
  missing: 0,
  sameAnswers: false,
  length: 0,
  ownOrders: false,
};

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Every model ranks all answers; on a prompt a model is better or worse for all judges. */
function studyOf(world: World, prompts: number, random: Random): PanelVerdict[] {
  const { models, rounds } = world;
  const names = Array.from({ length: models }, (_, model) => `m${model}`);
  const verdicts: PanelVerdict[] = [];
  for (let prompt = 0; prompt < prompts; prompt++) {
    const first = names.map(() => random());
    const firstOf = names.map(() => (world.ownOrders ? names.map(() => random()) : first));
    let quality: number[] = [];
    for (let round = 0; round < rounds; round++) {
      if (round === 0 || !world.sameAnswers) {
        quality = names.map((_, model) => (-world.spread * model) / (models - 1) + normal(random));
      }
      const lengths = names.map((_, model) => -Math.log(1 - random()) * (models - model));
      for (const [at, judge] of names.entries()) {
        const place = firstOf[at]!;
        // In every second round the order is the other one.
        const order = [...names.keys()].sort(
          (a, b) => (place[a]! - place[b]!) * (round % 2 ? -1 : 1),
        );
        const seen = order.map((model, place) => {
          const value =
            quality[model]! +
            normal(random) +
            world.length * lengths[model]! +
            (place === 0 ? world.bias : 0) +
            (names[model] === judge ? world.self : 0);
          return world.step === 0 ? value : Math.round(value / world.step);
        });
        if (random() < world.missing) continue;
        const shown = order.map((model) => names[model]!);
        const groups = Map.groupBy(shown, (_, place) => seen[place]!);
        const ranking = [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
        verdicts.push({ prompt: `p${prompt}`, round, judge, shown, ranking });
      }
    }
  }
  return verdicts;
}

interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

/** The intervals of a tally, by what they are of, and what each is an interval for. */
function intervalsOf(found: PanelStatistics): Record<string, Bounds & { value: number | null }> {
  const first = found.responders.find(({ model }) => model === 'm0')!;
  const own = found.selfPreference.judges.find(({ judge }) => judge === 'm1')!;
  return {
    meanRank: { value: first.meanRank, low: first.low, high: first.high },
    kendallW: { ...found.agreement, value: found.agreement.kendallW },
    self: found.selfPreference.overall,
    selfOfOne: own,
    consistent: { ...found.flips.consistent, value: found.flips.consistent.share },
    reversed: { ...found.flips.reversed, value: found.flips.reversed.share },
    firstTwice: { ...found.flips.firstTwice, value: found.flips.firstTwice.share },
  };
}

/** How often each interval of a study of so many prompts holds what a very long study says. */
function coverage(world: World, studies: number, seed: number, prompts = 30): Map<string, number> {
  const random = seededRandom(seed);
  const truth = intervalsOf(panelStatistics(studyOf(world, 5000, random)));
  const held = new Map<string, number>();
  for (let at = 0; at < studies; at++) {
    const found = intervalsOf(panelStatistics(studyOf(world, prompts, random)));
    for (const [name, { low, high }] of Object.entries(found)) {
      const value = truth[name]!.value!;
      const holds = low !== null && high !== null && low <= value && value <= high;
      held.set(name, (held.get(name) ?? 0) + (holds ? 1 : 0));
    }
  }
  return new Map([...held].map(([name, count]) => [name, count / studies]));
}

const WORLDS: readonly (readonly [string, World])[] = [
  ['two models', { ...FAIR, models: 2, spread: 1 }],
  ['four models', { ...FAIR, spread: 1.5 }],
  ['six models', { ...FAIR, models: 6, spread: 2 }],
  ['ties, gaps, bias', { ...FAIR, spread: 1, bias: 0.8, self: 0.5, step: 1, missing: 0.15 }],
  ['four rounds of the same answers', { ...FAIR, rounds: 4, spread: 1, sameAnswers: true }],
];

describe('by simulation', () => {
  it.each(WORLDS)(
    'intervals of 30 prompts hold the truth 92 to 98 times in 100: %s',
    (_, world) => {
      const shares = coverage(world, 300, 16);
      for (const [name, share] of shares) {
        expect(share, name).toBeGreaterThanOrEqual(0.92);
        expect(share, name).toBeLessThanOrEqual(0.98);
      }
    },
  );

  it.each([2, 4, 6])(
    'finds a pull of places, or self-preference, where there is none in about 5 studies of 100: %i models',
    (models) => {
      for (const world of [
        { ...FAIR, models, step: 1, missing: 0.15, spread: 1 },
        { ...FAIR, models, rounds: 4, sameAnswers: true },
      ]) {
        const random = seededRandom(models);
        const studies = 200;
        let [pull, self] = [0, 0];
        for (let at = 0; at < studies; at++) {
          const { flips, selfPreference } = panelStatistics(studyOf(world, 30, random));
          if (flips.mcnemar! < 0.05) pull++;
          const { low, high } = selfPreference.overall;
          if (low! > 0 || high! < 0) self++;
        }
        const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies);
        expect(pull / studies).toBeLessThan(most);
        expect(self / studies).toBeLessThan(most);
      }
    },
  );

  it.each([
    ['the first place', { bias: 2, ownOrders: true }],
    ['longer answers', { length: 0.7 }],
    ['longer answers, with many ties', { length: 0.7, step: 3 }],
  ])('takes no taste that all judges share for self-preference: %s', (_, taste) => {
    const random = seededRandom(11);
    const world = { ...FAIR, rounds: 1, missing: 0.1, ...taste };
    const studies = 300;
    let told = 0;
    for (let at = 0; at < studies; at++) {
      const { low, high } = panelStatistics(studyOf(world, 30, random)).selfPreference.overall;
      if (low! > 0 || high! < 0) told++;
    }
    expect(told / studies).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies));
  });

  it('finds a pull of places and self-preference where they are', () => {
    const random = seededRandom(5);
    const world = { ...FAIR, models: 3, bias: 0.8, self: 0.8 };
    const { flips, selfPreference, positions } = panelStatistics(studyOf(world, 100, random));
    expect(flips.mcnemar).toBeLessThan(0.001);
    expect(flips.firstTwice.count).toBeGreaterThan(2 * flips.secondTwice.count);
    expect(selfPreference.overall.low).toBeGreaterThan(0);
    expect(positions[0]!.meanRank).toBeLessThan(positions[1]!.meanRank - 0.2);
  });

  it('makes the tally of 100,000 verdicts within seconds', () => {
    const verdicts = studyOf({ ...FAIR, rounds: 5, step: 1 }, 5000, seededRandom(1));
    expect(verdicts).toHaveLength(100_000);
    const before = performance.now();
    expect(panelStatistics(verdicts).rankings).toBe(100_000);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
