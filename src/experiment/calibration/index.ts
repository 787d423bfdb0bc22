export { checkQuestions } from './check-questions.ts';
export {
  type CalibratedConsortium,
  type ReadCalibration,
  readCalibration,
} from './read-calibration.ts';
