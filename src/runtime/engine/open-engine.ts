import type { Engine, EngineOptions } from './engine.ts';
import { type EngineContext, readConfiguration } from './engine-context.ts';

/**
 * Opens what is behind the commands. Nothing is read and nothing is sent before it is asked for, and each part
 * is loaded when it is first used.
 */
export function openEngine(options: EngineOptions): Engine {
  const context: EngineContext = { ...options, random: Math.random };
  return {
    configuration: ({ withProject } = {}) => readConfiguration(context, withProject),
    ask: async (request, listener) => {
      const { askModels } = await import('./ask-models.ts');
      return askModels(request, listener, context);
    },
    prepareRun: async (request) => {
      const { prepareExperiment } = await import('./prepare-experiment.ts');
      return prepareExperiment(request, context);
    },
    planRun: async (request) => {
      const { planExperiment } = await import('./plan-experiment.ts');
      return planExperiment(request, context);
    },
    check: async (files) => {
      const { checkExperiments } = await import('./check-experiments.ts');
      return checkExperiments(files, context);
    },
    prepareTry: async (request) => {
      const { prepareTry } = await import('./prepare-try.ts');
      return prepareTry(request, context);
    },
    testModels: async (models, given) => {
      const { testModels } = await import('./test-models.ts');
      return testModels(models, given, context);
    },
  };
}
