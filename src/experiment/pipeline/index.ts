export { type InputFile, isUnchanged, listInputs } from './input-files.ts';
export { freeName, moveFile } from './move-file.ts';
export { openPipelineFolder, type PipelineFolder } from './pipeline-folder.ts';
export { refuseInput } from './refuse-input.ts';
export { SettlingFiles } from './settling-files.ts';
export { findUnfinishedRuns, keptInput, removeUnbegun } from './unfinished-runs.ts';
