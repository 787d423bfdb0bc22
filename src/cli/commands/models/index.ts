import type { CommandGroup } from '../../command-line/command.ts';
import { listModelsCommand } from './list.ts';
import { testModelsCommand } from './test-models.ts';

/** `tutti models`: what can be used here. */
export const command: CommandGroup = {
  name: 'models',
  summary: 'show what can be used here: providers, keys, aliases, endpoints',
  description:
    'Shows the providers and endpoints with the keys that were found for them, the aliases and the simulated models, or sends one tiny call to each given model.',
  commands: [listModelsCommand, testModelsCommand],
  defaultCommand: 'models list',
};
