import type { CalibrationQuestion, CalibrationSetup } from './calibration-question.ts';
import { rocArea } from './roc-area.ts';

/** Answers of about the same confidence. */
export interface ConfidenceBin {
  /** From here on, up to but without `to`; the last holds 1 too. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean confidence, and how many of them are right. */
  readonly mean: number;
  readonly accuracy: number;
}

/** Right answers among some. */
export interface CountedAccuracy {
  readonly n: number;
  /** Null for none. */
  readonly accuracy: number | null;
}

/** What a consortium's confidence is worth. */
export interface ConfidenceQuality {
  readonly source: CalibrationSetup['confidenceSource'];
  /** Mean of (confidence - 1 where right, 0 where wrong)²: 0 is best; null without confidences. */
  readonly brier: number | null;
  /** Chance that a right answer has more confidence than a wrong one, and its interval; 0.5 says nothing. */
  readonly auroc: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of ten of the same width those that hold answers. */
  readonly bins: readonly ConfidenceBin[];
  /** From the threshold on, and under it. */
  readonly atOrAbove: CountedAccuracy;
  readonly below: CountedAccuracy;
}

interface Told {
  readonly confidence: number;
  readonly right: boolean;
}

const BINS = 10;
/** 4 of 5 votes are at a threshold of 0.8, however their share is rounded. */
const ROUNDING = 1e-9;

/** Measures what confidence says of being right, over the answers that have one. */
export function confidenceQuality(
  questions: readonly CalibrationQuestion[],
  { confidenceSource, confidenceThreshold }: CalibrationSetup,
): ConfidenceQuality {
  const told = questions.flatMap(({ confidence, right }) =>
    confidence === null ? [] : [{ confidence, right }],
  );
  const squares = told.map(({ confidence, right }) => (confidence - Number(right)) ** 2);
  const of = (wanted: boolean) =>
    told.filter(({ right }) => right === wanted).map(({ confidence }) => confidence);
  const isAbove = ({ confidence }: Told) => confidence >= confidenceThreshold - ROUNDING;
  return {
    source: told.length === 0 ? null : confidenceSource,
    brier: told.length === 0 ? null : sum(squares) / told.length,
    ...rocArea(of(true), of(false)),
    bins: binsOf(told),
    atOrAbove: counted(told.filter(isAbove)),
    below: counted(told.filter((one) => !isAbove(one))),
  };
}

function binsOf(told: readonly Told[]): ConfidenceBin[] {
  const binOf = ({ confidence }: Told) =>
    Math.min(BINS - 1, Math.floor(confidence * BINS + ROUNDING));
  return [...Map.groupBy(told, binOf)]
    .sort(([a], [b]) => a - b)
    .map(([bin, own]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      n: own.length,
      mean: sum(own.map(({ confidence }) => confidence)) / own.length,
      accuracy: counted(own).accuracy!,
    }));
}

function counted(told: readonly Told[]): CountedAccuracy {
  const n = told.length;
  return { n, accuracy: n === 0 ? null : told.filter(({ right }) => right).length / n };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
