export {
  type Cap,
  type CleaningReport,
  type CleaningSteps,
  cleanComparisons,
} from './clean-comparisons.ts';
