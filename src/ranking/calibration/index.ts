export { type Calibration, calibrate } from './calibrate.ts';
export type {
  CalibrationQuestion,
  CalibrationSetup,
  MemberAnswer,
} from './calibration-question.ts';
export type { ConfidenceQuality } from './confidence-quality.ts';
export type { Accuracy, AccuracyDifference } from './member-accuracy.ts';
