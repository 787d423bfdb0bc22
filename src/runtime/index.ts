export type { ReadCalibration } from '../experiment/calibration/index.ts';
export type { JudgingRequest } from '../experiment/judge/index.ts';
export type { RephrasingRequest } from '../experiment/rephrase/index.ts';
export { PROVIDERS } from '../providers/index.ts';
export type { AskListener, AskRequest, AskStart } from './actions/ask.ts';
export type {
  AskConsortiumRequest,
  ConsortiumListener,
  ConsortiumOutcome,
  ConsortiumStart,
} from './actions/ask-consortium.ts';
export type { CalibrateRequest } from './actions/calibrate.ts';
export type { CheckedFile } from './actions/check.ts';
export type { ExportedExamples } from './actions/export-examples.ts';
export type { JudgeRequest, WrittenRows } from './actions/judge.ts';
export type { ModelList } from './actions/list-models.ts';
export type { ConsortiumPlan } from './actions/plan-consortium.ts';
export type { PreferListener, PreferOutcome, PreferRequest } from './actions/prefer.ts';
export type { FinishRequest } from './actions/prepare-finish.ts';
export type { PreferStudyRequest } from './actions/prepare-prefer.ts';
export type { WrittenPrompts } from './actions/rephrase.ts';
export type {
  ListedConsortium,
  SavedConsortium,
  ShownConsortium,
} from './actions/saved-consortiums.ts';
export type { ScoredResults } from './actions/score-results.ts';
export type { TestedModel } from './actions/test-models.ts';
export type { WatchRequest } from './actions/watch.ts';
export type { ConsortiumFlags } from './consortiums/given-consortium.ts';
export type { EngineOptions } from './context/action-context.ts';
export { createEnvironment, type Environment, readEnvironment } from './environment/environment.ts';
export type { AgreeToRun, ForeignRun, Notice } from './environment/notice.ts';
export {
  type TerminalPreferences,
  terminalPreferences,
} from './environment/terminal-preferences.ts';
export type { KeyListing } from './keys/keys.ts';
export type { AnsweredRow, MapFailure, MapTotals } from './map-totals.ts';
export type { FinishedMap, MadeAgain } from './maps/finished-map.ts';
export type { MapRequest } from './maps/map-request.ts';
export type { MapOutcome, ReadyMap } from './maps/ready-map.ts';
export type { ModelSources } from './models/choose-models.ts';
export type { KeyReport } from './models/key-report.ts';
export { type Engine, openEngine } from './open-engine.ts';
export type { FinishedRunNotice } from './runs/prepare.ts';
export type { ExecuteOptions, LaneLimits, ReadyRun, ScoredOutcome } from './runs/ready-run.ts';
export type { RemovedFiles } from './runs/removed-files.ts';
export type { RephraseRequest } from './runs/rephrasing.ts';
export type { RunRequest } from './runs/run-input.ts';
export type { PlannedLane, RunPlan } from './runs/run-plan.ts';
export type { Threshold } from './scoring/score-options.ts';
export type { ScoreOutcome } from './scoring/scoring.ts';
export type { AgreeToProject } from './trust/project.ts';
export type { ReviewedFile } from './trust/trust.ts';
export type { WatchListener, WatchOutcome } from './watch/watch-listener.ts';
