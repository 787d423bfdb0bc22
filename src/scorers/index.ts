export { readScorerRequest, type ScorerRequest } from './scorer-name.ts';
export { SCORERS } from './scorers.generated.ts';
export { expectedResponse } from './shape/expected-response.ts';
export type {
  CorpusScore,
  PreparedScorer,
  ScoredText,
  Scorer,
  ScoreValue,
} from './shape/scorer.ts';
