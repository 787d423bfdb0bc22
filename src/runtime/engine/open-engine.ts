import { askModels } from './ask-models.ts';
import { checkExperiments } from './check-experiments.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { type EngineContext, readConfiguration } from './engine-context.ts';
import { planExperiment } from './plan-experiment.ts';
import { prepareExperiment } from './prepare-experiment.ts';
import { prepareTry } from './prepare-try.ts';
import { testModels } from './test-models.ts';

/** Opens what is behind the commands. Nothing is read and nothing is sent before it is asked for. */
export function openEngine(options: EngineOptions): Engine {
  const context: EngineContext = { ...options, random: Math.random };
  return {
    configuration: ({ withProject } = {}) => readConfiguration(context, withProject),
    ask: (request, listener) => askModels(request, listener, context),
    prepareRun: (request) => prepareExperiment(request, context),
    planRun: (request) => planExperiment(request, context),
    check: (files) => checkExperiments(files, context),
    prepareTry: (request) => prepareTry(request, context),
    testModels: (models, given) => testModels(models, given, context),
  };
}
