import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { fairCoinTwoSided } from '../numerics/distributions.ts';
import { type CalibrationQuestion, type CalibrationSetup, calibrate } from './index.ts';
import { questionsNeeded } from './questions-needed.ts';
import { rocArea } from './roc-area.ts';

const known = JSON.parse(
  readFileSync(new URL('./reference-values.json', import.meta.url), 'utf8'),
) as {
  questions: CalibrationQuestion[];
  members: [number, number, number][];
  consortium: [number, number, number];
  durations: [number, number];
  differences: [number, number, number, number][];
  oracle: number;
  phi: number;
  plurality: [number, number, number];
  brier: number;
  auroc: [area: number, variance: number, low: number, high: number];
};

function setup(members: number, more: Partial<CalibrationSetup> = {}): CalibrationSetup {
  return {
    name: 'team',
    members: Array.from({ length: members }, (_, at) => `m${at}`),
    confidenceThreshold: 0.8,
    confidenceSource: 'agreement',
    ...more,
  };
}

const close = (value: number) => expect.closeTo(value, 9);
const closeAccuracy = ([accuracy, low, high]: readonly [number, number, number]) => ({
  accuracy: close(accuracy),
  low: close(low),
  high: close(high),
});

const closeArea = ({ auroc, low, high }: { auroc: number; low: number; high: number }) => ({
  auroc: close(auroc),
  low: close(low),
  high: close(high),
});

describe('against scipy, statsmodels and scikit-learn', () => {
  const found = calibrate(setup(5), known.questions);

  it("gives the accuracies of members and of the consortium with Wilson's intervals", () => {
    expect(found.members).toEqual(
      known.members.map((one, at) => ({ model: `m${at}`, ...closeAccuracy(one) })),
    );
    expect(found.consortium).toEqual({
      model: 'team',
      ...closeAccuracy(known.consortium),
      costUsd: close(0.12),
      p50Ms: close(known.durations[0]),
      p95Ms: close(known.durations[1]),
    });
  });

  it("gives paired differences with Student's interval and McNemar's exact test", () => {
    expect(found.differences).toEqual(
      known.differences.map(([difference, low, high, mcnemar], at) => ({
        model: `m${at}`,
        difference: close(difference),
        low: close(low),
        high: close(high),
        mcnemar: close(mcnemar),
      })),
    );
    expect(found.beatsEveryMember).toBe(known.differences.every(([, low]) => low > 0));
  });

  it('gives what the best pick would have scored, how errors go together, and a plain vote', () => {
    expect(found.oracle).toBeCloseTo(known.oracle, 12);
    expect(found.errorCorrelation).toBeCloseTo(known.phi, 12);
    expect(found.effectiveMembers).toBeCloseTo(5 / (1 + 4 * known.phi), 12);
    expect(found.alternatives[0]).toEqual({
      name: 'plurality',
      ...closeAccuracy(known.plurality),
    });
  });

  it('says what confidence is worth', () => {
    const { confidence } = found;
    expect(confidence.brier).toBeCloseTo(known.brier, 12);
    const [auroc, , low, high] = known.auroc;
    expect(confidence).toMatchObject(closeArea({ auroc, low, high }));
    const counted = confidence.bins.reduce((sum, { n }) => sum + n, 0);
    expect(counted).toBe(known.questions.length);
    const above = known.questions.filter((one) => one.confidence! >= 0.8 - 1e-9);
    expect(confidence.atOrAbove).toEqual({
      n: above.length,
      accuracy: close(above.filter(({ right }) => right).length / above.length),
    });
    expect(confidence.below.n).toBe(known.questions.length - above.length);
    const rounds = Object.values(found.rounds).reduce((sum, n) => sum + n, 0);
    expect(rounds).toBe(known.questions.length);
  });
});

interface Panel {
  readonly skills: readonly number[];
  readonly choices: number;
  readonly unparsed?: number;
}

function questionOf({ skills, choices, unparsed = 0 }: Panel, random: Random): CalibrationQuestion {
  const members = skills.map((skill) => {
    if (random() < unparsed) return { answer: null, right: false };
    const right = random() < skill;
    const wrong = 1 + Math.floor(random() * (choices - 1));
    return { answer: right ? '0' : String(wrong), right };
  });
  return {
    members,
    right: members[0]!.right,
    confidence: random(),
    rounds: 1,
    costUsd: 0,
    durationMs: 1,
  };
}

