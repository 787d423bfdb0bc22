import { quantileOfSorted } from '../numerics/quantile.ts';
import type { CalibrationQuestion, CalibrationSetup } from './calibration-question.ts';
import { type ConfidenceQuality, confidenceQuality } from './confidence-quality.ts';
import { effectiveMembers, errorCorrelation } from './error-correlation.ts';
import {
  type Accuracy,
  type AccuracyDifference,
  accuracyDifference,
  accuracyOf,
  memberAccuracy,
} from './member-accuracy.ts';
import { questionsNeeded } from './questions-needed.ts';
import { logOddsScores, pluralityScores } from './vote-alternatives.ts';

/** Whether a consortium is worth what it costs, as questions with right answers tell. */
export interface Calibration {
  readonly questions: number;
  readonly members: readonly ({ readonly model: string } & Accuracy)[];
  readonly consortium: { readonly model: string } & Accuracy & ConsortiumCost;
  /** Consortium less member, on the same questions. */
  readonly differences: readonly AccuracyDifference[];
  /** True where the interval of every difference lies above 0. */
  readonly beatsEveryMember: boolean;
  /** Share of questions that at least one member has right. */
  readonly oracle: number | null;
  /** Mean φ of two members' errors. */
  readonly errorCorrelation: number | null;
  readonly effectiveMembers: number | null;
  /** What voting over the same answers would have scored, without an arbiter. */
  readonly alternatives: readonly ({ readonly name: 'plurality' | 'log-odds' } & Accuracy)[];
  /** To see a difference of 5 points to the best member with a power of 80 %; null without questions. */
  readonly questionsNeeded: number | null;
  readonly confidence: ConfidenceQuality;
  /** Questions by the rounds that they took. */
  readonly rounds: Readonly<Record<string, number>>;
  /** True where no question goes beyond round 1, or confidence is not shown to tell right answers from wrong ones. */
  readonly thresholdDoesNothing: boolean;
}

interface ConsortiumCost {
  /** Of all questions together; null where a price is unknown. */
  readonly costUsd: number | null;
  /** Time of a question, of half and of 95 in 100 of them; null without questions. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** Makes the statistics of a consortium's answers to questions with right answers. */
export function calibrate(
  setup: CalibrationSetup,
  questions: readonly CalibrationQuestion[],
): Calibration {
  const members = setup.members.map((model, member) => ({
    model,
    ...memberAccuracy(questions, member),
  }));
  const differences = setup.members.map((model, member) =>
    accuracyDifference(questions, member, model),
  );
  const phi = errorCorrelation(questions);
  const confidence = confidenceQuality(questions, setup);
  const oneRound = questions.every(({ rounds }) => rounds <= 1);
  const { low, high } = confidence;
  return {
    questions: questions.length,
    members,
    consortium: {
      model: setup.name,
      ...accuracyOf(questions.map(({ right }) => Number(right))),
      ...costOf(questions),
    },
    differences,
    beatsEveryMember:
      differences.length > 0 && differences.every((one) => one.low !== null && one.low > 0),
    oracle: oracleOf(questions),
    errorCorrelation: phi,
    effectiveMembers: effectiveMembers(setup.members.length, phi),
    alternatives: [
      { name: 'plurality', ...accuracyOf(pluralityScores(questions)) },
      { name: 'log-odds', ...accuracyOf(logOddsScores(questions)) },
    ],
    questionsNeeded: neededOf(questions, members),
    confidence,
    rounds: roundsOf(questions),
    thresholdDoesNothing: oneRound || low === null || high === null || (low <= 0.5 && high >= 0.5),
  };
}

function costOf(questions: readonly CalibrationQuestion[]): ConsortiumCost {
  const times = Float64Array.from(questions, ({ durationMs }) => durationMs).sort();
  const costs = questions.map(({ costUsd }) => costUsd);
  return {
    costUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + cost!, 0),
    p50Ms: times.length === 0 ? null : quantileOfSorted(times, 0.5),
    p95Ms: times.length === 0 ? null : quantileOfSorted(times, 0.95),
  };
}

function oracleOf(questions: readonly CalibrationQuestion[]): number | null {
  if (questions.length === 0) return null;
  const known = questions.filter(({ members }) => members.some(({ right }) => right === true));
  return known.length / questions.length;
}

function neededOf(
  questions: readonly CalibrationQuestion[],
  members: readonly Accuracy[],
): number | null {
  const accuracies = members.map(({ accuracy }) => accuracy ?? -1);
  const best = accuracies.indexOf(Math.max(...accuracies));
  const known = questions.filter(({ members: own }) => (own[best]?.right ?? null) !== null);
  if (known.length === 0) return null;
  const discordant = known.filter(({ members: own, right }) => own[best]!.right !== right);
  return questionsNeeded(discordant.length / known.length);
}

function roundsOf(questions: readonly CalibrationQuestion[]): Record<string, number> {
  const counts = [...Map.groupBy(questions, ({ rounds }) => rounds)].sort(([a], [b]) => a - b);
  return Object.fromEntries(counts.map(([rounds, own]) => [String(rounds), own.length]));
}
