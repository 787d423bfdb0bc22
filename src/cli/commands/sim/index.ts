import type { CommandGroup } from '../../command-line/command.ts';
import { questionsCommand } from './questions.ts';
import { serveCommand } from './serve.ts';

/** `tutti sim`: simulated endpoints, and questions for them. */
export const command: CommandGroup = {
  name: 'sim',
  summary: 'start simulated endpoints on this machine, to rehearse without paying',
  description:
    'Starts simulated endpoints on 127.0.0.1, or prints questions whose right answers every simulated model can find out.',
  commands: [serveCommand, questionsCommand],
  defaultCommand: 'sim serve',
};
