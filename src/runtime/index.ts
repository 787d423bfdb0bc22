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
} from './engine.ts';
export { createEnvironment, type Environment, readEnvironment } from './environment/environment.ts';
export { type Home, homeFile, locateHome } from './environment/home.ts';
export { proxySettings } from './environment/proxy-settings.ts';
export {
  type TerminalPreferences,
  terminalPreferences,
} from './environment/terminal-preferences.ts';
export { type KeyListing, keyVariableFor, listKeys } from './keys/keys.ts';
export { removeKey, setKey } from './keys/keys-file.ts';
export { type KeyReport, reportKeys } from './models/key-report.ts';
export {
  type LimitedRow,
  type LimiterChoice,
  type LimitsTable,
  limiterFor,
} from './models/limiter-choice.ts';
export { readLimitsFile } from './models/limits-file.ts';
export type { ModelContext } from './models/model-context.ts';
export { unusableModels } from './models/model-problem.ts';
export { resolveModel, resolvePair } from './models/resolve-model.ts';
export type {
  EndpointModel,
  KeySource,
  ModelProblem,
  ResolvedModel,
  SimulatedModel,
} from './models/resolved-model.ts';
export { openEngine } from './open-engine.ts';
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
export type { AgreeToProject } from './trust/project.ts';
export {
  filesToAgree,
  type ProjectReview,
  type ReviewedFile,
} from './trust/trust.ts';
export { keepTrust } from './trust/trust-store.ts';
