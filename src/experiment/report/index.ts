// A door of its own: only who makes a report loads it.
export type { Aggregates, ScoreAggregate } from '../summary/index.ts';
export { collectReport } from './collect-report.ts';
export { type LaneLimit, type RunFacts, runFacts } from './run-facts.ts';
export type * from './run-report.ts';