function questionsOf(panel: Panel, count: number, random: Random): CalibrationQuestion[] {
  return Array.from({ length: count }, () => questionOf(panel, random));
}

const accuracies = (panel: Panel, count = 4000, seed = 1) => {
  const found = calibrate(
    setup(panel.skills.length),
    questionsOf(panel, count, seededRandom(seed)),
  );
  const [plurality, logOdds] = found.alternatives;
  return { plurality: plurality!.accuracy!, logOdds: logOdds!.accuracy! };
};

describe('by simulation', () => {
  it('scores a plain vote as binomial sums do', () => {
    const same = Array(5).fill(0.7) as number[];
    expect(Math.abs(accuracies({ skills: same, choices: 2 }).plurality - 0.837)).toBeLessThan(
      0.018,
    );
    expect(Math.abs(accuracies({ skills: same, choices: 4 }).plurality - 0.91)).toBeLessThan(0.018);
    const gaps = accuracies({ skills: same, choices: 2, unparsed: 0.1 });
    expect(Math.abs(gaps.plurality - 0.815)).toBeLessThan(0.018);
  });

  it('weighs a good member above four bad ones, where a plain vote loses to it', () => {
    const uneven = accuracies({ skills: [0.9, 0.6, 0.6, 0.6, 0.6], choices: 2 });
    expect(Math.abs(uneven.plurality - 0.786)).toBeLessThan(0.018);
    expect(uneven.logOdds).toBeGreaterThanOrEqual(0.885);
  });

  it('loses nothing by weights where all are alike, nor where one is worse than chance', () => {
    const same = accuracies({ skills: Array(5).fill(0.7) as number[], choices: 4 });
    expect(same.logOdds).toBeGreaterThan(same.plurality - 0.01);
    const liar = accuracies({ skills: [0.1, 0.7, 0.7], choices: 2 });
    expect(liar.logOdds).toBeGreaterThan(liar.plurality + 0.05);
    // Of four choices two in five is better than chance.
    const weak = accuracies({ skills: [0.4, 0.4, 0.4, 0.45, 0.4], choices: 4 });
    expect(weak.logOdds).toBeGreaterThan(weak.plurality - 0.015);
  });

  it('takes no answer of a question for its own weights: chance stays chance', () => {
    const shares = Array.from(
      { length: 60 },
      (_, seed) => accuracies({ skills: [0.5, 0.5, 0.5], choices: 2 }, 60, seed).logOdds,
    );
    const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 3600));
  });

  it('holds accuracies, differences and the area 92 to 98 times in 100', () => {
    const random = seededRandom(3);
    const [panel, studies, count] = [{ skills: [0.75, 0.6], choices: 2 }, 400, 100] as const;
    const held = { accuracy: 0, difference: 0, plurality: 0 };
    for (let at = 0; at < studies; at++) {
      const { members, differences, alternatives } = calibrate(
        setup(2),
        questionsOf(panel, count, random),
      );
      const holds = (value: number, { low, high }: { low: number | null; high: number | null }) =>
        Number(low! <= value && value <= high!);
      held.accuracy += holds(0.6, members[1]!);
      held.difference += holds(0.15, differences[1]!);
      // Both right, or one of them and half of a tie.
      held.plurality += holds(0.675, alternatives[0]!);
    }
    for (const [name, count] of Object.entries(held)) {
      expect(count / studies, name).toBeGreaterThanOrEqual(0.92);
      expect(count / studies, name).toBeLessThanOrEqual(0.98);
    }
  });

  it.each([
    ['confidences of any size', 0, 0.85],
    ['steps of a fifth', 5, 0.85],
    ['confidences that say nothing', 0, 0],
    ['steps that say nothing', 5, 0],
  ])('holds the area under the curve 92 to 98 times in 100: %s', (_, steps, shift) => {
    const random = seededRandom(8);
    const draw = (mean: number) => {
      const value = 1 / (1 + Math.exp(-mean - normal(random)));
      return steps === 0 ? value : Math.ceil(value * steps) / steps;
    };
    const pairs = 200_000;
    let above = 0;
    for (let at = 0; at < pairs; at++) above += (Math.sign(draw(shift) - draw(0)) + 1) / 2;
    let held = 0;
    const studies = 1000;
    for (let at = 0; at < studies; at++) {
      const right = Array.from({ length: 70 }, () => draw(shift));
      const wrong = Array.from({ length: 30 }, () => draw(0));
      const { low, high } = rocArea(right, wrong);
      if (low! <= above / pairs && above / pairs <= high!) held++;
    }
    expect(held / studies).toBeGreaterThanOrEqual(0.92);
    expect(held / studies).toBeLessThanOrEqual(0.98);
  });

  it.each([
    ['wrong ones are as often far above as far below', 80, 20],
    ['wrong ones are as often far above as far below, and few', 190, 10],
    ['right ones are as often far above as far below', 20, 80],
  ])('does not take confidence for telling where %s', (_, right, wrong) => {
    const random = seededRandom(9);
    const near = () => 0.45 + random() / 10;
    const far = () => (random() < 0.5 ? random() * 0.4 : 1 - random() * 0.4);
    const draw = (count: number, isFar: boolean) =>
      Array.from({ length: count }, isFar ? far : near);
    let told = 0;
    const studies = 1000;
    for (let at = 0; at < studies; at++) {
      const { low, high } = rocArea(draw(right, right < wrong), draw(wrong, wrong < right));
      if (low! > 0.5 || high! < 0.5) told++;
    }
    expect(told / studies).toBeLessThan(0.08);
  });

  it('finds a difference of 5 points with the questions that it says, 8 times in 10', () => {
    const random = seededRandom(4);
    const [discordant, studies] = [0.25, 600];
    const needed = questionsNeeded(discordant);
    let found = 0;
    for (let at = 0; at < studies; at++) {
      let [better, worse] = [0, 0];
      for (let question = 0; question < needed; question++) {
        const value = random();
        if (value < (discordant + 0.05) / 2) better++;
        else if (value < discordant) worse++;
      }
      if (fairCoinTwoSided(better, worse) < 0.05) found++;
    }
    expect(Math.abs(found / studies - 0.8)).toBeLessThan(0.06);
  });
});

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const QUESTION: CalibrationQuestion = {
  members: [
    { answer: '1', right: true },
    { answer: '2', right: false },
  ],
  right: true,
  confidence: 0.5,
  rounds: 1,
  costUsd: 0.25,
  durationMs: 10,
};

