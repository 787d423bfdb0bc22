import { TuttiError } from '../core/tutti-error.ts';
import { loadConfiguration, PROVIDERS } from '../runtime/index.ts';
import { SIM_MODELS } from '../sim/index.ts';
import type { Engine, EngineOptions } from './engine.ts';

/** Opens what is behind the commands. Nothing is read before it is asked for. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { environment, workingFolder, trust, agree } = options;
  return {
    configuration: ({ withProject = true } = {}) =>
      loadConfiguration({
        environment,
        folder: workingFolder,
        providers: PROVIDERS,
        simulated: SIM_MODELS.map(({ name }) => name),
        withProject,
        trust,
        agree,
      }),
    ask: notYet,
    prepareRun: notYet,
    planRun: notYet,
    check: notYet,
    prepareTry: notYet,
    testModels: notYet,
  };
}

async function notYet(): Promise<never> {
  throw new TuttiError('internal_error', 'This command is not connected yet.');
}
