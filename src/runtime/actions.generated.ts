// Written by `npm run generate` from src/runtime/actions: do not edit.

/** Every action by its name; none is loaded before it is used. */
export const ACTIONS = {
  /** Asks a consortium, and makes one answer of its members'. */
  askConsortium: async () => (await import('./actions/ask-consortium.ts')).askConsortium,
  /** Asks several models the same prompt at the same time. */
  ask: async () => (await import('./actions/ask.ts')).ask,
  /** Prepares a run in which a consortium is asked questions, or goes on with one that is not finished; sends nothing. It waits for every member, also where a vote is decided before, so that all are measured by the same questions. */
  prepareCalibration: async () => (await import('./actions/calibrate.ts')).prepareCalibration,
  /** Says what such a run would come to; sends nothing and writes nothing. */
  planCalibration: async () => (await import('./actions/calibrate.ts')).planCalibration,
  /** Makes the statistics of a consortium from the results of such a run. */
  measureCalibration: async () => (await import('./actions/calibrate.ts')).measureCalibration,
  /** Reads experiments and says all that is wrong with them; sends nothing. */
  check: async () => (await import('./actions/check.ts')).check,
  /** Compares answers, errors, numbers and costs of two runs by id, and by id and model where an id stands more than once. */
  diffResults: async () => (await import('./actions/diff-results.ts')).diffResults,
  /** Writes the rows of a table, or the results of a run, as files for fine-tuning. */
  exportExamples: async () => (await import('./actions/export-examples.ts')).exportExamples,
  /** Writes the results of a run, or an experiment, in another form. */
  exportResults: async () => (await import('./actions/export-results.ts')).exportResults,
  /** Prepares a run in which judges are asked about answers, or goes on with one that is not finished; sends nothing. */
  prepareJudge: async () => (await import('./actions/judge.ts')).prepareJudge,
  /** Writes the rows that would ask judges, as an experiment of its own; sends nothing. */
  writeJudgeRows: async () => (await import('./actions/judge.ts')).writeJudgeRows,
  /** Lists which keys were found and where; at most three characters of each. */
  listKeys: async () => (await import('./actions/keys.ts')).listKeys,
  /** Finds the variable in which the key of a provider, an endpoint, a model or that variable itself is kept. */
  findKeyVariable: async () => (await import('./actions/keys.ts')).findKeyVariable,
  /** Keeps a key in the user's own file. */
  setKey: async () => (await import('./actions/keys.ts')).setKey,
  /** Removes a key from the user's own file; false when there was none. */
  removeKey: async () => (await import('./actions/keys.ts')).removeKey,
  /** Lists what can be used here: providers, endpoints, aliases, consortiums, simulated models; sends nothing. */
  listModels: async () => (await import('./actions/list-models.ts')).listModels,
  /** Prepares a map of a table, or goes on with one that is not finished; sends nothing. Without a prompt it works on the file alone. */
  prepareMap: async () => (await import('./actions/map.ts')).prepareMap,
  /** Lists the files that a vendor keeps for the account. */
  listMedia: async () => (await import('./actions/media.ts')).listMedia,
  /** Brings files to a vendor's store, one after the other, and waits until each can be asked about. */
  uploadMedia: async () => (await import('./actions/media.ts')).uploadMedia,
  /** Removes files from a vendor's store. */
  deleteMedia: async () => (await import('./actions/media.ts')).deleteMedia,
  /** Writes the rows of an experiment that have no answer in some results into a new file, verbatim. */
  missingRows: async () => (await import('./actions/missing-rows.ts')).missingRows,
  /** Opens models for a program, by references, the aliases of the settings or the names of saved consortiums. */
  openModels: async () => (await import('./actions/open-models.ts')).openModels,
  /** Says what asking a consortium would come to; sends nothing. */
  planConsortium: async () => (await import('./actions/plan-consortium.ts')).planConsortium,
  /** Says what a map would do; sends nothing and writes nothing. */
  planMap: async () => (await import('./actions/plan-map.ts')).planMap,
  /** Says what a run would do; sends nothing and writes nothing. */
  planRun: async () => (await import('./actions/plan-run.ts')).planRun,
  /** Asks several models the same, and has judges rank the answers without knowing whose they are. */
  prefer: async () => (await import('./actions/prefer.ts')).prefer,
  /** Prepares the results of a run that was killed or is not finished: what it has is written, the rest is marked as not sent. Nothing is sent, and the run can go on later. */
  prepareFinish: async () => (await import('./actions/prepare-finish.ts')).prepareFinish,
  /** Prepares the run of a study in which models rank each other's answers, or goes on with one that is not finished; sends nothing. */
  preparePrefer: async () => (await import('./actions/prepare-prefer.ts')).preparePrefer,
  /** Says what a study would come to; sends nothing and writes nothing. */
  planPrefer: async () => (await import('./actions/prepare-prefer.ts')).planPrefer,
  /** Prepares a run of an experiment, or goes on with one that is not finished; sends nothing. */
  prepareRun: async () => (await import('./actions/prepare-run.ts')).prepareRun,
  /** Starts simulated endpoints and prepares the quickstart experiment on them. */
  prepareTry: async () => (await import('./actions/prepare-try.ts')).prepareTry,
  /** Prepares a run in which models are asked for other words for the prompts of an experiment, or goes on with one that is not finished; sends nothing. */
  prepareRephrase: async () => (await import('./actions/rephrase.ts')).prepareRephrase,
  /** Prepares the run of the rephrased prompts, and of the originals unless they are left out; sends nothing. */
  prepareRephrased: async () => (await import('./actions/rephrase.ts')).prepareRephrased,
  /** Writes the rephrased prompts, and the originals unless they are left out, as an experiment: `post-rephrase-NAME.jsonl` in the output folder. Sends nothing. */
  writeRephrased: async () => (await import('./actions/rephrase.ts')).writeRephrased,
  /** Gathers what a report tells of a run; writes nothing. */
  reportRun: async () => (await import('./actions/report-run.ts')).reportRun,
  /** Writes the page of a report; it appears at once and complete, in the place of an older one. */
  writeReport: async () => (await import('./actions/report-run.ts')).writeReport,
  /** Keeps a consortium under a name, which is then a model; sends nothing. */
  saveConsortium: async () => (await import('./actions/saved-consortiums.ts')).saveConsortium,
  /** Lists the saved consortiums, each with what is wrong with its file; sends nothing. */
  listConsortiums: async () => (await import('./actions/saved-consortiums.ts')).listConsortiums,
  /** Shows one consortium, saved or in a file, with all that is wrong with it and its models; sends nothing. */
  showConsortium: async () => (await import('./actions/saved-consortiums.ts')).showConsortium,
  /** Removes a saved consortium; false when there was none. */
  removeConsortium: async () => (await import('./actions/saved-consortiums.ts')).removeConsortium,
  /** Scores results that are there already; sends nothing. A run's folder is written anew, a file goes into another. */
  scoreResults: async () => (await import('./actions/score-results.ts')).scoreResults,
  /** Sends one tiny call to each model. */
  testModels: async () => (await import('./actions/test-models.ts')).testModels,
  /** Says what `tutti.yaml` and `.env` of a folder would change. */
  reviewTrust: async () => (await import('./actions/trust.ts')).reviewTrust,
  /** Agrees to files that `reviewTrust` gave, until they change. */
  agreeToTrust: async () => (await import('./actions/trust.ts')).agreeToTrust,
  /** Runs every experiment that appears in the `input` of a pipeline folder, and goes on with what an earlier watch left. */
  watch: async () => (await import('./actions/watch.ts')).watch,
};
