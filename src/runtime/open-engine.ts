import { systemClock } from '../core/system-clock.ts';
import { createContext, readConfiguration } from './action-context.ts';
import { openModels, runWorkflow } from './actions/workflows.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { readEnvironment } from './environment/environment.ts';

/**
 * Opens what is behind the commands. Nothing is read and nothing is sent before it is asked for, and each part
 * is loaded when it is first used.
 *
 * @param options default: the process's environment, working folder and clock; a folder's settings count once
 *   they were agreed to
 */
export function openEngine(options: Partial<EngineOptions> = {}): Engine {
  const usual: EngineOptions = {
    environment: options.environment ?? readEnvironment(),
    workingFolder: process.cwd(),
    clock: systemClock,
    trust: false,
    agree: undefined,
  };
  const context = createContext({ ...usual, ...options }, Math.random);
  return {
    configuration: ({ withProject } = {}) => readConfiguration(context, withProject),
    ask: async (request, listener) => {
      const { askModels } = await import('./actions/ask-models.ts');
      return askModels(request, listener, context);
    },
    prepareRun: async (request) => {
      const { prepareExperiment } = await import('./actions/prepare-experiment.ts');
      return prepareExperiment(request, context);
    },
    planRun: async (request) => {
      const { planExperiment } = await import('./actions/plan-experiment.ts');
      return planExperiment(request, context);
    },
    check: async (files) => {
      const { checkExperiments } = await import('./actions/check-experiments.ts');
      return checkExperiments(files, context);
    },
    prepareTry: async (request) => {
      const { prepareTry } = await import('./actions/prepare-try.ts');
      return prepareTry(request, context);
    },
    openModels: async (references) => openModels(references, context),
    runWorkflow: (rows, workflow, given = {}) => runWorkflow(rows, workflow, given, context),
    testModels: async (models, given) => {
      const { testModels } = await import('./actions/test-models.ts');
      return testModels(models, given, context);
    },
    [Symbol.asyncDispose]: () => context.opener.close(),
  };
}