describe('where little is known', () => {
  it('shares a tie', () => {
    const { alternatives } = calibrate(setup(2), [QUESTION]);
    expect(alternatives[0]).toMatchObject({ name: 'plurality', accuracy: 0.5 });
  });

  it('says nothing of no question', () => {
    const found = calibrate(setup(2), []);
    expect(found).toMatchObject({
      questions: 0,
      members: [{ accuracy: null }, { accuracy: null }],
      beatsEveryMember: false,
      oracle: null,
      errorCorrelation: null,
      effectiveMembers: null,
      questionsNeeded: null,
      confidence: { source: null, brier: null, auroc: null, bins: [], atOrAbove: { n: 0 } },
      rounds: {},
      thresholdDoesNothing: true,
    });
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
  });

  it('says nothing of a member that was not let to answer, and takes no answer for a wrong one', () => {
    const cut = { answer: null, right: null };
    const found = calibrate(setup(2), [
      QUESTION,
      { ...QUESTION, members: [{ answer: null, right: false }, cut] },
    ]);
    expect(found.members).toMatchObject([{ accuracy: 0.5 }, { accuracy: 0 }]);
    expect(found.differences[1]).toMatchObject({ difference: 1, mcnemar: 1 });
    expect(found.oracle).toBe(0.5);
  });

  it('gives no difference a bound that no difference can have', () => {
    const wrong = { ...QUESTION.members[0]!, right: false };
    const others = Array.from({ length: 5 }, () => ({
      ...QUESTION,
      right: true,
      members: [wrong],
    }));
    const questions = [{ ...QUESTION, right: false, members: [wrong] }, ...others];
    const [against] = calibrate(setup(1), questions).differences;
    expect(against).toMatchObject({ difference: 5 / 6, high: 1 });
    const turned = questions.map((one) => ({
      ...one,
      right: false,
      members: [{ ...wrong, right: one.right }],
    }));
    expect(calibrate(setup(1), turned).differences[0]).toMatchObject({ low: -1 });
  });

  it('has no correlation where somebody is always right, and one effective member of one', () => {
    const found = calibrate(setup(2), [QUESTION, QUESTION]);
    expect([found.errorCorrelation, found.effectiveMembers]).toEqual([null, null]);
    const one = calibrate(setup(1), [{ ...QUESTION, members: [QUESTION.members[0]!] }]);
    expect(one.effectiveMembers).toBe(1);
  });

  it('knows no cost where one is unknown, and no source where no confidence was told', () => {
    const found = calibrate(setup(2), [QUESTION, { ...QUESTION, costUsd: null, confidence: null }]);
    expect(found.consortium.costUsd).toBeNull();
    expect(found.confidence).toMatchObject({ source: 'agreement', brier: 0.25 });
    const none = calibrate(setup(2), [{ ...QUESTION, confidence: null }]);
    expect(none.confidence.source).toBeNull();
  });

  it('calls a threshold idle where nobody goes on, or where confidence says nothing', () => {
    const of = (rounds: number, confidences: readonly [number, number]) =>
      calibrate(
        setup(2),
        Array.from({ length: 40 }, (_, at) => ({
          ...QUESTION,
          rounds: at === 0 ? rounds : 1,
          right: at % 2 === 0,
          confidence: confidences[at % 2]! + at / 1e4,
        })),
      ).thresholdDoesNothing;
    expect(of(1, [0.9, 0.1])).toBe(true);
    expect(of(2, [0.9, 0.1])).toBe(false);
    expect(of(2, [0.5, 0.5])).toBe(true);
    // That wrong answers have the higher confidence says something, too.
    expect(of(2, [0.1, 0.9])).toBe(false);
  });

  it('gives bounds to an area of 1 too', () => {
    const { auroc, low, high } = rocArea([0.9, 0.8, 0.7], [0.1, 0.2]);
    expect([auroc, high]).toEqual([1, 1]);
    expect(low).toBeGreaterThan(0.2);
    expect(low).toBeLessThan(0.9);
  });

  it('gives an area with few answers of a kind the wider of two intervals', () => {
    // Newcombe's is found by trying all areas.
    const narrow = rocArea([0.6, 0.7, 0.8], [0.1, 0.2, 0.3, 0.4, 0.5, 0.1, 0.2, 0.3, 0.4, 0.65]);
    const expected = { auroc: 29 / 30, low: 0.587075291, high: 0.9979608987 };
    expect(narrow).toEqual(closeArea(expected));
    const wide = rocArea([0.9, 0.8, 0.7, 0.6], [0.1, 0.2, 0.3, 0.65]);
    expect(wide.auroc).toBe(15 / 16);
    expect(wide.low).toBeLessThan(0.513);
    expect(wide.high).toBeGreaterThan(0.995);
  });

  it('takes a confidence for the threshold that its sum of shares has missed by a rounding', () => {
    const { confidence } = calibrate(setup(2), [{ ...QUESTION, confidence: 0.1 + 0.7 }]);
    expect([confidence.atOrAbove.n, confidence.below.n]).toEqual([1, 0]);
  });

  it('correlates errors on the questions that both were let to answer', () => {
    const asked = (...rights: (boolean | null)[]) => ({
      ...QUESTION,
      members: rights.map((right) => ({ answer: right === null ? null : 'a', right })),
    });
    const questions = [asked(true, true), asked(false, false), asked(true, null)];
    expect(calibrate(setup(2), questions).errorCorrelation).toBeCloseTo(1, 12);
  });

  it('asks for no fewer questions than a difference of that size needs', () => {
    expect(questionsNeeded(0)).toBe(questionsNeeded(0.05));
    expect(questionsNeeded(0.4)).toBeGreaterThan(questionsNeeded(0.2));
  });
});
