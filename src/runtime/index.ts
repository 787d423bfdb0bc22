export { PROVIDERS } from '../providers/index.ts';
export {
  type Configuration,
  type ConfigurationOptions,
  loadConfiguration,
  reviewFolder,
} from './configuration.ts';
export type {
  AskListener,
  AskRequest,
  CheckedFile,
  Engine,
  EngineOptions,
  FinishedRunNotice,
  LaneLimits,
  PlannedLane,
  ReadyRun,
  RunPlan,
  RunRequest,
  TestedModel,
} from './engine/engine.ts';
export { openEngine } from './engine/open-engine.ts';
export { createEnvironment, type Environment, readEnvironment } from './environment.ts';
export { type Home, homeFile, locateHome } from './home.ts';
export { type KeyReport, reportKeys } from './key-report.ts';
export { type KeyListing, keyVariableFor, listKeys } from './keys.ts';
export { removeKey, setKey } from './keys-file.ts';
export {
  type LimitedRow,
  type LimiterChoice,
  type LimitsTable,
  limiterFor,
} from './limiter-choice.ts';
export { readLimitsFile } from './limits-file.ts';
export type { ModelContext } from './model-context.ts';
export { unusableModels } from './model-problem.ts';
export type { AgreeToProject } from './project.ts';
export { proxySettings } from './proxy-settings.ts';
export { resolveModel, resolvePair } from './resolve-model.ts';
export type {
  EndpointModel,
  KeySource,
  ModelProblem,
  ResolvedModel,
  SimulatedModel,
} from './resolved-model.ts';
export { readRunOption } from './settings/option-value.ts';
export {
  environmentName,
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
  type RunOption,
  type RunOptionName,
  type RunValues,
} from './settings/run-options.ts';
export type { Setting, Settings, SettingsLayer } from './settings/settings.ts';
export { type TerminalPreferences, terminalPreferences } from './terminal-preferences.ts';
export {
  filesToAgree,
  type ProjectReview,
  type ReviewedFile,
} from './trust.ts';
export { keepTrust } from './trust-store.ts';
