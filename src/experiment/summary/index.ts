export {
  type Aggregates,
  labelKey,
  type PairAggregate,
  type ScoreAggregate,
  type Sensitivity,
} from './aggregates.ts';
export { type RowFacts, rowFacts } from './row-facts.ts';
export {
  type RowValue,
  SummaryCollector,
  type SummaryOptions,
  type SummaryRow,
} from './summary-collector.ts';
