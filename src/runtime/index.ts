export { PROVIDERS } from '../providers/index.ts';
export type { AskListener, AskRequest, AskStart } from './actions/ask.ts';
export type { CheckedFile } from './actions/check.ts';
export type { ModelList } from './actions/list-models.ts';
export type { PlannedLane, RunPlan } from './actions/plan-run.ts';
export type { FinishRequest } from './actions/prepare-finish.ts';
export type { TestedModel } from './actions/test-models.ts';
export type { WatchRequest } from './actions/watch.ts';
export type { EngineOptions } from './context/action-context.ts';
export { createEnvironment, type Environment, readEnvironment } from './environment/environment.ts';
export type { AgreeToRun, ForeignRun, Notice } from './environment/notice.ts';
export {
  type TerminalPreferences,
  terminalPreferences,
} from './environment/terminal-preferences.ts';
export type { KeyListing } from './keys/keys.ts';
export type { ModelSources } from './models/choose-models.ts';
export type { KeyReport } from './models/key-report.ts';
export { type Engine, openEngine } from './open-engine.ts';
export type { FinishedRunNotice, LaneLimits, ReadyRun } from './runs/prepare.ts';
export type { RunRequest } from './runs/run-input.ts';
export type { AgreeToProject } from './trust/project.ts';
export type { ReviewedFile } from './trust/trust.ts';
export type { WatchListener, WatchOutcome } from './watch/watch-listener.ts';
